import type { Day, Instant } from '../core/instant.ts';
import type { Definition } from './definitions.ts';

/** What every case can be grouped by. */
export const BREAKDOWNS = ['month', 'quarter', 'unit', 'channel', 'leader', 'procedure'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

export const isBreakdown = (by: string): by is Breakdown => BREAKDOWNS.some((known) => known === by);

/** What is to be counted. Days are those of each case's own calendar. */
export interface Asked {
  readonly from?: Day;
  /** Inclusive. */
  readonly to?: Day;
  /** One of BREAKDOWNS, or the name of a choice that cases were told, such as `subject`: never of words that somebody wrote. */
  readonly by?: string;
  readonly procedures?: readonly string[];
  readonly units?: readonly string[];
  /** Now: what is due later is not yet counted. */
  readonly asOf: Instant;
  /** Cases of a procedure without one are received, open and told of, and no more. */
  readonly definitions: readonly Definition[];
  /** IANA zone of each calendar, for the day on which something happened. */
  readonly zones: Readonly<Record<string, string>>;
}

/** Duties that came due: how many were done, and when. */
export interface Punctuality {
  /** `onTime` of `due`; none where nothing was due. */
  readonly rate?: number;
  readonly onTime: number;
  /** Done, or given up when it was overdue already. */
  readonly late: number;
  /** Still owed. */
  readonly overdue: number;
  /** Never done: the law drew its own conclusion when time ran out. */
  readonly lapsed: number;
  /** All of these together. */
  readonly due: number;
  /** Not yet due, or their clock stands. Not counted, done or not. */
  readonly notDue: number;
  /** Ended in time without being done: withdrawn, returned to the sender. Not counted. */
  readonly released: number;
  /** Never owed, on a ground that the procedure names. Not counted. */
  readonly excused: number;
}

/** Days from receipt; none where nothing was done in the period. */
export interface Days {
  readonly cases: number;
  /** Of an even number, half way between the middle two. */
  readonly median?: number;
  /** Nine in ten took no longer. */
  readonly ninetieth?: number;
}

export const AGES = ['0-15', '16-30', '31-60', '61-90', '91-180', '181+'] as const;
export type Age = (typeof AGES)[number];

export interface Figures {
  readonly received: number;
  readonly accepted: Punctuality;
  readonly finished: Punctuality;
  readonly satisfaction: {
    /** Satisfied or basically satisfied, of those who evaluated. */
    readonly rate?: number;
    readonly satisfied: number;
    readonly basicallySatisfied: number;
    readonly dissatisfied: number;
    /** Cases evaluated in the period, by their last evaluation. */
    readonly rated: number;
  };
  /** Of the cases finished in the period: how many could be evaluated by now, and how many were. */
  readonly answered: { readonly rate?: number; readonly asked: number; readonly rated: number };
  readonly days: { readonly accepted: Days; readonly finished: Days };
  /** How often each rung was told, by its number. */
  readonly escalations: Readonly<Record<string, number>>;
  /** Extensions granted, and cases in which any was. */
  readonly extensions: { readonly granted: number; readonly cases: number };
  /** How often somebody who was to be told was not, by the reason: vacant, on leave, named. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** At the end of the period, by days since receipt. */
  readonly open: { readonly cases: number; readonly ages: Readonly<Record<Age, number>> };
}

export interface Statistics {
  readonly from?: Day;
  readonly to?: Day;
  readonly asOf: Instant;
  readonly by?: string;
  readonly total: Figures;
  /** One for each group, in order; a group has a name, or none where a case has not what was asked for. */
  readonly groups: readonly { readonly group: string; readonly figures: Figures }[];
}

/** A count, or a number of days, as the register gives it. */
export interface Counted {
  /** Undefined for the total. */
  readonly group?: string | undefined;
  readonly what: string;
  readonly n: number;
  readonly median?: number | undefined;
  readonly ninetieth?: number | undefined;
}

/** Puts what was counted into its places. */
export function figuresOf(counts: readonly Counted[]): Figures {
  const found = new Map(counts.map((c) => [c.what, c]));
  const n = (what: string): number => found.get(what)?.n ?? 0;
  const named = (stem: string): Record<string, number> =>
    Object.fromEntries(counts.filter((c) => c.what.startsWith(`${stem}.`)).map((c): [string, number] => [c.what.slice(stem.length + 1), c.n]).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const punctuality = (of: string): Punctuality => {
    const [onTime, late, overdue, lapsed] = [n(`${of}.on-time`), n(`${of}.late`), n(`${of}.overdue`), n(`${of}.lapsed`)];
    const due = onTime + late + overdue + lapsed;
    return { ...rate(onTime, due), onTime, late, overdue, lapsed, due, notDue: n(`${of}.not-due`), released: n(`${of}.released`), excused: n(`${of}.excused`) };
  };
  const days = (of: string): Days => {
    const { n: cases = 0, median, ninetieth } = found.get(`days.${of}`) ?? {};
    return { cases, ...(median === undefined ? {} : { median }), ...(ninetieth === undefined ? {} : { ninetieth }) };
  };
  const ages = { '0-15': n('open.0-15'), '16-30': n('open.16-30'), '31-60': n('open.31-60'), '61-90': n('open.61-90'), '91-180': n('open.91-180'), '181+': n('open.181+') };
  const [satisfied, basicallySatisfied, dissatisfied] = [n('rated.satisfied'), n('rated.basically-satisfied'), n('rated.dissatisfied')];
  const rated = satisfied + basicallySatisfied + dissatisfied;
  return {
    received: n('received'),
    accepted: punctuality('accepted'),
    finished: punctuality('finished'),
    satisfaction: { ...rate(satisfied + basicallySatisfied, rated), satisfied, basicallySatisfied, dissatisfied, rated },
    answered: { ...rate(n('answered'), n('asked')), asked: n('asked'), rated: n('answered') },
    days: { accepted: days('accepted'), finished: days('finished') },
    escalations: named('escalated'),
    extensions: { granted: n('extended'), cases: n('extended-cases') },
    passedOver: named('passed-over'),
    open: { cases: Object.values(ages).reduce((sum, c) => sum + c, 0), ages },
  };
}

const rate = (part: number, of: number): { rate?: number } => (of === 0 ? {} : { rate: part / of });
