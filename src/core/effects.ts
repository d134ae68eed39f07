import { z } from 'zod';
import { Event } from './events.ts';
import { Day, Instant } from './instant.ts';
import { Text } from './text.ts';

/** Something that a role is to be told. `key` is the same on every attempt, so that nobody is told twice. */
export const Notice = z.object({
  key: z.string(),
  receipt: z.string(),
  unit: z.string(),
  /** The event that it is about. */
  of: z.int(),
  role: z.string(),
  /** Whether the role is outside the institution: the petitioner. */
  outside: z.boolean(),
  subject: Text,
  body: Text,
});
export type Notice = z.infer<typeof Notice>;

/** A paper for the archive. Markdown for now. */
export const Report = z.object({
  key: z.string(),
  receipt: z.string(),
  of: z.int(),
  kind: z.enum(['overdue-report', 'closing-report']),
  body: Text,
});
export type Report = z.infer<typeof Report>;

export const DutyStatus = z.enum(['open', 'paused', 'met', 'released', 'lapsed']);
export type DutyStatus = z.infer<typeof DutyStatus>;

/** A duty as lists show it. */
export const DutyView = z.object({
  instance: z.string(),
  duty: z.string(),
  title: Text,
  owes: z.string(),
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

/** What became of a notice or report: done, failed for good, or to be tried again later. */
export const Outcome = z.discriminatedUnion('result', [
  z.object({ key: z.string(), result: z.literal('sent'), channel: z.string() }),
  z.object({ key: z.string(), result: z.literal('filed'), path: z.string(), sha256: z.string() }),
  z.object({ key: z.string(), result: z.literal('failed'), reason: z.string() }),
  z.object({ key: z.string(), result: z.literal('later'), reason: z.string() }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** What the world offers a case. Implemented in `src/activities`. */
export interface Activities {
  /** Records the events, then tries each notice and report once. Throws only while the register is away. Idempotent. */
  carryOut(step: Step): Promise<Outcome[]>;
  /** Tries one notice that could not be sent at once; throws until it is sent or has failed for good. */
  deliver(notice: Notice): Promise<Outcome>;
  /** Tries one report that could not be filed at once; throws until it is filed. */
  file(report: Report): Promise<Outcome>;
}
