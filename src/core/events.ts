import { z } from 'zod';
import { Due } from './due.ts';
import { PassedWhy, ToldAs } from './effects-words.ts';
import { FieldValue } from './fields.ts';
import { Day, Instant } from './instant.ts';

// The timeline. Append only, past tense, and its schemas only ever widen: replay parses old events with them.

/**
 * `at` is when it happened, `recordedAt` when the system learnt it. They differ
 * for facts told late and after an outage, and `why` then says which.
 */
const base = { seq: z.int().min(1), at: Instant, recordedAt: Instant };

/**
 * Why something did not come at its own instant: a fact told late, the system away, wake-ups spread over minutes, nobody
 * to be told on the rung before, or nobody there who answered.
 */
export const Why = z.enum(['learnt-late', 'system-away', 'spread', 'passed-on', 'unanswered']);
export type Why = z.infer<typeof Why>;

/** `case`: the linked case from which it was heard. */
export const By = z.object({ role: z.string(), person: z.string().optional(), case: z.string().optional(), /** Through how many cases it came. */ hops: z.int().optional() });
export type By = z.infer<typeof By>;

const fields = z.record(z.string(), FieldValue);

/** What another case wants to hear from this one, each with the facts that it wants with it. */
export const Listens = z.record(z.string(), z.array(z.string()));
export type Listens = z.infer<typeof Listens>;

/** Why a link to another case did not come about. */
export const Unlinked = z.enum(['loop', 'no-such-case', 'no-such-unit', 'no-procedure', 'not-taken', 'closed', 'takes-no-part']);
export type Unlinked = z.infer<typeof Unlinked>;
const instance = z.string();
const why = Why.optional();

