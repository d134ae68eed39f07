import { type Duration, type Duty, inDays, type Procedure } from '../core/index.ts';
import { isRight, petitionerOf } from '../core/rules.ts';
import { type About, both, type Change, moved, same, type Weigh, type Weight } from './diff-change.ts';
import { limitText, rolls } from './diff-words.ts';

/** Whose a duty is: the institution's, the petitioner's (the first role outside), or that of somebody else outside. */
export function sideOf(p: Procedure, duty: Duty): 'institution' | 'petitioner' | 'other' {
  if (!isRight(p, duty)) return 'institution';
  return petitionerOf(p) === duty.owes ? 'petitioner' : 'other';
}

/** What it means for the side that owes something to have more of what helps it (time, ways to do it, excuses) or less. */
export function helps(p: Procedure, duty: Duty): Weigh {
  const side = sideOf(p, duty);
  if (side === 'other') return () => undefined;
  return (came) => (side === 'institution' ? (came ? 'easier' : 'stricter') : came ? 'more' : 'less');
}

/** What it means to owe more, or have a further right; or less. */
export function binds(p: Procedure, duty: Duty): Weigh {
  const side = sideOf(p, duty);
  if (side === 'other') return () => undefined;
  return (came) => (side === 'institution' ? (came ? 'stricter' : 'easier') : came ? 'more' : 'less');
}

/**
 * Which of two durations is longer: negative where the first is, positive where
 * the second is, zero where they are alike. Undefined where the calendar
 * decides: 10 working days are no shorter than 10 calendar days, than 12 perhaps.
 */
export function longer(a: Duration, b: Duration): number | undefined {
  if (a.unit === b.unit) return b.amount - a.amount;
  const [x, y] = inDays(a.unit) && inDays(b.unit) ? [days(a), days(b)] : [minutes(a), minutes(b)];
  if (y.least >= x.most) return 1;
  return x.least >= y.most ? -1 : undefined;
}

interface Span { readonly least: number; readonly most: number }

/** The fewest and the most calendar days that so many days or months can take. */
function days({ amount, unit }: Duration): Span {
  if (unit === 'months') return { least: amount * 28, most: amount * 31 };
  return { least: amount, most: unit === 'working-days' ? Infinity : amount };
}

/** The same in minutes; what is counted in days ends with one. */
function minutes(d: Duration): Span {
  if (!inDays(d.unit)) return { least: d.amount * (d.unit === 'minutes' ? 1 : HOUR), most: d.unit === 'minutes' ? d.amount : Infinity };
  const { least, most } = days(d);
  return { least: (least - 1) * DAY, most: most * DAY };
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** How the limit of a duty differs, and for whom that is better. */
export function limits(a: Procedure, b: Procedure, before: Duty, after: Duty, about: About): Change[] {
  if (same(before.limit, after.limit) && rolls(a, before) === rolls(b, after)) return [];
  const label = both('期限', 'limit');
  return moved(about, 'limit', label, limitText(a, before), limitText(b, after), weightOf(a, b, before, after));
}

function weightOf(a: Procedure, b: Procedure, before: Duty, after: Duty): Weight | undefined {
  const signs = [count(before, after), night(before, after), flag(before.limit.firstDay === 'excluded', after.limit.firstDay === 'excluded'), flag(rolls(a, before), rolls(b, after)), ends(before, after)];
  if (signs.includes(undefined)) return undefined;
  const told = new Set(signs.map((s) => Math.sign(s ?? 0)).filter((s) => s !== 0));
  const [sign] = told;
  return told.size === 1 && sign !== undefined ? helps(b, after)(sign > 0) : undefined;
}

function count({ limit: a }: Duty, { limit: b }: Duty): number | undefined {
  if (a.times !== b.times) return undefined;
  if (a.count && b.count) return longer(a.count, b.count);
  return a.field === b.field && a.field !== undefined ? 0 : undefined;
}

function night({ limit: a }: Duty, { limit: b }: Duty): number | undefined {
  if (same(a.night, b.night)) return 0;
  return a.night && b.night && a.night.from === b.night.from && a.night.to === b.night.to ? longer(a.night.count, b.night.count) : undefined;
}

const flag = (a: boolean, b: boolean): number => Number(b) - Number(a);

function ends({ limit: a }: Duty, { limit: b }: Duty): number | undefined {
  if (a.ends === b.ends) return 0;
  if (b.ends === 'end-of-day') return 1;
  if (a.ends === 'end-of-day') return -1;
  return undefined;
}
