import { type Instant, dayOf, instantOf, msOf, numberOf, weekdayOf } from '../core/instant.ts';
import type { Text } from '../core/text.ts';
import { spansOf } from '../institution/index.ts';
import type { DatedPlan, Leave, Organisation, RotaChange } from './organisation.ts';
import { type Clocks, clocksOf } from './zone.ts';

/** A rota: its plans, each with the days on which it is in force, on the clocks of a zone. */
export interface Rota {
  readonly id: string;
  readonly zone: string;
  readonly plans: readonly DatedPlan[];
}

/** A stretch of time during which one person is on, or should be. */
export interface Shift {
  readonly rota: string;
  readonly from: Instant;
  /** The first instant at which it is over. */
  readonly to: Instant;
  readonly person: string;
  /** Who would be on by the plan; none where the plan has nobody on then. */
  readonly planned?: string;
  readonly because: 'plan' | RotaChange['kind'];
  /** Nobody is there: the person is on leave and nobody has been put in their place. */
  readonly gap?: 'on-leave';
}

/** While it is worked out: times in milliseconds. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly person: string;
  readonly planned?: string;
  readonly because: Shift['because'];
  readonly gap?: 'on-leave';
}

/** Who is on at an instant, or the gap that there is; undefined where the rota has no shift then. Pure. */
export function onDuty(rota: Rota, changes: readonly RotaChange[], leave: readonly Leave[], at: Instant): Shift | undefined {
  return shiftsOf(rota, changes, leave, at, instantOf(msOf(at) + 1))[0];
}

/**
 * The shifts that touch the time from one instant up to another, whole, in order, without overlap. Changes go over
 * the plan in the order in which they were made. Pure.
 */
export function shiftsOf(rota: Rota, changes: readonly RotaChange[], leave: readonly Leave[], from: Instant, to: Instant): Shift[] {
  const [begin, end] = [msOf(from), msOf(to)];
  if (begin >= end) return [];
  const mine = changes.filter((c) => c.rota === rota.id);
  let shifts = planned(rota, ...reach(mine, begin, end));
  for (const change of mine) shifts = changed(shifts, change);
  for (const away of leave) shifts = missed(shifts, away);
  return shifts
    .filter((s) => s.from < end && s.to > begin)
    .map(({ from: a, to: b, ...rest }) => ({ rota: rota.id, from: instantOf(a), to: instantOf(b), ...rest }));
}

/** The rota of an organisation; one without plans where it has none of that name. */
export const rotaOf = ({ rotas, zone }: Organisation, id: string): Rota => ({ id, zone, plans: Object.hasOwn(rotas, id) ? (rotas[id] ?? []) : [] });

/** What a rota is called, by its newest plan. */
export const titleOf = (organisation: Organisation, id: string): Text => rotaOf(organisation, id).plans.at(-1)?.title ?? { zh: id, en: id };

/** The shifts of one person on all rotas of an organisation, in order. Not those for which they are on leave. */
export function nextShifts(organisation: Organisation, person: string, from: Instant, to: Instant): Shift[] {
  return Object.keys(organisation.rotas)
    .flatMap((id) => shiftsOf(rotaOf(organisation, id), organisation.changes, organisation.leave, from, to))
    .filter((shift) => shift.person === person && shift.gap === undefined)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.rota < b.rota ? -1 : 1));
}

/** As far as changes go that fill what the plan leaves open: what they fill ends where the plan goes on. */
function reach(changes: readonly RotaChange[], begin: number, end: number): [begin: number, end: number] {
  const filling = changes.filter((c) => c.instead === undefined && msOf(c.from) < end && msOf(c.to) > begin);
  const [from, to] = [Math.min(begin, ...filling.map((c) => msOf(c.from))), Math.max(end, ...filling.map((c) => msOf(c.to)))];
  return from === begin && to === end ? [from, to] : reach(changes, from, to);
}

