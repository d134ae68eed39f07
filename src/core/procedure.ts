import { z } from 'zod';
import { Citation, Source } from './citation.ts';
import { Duration } from './duration.ts';
import { FieldName, Fields, FieldValue } from './fields.ts';
import { Day } from './instant.ts';
import { Limit } from './limit.ts';
import { Name, Text } from './text.ts';

/** One name or a list of them. */
const Names = z.preprocess((raw) => (typeof raw === 'string' ? [raw] : raw), z.array(Name));

const Wanted = FieldValue.nullable();

/**
 * What must be known, each one of the values given: `{ addressKnown: false }`. `null` is what was never told:
 * `{ outcome: [null, none] }`. `channel` is how the matter came.
 */
export const Condition = z.record(z.string(), z.union([Wanted, z.array(Wanted)]));
export type Condition = z.infer<typeof Condition>;

/**
 * What a duty or a paper listens to: `opened`, an action, `notice-failed`,
 * something that befell another duty (`handle.met`, `request-review.lapsed`,
 * `handle.overdue`, `handle.extended`), or somebody being given a role: `transferee.appointed`.
 */
export const Trigger = z.preprocess(
  (raw) => (typeof raw === 'string' ? { on: raw } : raw),
  z.strictObject({
    on: z.string().regex(/^[a-z][a-z0-9-]*(\.(met|lapsed|overdue|extended|appointed|linked|failed))?$/, 'write an action, "opened", "notice-failed", "duty.met", "role.appointed" or "link.linked"'),
    when: Condition.optional(),
    /** A field of the action that names whom the matter of this duty is: they are not told of it. */
    notTo: FieldName.optional(),
    /** Another role than the duty says owes what this start begins. */
    owes: Name.optional(),
    /** Whose it is: one for each person (or `unit:name`) in a field, the next one in it who was not asked yet, the one it names, or whoever's that was which brought it about. */
    for: z.union([z.strictObject({ each: FieldName }), z.strictObject({ next: FieldName }), z.strictObject({ one: FieldName }), z.strictObject({ same: z.literal(true) })]).optional(),
  }),
);
export type Trigger = z.infer<typeof Trigger>;

const Triggers = z.preprocess((raw) => (raw === undefined || Array.isArray(raw) ? (raw ?? []) : [raw]), z.array(Trigger));

/** Who takes no part any more: the persons (and units) that a field names, because the matter is about them or they have an interest in it. */
export const Exclusion = z.strictObject({
  field: FieldName,
  why: z.enum(['named', 'conflict']),
  when: Condition.optional(),
});

/** A rung: after the one before it has been told and `after` has passed, `tell` is told. The last rung repeats. */
export const Rung = z.strictObject({
  tell: Name,
  after: Duration.optional(),
  repeat: Duration.optional(),
  /** The duty to answer that being told of it starts. Without an answer in time it goes on: to the deputy, then up. */
  acknowledge: Name.optional(),
  /** The role that whoever is told on this rung has in the case from then on: 包案. */
  appoints: Name.optional(),
});
export type Rung = z.infer<typeof Rung>;

