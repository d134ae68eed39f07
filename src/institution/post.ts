import { z } from 'zod';
import { Day } from '../core/instant.ts';
import { Name, Text } from '../core/text.ts';
import { Lang } from './person.ts';
import { wrong } from './words.ts';

/** Who holds a post from which day to which, the last included. Without days: now, and until further notice. */
const Held = z.strictObject({ person: Name, from: Day.optional(), to: Day.optional() }).superRefine(({ from, to }, ctx) => {
  if (from !== undefined && to !== undefined && to < from) wrong(ctx, ['to'], { zh: `截止日 ${to} 早于开始日 ${from}`, en: `"to" (${to}) lies before "from" (${from})` });
});
export type Held = z.infer<typeof Held>;

/** One person or several, each by id alone or with days. */
const Holders = z.preprocess(listOf, z.array(Held));

export function listOf(raw: unknown): unknown[] {
  if (raw === undefined || raw === null) return [];
  return (Array.isArray(raw) ? raw : [raw]).map((one: unknown) => (typeof one === 'string' ? { person: one } : one));
}

/**
 * A post. With an e-mail or a group alone it is a mailbox, which belongs to the post and not to whoever holds it;
 * with a holder, deputies or a rota it is held by persons, and `vacant` says that nobody holds it.
 */
export const PostEntry = z
  .strictObject({
    title: Text.optional(),
    email: z.email().optional(),
    lang: Lang.optional(),
    /** A group or webhook of the channels' configuration. */
    group: z.string().min(1).optional(),
    holder: Holders,
    deputies: Holders,
    rota: Name.optional(),
    vacant: z.boolean().optional(),
  })
  .superRefine((post, ctx) => {
    const { holder, deputies, rota, vacant } = post;
    if (!isHeld(post) && post.email === undefined && post.group === undefined)
      wrong(ctx, [], { zh: '岗位无人可通知：请填写 email、group、holder、deputies 或 rota，空缺的填写 vacant: true', en: 'nobody can be told here: give an email, a group, a holder, deputies or a rota, or say vacant: true' });
    if (vacant === true && (holder.length > 0 || rota !== undefined))
      wrong(ctx, ['vacant'], { zh: '岗位既写空缺，又有任职人或值班表', en: 'the post is vacant and yet has a holder or a rota' });
    apart(holder, (i, other) => wrong(ctx, ['holder', i], { zh: `任职时间与“${other}”重叠；请写明 from 和 to`, en: `holds the post at the same time as "${other}"; write "from" and "to"` }));
    for (const [i, one] of deputies.entries()) {
      const twice = deputies.slice(0, i).find((d) => d.person === one.person && meet(d, one));
      if (twice) wrong(ctx, ['deputies', i], { zh: `“${one.person}”在同一时间列了两次`, en: `"${one.person}" is listed twice for the same time` });
      if (holder.some((h) => h.person === one.person && meet(h, one)))
        wrong(ctx, ['deputies', i], { zh: `“${one.person}”同时又是任职人`, en: `"${one.person}" holds the post itself at that time` });
    }
  });
export type PostEntry = z.infer<typeof PostEntry>;

/** Whether a post is held by persons, rather than being a mailbox. */
export function isHeld({ holder, deputies, rota, vacant }: Pick<PostEntry, 'holder' | 'deputies' | 'rota' | 'vacant'>): boolean {
  return holder.length > 0 || deputies.length > 0 || rota !== undefined || vacant === true;
}

const meet = (a: Held, b: Held): boolean =>
  (a.from === undefined || b.to === undefined || a.from <= b.to) && (b.from === undefined || a.to === undefined || b.from <= a.to);

function apart(list: readonly Held[], report: (i: number, other: string) => void): void {
  for (const [i, one] of list.entries()) {
    const other = list.slice(0, i).find((earlier) => meet(earlier, one));
    if (other) report(i, other.person);
  }
}
