import { z } from 'zod';
import { PassedWhy, ToldAs } from './effects-words.ts';
import { Event, Listens, Unlinked } from './events.ts';
import { FieldValue } from './fields.ts';
import { Day, Instant } from './instant.ts';
import { Text } from './text.ts';

export { PassedWhy, ToldAs } from './effects-words.ts';

/** What a notice is about: there is a template for each kind, language and channel in `notices/`. */
export const NoticeKind = z.enum([
  'received', 'done', 'due', 'reminder', 'overdue', 'raised', 'unanswered', 'lapsed', 'changed', 'paper',
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** Somebody to whom a notice did not go: the post, who holds it if anybody, and why. */
export const Passed = z.object({ role: z.string(), person: z.string().optional(), why: PassedWhy });
export type Passed = z.infer<typeof Passed>;

/**
 * Something that a role is to be told. `key` is the same on every attempt, so
 * that nobody is told twice. Who holds the role is found when it is sent.
 */
export const Notice = z.object({
  key: z.string(),
  receipt: z.string(),
  unit: z.string(),
  /** The event that it is about. */
  of: z.int(),
  role: z.string(),
  /** Whether the role is outside the institution. */
  outside: z.boolean(),
  /** Of such a role, whether it is the petitioner, the only one outside whose address the register has. */
  petitioner: z.boolean().default(true),
  subject: Text,
  body: Text,
  kind: NoticeKind.default('done'),
  /** Now, on the clock of the case: who holds a post is asked for this instant. */
  at: Instant.optional(),
  /** Counted in minutes or hours: goes out at once, at night too, and by every way there is. */
  urgent: z.boolean().default(false),
  /** When it may go out, where that is later: the notice waits for working hours. */
  notBefore: Instant.optional(),
  /** The clock that it is about, for templates: no word of it names a person. */
  clock: z.object({ title: Text, dueDate: Day, actBy: Day, law: Text, /** The minute, where minutes count. */ dueAt: Text.optional() }).optional(),
  /** One line that may be read by anybody, for group robots, short messages and digests. */
  line: Text.optional(),
  /** The duties that it is about, and the rung on which it tells of each; 0 where no ladder does. */
  about: z.array(z.object({ instance: z.string(), rung: z.int() })).default([]),
  /** Roles that it goes on to where nobody can be told, in order. */
  onward: z.array(z.string()).default([]),
  /** The role that is told when everybody on the way is complained of, away or missing. */
  lastResort: z.string().optional(),
  /** Persons (and units, as `unit:name`) who may not be told, and why. */
  excluded: z.record(z.string(), z.enum(['named', 'conflict'])).default({}),
  /** Who holds a role in this case, whoever holds the post. */
  appointed: z.record(z.string(), z.string()).default({}),
  /** Persons who were told and did not answer. */
  unanswered: z.array(z.string()).default([]),
  /** The one person it is for: nobody stands in for them. */
  only: z.string().optional(),
});
export type Notice = z.infer<typeof Notice>;

/** `code` is the value as the procedure writes it, which templates can ask for. */
const Line = z.object({ title: Text, value: Text, code: z.string().optional() });

/** What a paper is made of. Data only: the words around it are in `papers/`. No word of it names a petitioner. */
export const PaperData = z.object({
  procedure: Text,
  channel: Text,
  unit: z.string(),
  /** Days in the calendar's zone. */
  receivedOn: Day,
  day: Day,
  /** The action that issued it, and by which role. */
  action: Text.optional(),
  by: Text.optional(),
  /** What intake and actions have told so far, the newest value of each. Keys are the procedure's field names. */
  facts: z.record(z.string(), Line),
  /** The article that asks for this paper. */
  law: Text.optional(),
  /** The duty that it is about, with the reason for its date. */
  duty: z.object({ title: Text, owes: Text, dueDate: Day, law: Text, reasons: z.array(Text) }).optional(),
  /** The clocks that run, with what each is called, who owes it and by when. `right` marks the petitioner's own. */
  clocks: z.array(z.object({ title: Text, owes: Text, dueDate: Day, law: Text, right: z.boolean(), overdue: z.boolean(), internal: z.boolean().default(false) })),
  /** Every duty there was and what became of it. */
  outcomes: z.array(z.object({ title: Text, owes: Text, dueDate: Day, outcome: Text })),
  /** What happened, line by line, each with its time. */
  passages: z.array(z.object({ seq: z.int(), at: Text, text: Text })),
});
export type PaperData = z.infer<typeof PaperData>;

/** A paper for the archive. */
export const Report = z.object({
  key: z.string(),
  receipt: z.string(),
  unit: z.string().default(''),
  of: z.int(),
  /** Its template in `papers/`: `overdue-report`, `acceptance-notice`. */
  kind: z.string(),
  /** What the procedure calls it, where it does. */
  title: Text.optional(),
  /** Now, on the clock of the case. */
  at: Instant.optional(),
  /** The role that it is addressed to; none for what only goes on file. */
  to: z.string().optional(),
  /** Whether that role is outside the institution; and of such a role, whether it is the petitioner. */
  outside: z.boolean().default(false),
  petitioner: z.boolean().default(true),
  /** Roles that get a copy. */
  copies: z.array(z.string()).default([]),
  /** The series of document numbers it takes one from; none for what has no number. */
  series: z.string().optional(),
  data: PaperData,
});
export type Report = z.infer<typeof Report>;

/** A link to another case that is to come about: a case to be opened, or one that is there. `key` is the same on every attempt. */
export const Linking = z.object({
  key: z.string(),
  /** The case that asks, and what the link is called there. */
  receipt: z.string(),
  link: z.string(),
  relation: z.string(),
  listens: Listens,
  /** The case that is there already. */
  to: z.string().optional(),
  /** The case to be opened; `above`: in the unit above. */
  opens: z.object({
    procedure: z.string(), unit: z.string(), above: z.boolean(), channel: z.string().optional(), receivedAt: Instant,
    fields: z.record(z.string(), FieldValue),
    /** Whether it knows the petitioner and their words. */
    petitioner: z.boolean(),
    /** Units that the matter is about: it is opened in none of them, nor below. */
    excluded: z.array(z.string()).default([]),
  }).optional(),
  /** What the asking case's clock shows, where that is not the engine's. */
  clock: Instant.optional(),
});
export type Linking = z.infer<typeof Linking>;

export const LinkOutcome = z.discriminatedUnion('result', [
  z.object({ result: z.literal('linked'), receipt: z.string() }),
  z.object({ result: z.literal('failed'), reason: Unlinked }),
]);
export type LinkOutcome = z.infer<typeof LinkOutcome>;

/** Another case's link to this one: what it is called there, what this case is to that one, what it wants to hear. */
export const Incoming = z.object({ from: z.string(), key: z.string(), relation: z.string(), listens: Listens });
export type Incoming = z.infer<typeof Incoming>;

/** What one case tells another. Facts are asked for by the hearer, or named by the rule that says what it is to do. */
export const Heard = z.object({
  to: z.string(),
  from: z.string(),
  key: z.string(),
  /** What the link is called in the case that hears, where that case asked for it. */
  link: z.string().optional(),
  /** Through how many cases it came. */
  hops: z.int().optional(),
  /** The teller's event. */
  of: z.int(),
  at: Instant,
  on: z.string(),
  fields: z.record(z.string(), FieldValue),
  act: z.object({ action: z.string(), by: z.string().optional() }).optional(),
});
export type Heard = z.infer<typeof Heard>;

export const DutyStatus = z.enum(['open', 'paused', 'met', 'released', 'lapsed']);
export type DutyStatus = z.infer<typeof DutyStatus>;

/** A duty as lists show it. */
export const DutyView = z.object({
  instance: z.string(),
  duty: z.string(),
  title: Text,
  owes: z.string(),
  /** Who owes it by name, where the case knows. */
  person: z.string().optional(),
  status: DutyStatus,
  overdue: z.boolean(),
  /** Rungs of the ladder told so far. */
  level: z.int(),
  escalations: z.int(),
  startedAt: Instant,
  dueDate: Day,
  actBy: Day,
  dueAt: Instant,
  provisional: z.boolean(),
  metAt: Instant.optional(),
  late: z.boolean().optional(),
});
export type DutyView = z.infer<typeof DutyView>;

/** A case as lists show it: no word of it names a person. */
export const CaseView = z.object({
  receipt: z.string(),
  procedure: z.string(),
  version: z.int(),
  calendar: z.string(),
  calendarVersion: z.string(),
  channel: z.string(),
  unit: z.string(),
  stage: z.string(),
  receivedAt: Instant,
  openedAt: Instant,
  closedAt: Instant.optional(),
  /** The number of the last event that it takes in. */
  seq: z.int(),
  overdue: z.boolean(),
  level: z.int(),
  nextDue: Instant.optional(),
  duties: z.array(DutyView),
  /** The cases that it is linked to. `from`: the other case asked for it, so `relation` is what this one is to that. */
  links: z.array(z.object({ key: z.string(), receipt: z.string(), relation: z.string(), from: z.boolean() })).default([]),
});
export type CaseView = z.infer<typeof CaseView>;

/** All that one step of a case asks of the world. */
export const Step = z.object({
  receipt: z.string(),
  events: z.array(Event),
  view: CaseView,
  notices: z.array(Notice),
  reports: z.array(Report),
});
export type Step = z.infer<typeof Step>;

/** What became of a notice or report: done, failed for good, held until its time, or to be tried again later. */
export const Outcome = z.discriminatedUnion('result', [
  z.object({
    key: z.string(), result: z.literal('sent'), channel: z.string(),
    /** The role that was told in the end, and who in it. */
    role: z.string().optional(), person: z.string().optional(), as: ToldAs.optional(),
    passed: z.array(Passed).optional(),
  }),
  z.object({ key: z.string(), result: z.literal('filed'), path: z.string(), sha256: z.string(), number: z.string().optional() }),
  z.object({ key: z.string(), result: z.literal('failed'), reason: z.string(), passed: z.array(Passed).optional() }),
  z.object({ key: z.string(), result: z.literal('held') }),
  /** `afterMs`: milliseconds for which the other side asks to be left alone. */
  z.object({ key: z.string(), result: z.literal('later'), reason: z.string(), afterMs: z.number().optional() }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** What the world offers a case. Implemented in `src/activities`. */
export interface Activities {
  /** Records the events, then tries each notice and report once. Throws only while the register is away. Idempotent. */
  carryOut(step: Step): Promise<Outcome[]>;
  /** Tries one notice that could not be sent at once; throws until it is sent or has failed for good. */
  deliver(notice: Notice): Promise<Outcome>;
  /** Tries notices that waited until now, each once; with what else waits for the same person they go out as one message. */
  release(notices: Notice[]): Promise<Outcome[]>;
  /** Tries one report that could not be filed at once; throws until it is filed. */
  file(report: Report): Promise<Outcome>;
  /** Opens a case or finds one, and links it; throws until that is done or has failed for good. Idempotent by key. */
  link(linking: Linking): Promise<LinkOutcome>;
  /** Tells a linked case; throws until it is told. `closed` where it takes nothing any more. */
  pass(heard: Heard): Promise<'told' | 'closed'>;
}