export const Duty = z.strictObject({
  title: Text,
  /** A matter of the house, of which the petitioner's letters do not speak. */
  internal: z.boolean().default(false),
  /** The role that owes it. A duty of an `outside` role is that person's right. */
  owes: Name,
  starts: Triggers,
  /** Each start opens an instance of its own (`commitment/3`), instead of one for the case. */
  each: z.boolean().default(false),
  limit: Limit,
  /** The actions that meet it, and the paper (a field) that each must bring with it. */
  met: z.preprocess(
    (raw) => (Array.isArray(raw) ? raw : [raw]).map((m: unknown) => (typeof m === 'string' ? { by: m } : m)),
    z.array(z.strictObject({ by: Name, with: z.string().optional(), when: Condition.optional() })),
  ),
  /** Actions after which nobody owes it any more, though it was not met. */
  ends: Names.default([]),
  /** Nothing is owed where the facts of one of these hold. */
  excused: z.preprocess(
    (raw) => (raw === undefined || Array.isArray(raw) ? raw : [raw]),
    z.array(z.strictObject({ when: Condition, cite: Citation })).default([]),
  ),
  reminders: z.array(Duration).default([]),
  /** The duty to answer that being told of its start begins. */
  acknowledge: Name.optional(),
  /** Who is told when it is overdue; without one it is a right, and lapses. */
  ladder: Name.optional(),
  /** What it means when time runs out. */
  expiry: z
    .enum(['escalates', 'lapses', 'deemed-accepted', 'deemed-refused', 'deemed-abandoned', 'passes-on'])
    .default('escalates'),
  extension: z
    .strictObject({
      by: Name,
      /** The most that all extensions together may add, in the limit's unit. */
      upTo: Duration,
      times: z.int().min(1).default(1),
      /** The field of the action that says how much; without one it is all of `upTo`. */
      field: z.string().optional(),
      /** The field with its reason, which is told with it. */
      reason: z.string().default('reason'),
      /** Whether it may still be granted after the due date. */
      afterDue: z.boolean().default(false),
      tell: Names.default([]),
      cite: Citation,
    })
    .optional(),
  pauses: z
    .array(
      z.strictObject({
        on: Name,
        until: Name,
        ground: Text,
        /** `whole` leaves out the first and the last day of the pause too. */
        days: z.enum(['between', 'whole']).default('between'),
        /** The most that all pauses on this ground together may last. */
        atMost: Duration.optional(),
        cite: Citation,
      }),
    )
    .default([]),
  /** Actions at which the whole limit begins again. */
  restarts: z.array(z.strictObject({ on: Name, cite: Citation })).default([]),
  cite: Citation,
});
export type Duty = z.infer<typeof Duty>;

export const Action = z.strictObject({
  title: Text,
  by: Names,
  /** The stages in which it may be taken; without any, in every stage that is not final. */
  from: Names.optional(),
  to: Name.optional(),
  /** Facts that must hold. */
  when: Condition.optional(),
  fields: Fields.default({}),
  /** Not by a person who took one of these actions in the same case. */
  otherThan: Names.default([]),
  /** Duties of which one must still be open. */
  during: Names.default([]),
  /** Duties that must not be open any more. */
  settled: Names.default([]),
  /** Roles that are told when it was taken. */
  tell: Names.default([]),
  /** Who holds a role in this case from now on: `by`, whoever takes the action, or a field that names a person. */
  appoints: z.record(Name, z.string()).default({}),
  /** Roles that nobody holds in this case any more, besides whoever holds the post. */
  relieves: Names.default([]),
  excludes: Exclusion.optional(),
  /** How often it may be taken in one case. */
  times: z.int().min(1).optional(),
  /** A fact that counts how often it was taken. */
  counts: FieldName.optional(),
  /** Duties of which one must have lapsed. */
  lapsed: Names.default([]),
  /** Duties with many instances, one of which it is about, though it does not meet it. */
  about: Names.default([]),
  /** The heading under which a clerk finds it. */
  group: Name.optional(),
});
export type Action = z.infer<typeof Action>;

/** A paper that is made, numbered and filed by itself when something happens. Its words are in `papers/`. */
export const PaperRule = z.strictObject({
  title: Text,
  on: Triggers,
  /** Fields of the action without which it is not made: the office then writes its own. */
  needs: z.array(FieldName).default([]),
  /** The role it is addressed to. */
  to: Name.optional(),
  copies: Names.default([]),
  /** The institution's series of document numbers it takes one from. */
  series: Name.optional(),
  cite: Citation.optional(),
});
export type PaperRule = z.infer<typeof PaperRule>;

/** What a linked case is to this one. */
export const Relation = z.enum([
  'review', 'part', 'claim', 'supervised', 'referral', 'instruction', 'finding', 'follow-up', 'merged-into',
]);
export type Relation = z.infer<typeof Relation>;

/** What is done in one case because of what happened in another. `act` alone: by the first role that may, and without fields. */
export const Passing = z.preprocess(
  (raw) => (typeof raw === 'string' ? { act: raw } : raw),
  z.strictObject({
    act: Name,
    by: Name.optional(),
    /** The fields of `act`, each with the name that the fact has where it happened. */
    fields: z.record(FieldName, FieldName).default({}),
  }),
);
export type Passing = z.infer<typeof Passing>;