function planned(rota: Rota, begin: number, end: number): Stretch[] {
  const clocks = clocksOf(rota.zone);
  // A shift belongs to the day on which it begins, and may reach to the end of the next.
  const [first, last] = [clocks.dayAt(begin) - 2, clocks.dayAt(end) + 1];
  const plans = rota.plans.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  const found = plans.flatMap((plan, i) => {
    const [from, to] = [plan.from === undefined ? first : numberOf(plan.from), plan.to === undefined ? last : numberOf(plan.to)];
    const within = days(Math.max(from, first), Math.min(to, last)).flatMap((day) => onDay(plan, day, clocks));
    // On the day of a new plan the old one goes on until the new one's first shift.
    const next = plans[i + 1];
    const handed = next !== undefined && next.from === dayOf(to + 1) ? onDay(next, to + 1, clocks)[0]?.from : undefined;
    if (handed === undefined || to + 1 < first || to + 1 > last) return within;
    return [...within, ...onDay(plan, to + 1, clocks)].filter((s) => s.from < handed);
  });
  const ordered = found.toSorted((a, b) => a.from - b.from);
  return ordered
    .map((s, i) => ({ ...s, to: Math.min(s.to, ordered[i + 1]?.from ?? s.to) }))
    .filter((s) => s.to > s.from);
}

const days = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

/** The shifts that begin on a day, each with whose turn it is. */
function onDay(plan: DatedPlan, day: number, clocks: Clocks): Stretch[] {
  const turn = turnOf(plan, day);
  if (turn === undefined) return [];
  return spansOf(plan.shifts).map(([from, to], n) => {
    const person = plan.people[(plan.turn === 'shift' ? turn * plan.shifts.length + n : turn) % plan.people.length] ?? '';
    return { from: clocks.momentAt(day, from), to: clocks.momentAt(day, to), person, planned: person, because: 'plan' };
  });
}

/** How many turns of a day, or of a week, came before a day; undefined on a day without shifts. */
function turnOf({ starts, turn, days: only }: DatedPlan, day: number): number | undefined {
  const start = numberOf(starts);
  if (day < start || (only && !only.includes(weekdayOf(day)))) return undefined;
  const weeks = Math.floor((day - start) / 7);
  if (turn === 'week') return weeks;
  if (!only) return day - start;
  const rest = days(start + weeks * 7, day - 1).filter((d) => only.includes(weekdayOf(d))).length;
  return weeks * only.length + rest;
}

/** Puts a change over some stretches. */
function changed(stretches: readonly Stretch[], { kind, who, instead, from, to }: RotaChange): Stretch[] {
  const [begin, end] = [msOf(from), msOf(to)];
  const put = stretches.flatMap((s) =>
    instead !== undefined && s.person !== instead ? [s] : split(s, begin, end, (part) => ({ ...part, person: who, because: kind })));
  if (instead !== undefined) return put;
  return [...put, ...holes(stretches, begin, end).map((hole): Stretch => ({ ...hole, person: who, because: kind }))].toSorted((a, b) => a.from - b.from);
}

/** Names as gaps the stretches during which the person is away. */
const missed = (stretches: readonly Stretch[], { person, from, to }: Leave): Stretch[] =>
  stretches.flatMap((s) => (s.person === person ? split(s, msOf(from), msOf(to), (part) => ({ ...part, gap: 'on-leave' })) : [s]));

/** A stretch in up to three parts, of which the one between two moments is another. */
function split(s: Stretch, begin: number, end: number, another: (part: Stretch) => Stretch): Stretch[] {
  const [from, to] = [Math.max(s.from, begin), Math.min(s.to, end)];
  if (from >= to) return [s];
  return [{ ...s, to: from }, another({ ...s, from, to }), { ...s, from: to }].filter((part) => part.to > part.from);
}

/** What of the time between two moments no stretch covers. */
function holes(stretches: readonly Stretch[], begin: number, end: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let at = begin;
  for (const s of stretches) {
    if (s.from >= end) break;
    if (s.from > at) found.push({ from: at, to: s.from });
    at = Math.max(at, s.to);
  }
  return at < end ? [...found, { from: at, to: end }] : found;
}
