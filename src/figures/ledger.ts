import type { Passed } from '../core/effects.ts';
import type { By, Event, EventOf, Why } from '../core/events.ts';
import type { Day, Instant } from '../core/instant.ts';
import { minutesBetween, noticesIn, type Reached, timesIn } from './ledger-told.ts';

/** A leader, or whoever stood in for them, who was told that a duty is overdue. */
export interface RungTold {
  readonly at: Instant;
  readonly rung: number;
  /** The top rung is told again and again. */
  readonly times: number;
  /** The role of the rung. */
  readonly role: string;
  /** Whom the notice reached; none where it is not yet known. */
  readonly reached?: Reached;
  /** Who was to be told before them and was not. */
  readonly passedOver: readonly Passed[];
  /** Why it came later than the procedure has it, and when that would have been. */
  readonly why?: Why;
  readonly scheduled?: Instant;
}

/** Words of somebody to an entry. They stay. */
export interface Explanation {
  readonly key: string;
  readonly role: string;
  readonly person: string;
  readonly text: string;
  readonly at: Instant;
}

/** How an entry stands: still owed, done or ended after all, or put right so that it was in time. */
export type Standing = 'owed' | 'stopped' | 'met' | 'released' | 'lapsed';

/** A duty that was missed, or a report that came late. */
export interface Entry {
  readonly receipt: string;
  readonly unit: string;
  readonly procedure: string;
  readonly calendar: string;
  readonly instance: string;
  readonly duty: string;
  /** The instance that somebody did not answer for, where it is an answer that was missed. */
  readonly about?: string;
  readonly owed: { readonly role: string; readonly person?: string; /** Whether the case names them, or they were told of it. */ readonly known?: 'named' | 'told' };
  readonly startedAt: Instant;
  /** As it holds in the end. */
  readonly dueDate: Day;
  readonly dueAt: Instant;
  /** The end of time by which it was found to be missed. */
  readonly missedAt: Instant;
  readonly standing: Standing;
  /** Whether it was in time after all, by a correction or by time that was granted. The entry stays. */
  readonly cleared: boolean;
  readonly metAt?: Instant;
  readonly metBy?: By;
  /** Minutes after the due date until it was met, ended, or now. */
  readonly lateBy: number;
  readonly told: readonly RungTold[];
  /** Who did not answer when told, and who was told instead. */
  readonly unanswered: readonly { readonly at: Instant; readonly role: string; readonly person?: string; readonly to: string }[];
  /** Who was given a role in the case while it was late. */
  readonly tookOver: readonly { readonly at: Instant; readonly role: string; readonly person: string; readonly because: 'received' | 'action' | 'rung' }[];
  /** Where the system was away, or learnt of things late: no lateness of a person. */
  readonly grounds: readonly { readonly event: Event['type']; readonly at: Instant; readonly why: Why }[];
  readonly explanations: readonly Explanation[];
}

/** What a case's timeline says, and who owes each of its duties by the procedure. */
export interface Story {
  readonly events: readonly Event[];
  readonly owes: Readonly<Record<string, string>>;
  readonly explanations: readonly (Explanation & { readonly instance: string })[];
}

/** Time that runs out and leaves somebody of the institution in default. A right that is not used does not. */
export const DEFAULTS = ['deemed-accepted', 'deemed-refused', 'passes-on'] as const;
const DEFAULT: ReadonlySet<string> = new Set(DEFAULTS);

/** Whether an event shows that a duty was missed. An entry of the ledger is made by the first, and events are never removed. */
const misses = (e: Event): boolean =>
  e.type === 'fell-overdue' || (e.type === 'lapsed' && DEFAULT.has(e.as)) ||
  ((e.type === 'met' || e.type === 'released' || e.type === 'due-moved') && e.late === true);

/** The entries of a case, in the order in which its duties began. */
export function entriesOf({ events, owes, explanations }: Story, now: Instant): Entry[] {
  const [opened] = events;
  if (opened?.type !== 'opened') return [];
  const missed = new Set(events.flatMap((e) => (misses(e) && 'instance' in e && e.instance !== undefined ? [e.instance] : [])));
  const about = { receipt: opened.receipt, procedure: opened.procedure.id, calendar: opened.calendar.id };
  return events.flatMap((e) => (e.type === 'duty-started' && missed.has(e.instance)
    ? [{ ...about, unit: unitOf(e) ?? opened.unit, ...entryOf(events, e, owes[e.instance] ?? '', now), explanations: explanations.filter((x) => x.instance === e.instance).map(saidOf) }]
    : []));
}

/** The unit that owes an instance of its own; else the case's. */
const unitOf = ({ person }: EventOf<'duty-started'>): string | undefined => (person?.startsWith('unit:') ? person.slice('unit:'.length) : undefined);

const saidOf = ({ key, role, person, text, at }: Explanation): Explanation => ({ key, role, person, text, at });

