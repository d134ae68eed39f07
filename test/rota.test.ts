import { array, assert, constantFrom, integer, oneof, property, record, subarray, tuple, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Instant, instantOf, msOf, numberOf } from '../src/core/instant.ts';
import { RotaPlan } from '../src/institution/index.ts';
import { DatedPlan, type Leave, type Organisation, type RotaChange } from '../src/people/organisation.ts';
import { gapsOf, handover, nextShifts, onDuty, organisationOf, override, type Rota, rotaOf, type Shift, shiftsOf, swap } from '../src/people/index.ts';
import { clocksOf } from '../src/people/zone.ts';
import { Institution } from '../src/institution/index.ts';

const at = (text: string): Instant => Instant.parse(new Date(text).toISOString());
const [HOUR, DAY] = [3_600_000, 86_400_000];
const title = { zh: '值班表', en: 'Duty rota' };
const plan = (more: object): DatedPlan => DatedPlan.parse(RotaPlan.parse({ title, unit: 'street', kind: 'duty', starts: '2026-01-05', turn: 'day', people: ['a', 'b', 'c'], ...more }));
const rota = (more: object, zone = 'Asia/Shanghai'): Rota => ({ id: 'duty', zone, plans: [plan(more)] });
const who = (r: Rota, when: string, changes: readonly RotaChange[] = [], leave: readonly Leave[] = []): string | undefined => onDuty(r, changes, leave, at(when))?.person;
const brief = ({ from, to, person, gap }: Shift): string => `${from.slice(0, 16)} ${to.slice(0, 16)} ${person}${gap ? ` ${gap}` : ''}`;

describe('whose turn it is', () => {
  test.each([
    ['each day the next', { turn: 'day' }, ['2026-01-05T00:00+08:00', '2026-01-05T23:59+08:00', '2026-01-06T00:00+08:00', '2026-01-08T12:00+08:00'], ['a', 'a', 'b', 'a']],
    ['each week the next', { turn: 'week' }, ['2026-01-05T00:00+08:00', '2026-01-11T23:59+08:00', '2026-01-12T00:00+08:00', '2026-01-26T00:00+08:00'], ['a', 'a', 'b', 'a']],
    ['each shift the next, across midnight', { turn: 'shift', shifts: [{ from: '08:30', to: '17:30' }, { from: '17:30', to: '08:30' }] },
      ['2026-01-05T08:29+08:00', '2026-01-05T08:30+08:00', '2026-01-05T17:30+08:00', '2026-01-06T08:29+08:00', '2026-01-06T08:30+08:00', '2026-01-06T17:30+08:00'], [undefined, 'a', 'b', 'b', 'c', 'a']],
    ['the night belongs to the day before', { turn: 'day', shifts: [{ from: '08:00', to: '16:00' }, { from: '16:00', to: '00:00' }, { from: '00:00', to: '08:00' }] },
      ['2026-01-05T08:00+08:00', '2026-01-06T00:00+08:00', '2026-01-06T07:59+08:00', '2026-01-06T08:00+08:00'], ['a', 'a', 'a', 'b']],
    ['on reception days only, in turn', { turn: 'day', days: [3, 1], shifts: [{ from: '09:00', to: '11:30' }] },
      ['2026-01-05T09:00+08:00', '2026-01-06T09:00+08:00', '2026-01-07T09:00+08:00', '2026-01-07T11:30+08:00', '2026-01-12T10:00+08:00', '2026-01-14T10:00+08:00'], ['a', undefined, 'b', undefined, 'c', 'a']],
    ['by the week, on some days of it', { turn: 'week', days: [1, 2], shifts: [{ from: '09:00', to: '10:00' }] }, ['2026-01-06T09:30+08:00', '2026-01-12T09:30+08:00', '2026-01-14T09:30+08:00'], ['a', 'b', undefined]],
    ['nobody before it starts', {}, ['2026-01-04T23:59:59+08:00'], [undefined]],
  ])('%s', (_name, more, times, people) => {
    expect(times.map((t) => who(rota(more), t))).toEqual(people);
  });

  test('a shift is as long as its zone makes it when the clocks change', () => {
    const night = rota({ turn: 'day', starts: '2026-03-01', shifts: [{ from: '00:00', to: '08:00' }, { from: '08:00', to: '00:00' }] }, 'Europe/London');
    const [spring, day] = shiftsOf(night, [], [], at('2026-03-29T00:00Z'), at('2026-03-29T12:00Z'));
    expect(spring && msOf(spring.to) - msOf(spring.from)).toBe(7 * HOUR);
    expect(day?.from).toBe(spring?.to);
    const [autumn] = shiftsOf(night, [], [], at('2026-10-25T00:00Z'), at('2026-10-25T03:00Z'));
    expect(autumn && msOf(autumn.to) - msOf(autumn.from)).toBe(9 * HOUR);
  });

  test('a new plan does not change who was on before, and leaves no hole between', () => {
    const old = { ...plan({ turn: 'shift', shifts: [{ from: '08:00', to: '20:00' }, { from: '20:00', to: '08:00' }] }), to: DatedPlan.shape.to.parse('2026-01-09') };
    const now = { ...plan({ turn: 'day', people: ['d'], shifts: [{ from: '09:00', to: '09:00' }] }), from: DatedPlan.shape.from.parse('2026-01-10') };
    const both: Rota = { id: 'duty', zone: 'Asia/Shanghai', plans: [now, old] };
    const shifts = shiftsOf(both, [], [], at('2026-01-09T00:00+08:00'), at('2026-01-11T00:00+08:00'));
    expect(shifts.map(brief)).toEqual([
      '2026-01-08T12:00 2026-01-09T00:00 b', '2026-01-09T00:00 2026-01-09T12:00 c', '2026-01-09T12:00 2026-01-10T00:00 a', '2026-01-10T00:00 2026-01-10T01:00 b', '2026-01-10T01:00 2026-01-11T01:00 d',
    ]);
    expect(shiftsOf({ ...both, plans: [old] }, [], [], at('2026-01-10T12:00+08:00'), at('2026-01-12T00:00+08:00'))).toEqual([]);
  });
});

