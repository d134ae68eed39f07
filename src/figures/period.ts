import { type Day, dayOf, weekdayOf } from '../core/instant.ts';
import { firstOf, periodName } from '../schedules/period.ts';

/** The days of a period, both included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

const period = (first: number, next: number): Period => ({ from: dayOf(first), to: dayOf(next - 1) });

/** The days of a period as schedules name them: `2026-11-24`, `2026-W47`, `2026-11`, `2026-Q4`, `2026`. Undefined where it is called otherwise. */
export function daysOf(name: string): Period | undefined {
  const found = /^(\d{4})(?:-(?:W(?<week>\d\d)|Q(?<quarter>[1-4])|(?<month>0[1-9]|1[0-2])(?:-(?<day>\d\d))?))?$/.exec(name.trim());
  if (!found) return undefined;
  const { week, quarter, month, day } = found.groups ?? {};
  const year = Number(found[1]);
  if (week !== undefined) return weekOf(found[0], year, Number(week));
  if (quarter !== undefined) return period(firstOf(year, Number(quarter) * 3 - 3), firstOf(year, Number(quarter) * 3));
  if (month === undefined) return period(firstOf(year, 0), firstOf(year + 1, 0));
  if (day === undefined) return period(firstOf(year, Number(month) - 1), firstOf(year, Number(month)));
  const one = firstOf(year, Number(month) - 1) + Number(day) - 1;
  return dayOf(one) === found[0] ? period(one, one + 1) : undefined;
}

/** ISO 8601: 4 January is always in the first week. A year has a week 53 or has not. */
function weekOf(name: string, year: number, n: number): Period | undefined {
  const fourth = firstOf(year, 0) + 3;
  const monday = fourth - weekdayOf(fourth) + 1 + (n - 1) * 7;
  return periodName({ every: 'week', on: undefined, covers: 'current' }, dayOf(monday)) === name ? period(monday, monday + 7) : undefined;
}