function entryOf(events: readonly Event[], started: EventOf<'duty-started'>, owes: string, now: Instant): Omit<Entry, 'receipt' | 'unit' | 'procedure' | 'calendar' | 'explanations'> {
  const { instance } = started;
  const own = events.filter((e) => 'instance' in e && e.instance === instance && e.type !== 'acted');
  const end = endOf(own, timesIn(events), events);
  const { dueAt, dueDate } = dueOf(own, started);
  const first = own.find(misses);
  const since = first?.seq ?? started.seq;
  const role = started.owes ?? owes;
  const until = end.at ?? now;
  const late = judgedLate(own);
  const ended = end.standing === 'met' || end.standing === 'released';
  const lateBy = end.standing === 'stopped' || (ended && !late) ? 0 : Math.max(0, minutesBetween(dueAt, until));
  return {
    instance, duty: started.duty, ...(started.about === undefined ? {} : { about: started.about }),
    owed: { role, ...ownerOf(events, own, started, role, since) },
    startedAt: started.at, dueAt, dueDate, missedAt: missedAt(own, dueAt), standing: end.standing,
    cleared: !late && (ended || end.standing === 'stopped' || (end.standing === 'owed' && dueAt >= now)),
    ...(end.standing === 'met' && end.at !== undefined ? { metAt: end.at } : {}), ...(end.by === undefined ? {} : { metBy: end.by }),
    lateBy,
    told: toldOf(events, own),
    unanswered: own.flatMap((e) => (e.type === 'unanswered' ? [{ at: e.at, role: e.role, ...(e.person === undefined ? {} : { person: e.person }), to: e.to }] : [])),
    tookOver: events.flatMap((e) => (e.type === 'appointed' && e.seq > since && e.seq < end.seq ? [{ at: e.at, role: e.role, person: e.person, because: e.because }] : [])),
    grounds: own.flatMap((e) => ('why' in e && (e.why === 'system-away' || e.why === 'learnt-late') ? [{ event: e.type, at: e.at, why: e.why }] : [])),
  };
}

/** The due date as it holds in the end. */
function dueOf(own: readonly Event[], started: EventOf<'duty-started'>): { dueAt: Instant; dueDate: Day } {
  return own.reduce<{ dueAt: Instant; dueDate: Day }>((due, e) => ('after' in e ? e.after : due), started);
}

function missedAt(own: readonly Event[], dueAt: Instant): Instant {
  const first = own.find((e) => e.type === 'fell-overdue' || (e.type === 'lapsed' && DEFAULT.has(e.as)));
  return first && 'dueAt' in first ? first.dueAt : dueAt;
}

/** The last judgement of whether it was late, where there is one. */
function judgedLate(own: readonly Event[]): boolean {
  const judged = own.findLast((e) => (e.type === 'met' || e.type === 'released' || e.type === 'due-moved') && e.late !== undefined);
  return judged !== undefined && 'late' in judged && judged.late === true;
}

interface End {
  readonly standing: Standing;
  /** The event that ended it; after all others where none has. */
  readonly seq: number;
  readonly at?: Instant;
  readonly by?: By;
}

function endOf(own: readonly Event[], times: ReadonlyMap<number, Instant>, events: readonly Event[]): End {
  const last = own.findLast((e) => ['met', 'released', 'lapsed', 'paused', 'resumed', 'restarted', 'duty-started'].includes(e.type));
  switch (last?.type) {
    case 'met': {
      const cause = events.find((e) => e.seq === last.cause);
      return { standing: 'met', seq: last.seq, at: times.get(last.cause) ?? last.at, ...(cause?.type === 'acted' ? { by: cause.by } : {}) };
    }
    case 'released':
      return { standing: 'released', seq: last.seq, at: times.get(last.cause) ?? last.at };
    case 'lapsed':
      return own.some((e) => e.type === 'due-moved' && e.seq > last.seq && e.after.dueAt >= e.recordedAt) ? { standing: 'owed', seq: Infinity } : { standing: 'lapsed', seq: last.seq, at: last.at };
    case 'paused':
      return { standing: 'stopped', seq: Infinity };
    default:
      return { standing: 'owed', seq: Infinity };
  }
}

/** Who owed it by name: whom the duty or the case named for the role, else who was told of it before it was missed. */
function ownerOf(events: readonly Event[], own: readonly Event[], started: EventOf<'duty-started'>, role: string, since: number): { person?: string; known?: 'named' | 'told' } {
  if (started.person !== undefined) return { person: started.person, known: 'named' };
  const given = events.findLast((e) => (e.type === 'appointed' || e.type === 'relieved') && e.role === role && e.seq < since);
  if (given?.type === 'appointed') return { person: given.person, known: 'named' };
  const person = own.filter((e) => e.seq <= since).map((e) => noticesIn(events).get(`${e.seq}/${role}`)?.reached)
    .findLast((r) => r?.person !== undefined && (r.role === undefined || r.role === role))?.person;
  return person === undefined ? {} : { person, known: 'told' };
}

function toldOf(events: readonly Event[], own: readonly Event[]): RungTold[] {
  const notices = noticesIn(events);
  return own.flatMap((e) => {
    if (e.type !== 'escalated') return [];
    const { at, rung, times, role, why, scheduled } = e;
    const notice = notices.get(`${e.seq}/${role}`);
    return [{
      at, rung, times, role, ...(notice ? { reached: notice.reached } : {}), passedOver: notice?.passedOver ?? [],
      ...(why === undefined ? {} : { why }), ...(scheduled === undefined ? {} : { scheduled }),
    }];
  });
}
