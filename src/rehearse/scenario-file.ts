import { z } from 'zod';
import { FieldValue, Hours, REFUSALS } from '../core/index.ts';

const fields = z.record(z.string(), FieldValue).default({});
const EXPECT = new RegExp(`^refused (${REFUSALS.join('|')})$`);

/** A time; YAML reads some of them as numbers or leaves them as text, and a scenario means text. */
const When = z.string().trim().min(1);

const Step = z.strictObject({
  /** When it is recorded: a day (its noon), a time, or `day 12`, counted from the receipt. */
  at: When,
  action: z.string().min(1),
  /** In which case: one of `also`, or a linked one by the way to it, as in `claim/1` or `review.re-review`. The scenario's own, where left out. */
  case: z.string().min(1).optional(),
  /** The role that takes it. */
  as: z.string().min(1),
  /** Who in that role: a made-up name, where the procedure wants different persons. */
  person: z.string().min(1).optional(),
  fields,
  /** When it happened, where it is recorded later than that. */
  occurredAt: When.optional(),
  /** Which duty, where there are several: `commitment/2`. */
  instance: z.string().optional(),
  note: z.string().optional(),
  /** `refused out-of-turn`: the step is to be refused for this reason, and the case goes on without it. */
  expect: z.string().regex(EXPECT, `write "refused" and one of: ${REFUSALS.join(', ')}`).optional(),
});

const roles = z.array(z.string()).default([]);

/** A case beside the scenario's own, opened when its time comes. */
const Beside = z.strictObject({
  procedure: z.string().min(1),
  calendar: z.string().min(1).optional(),
  unit: z.string().min(1).optional(),
  channel: z.string().min(1).optional(),
  receivedAt: When,
  fields,
});
export type BesideFile = z.infer<typeof Beside>;

/** A scenario as it is written: one case, what people do in it and in those linked to it, and how long it is watched. */
export const ScenarioFile = z.strictObject({
  /** What it shows, for people. */
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }).optional(),
  /** Id of a procedure, or path of its file. */
  procedure: z.string().min(1),
  /** Id of a calendar, where it is not the procedure's own. */
  calendar: z.string().min(1).optional(),
  unit: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/).default('rehearsal'),
  /** The first of the procedure's, where left out. */
  channel: z.string().min(1).optional(),
  /** When it is received: any date, past or future. */
  receivedAt: When,
  fields,
  /** An institution's file, seen from this one, whose units and people take part; else every role is somebody's. */
  institution: z.string().min(1).optional(),
  /** Cases beside it, by name. In a field, `@name` is that case's receipt, and `@main` this one's. */
  also: z.record(z.string(), Beside).default({}),
  /** Roles that nobody holds: notices to them go on to the next. */
  vacant: roles,
  /** Roles whose holder is on leave, all the time. */
  onLeave: roles,
  /** Roles whose holder the matter is about. */
  named: roles,
  /** Roles that have a deputy. */
  deputies: roles,
  /** When people may be disturbed: `{ workingHours: true, quiet: ["22:00", "07:00"] }`. At any time, where left out. */
  hours: Hours.optional(),
  steps: z.array(Step).default([]),
  /** When to stop watching: a day (its end), a time, or `day 120`. When the case is closed, where left out. */
  until: When.optional(),
});
export type ScenarioFile = z.infer<typeof ScenarioFile>;
export type StepFile = z.infer<typeof Step>;
