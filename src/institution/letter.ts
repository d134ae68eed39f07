import { z } from 'zod';
import { TimeOfDay } from '../core/calendar.ts';
import { Name, Text } from '../core/text.ts';
import { wrong } from './words.ts';

/** The head of the institution's letters, and who signs them. */
export const Letterhead = z.strictObject({
  name: Text,
  /** In red, as official documents of Chinese authorities have it. */
  red: z.boolean().default(false),
  address: z.string().min(1).optional(),
  phone: z.string().min(1).optional(),
  postcode: z.string().min(1).optional(),
  signer: Text.optional(),
  /** The ombudsman a complainant can go to, with how to reach them. */
  ombudsman: Text.optional(),
});
export type Letterhead = z.infer<typeof Letterhead>;

/** How document numbers of a series are written. Counting begins anew each year, so the year must be part of it. */
const Scheme = z.string().superRefine((scheme, ctx) => {
  for (const part of ['{year}', '{n}'])
    if (scheme.split(part).length !== 2) wrong(ctx, [], { zh: `文号格式中须有一个 ${part}`, en: `a scheme of numbers has ${part} in it, once` });
  const other = scheme.replaceAll('{year}', '').replaceAll('{n}', '');
  if (/[{}]/.test(other)) wrong(ctx, [], { zh: '文号格式中只能用 {year} 和 {n}', en: 'a scheme of numbers knows only {year} and {n}' });
});

export const Numbering = z.record(Name, Scheme);
export type Numbering = z.infer<typeof Numbering>;

/** When notices wait. What is counted in minutes or hours never does. */
export const NoticeHours = z
  .strictObject({
    /** From when to when nobody is disturbed. */
    quiet: z.tuple([TimeOfDay, TimeOfDay]).optional(),
    /** Whether notices wait for the office hours of a working day. */
    workingHours: z.boolean().default(false),
  })
  .superRefine(({ quiet }, ctx) => {
    if (quiet && quiet[0] === quiet[1]) wrong(ctx, ['quiet'], { zh: '免打扰的起止时刻相同', en: 'the quiet hours begin and end at the same time' });
  });
export type NoticeHours = z.infer<typeof NoticeHours>;
