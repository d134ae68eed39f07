import { z } from 'zod';
import { Name, Text } from '../core/text.ts';

const Lang = z.enum(['zh', 'en']);

/** The mailbox that is told what a role is told. A mailbox of the post, not of whoever holds it today. */
const Holder = z.strictObject({ title: Text.optional(), email: z.email(), lang: Lang.optional() });

const Unit = z.strictObject({
  title: Text,
  /** Whose posts hold for the roles that this unit does not name. */
  parent: Name.optional(),
  posts: z.record(Name, Holder).default({}),
});

/** An institution: its units and who in them is told what a role is told. */
export const Institution = z
  .strictObject({ id: Name, title: Text, lang: Lang.default('zh'), units: z.record(Name, Unit) })
  .superRefine(({ units }, ctx) => {
    for (const [name, { parent }] of Object.entries(units)) {
      if (parent === undefined) continue;
      const path = ['units', name, 'parent'];
      if (!units[parent]) ctx.addIssue({ code: 'custom', path, params: { is: 'unknown', parent }, message: `no unit "${parent}"` });
      else if (ancestors(units, name).includes(name))
        ctx.addIssue({ code: 'custom', path, params: { is: 'circle' }, message: 'the units above this one come back to it' });
    }
  });
export type Institution = z.infer<typeof Institution>;

export const Post = z.object({ unit: z.string(), role: z.string(), title: Text.optional(), email: z.string(), lang: Lang });
export type Post = z.infer<typeof Post>;

/** Every role that can be looked up in every unit, its own before its parents'. */
export function postsOf({ units, lang }: Institution): Post[] {
  return Object.keys(units).flatMap((unit) => {
    const found = new Map<string, Post>();
    for (const name of [unit, ...ancestors(units, unit)])
      for (const [role, holder] of Object.entries(units[name]?.posts ?? {}))
        if (!found.has(role))
          found.set(role, { unit, role, email: holder.email, lang: holder.lang ?? lang, ...(holder.title && { title: holder.title }) });
    return [...found.values()];
  });
}

/** The units above one, the nearest first. Ends where a circle closes. */
function ancestors(units: Record<string, { parent?: string | undefined }>, unit: string): string[] {
  const above: string[] = [];
  for (let up = units[unit]?.parent; up !== undefined && !above.includes(up); up = units[up]?.parent) above.push(up);
  return above;
}