const leave = (person: string, from: string, to: string): Leave => ({ person, from: at(from), to: at(to), kind: 'leave' });
const change = (kind: RotaChange['kind'], whoIs: string, from: string, to: string, instead?: string): RotaChange => ({ id: `${kind}-${whoIs}-${from}`, rota: 'duty', kind, who: whoIs, from: at(from), to: at(to), ...(instead !== undefined && { instead }) });

describe('changes and leave', () => {
  const whole = rota({});

  test('whoever is on leave is a gap, named, unless somebody was put in their place', () => {
    const away = [leave('b', '2026-01-06T12:00+08:00', '2026-01-07T00:00+08:00')];
    const day = (changes: readonly RotaChange[]): string[] => shiftsOf(whole, changes, away, at('2026-01-06T00:00+08:00'), at('2026-01-07T00:00+08:00')).map(brief);
    expect(day([])).toEqual(['2026-01-05T16:00 2026-01-06T04:00 b', '2026-01-06T04:00 2026-01-06T16:00 b on-leave']);
    expect(day([change('override', 'c', '2026-01-06T12:00+08:00', '2026-01-07T00:00+08:00', 'b')])).toEqual(['2026-01-05T16:00 2026-01-06T04:00 b', '2026-01-06T04:00 2026-01-06T16:00 c']);
    expect(onDuty(whole, [], away, at('2026-01-06T12:00+08:00'))).toMatchObject({ person: 'b', planned: 'b', gap: 'on-leave', because: 'plan' });
  });

  test('a later change goes over an earlier one; one that names whom it is instead of touches nobody else', () => {
    const first = change('override', 'c', '2026-01-06T00:00+08:00', '2026-01-09T00:00+08:00', 'b');
    const then = change('override', 'd', '2026-01-06T06:00+08:00', '2026-01-06T09:00+08:00');
    expect(['2026-01-06T05:00+08:00', '2026-01-06T06:00+08:00', '2026-01-06T09:00+08:00', '2026-01-07T05:00+08:00'].map((t) => who(whole, t, [first, then]))).toEqual(['c', 'd', 'c', 'c']);
    expect(who(whole, '2026-01-07T05:00+08:00', [])).toBe('c');
    expect(who(whole, '2026-01-08T05:00+08:00', [first])).toBe('a');
  });

  test('an override of anybody also fills what the plan leaves open, as far as it goes, wherever one looks', () => {
    const reception = rota({ days: [3], shifts: [{ from: '09:00', to: '11:00' }] });
    const extra = [change('override', 'x', '2026-01-05T00:00+08:00', '2026-01-20T00:00+08:00')];
    const all = shiftsOf(reception, extra, [], at('2026-01-01T00:00+08:00'), at('2026-02-01T00:00+08:00')).map(brief);
    expect(all.slice(0, 3)).toEqual(['2026-01-04T16:00 2026-01-07T01:00 x', '2026-01-07T01:00 2026-01-07T03:00 x', '2026-01-07T03:00 2026-01-14T01:00 x']);
    expect(shiftsOf(reception, extra, [], at('2026-01-10T00:00+08:00'), at('2026-01-10T01:00+08:00')).map(brief)).toEqual(['2026-01-07T03:00 2026-01-14T01:00 x']);
    expect(onDuty(reception, extra, [], at('2026-01-10T00:00+08:00'))).toEqual({ rota: 'duty', person: 'x', because: 'override', from: at('2026-01-07T03:00Z'), to: at('2026-01-14T01:00Z') });
    expect(onDuty(reception, [change('override', 'x', '2026-01-05T00:00+08:00', '2026-01-20T00:00+08:00', 'a')], [], at('2026-01-10T00:00+08:00'))).toBeUndefined();
  });
});

