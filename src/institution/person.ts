import { z } from 'zod';
import { Name, Text } from '../core/text.ts';
import { wrong } from './words.ts';

export const Lang = z.enum(['zh', 'en']);

/** A way to reach a person; the first in a list is the first that is tried. */
export const PersonalWay = z.enum(['email', 'sms']);
export type PersonalWay = z.infer<typeof PersonalWay>;

/** Read as text: as a number it would lose a leading 0 or +. */
const Phone = z.string().trim().regex(/^\+?\d[\d -]{4,18}\d$/);

/** A member of staff. */
export const Person = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    title: Text.optional(),
    unit: Name,
    email: z.email().optional(),
    phone: z.preprocess((raw, ctx) => {
      if (typeof raw !== 'number') return raw;
      ctx.addIssue({ code: 'custom', message: 'quote', params: { text: { zh: '电话号码请加引号，否则前面的 0 或 + 会丢失', en: 'put the number between quotes, or a leading 0 or + is lost' } }, input: raw });
      return z.NEVER;
    }, Phone.optional()),
    lang: Lang.optional(),
    ways: z.array(PersonalWay).min(1).optional(),
  })
  .superRefine(({ ways = [], email, phone }, ctx) => {
    for (const [i, way] of ways.entries()) {
      if (ways.indexOf(way) < i) wrong(ctx, ['ways', i], { zh: `“${way}”列了两次`, en: `"${way}" is listed twice` });
      if (way === 'email' && email === undefined) wrong(ctx, ['ways', i], { zh: '没有填写电子邮件', en: 'there is no e-mail address for this way' });
      if (way === 'sms' && phone === undefined) wrong(ctx, ['ways', i], { zh: '没有填写手机号码', en: 'there is no phone number for this way' });
    }
  });
export type Person = z.infer<typeof Person>;

/** The ways of a person in order: as listed, else e-mail, then text message. */
export function waysOf({ ways, email, phone }: Pick<Person, 'ways' | 'email' | 'phone'>): PersonalWay[] {
  return (ways ?? ['email', 'sms']).filter((way) => (way === 'email' ? email : phone) !== undefined);
}
