import type { Event, EventType, FieldValue, Instant } from '../../core/index.ts';
import type { Recorded } from '../../register/index.ts';
import type { Discretion } from './discretion.ts';

/** What an event means in the standard life cycle of an activity (XES). */
export type Lifecycle = 'complete' | 'schedule' | 'reassign' | 'suspend' | 'resume' | 'withdraw' | 'ate_abort' | 'unknown';

/** An event as one row: what all formats are written from. */
export interface FlatEvent {
  readonly case: string;
  readonly seq: number;
  readonly type: EventType;
  /** What was done, or the duty that it happened to. */
  readonly activity: string;
  readonly lifecycle: Lifecycle;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly unit: string;
  readonly stage?: string | undefined;
  readonly role?: string | undefined;
  readonly person?: string | undefined;
  readonly duty?: string | undefined;
  readonly instance?: string | undefined;
  readonly dueDate?: string | undefined;
  readonly dueAt?: Instant | undefined;
  readonly late?: boolean | undefined;
  readonly why?: string | undefined;
  readonly channel?: string | undefined;
  readonly paper?: string | undefined;
  readonly number?: string | undefined;
  readonly text?: string | undefined;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

const LIFECYCLE: Readonly<Record<EventType, Lifecycle>> = {
  opened: 'complete', acted: 'complete', refused: 'unknown', excused: 'unknown', closed: 'complete', corrected: 'complete',
  'duty-started': 'schedule', paused: 'suspend', 'not-paused': 'unknown', resumed: 'resume', extended: 'reassign', restarted: 'reassign', 'due-moved': 'reassign',
  met: 'complete', released: 'withdraw', lapsed: 'ate_abort', 'fell-overdue': 'unknown', reminded: 'unknown', escalated: 'unknown', unanswered: 'unknown',
  noticed: 'complete', 'passed-over': 'unknown', 'notice-failed': 'ate_abort', filed: 'complete', 'filing-failed': 'ate_abort', appointed: 'complete', relieved: 'complete', excluded: 'complete',
  'link-asked': 'unknown', linked: 'complete', 'link-failed': 'ate_abort', untold: 'unknown',
};

/** The events of a case as rows, in order. */
export function flatten({ view, events }: Recorded, discreet: Discretion): FlatEvent[] {
  const duties = new Map(view.duties.map((d) => [d.instance, d.duty]));
  const dutyOf = (instance: string): string => duties.get(instance) ?? instance.split('/')[0] ?? instance;
  return events.map((e) => ({
    case: view.receipt, seq: e.seq, type: e.type, lifecycle: LIFECYCLE[e.type], at: e.at, recordedAt: e.recordedAt, unit: view.unit, fields: {},
    ...part(e, dutyOf, discreet, view.procedure),
  }));
}

type Part = Partial<FlatEvent> & Pick<FlatEvent, 'activity'>;

function part(e: Event, dutyOf: (instance: string) => string, discreet: Discretion, procedure: string): Part {
  const person = (role: string, who: string | undefined) => discreet.person(procedure, role, who);
  const about = (instance: string) => ({ activity: dutyOf(instance), duty: dutyOf(instance), instance });
  switch (e.type) {
    case 'opened':
      return { activity: 'received', stage: e.stage, channel: e.channel, fields: discreet.fields(procedure, undefined, e.fields) };
    case 'acted':
      return {
        activity: e.action, stage: e.stage, role: e.by.role, person: person(e.by.role, e.by.person), text: discreet.text(e.note),
        fields: discreet.fields(procedure, e.action, e.fields), ...(e.instance === undefined ? {} : { instance: e.instance, duty: dutyOf(e.instance) }),
      };
    case 'refused':
      return { activity: e.action, role: e.by.role, person: person(e.by.role, e.by.person), why: e.code };
    case 'duty-started':
      return { activity: e.duty, duty: e.duty, instance: e.instance, role: e.owes, person: e.owes === undefined ? undefined : person(e.owes, e.person), dueAt: e.dueAt, dueDate: e.dueDate };
    case 'excused':
      return { activity: e.duty, duty: e.duty };
    case 'reminded':
      return { ...about(e.instance), role: e.role, dueAt: e.dueAt, dueDate: e.dueDate, why: e.why };
    case 'escalated':
      return { ...about(e.instance), role: e.role, dueAt: e.dueAt, why: e.why };
    case 'fell-overdue':
      return { ...about(e.instance), dueAt: e.dueAt, why: e.why };
    case 'lapsed':
      return { ...about(e.instance), dueAt: e.dueAt, why: e.as };
    case 'paused':
    case 'not-paused':
      return about(e.instance);
    case 'resumed':
      return { ...about(e.instance), dueAt: e.after.dueAt, dueDate: e.after.dueDate };
    case 'extended':
      return { ...about(e.instance), dueAt: e.after.dueAt, dueDate: e.after.dueDate, text: discreet.text(e.reason) };
    case 'restarted':
      return { ...about(e.instance), dueAt: e.after.dueAt, dueDate: e.after.dueDate };
    case 'due-moved':
      return { ...about(e.instance), dueAt: e.after.dueAt, dueDate: e.after.dueDate, late: e.late, why: e.because };
    case 'met':
    case 'released':
      return { ...about(e.instance), late: e.late };
    case 'corrected':
      return { activity: 'correct', role: e.by.role, person: person(e.by.role, e.by.person), text: discreet.text(e.reason) };
    case 'unanswered':
      return { ...about(e.instance), role: e.role, person: person(e.role, e.person) };
    case 'noticed':
      return { activity: 'notice', role: e.told ?? e.role, person: person(e.told ?? e.role, e.person), why: e.as };
    case 'passed-over':
      return { activity: 'notice', ...passedOver(e, person(e.role, e.person), discreet) };
    case 'notice-failed':
      return { activity: 'notice', role: e.role, why: e.reason };
    case 'link-asked':
      return { activity: 'link' };
    case 'linked':
      return { activity: 'link', why: e.relation };
    case 'link-failed':
      return { activity: 'link', why: e.reason };
    case 'untold':
      return { activity: e.on };
    case 'appointed':
      return { activity: 'appoint', role: e.role, person: person(e.role, e.person), why: e.because };
    case 'relieved':
      return { activity: 'relieve', role: e.role, person: person(e.role, e.person) };
    case 'excluded':
      return { activity: 'exclude', person: discreet.text(e.person), why: e.why };
    case 'filed':
      return { activity: 'file', paper: e.kind, number: e.number };
    case 'filing-failed':
      return { activity: 'file', paper: e.kind, why: e.reason };
    case 'closed':
      return { activity: 'close' };
  }
}

/** The post that a complaint had passed over says who is complained of as well as a name does. */
function passedOver({ role, why }: Extract<Event, { type: 'passed-over' }>, person: string | undefined, discreet: Discretion): Partial<FlatEvent> {
  const said = why === 'named' || why === 'conflict' ? (value: string | undefined) => discreet.text(value) : (value: string | undefined) => value;
  return { role: said(role), person: said(person), why: said(why) };
}
