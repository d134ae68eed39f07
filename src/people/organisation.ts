import { z } from 'zod';
import { Day, Instant } from '../core/instant.ts';
import { Text } from '../core/text.ts';
import { Lang, LeaveKind, Person, RotaPlan } from '../institution/index.ts';

// The organisation as plain data, so that who is told can be worked out without asking anybody.

/** A post of a unit, without who holds it. */
export const OwnPost = z.object({
  title: Text.optional(),
  email: z.string().optional(),
  lang: Lang.optional(),
  group: z.string().optional(),
  rota: z.string().optional(),
  /** Held by persons, so that it stands vacant where there is none; else it is a mailbox. */
  held: z.boolean().default(false),
});
export type OwnPost = z.infer<typeof OwnPost>;

/** Who held a post, from which day to which, the last included. Deputies are asked in order of `rank`. */
export const Holding = z.object({
  unit: z.string(),
  role: z.string(),
  person: z.string(),
  as: z.enum(['holder', 'deputy']),
  rank: z.int().default(0),
  from: Day,
  to: Day.optional(),
});
export type Holding = z.infer<typeof Holding>;

/** A plan of turns and the days on which it is in force: a changed plan does not change who was on before. */
export const DatedPlan = z.object({ ...RotaPlan.shape, from: Day.optional(), to: Day.optional() });
export type DatedPlan = z.infer<typeof DatedPlan>;

/** When somebody is away: from one instant up to, but not including, another. */
export const Leave = z.object({ person: z.string(), from: Instant, to: Instant, kind: LeaveKind });
export type Leave = z.infer<typeof Leave>;

/**
 * A change of a rota: from one instant up to another, `who` is on instead of `instead`, or of anybody where that is
 * not said. A swap is two of them with one id.
 */
export const RotaChange = z.object({
  id: z.string(),
  rota: z.string(),
  kind: z.enum(['override', 'swap', 'handover']),
  who: z.string(),
  instead: z.string().optional(),
  from: Instant,
  to: Instant,
});
export type RotaChange = z.infer<typeof RotaChange>;

export const Organisation = z.object({
  id: z.string(),
  lang: Lang,
  zone: z.string(),
  units: z.record(z.string(), z.object({
    title: Text,
    parent: z.string().optional(),
    posts: z.record(z.string(), OwnPost).default({}),
  })),
  people: z.record(z.string(), z.object(Person.shape)),
  holdings: z.array(Holding),
  rotas: z.record(z.string(), z.array(DatedPlan)),
  leave: z.array(Leave),
  /** In the order in which they were made; a later one goes over an earlier one. */
  changes: z.array(RotaChange),
});
export type Organisation = z.infer<typeof Organisation>;