/** An action, something that befell a duty, the link itself, or the end of a case. */
const Happening = z.string().regex(/^[a-z][a-z0-9-]*(\.(met|lapsed|overdue))?$/, 'write an action, "duty.met", "linked" or "closed"');

/** Another case that this one opens, or is told of, and what the two tell each other. Neither is kept open by it. */
export const Link = z.strictObject({
  title: Text,
  relation: Relation,
  on: Triggers,
  /** The procedure of a case to be opened. */
  opens: Name.optional(),
  /** A field with the receipt of a case that is there. */
  to: FieldName.optional(),
  /** Which unit gets the opened case. */
  unit: z.union([z.enum(['same', 'superior']), z.strictObject({ field: FieldName })]).default('same'),
  /** One case for each unit that a field names. */
  each: FieldName.optional(),
  /** As many as there are reasons for, numbered from 1; else one runs at a time. */
  many: z.boolean().default(false),
  channel: Name.optional(),
  /** Intake fields of the opened case, each with the name of our fact. */
  hands: z.record(FieldName, FieldName).default({}),
  sets: z.record(FieldName, FieldValue).default({}),
  /** Whether the opened case knows the petitioner and their words. */
  petitioner: z.boolean().default(false),
  tells: z.record(Happening, Passing).default({}),
  hears: z.record(Happening, Passing).default({}),
}).refine((l) => (l.opens === undefined) !== (l.to === undefined), 'a link either opens a procedure ("opens") or goes to a case that a field names ("to")');
export type Link = z.infer<typeof Link>;

/**
 * A procedure: which actions exist, who may take them, and which duties each
 * event starts, pauses or meets. All rules are here and none in the engine.
 */
export const Procedure = z.strictObject({
  id: Name,
  version: z.int().min(1),
  title: Text,
  calendar: Name,
  sources: z.record(z.string(), Source),
  roles: z.record(
    Name,
    z.strictObject({
      title: Text,
      outside: z.boolean().default(false),
      /** Facts by which nobody can reach them, so that no notice is tried. */
      unreachable: Condition.optional(),
      /** No post: held in a case by whom the case gives it to, and by nobody before. */
      byAppointment: z.boolean().default(false),
    }),
  ),
  /** What must be known when a case is opened, besides when it came and how. */
  intake: Fields.default({}),
  /** Who holds a role from the start: a role, and the intake field that names the person. */
  appoints: z.record(Name, FieldName).default({}),
  /** Who takes no part from the start. */
  excludes: Exclusion.optional(),
  /** How a matter may come, each with its title. A bare list of names will do. */
  channels: z.preprocess(
    (raw) => (Array.isArray(raw) ? Object.fromEntries(raw.map((name) => [name, { zh: String(name), en: String(name) }])) : raw),
    z.record(Name, Text),
  ),
  stages: z.record(Name, z.strictObject({ title: Text, final: z.boolean().default(false) })),
  opens: Name,
  /** The role that is told when everybody on a ladder is complained of, away or missing: somebody outside the unit. */
  lastResort: Name.optional(),
  /** How long a case stays open after its last event, for what is learnt late: a letter posted before a right lapsed. */
  lingers: Duration.optional(),
  /** Who may put a wrong date right later. */
  corrects: Names.default([]),
  actions: z.record(Name, Action),
  ladders: z.record(Name, z.array(Rung)).default({}),
  duties: z.record(Name, Duty),
  papers: z.record(Name, PaperRule).default({}),
  links: z.record(Name, Link).default({}),
  /** Headings under which a clerk finds the actions. */
  groups: z.record(Name, Text).default({}),
  /** The only roles that may know who the petitioner is; left out, whoever handles the case. */
  identity: Names.optional(),
  /** Which duties the figures mean: meeting one of `accepted` is a decision in time, of `finished` the handling. */
  statistics: z.strictObject({ accepted: Names.default([]), finished: Names.default([]) }).optional(),
  inForce: z.strictObject({ from: Day, to: Day.optional() }).optional(),
  note: Text.optional(),
});
export type Procedure = z.infer<typeof Procedure>;

/** A procedure that a case was pinned to before procedures could say all that they can now: what it does not say is as the schema has it. */
export const widened = (pinned: Procedure): Procedure => ('links' in pinned ? pinned : Procedure.parse(pinned));