const ZONES = ['Asia/Shanghai', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns'];
const two = (n: number): string => String(n).padStart(2, '0');
const time = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
/** A rota round the clock: the day cut into shifts at some minutes, the last of which goes on to the first of the next day. */
const roundTheClock = record({
  zone: constantFrom(...ZONES), turn: constantFrom('day', 'week', 'shift'), people: subarray(PEOPLE, { minLength: 1 }),
  // Many of them in the small hours, in which clocks change.
  cuts: uniqueArray(oneof(integer({ min: 0, max: 1439 }), integer({ min: 0, max: 240 })), { minLength: 1, maxLength: 5 }),
}).map(({ zone, turn, people, cuts }) => {
  const sorted = cuts.toSorted((a, b) => a - b);
  return rota({ turn, people, starts: '2025-12-01', shifts: sorted.map((from, i) => ({ from: time(from), to: time(sorted[i + 1] ?? sorted[0] ?? 0) })) }, zone);
});
// The days on which the clocks of one zone or another change, and the others.
const CHANGES = ['2026-03-08T05:30Z', '2026-03-29T01:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z', '2026-10-25T01:00Z', '2026-11-01T05:30Z'].map((text) => msOf(at(text)));
const moment = oneof(
  integer({ min: msOf(at('2026-01-01T00:00Z')), max: msOf(at('2026-12-01T00:00Z')) }),
  tuple(constantFrom(...CHANGES), integer({ min: -4 * HOUR, max: 4 * HOUR })).map(([ms, more]) => ms + more),
);
const stretch = record({ person: constantFrom(...PEOPLE), from: moment, length: integer({ min: 1, max: 20 * DAY }) });
const someLeave = array(stretch.map(({ person, from, length }): Leave => ({ person, from: instantOf(from), to: instantOf(from + length), kind: 'leave' })), { maxLength: 12 });
const someChanges = array(record({ one: stretch, instead: constantFrom(undefined, ...PEOPLE), kind: constantFrom('override', 'swap', 'handover') }).map(({ one, instead, kind }): RotaChange =>
  ({ id: String(one.from), rota: 'duty', kind, who: one.person, from: instantOf(one.from), to: instantOf(one.from + one.length), ...(instead !== undefined && { instead }) })), { maxLength: 8 });

describe('for every rota round the clock, every zone, leave and changes', () => {
  test('there is exactly one person, or one named gap, at every instant', () => {
    assert(property(roundTheClock, someLeave, someChanges, moment, (r, away, changes, begin) => {
      const end = begin + 9 * DAY;
      const shifts = shiftsOf(r, changes, away, instantOf(begin), instantOf(end));
      expect(msOf(shifts[0]?.from ?? instantOf(end))).toBeLessThanOrEqual(begin);
      expect(msOf(shifts.at(-1)?.to ?? instantOf(begin))).toBeGreaterThanOrEqual(end);
      for (const [i, shift] of shifts.entries()) {
        expect(shift.to > shift.from).toBe(true);
        if (i > 0) expect(shift.from).toBe(shifts[i - 1]?.to);
        const isAway = (ms: number): boolean => away.some((l) => l.person === shift.person && msOf(l.from) <= ms && ms < msOf(l.to));
        expect(isAway(msOf(shift.from))).toBe(shift.gap === 'on-leave');
        // One instant at a time says the same as the whole.
        for (const ms of [msOf(shift.from), msOf(shift.to) - 1].filter((x) => x >= begin && x < end)) expect(onDuty(r, changes, away, instantOf(ms))).toEqual(shift);
      }
    }), { numRuns: 250 });
  });

  test('the plan is that of a clerk who counts turns on fingers', () => {
    assert(property(roundTheClock.filter((r) => r.zone === 'Asia/Shanghai'), moment, (r, ms) => {
      const [{ shifts, people, turn, starts } = plan({})] = r.plans;
      const local = ms + 8 * HOUR;
      const minute = Math.floor((local % DAY) / 60_000);
      const first = Number(shifts[0]?.from.slice(0, 2)) * 60 + Number(shifts[0]?.from.slice(3));
      const days = Math.floor(local / DAY) - numberOf(starts) - (minute < first ? 1 : 0);
      const nth = minute < first ? shifts.length - 1 : shifts.findLastIndex((s) => s.from <= time(minute));
      const turns = turn === 'week' ? Math.floor(days / 7) : turn === 'day' ? days : days * shifts.length + nth;
      expect(onDuty(r, [], [], instantOf(ms))?.person).toBe(people[turns % people.length]);
    }), { numRuns: 300 });
  });

  test('a swap and its counter-swap leave everybody with the time they had', () => {
    assert(property(roundTheClock, moment, integer({ min: 0, max: 8 * DAY }), (r, ms, later) => {
      const [from, to] = [instantOf(ms - 3 * DAY), instantOf(ms + 12 * DAY)];
      const o = organisationWith(r);
      const totals = (changes: readonly RotaChange[]): Record<string, number> => {
        const sum: Record<string, number> = {};
        for (const s of shiftsOf(r, changes, [], from, to)) sum[s.person] = (sum[s.person] ?? 0) + msOf(s.to) - msOf(s.from);
        return sum;
      };
      const [mine, theirs] = [onDuty(r, [], [], instantOf(ms)), onDuty(r, [], [], instantOf(ms + later))];
      if (!mine || !theirs || mine.person === theirs.person) return;
      const ask = { rota: 'duty', one: mine.person, at: mine.from, other: theirs.person, otherAt: theirs.from };
      const swapped = swap(o, 's1', ask);
      expect(onDuty(r, swapped, [], mine.from)?.person).toBe(theirs.person);
      expect(onDuty(r, swapped, [], theirs.from)?.person).toBe(mine.person);
      const lengths = [mine, theirs].map((s) => msOf(s.to) - msOf(s.from));
      if (lengths[0] === lengths[1]) expect(totals(swapped)).toEqual(totals([]));
      const back = swap({ ...o, changes: swapped }, 's2', { ...ask, at: theirs.from, otherAt: mine.from });
      expect(totals([...swapped, ...back])).toEqual(totals([]));
    }), { numRuns: 200 });
  });

  test('a handover takes effect at its instant and ends with the shift', () => {
    assert(property(roundTheClock, moment, (r, ms) => {
      const now = onDuty(r, [], [], instantOf(ms));
      const other = PEOPLE.find((p) => p !== now?.person) ?? '';
      if (!now) return;
      const handed = handover(organisationWith(r), 'h', { rota: 'duty', who: other, at: instantOf(ms) });
      expect(onDuty(r, handed, [], instantOf(ms))).toMatchObject({ person: other, planned: now.person, because: 'handover', to: now.to });
      if (msOf(now.from) < ms) expect(onDuty(r, handed, [], instantOf(ms - 1))?.person).toBe(now.person);
      expect(onDuty(r, handed, [], now.to)).toEqual(onDuty(r, [], [], now.to));
    }), { numRuns: 150 });
  });

  test('the clocks of a zone never go back as minutes grow', () => {
    assert(property(constantFrom(...ZONES), moment, oneof(integer({ min: -600, max: 2000 }), integer({ min: 0, max: 240 })), integer({ min: 0, max: 90 }), (zone, ms, minutes, more) => {
      const clocks = clocksOf(zone);
      const day = clocks.dayAt(ms);
      const first = clocks.momentAt(day, minutes);
      expect(clocks.momentAt(day, minutes + more)).toBeGreaterThanOrEqual(first);
      // The first moment at which they show at least that much.
      const shown = (x: number): number => x + clocks.offsetAt(x);
      const wanted = day * DAY + minutes * 60_000;
      expect(shown(first)).toBeGreaterThanOrEqual(wanted);
      expect(shown(first - 1)).toBeLessThan(wanted);
    }), { numRuns: 3000 });
  });
});

function organisationWith(r: Rota): Organisation {
  const people = Object.fromEntries(PEOPLE.map((id) => [id, { name: id, unit: 'street' }]));
  const institution = Institution.parse({ id: 'x', title, zone: r.zone, people, units: { street: { title } } });
  return { ...organisationOf(institution), rotas: { duty: [...r.plans] } };
}

describe('what is asked of a rota wrongly', () => {
  const o = organisationWith(rota({ days: [1] }));
  const instants = { at: at('2026-01-05T01:00Z'), otherAt: at('2026-01-12T01:00Z') };
  test.each([
    ['rota', () => swap(o, 'i', { rota: 'none', one: 'a', other: 'b', ...instants }), 'There is no rota "none"; there are: duty.'],
    ['one', () => swap(o, 'i', { rota: 'duty', one: 'z', other: 'b', ...instants }), 'There is no person "z"'],
    ['other', () => swap(o, 'i', { rota: 'duty', one: 'a', other: 'a', ...instants }), 'same person'],
    ['at', () => swap(o, 'i', { rota: 'duty', one: 'c', other: 'b', ...instants }), '"a" is on then, not "c"'],
    ['for', () => swap(o, 'i', { rota: 'duty', one: 'a', other: 'b', ...instants, otherAt: at('2026-01-13T01:00Z') }), 'no shift then'],
    ['to', () => override(o, 'i', { rota: 'duty', who: 'a', from: instants.otherAt, to: instants.at }), 'after the beginning'],
    ['instead', () => override(o, 'i', { rota: 'duty', who: 'a', instead: 'c', from: instants.at, to: instants.otherAt }), '"c" is not on this rota in that time'],
    ['at', () => handover(o, 'i', { rota: 'duty', who: 'a', at: at('2026-01-06T01:00Z') }), 'No shift runs then'],
    ['who', () => handover(o, 'i', { rota: 'duty', who: 'a', at: instants.at }), 'is on already'],
  ])('%s', (field, work, en) => {
    expect(work).toThrow(expect.objectContaining({ field, message: expect.stringContaining(en), text: expect.objectContaining({ zh: expect.stringMatching(/[一-鿿]/) }) }));
  });

  test('a person has the shifts of all rotas, without those of their leave', () => {
    const both = { ...o, rotas: { ...o.rotas, night: [plan({ people: ['a'], shifts: [{ from: '20:00', to: '06:00' }] })] }, leave: [leave('a', '2026-01-06T00:00+08:00', '2026-01-07T12:00+08:00')] };
    expect(nextShifts(both, 'a', at('2026-01-05T00:00+08:00'), at('2026-01-08T00:00+08:00')).map((s) => `${s.rota} ${brief(s)}`)).toEqual([
      'duty 2026-01-04T16:00 2026-01-05T16:00 a', 'night 2026-01-05T12:00 2026-01-05T16:00 a', 'night 2026-01-07T12:00 2026-01-07T22:00 a',
    ]);
    expect(rotaOf(both, 'none').plans).toEqual([]);
  });
});

const gaps = (o: Organisation, from: string, to: string): string[] => gapsOf(o, at(from), at(to)).map((g) => `${g.rota} ${g.from.slice(0, 16)} ${g.to.slice(0, 16)} ${g.person ?? '-'} ${g.why}`);
const office = (rotas: object, away: object[] = []): Organisation => organisationOf(Institution.parse({
  id: 'x', title, units: { street: { title } }, people: Object.fromEntries(['a', 'b', 'c'].map((id) => [id, { name: id, unit: 'street' }])), rotas, leave: away,
}));

describe('gaps to come', () => {
  const duty = { title, unit: 'street', kind: 'duty', starts: '2026-01-05', turn: 'day', people: ['a', 'b', 'c'] };

  test('are the shifts of whoever is on leave, until somebody is put in, of all rotas in order', () => {
    const other = { ...duty, turn: 'week', people: ['b'], days: [3], shifts: [{ from: '09:00', to: '12:00' }] };
    const o = office({ duty, other }, [{ person: 'b', from: '2026-01-06', to: '2026-01-07' }]);
    expect(gaps(o, '2026-01-05T00:00+08:00', '2026-01-12T00:00+08:00')).toEqual(['duty 2026-01-05T16:00 2026-01-06T16:00 b on-leave', 'other 2026-01-07T01:00 2026-01-07T04:00 b on-leave']);
    expect(gapsOf(o, at('2026-01-05T00:00+08:00'), at('2026-01-12T00:00+08:00'), 'other')).toHaveLength(1);
    const filled = { ...o, changes: override(o, 'x', { rota: 'duty', who: 'c', instead: 'b', from: at('2026-01-06T00:00+08:00'), to: at('2026-01-07T00:00+08:00') }) };
    expect(gaps(filled, '2026-01-05T00:00+08:00', '2026-01-07T00:00+08:00')).toEqual([]);
  });

  test('are shifts of somebody who has left', () => {
    const { people: { b: _, ...people }, ...o } = office({ duty });
    expect(gaps({ ...o, people }, '2026-01-05T00:00+08:00', '2026-01-08T00:00+08:00')).toEqual(['duty 2026-01-05T16:00 2026-01-06T16:00 b left']);
  });

  test('are hours without a shift where the rota is meant to go round the clock, and nowhere else', () => {
    const late = { ...duty, starts: '2026-01-07', shifts: [{ from: '08:00', to: '20:00' }, { from: '20:00', to: '08:00' }] };
    const [from, to] = ['2026-01-06T00:00+08:00', '2026-01-09T00:00+08:00'];
    expect(gaps(office({ late }), from, to)).toEqual(['late 2026-01-05T16:00 2026-01-07T00:00 - no-shift']);
    expect(gaps(office({ late: { ...late, days: [1, 2, 3, 4, 5] } }), from, to)).toEqual([]);
    expect(gaps(office({ late: { ...late, shifts: [{ from: '08:00', to: '20:00' }] } }), from, to)).toEqual([]);
    // Where the clocks change there is an hour more or less, and no hole.
    expect(gaps({ ...office({ duty: { ...late, starts: '2026-01-07' } }), zone: 'Europe/London' }, '2026-03-28T00:00Z', '2026-03-31T00:00Z')).toEqual([]);
  });
});
