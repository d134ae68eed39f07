import type { Calendar } from './calendar.ts';
import type { DutyStatus } from './effects.ts';
import type { Due } from './due.ts';
import type { ToldAs } from './effects-words.ts';
import type { Listens } from './events.ts';
import type { FieldValue } from './fields.ts';
import type { Day, Instant } from './instant.ts';
import type { Procedure } from './procedure.ts';
import { ruleOf } from './rules.ts';

/** One stretch during which a duty's clock stands. An entry of the ledger: never removed. */
export interface Pause {
  /** Which of the duty's pauses it is, counted from 0. */
  readonly rule: number;
  readonly from: Instant;
  /** The event that began it. */
  readonly cause: number;
  readonly to?: Instant;
  /** The event that ended it; none where it reached the most it may last. */
  readonly until?: number;
  /** When it ends by itself. */
  readonly most?: Instant;
}

export interface Reminder {
  readonly n: number;
  readonly at: Instant;
  readonly sent: boolean;
}

/** A duty of this case. What happened to it is on the timeline; this is where that has brought it. */
export interface DutyState {
  readonly instance: string;
  readonly duty: string;
  readonly status: DutyStatus;
  readonly overdue: boolean;
  /** Where its clock starts, and the event that started it. */
  readonly origin: Instant;
  readonly cause: number;
  readonly startedAt: Instant;
  /** Who owes this instance, where that is not who the duty says. */
  readonly owes?: string;
  readonly person?: string;
  /** Of an answer: the instance that it is about, and as what whoever owes it was told. */
  readonly about?: string;
  readonly as?: ToldAs;
  readonly toldOn?: number;
  /** Who was told on the rung it stands on, and did not answer. */
  readonly silent?: readonly string[];
  /** Whom it is about, and who is therefore not told of it. */
  readonly notTo?: readonly string[];
  readonly fixed?: Day;
  /** How many times over its count was set. */
  readonly multiple?: number;
  readonly due: Due;
  /** When the system learnt what `due` rests on. */
  readonly known: Instant;
  readonly reminders: readonly Reminder[];
  /** Rungs told, and how often the top was told again. */
  readonly rung: number;
  readonly times: number;
  readonly escalations: number;
  readonly nextRung?: Instant;
  /** Extensions granted, in the limit's unit. */
  readonly extensions: readonly { readonly by: number; readonly cause: number; readonly at: Instant }[];
  readonly pauses: readonly Pause[];
  readonly met?: { readonly at: Instant; readonly cause: number; readonly action: string; readonly late: boolean };
  readonly lapsedAt?: Instant;
  /** It had lapsed, and a correction gave it time again: what its lapse began has begun. */
  readonly revived?: boolean;
  /** Whether it was overdue when it ended without being met. */
  readonly releasedLate?: boolean;
  /** Of a right: the due date that its holder was told, which no correction takes back. */
  readonly promised?: Due;
  /** The reminders sent, each for its due date. */
  readonly reminded: readonly string[];
}

/** Another case that this one is linked to. */
export interface LinkState {
  readonly key: string;
  /** The rule of this procedure that asked for it; none where the other case did. */
  readonly link?: string;
  /** The other case; none before the link stands. */
  readonly receipt?: string;
  readonly relation: string;
  readonly failed?: boolean;
  /** The event that asked for it. */
  readonly asked: number;
  /** What the other case wants to hear. */
  readonly listens: Listens;
}

/** Where a case stands. Made from its events by `apply` alone, so the timeline and the state cannot differ. */
export interface CaseState {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly receipt: string;
  readonly channel: string;
  readonly unit: string;
  readonly stage: string;
  readonly receivedAt: Instant;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  /** When the stage it is in was reached. */
  readonly stageSince: Instant;
  /** The event that brought it there. */
  readonly stageBy: number;
  /** When anything last happened, besides notices and papers. */
  readonly quietSince: Instant;
  /** The number of the last event. */
  readonly seq: number;
  /** What intake and actions have told, the newest value of each field. */
  readonly facts: Readonly<Record<string, FieldValue>>;
  readonly duties: Readonly<Record<string, DutyState>>;
  /** When each thing that people did happened, by event number, as corrected. */
  readonly times: Readonly<Record<number, Instant>>;
  /** Who took each action, where a person was named. */
  readonly takers: Readonly<Record<string, readonly string[]>>;
  /** Who holds a role in this case, whoever holds the post. */
  readonly appointed: Readonly<Record<string, string>>;
  /** Who takes no part and is told nothing: persons, and units as `unit:name`. */
  readonly excluded: Readonly<Record<string, 'named' | 'conflict'>>;
  /** How often each action was taken. */
  readonly done: Readonly<Record<string, number>>;
  readonly links: Readonly<Record<string, LinkState>>;
  /** Events by the idempotency key of the caller that caused them. */
  readonly keys: Readonly<Record<string, number>>;
}

/** Whether somebody still owes a duty. */
export const isOpen = (duty: DutyState): boolean => duty.status === 'open' || duty.status === 'paused';

/** Whether it was done before it was asked for, and so counts as done from then. */
export const isDoneBefore = ({ times }: Pick<CaseState, 'times'>, { met }: DutyState): boolean => met !== undefined && met.at > (times[met.cause] ?? met.at);

/** Who owes an instance: whoever was named for it, else whom the rule says. */
export const owerOf = (state: CaseState, duty: Pick<DutyState, 'duty' | 'owes'>): string =>
  duty.owes ?? ruleOf(state.procedure, duty.duty).owes;

/** The duty that an instance is of, by its name alone where the case has none such. */
export const dutyNameOf = (state: CaseState, instance: string): string => state.duties[instance]?.duty ?? instance;

export const isFinal = (state: CaseState): boolean => state.procedure.stages[state.stage]?.final ?? false;

/** The duty with this instance name. Events name only instances that they started. */
export function dutyOf(state: CaseState, instance: string): DutyState {
  const duty = state.duties[instance];
  if (!duty) throw new Error(`case ${state.receipt} has no duty ${instance}`);
  return duty;
}
