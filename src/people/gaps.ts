import { type Instant, instantOf, msOf } from '../core/instant.ts';
import { spansOf } from '../institution/index.ts';
import type { DatedPlan, Organisation } from './organisation.ts';
import { rotaOf, type Shift, shiftsOf } from './rota.ts';

/** A stretch of a rota in which nobody is there. */
export interface Gap {
  readonly rota: string;
  readonly from: Instant;
  /** The first instant at which it is over. */
  readonly to: Instant;
  /** Whose shift it is; none where the rota has nobody. */
  readonly person?: string;
  /** On leave without anybody instead, no longer among the people, or round the clock and yet without a shift. */
  readonly why: 'on-leave' | 'left' | 'no-shift';
}

/** The gaps of all rotas, or of one, that touch the time from one instant up to another, in order. Pure. */
export function gapsOf(organisation: Organisation, from: Instant, to: Instant, only?: string): Gap[] {
  const { rotas, changes, leave } = organisation;
  return Object.entries(rotas)
    .filter(([id]) => only === undefined || id === only)
    .flatMap(([id, plans]) => {
      const shifts = shiftsOf(rotaOf(organisation, id), changes, leave, from, to);
      const current = plans.find((plan) => plan.to === undefined);
      return [...shifts.flatMap((shift) => missed(organisation, shift)), ...(current && isRoundTheClock(current) ? uncovered(id, shifts, from, to) : [])];
    })
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.rota < b.rota ? -1 : 1));
}

function missed({ people }: Organisation, { rota, from, to, person, gap }: Shift): Gap[] {
  if (!Object.hasOwn(people, person)) return [{ rota, from, to, person, why: 'left' }];
  return gap === undefined ? [] : [{ rota, from, to, person, why: gap }];
}

/** Whether somebody should be on at every instant. Where a rota leaves hours or weekdays out, that is meant. */
const isRoundTheClock = ({ shifts, days }: DatedPlan): boolean =>
  new Set(days ?? [1, 2, 3, 4, 5, 6, 7]).size === 7 && spansOf(shifts).reduce((sum, [begin, end]) => sum + end - begin, 0) === 24 * 60;

function uncovered(rota: string, shifts: readonly Shift[], from: Instant, to: Instant): Gap[] {
  const found: Gap[] = [];
  let at = msOf(from);
  for (const shift of shifts) {
    if (msOf(shift.from) > at) found.push({ rota, from: instantOf(at), to: shift.from, why: 'no-shift' });
    at = Math.max(at, msOf(shift.to));
  }
  return at < msOf(to) ? [...found, { rota, from: instantOf(at), to, why: 'no-shift' }] : found;
}