export const Event = z.discriminatedUnion('type', [
  z.object({
    ...base, type: z.literal('opened'), receipt: z.string(), channel: z.string(), unit: z.string(), stage: z.string(),
    procedure: z.object({ id: z.string(), version: z.int() }),
    calendar: z.object({ id: z.string(), version: z.string() }),
    fields,
    /** The case that opened this one, what this one is to it, and what it wants to hear. */
    link: z.object({ receipt: z.string(), key: z.string(), relation: z.string(), listens: Listens }).optional(),
  }),
  z.object({
    ...base, type: z.literal('acted'), action: z.string(), by: By, fields,
    /** The stage afterwards, where the action moved the case. */
    stage: z.string().optional(),
    /** The instances it is about, where it names one. */
    instance: z.string().optional(),
    key: z.string().optional(),
    note: z.string().optional(),
  }),
  /** A machine's signal that could not be carried out. People's refused actions leave nothing. */
  z.object({ ...base, type: z.literal('refused'), action: z.string(), by: By, code: z.string(), field: z.string().optional() }),
  z.object({
    ...base, ...Due.shape, type: z.literal('duty-started'), instance, duty: z.string(), cause: z.int(), fixed: Day.optional(),
    /** How many times over its count was set. */
    multiple: z.int().min(1).optional(),
    /** Who owes this instance, where that is not who the duty says: who was told, or who was named. */
    owes: z.string().optional(), person: z.string().optional(),
    /** The instance that it is an answer to, and as what its holder was told. */
    about: z.string().optional(), as: ToldAs.optional(),
    /** The rung of that instance's ladder on which they were told. */
    toldOn: z.int().optional(),
    /** Whom it is about, and who is therefore not told of it. */
    notTo: z.array(z.string()).optional(),
  }),
  z.object({ ...base, type: z.literal('excused'), duty: z.string(), excuse: z.int().default(0) }),
  z.object({ ...base, type: z.literal('reminded'), instance, n: z.int(), role: z.string(), dueAt: Instant, dueDate: Day, actBy: Day, why }),
  z.object({ ...base, type: z.literal('fell-overdue'), instance, dueAt: Instant, why }),
  z.object({
    ...base, type: z.literal('escalated'), instance,
    /** Counted from 1; the top rung repeats with `times` 2, 3, … */
    rung: z.int(), times: z.int(), role: z.string(), dueAt: Instant,
    /** When it should have been told, where that was more than a minute before. */
    scheduled: Instant.optional(), why,
  }),
  z.object({ ...base, type: z.literal('paused'), instance, pause: z.int(), cause: z.int(), until: Instant.optional() }),
  z.object({ ...base, type: z.literal('not-paused'), instance, pause: z.int(), cause: z.int() }),
  z.object({ ...base, type: z.literal('resumed'), instance, cause: z.int().optional(), after: Due }),
  z.object({ ...base, type: z.literal('extended'), instance, by: z.number(), reason: z.string().optional(), cause: z.int(), before: Due, after: Due }),
  z.object({ ...base, type: z.literal('restarted'), instance, fixed: Day.optional(), cause: z.int(), before: Due, after: Due }),
  z.object({ ...base, type: z.literal('met'), instance, action: z.string(), cause: z.int(), late: z.boolean() }),
  z.object({ ...base, type: z.literal('released'), instance, action: z.string(), cause: z.int(), late: z.boolean().default(false) }),
  z.object({ ...base, type: z.literal('lapsed'), instance, dueAt: Instant, as: z.enum(['lapses', 'deemed-accepted', 'deemed-refused', 'deemed-abandoned', 'passes-on']), why }),
  z.object({ ...base, type: z.literal('corrected'), of: z.int(), from: Instant, to: Instant, reason: z.string(), by: By, key: z.string().optional() }),
  /** A due date, or a judgement of lateness, that came out differently. Both versions stay. */
  z.object({
    ...base, type: z.literal('due-moved'), instance, because: z.enum(['correction']),
    before: Due, after: Due, late: z.boolean().optional(),
  }),
  z.object({
    ...base, type: z.literal('noticed'), of: z.int(), role: z.string(), key: z.string(), channel: z.string(),
    /** The role that was told in the end, where that is another, and who in it, as what. */
    told: z.string().optional(), person: z.string().optional(), as: ToldAs.optional(),
  }),
  /** Somebody who was to be told and was not. The notice went on. */
  z.object({ ...base, type: z.literal('passed-over'), of: z.int(), role: z.string(), person: z.string().optional(), why: PassedWhy }),
  /** Somebody was told and did not answer in time; `to` is told now, or the deputy where it is the same role. */
  z.object({ ...base, type: z.literal('unanswered'), instance, role: z.string(), person: z.string().optional(), to: z.string() }),
  /** From now on a person holds a role in this case, whoever holds the post. */
  z.object({ ...base, type: z.literal('appointed'), role: z.string(), person: z.string(), cause: z.int(), because: z.enum(['received', 'action', 'rung']) }),
  z.object({ ...base, type: z.literal('relieved'), role: z.string(), person: z.string(), cause: z.int() }),
  /** A person (or `unit:name`) who takes no part in this case and is told nothing of it. */
  z.object({ ...base, type: z.literal('excluded'), person: z.string(), why: z.enum(['named', 'conflict']), cause: z.int() }),
  /** A case is to be opened or told, and linked to this one under `key`. */
  z.object({ ...base, type: z.literal('link-asked'), key: z.string(), link: z.string(), cause: z.int(), to: z.string().optional(), unit: z.string().optional() }),
  /** The link stands. `from` where the other case asked for it, with what it wants to hear. */
  z.object({ ...base, type: z.literal('linked'), key: z.string(), receipt: z.string(), relation: z.string(), from: z.literal(true).optional(), listens: Listens.optional() }),
  z.object({ ...base, type: z.literal('link-failed'), key: z.string(), link: z.string(), reason: Unlinked }),
  /** What was to be told to a linked case that takes nothing any more. */
  z.object({ ...base, type: z.literal('untold'), receipt: z.string(), on: z.string(), of: z.int() }),
  z.object({ ...base, type: z.literal('notice-failed'), of: z.int(), role: z.string(), key: z.string(), reason: z.string() }),
  z.object({ ...base, type: z.literal('filed'), of: z.int(), kind: z.string(), key: z.string(), path: z.string(), sha256: z.string(), number: z.string().optional() }),
  z.object({ ...base, type: z.literal('filing-failed'), of: z.int(), kind: z.string(), key: z.string(), reason: z.string() }),
  z.object({ ...base, type: z.literal('closed') }),
]);
export type Event = z.infer<typeof Event>;
export type EventType = Event['type'];
export type EventOf<T extends EventType> = Extract<Event, { type: T }>;

/** An event as it is decided, before it has its place on the timeline. */
export type Fact = { [T in EventType]: Omit<EventOf<T>, 'seq' | 'recordedAt'> }[EventType];
