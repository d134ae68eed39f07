import { z } from 'zod';
import { Name, Text } from '../core/text.ts';
import { Schedules } from '../schedules/schedule.ts';
import { above, checkTogether, Together } from './check.ts';
import { LeaveEntry } from './leave.ts';
import { postsOfUnit } from './liaison.ts';
import { Letterhead, NoticeHours, Numbering } from './letter.ts';
import { Lang, Person } from './person.ts';
import { PostEntry } from './post.ts';
import { RotaPlan } from './rota.ts';
import { type Mistake, mistakesIn } from './words.ts';
import { Zone } from './zone.ts';

const Unit = z.strictObject({
  title: Text,
  /** Whose posts hold for the roles that this unit does not name. */
  parent: Name.optional(),
  /** The one through whom other units reach this one: holds its post `liaison`, where it has none of that name. */
  liaison: Name.optional(),
  /** Of older files, and not read: whoever is called out when more hands are needed is a unit by themselves. */
  reserve: z.unknown().optional(),
  posts: z.record(Name, PostEntry).default({}),
});

const Parts = z.strictObject({
  id: Name,
  title: Text,
  lang: Lang.default('zh'),
  /** Whose clocks the rotas, the leave and the days of a post are on. */
  zone: Zone.default('Asia/Shanghai'),
  letterhead: Letterhead.optional(),
  /** How documents of a series are numbered. */
  numbering: Numbering.optional(),
  /** When notices wait; without it they all go out at once. */
  notices: NoticeHours.optional(),
  people: z.record(Name, Person).default({}),
  rotas: z.record(Name, RotaPlan).default({}),
  units: z.record(Name, Unit),
  leave: z.array(LeaveEntry).default([]),
  /** The cases that the calendar opens. A file that does not speak of them leaves them as they are. */
  schedules: Schedules.optional(),
});

/** An institution: its units, its people, and who of them is told what a role is told. */
export const Institution = Parts.superRefine(checkTogether);
export type Institution = z.infer<typeof Institution>;

/** Everything that keeps some data from being an institution: each part's own mistakes, and what does not go together. */
export const mistakesOf = (data: unknown): Mistake[] =>
  [...mistakesIn(Parts, data), ...(typeof data === 'object' && data !== null ? mistakesIn(Together, data) : [])];

/** A post as it is looked up: where its mailbox is. */
export const Post = z.object({ unit: z.string(), role: z.string(), title: Text.optional(), email: z.string().optional(), lang: Lang });
export type Post = z.infer<typeof Post>;

/** Every role that can be looked up in every unit, its own before its parents'. */
export function postsOf({ units, lang }: Institution): Post[] {
  return Object.keys(units).flatMap((unit) => {
    const found = new Map<string, Post>();
    for (const one of [unit, ...above(units, unit)].map((name) => units[name]))
      for (const [role, { email, title, lang: own = lang }] of Object.entries(one ? postsOfUnit(one) : {}))
        if (!found.has(role)) found.set(role, { unit, role, lang: own, ...(email && { email }), ...(title && { title }) });
    return [...found.values()];
  });
}
