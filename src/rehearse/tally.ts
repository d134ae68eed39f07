import type { Instant } from '../core/index.ts';
import type { Dirt } from '../logs/index.ts';
import type { CaseVerdict, DutyVerdict } from './verdict.ts';

/** How a duty went over all cases. */
export interface DutyTally {
  count: number;
  met: number;
  /** Met late, or not met and overdue. */
  late: number;
  open: number;
  lapsed: number;
  released: number;
  escalations: number;
}

/** How a log went. `problems` holds the first of them; `dirt` counts all. */
export interface Tally {
  cases: number;
  notJudged: number;
  escalations: number;
  readonly duties: Record<string, DutyTally>;
  readonly dirt: Record<string, number>;
  readonly problems: Dirt[];
  problemsLeftOut: number;
  /** The latest duties, the worst first. */
  worst: Worst[];
}

export interface Worst {
  readonly id: string;
  readonly duty: string;
  readonly dueDate: string;
  readonly metAt: Instant | null;
  readonly days: number;
  readonly escalations: number;
}

/** Problems kept in memory and printed; beyond, they are counted, and the summary says how many. */
export const KEPT = 10_000;
const WORST = 5;

export const emptyTally = (): Tally => ({ cases: 0, notJudged: 0, escalations: 0, duties: {}, dirt: {}, problems: [], problemsLeftOut: 0, worst: [] });

export function count(tally: Tally, verdict: CaseVerdict | undefined, dirt: readonly Dirt[], until: Instant): void {
  for (const d of dirt) {
    tally.dirt[d.code] = (tally.dirt[d.code] ?? 0) + 1;
    if (tally.problems.length < KEPT) tally.problems.push(d);
    else tally.problemsLeftOut += 1;
  }
  if (!verdict) {
    tally.notJudged += 1;
    return;
  }
  tally.cases += 1;
  for (const d of verdict.duties) {
    countDuty((tally.duties[d.duty] ??= { count: 0, met: 0, late: 0, open: 0, lapsed: 0, released: 0, escalations: 0 }), d);
    tally.escalations += d.escalations;
    if (d.late) rank(tally, verdict.id, d, until);
  }
}

function countDuty(t: DutyTally, d: DutyVerdict): void {
  t.count += 1;
  t.escalations += d.escalations;
  if (d.late) t.late += 1;
  if (d.status === 'paused') t.open += 1;
  else t[d.status] += 1;
}

function rank(tally: Tally, id: string, d: DutyVerdict, until: Instant): void {
  const end = d.metAt ?? until;
  const days = Math.floor((Date.parse(end) - Date.parse(d.dueDate)) / 86_400_000);
  const last = tally.worst.at(-1);
  if (last && tally.worst.length >= WORST && last.days >= days) return;
  tally.worst = [...tally.worst, { id, duty: d.duty, dueDate: d.dueDate, metAt: d.metAt, days, escalations: d.escalations }].toSorted((a, b) => b.days - a.days).slice(0, WORST);
}
