import { z } from 'zod';
import { Day } from '../core/instant.ts';
import { Name } from '../core/text.ts';
import { wrong } from './words.ts';

/**
 * Why somebody is away, as far as the work needs to know. Illness is not told apart from other leave: the register
 * has no use for it, and it is sensitive (Personal Information Protection Law Art. 28).
 */
export const LeaveKind = z.enum(['leave', 'travel', 'training', 'other']);
export type LeaveKind = z.infer<typeof LeaveKind>;

const TIME = /^(\d{4}-\d\d-\d\d)[ T](?:[01]\d|2[0-3]):[0-5]\d$/;

/** A day, or a time on the clocks of the institution. */
const When = z.string().trim().superRefine((when, ctx) => {
  if (!Day.safeParse(TIME.exec(when)?.[1] ?? when).success)
    wrong(ctx, [], { zh: '没有这个时间；请写 2026-10-01 或 2026-10-01 08:30', en: 'no time that exists; write 2026-10-01 or 2026-10-01 08:30' });
});

/** When a person is away. A day as `to` is away to its end. */
export const LeaveEntry = z
  .strictObject({ person: Name, from: When, to: When, kind: LeaveKind.default('leave') })
  .superRefine(({ from, to }, ctx) => {
    // A day as `to` is its end, so that it may equal or precede a time on that day.
    if (to.length > 10 ? to.replace('T', ' ') <= from.replace('T', ' ') : to < from.slice(0, 10))
      wrong(ctx, ['to'], { zh: `截止 ${to} 不晚于开始 ${from}`, en: `"to" (${to}) does not lie after "from" (${from})` });
  });
export type LeaveEntry = z.infer<typeof LeaveEntry>;
