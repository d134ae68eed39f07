import { type Day, dayOf, numberOf, weekdayOf } from '../core/instant.ts';
import type { Every, Schedule } from './schedule.ts';

/** A period by name, and its first day. */
interface Period {
  readonly name: string;
  readonly first: number;
}

/** The name of the period that a case opened on a day is about: `2026-W47`, `2026-11`, `2026-Q4`, `2026`, `2026-11-24`. */
export function periodName({ every, on, covers }: Pick<Schedule, 'every' | 'on' | 'covers'>, day: Day): string {
  const current = periodOf(every, numberOf(day));
  if ((covers ?? (on === 'last' ? 'current' : 'past')) === 'current') return current.name;
  return periodOf(every, current.first - 1).name;
}

function periodOf(every: Every, day: number): Period {
  const date = new Date(Date.parse(dayOf(day)));
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (every) {
    case 'day':
      return { name: dayOf(day), first: day };
    case 'week':
      return week(day);
    case 'month':
      return { name: dayOf(day).slice(0, 7), first: firstOf(year, month) };
    case 'quarter':
      return { name: `${year}-Q${Math.floor(month / 3) + 1}`, first: firstOf(year, month - (month % 3)) };
    case 'year':
      return { name: `${year}`, first: firstOf(year, 0) };
  }
}

/** The number of the first day of a month; January is 0, and 12 the next one. */
export const firstOf = (year: number, month: number): number => Date.UTC(year, month, 1) / 86_400_000;

/** ISO 8601: weeks begin on Monday, and belong to the year of their Thursday. */
function week(day: number): Period {
  const first = day - weekdayOf(day) + 1;
  const year = new Date(Date.parse(dayOf(first + 3))).getUTCFullYear();
  const fourth = numberOf(dayOf(firstOf(year, 0) + 3));
  const n = (first - (fourth - weekdayOf(fourth) + 1)) / 7 + 1;
  return { name: `${year}-W${String(n).padStart(2, '0')}`, first };
}
