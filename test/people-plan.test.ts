import { array, assert, constantFrom, integer, property, record, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { type Day, dayOf, numberOf } from '../src/core/instant.ts';
import { parseInstitution } from '../src/institution/index.ts';
import { organisationOf } from '../src/people/index.ts';
import type { DatedPlan, Holding } from '../src/people/organisation.ts';
import { type EnteredHolding, planOf } from '../src/people/plan.ts';

const PEOPLE = ['a', 'b', 'c', 'd'];
const FIRST = 20_000;
const LAST = FIRST + 60;

const institution = ({ holder, deputies }: { holder: string | undefined; deputies: readonly string[] }) => parseInstitution(`
id: x
title: { zh: 甲, en: A }
people: { ${PEOPLE.map((p) => `${p}: { name: ${p}, unit: u }`).join(', ')} }
units: { u: { title: { zh: 甲, en: A }, posts: { head: { email: head@x.example, ${holder === undefined ? '' : `holder: ${holder}, `}deputies: [${deputies.filter((d) => d !== holder).join(', ')}] } } } }
`, 'x.yaml');

const nothing = organisationOf(institution({ holder: undefined, deputies: [] }));

/** What the register does with a plan. */
function carriedOut(rows: readonly EnteredHolding[], { opened, altered }: ReturnType<typeof planOf>): EnteredHolding[] {
  const changed = rows.map((row) => ({ ...row, ...altered.find((c) => c.id === row.id)?.after, to: altered.find((c) => c.id === row.id) ? altered.find((c) => c.id === row.id)?.after.to : row.to }));
  return [...changed, ...opened.map((h, i) => ({ ...h, id: rows.length + i }))].map(({ to, ...row }) => ({ ...row, ...(to !== undefined && { to }) }));
}

const on = (rows: readonly Holding[], day: Day): string[] =>
  rows.filter((h) => h.from <= day && (h.to === undefined || h.to >= day)).toSorted((x, y) => (x.as === y.as ? x.rank - y.rank : x.as === 'holder' ? -1 : 1)).map((h) => `${h.as} ${h.person}`);

const file = record({ holder: constantFrom(undefined, ...PEOPLE), deputies: uniqueArray(constantFrom(...PEOPLE), { maxLength: 3 }), since: integer({ min: FIRST, max: LAST }) });

test('after any imports, in whatever order of days: before the day nothing has changed, from it on the file holds, and nobody shares a post', () => {
  assert(property(array(file, { minLength: 1, maxLength: 8 }), (files) => {
    let rows: EnteredHolding[] = [];
    for (const { since, ...said } of files) {
      const before = rows;
      rows = carriedOut(rows, planOf(nothing, rows.filter((r) => r.to === undefined || r.to >= r.from), institution(said), dayOf(since)));
      const expected = [...(said.holder === undefined ? [] : [`holder ${said.holder}`]), ...said.deputies.filter((d) => d !== said.holder).map((d) => `deputy ${d}`)];
      for (let n = FIRST - 1; n <= LAST + 1; n += 1) {
        const day = dayOf(n);
        if (n >= since) expect(on(rows, day)).toEqual(expected);
        else expect(new Set(on(rows, day))).toEqual(new Set(on(before, day)));
      }
      // The same file once more changes nothing.
      const again = planOf(nothing, rows.filter((r) => r.to === undefined || r.to >= r.from), institution(said), dayOf(since + 1));
      expect([again.opened, again.altered]).toEqual([[], []]);
    }
  }), { numRuns: 150 });
});

test('a file that gives all the days is exactly what is answered, whatever was there before', () => {
  const cuts = uniqueArray(integer({ min: FIRST, max: LAST }), { minLength: 2, maxLength: 5 }).map((days) => days.toSorted((x, y) => x - y));
  assert(property(array(file, { maxLength: 4 }), cuts, array(constantFrom(...PEOPLE), { minLength: 5, maxLength: 5 }), (files, days, people) => {
    let rows: EnteredHolding[] = [];
    for (const { since, ...said } of files) rows = carriedOut(rows, planOf(nothing, rows.filter((r) => r.to === undefined || r.to >= r.from), institution(said), dayOf(since)));
    const spans = days.slice(0, -1).map((from, i) => ({ person: people[i] ?? 'a', from: dayOf(from), to: dayOf((days[i + 1] ?? from) - 1) }));
    const whole = parseInstitution(`
id: x
title: { zh: 甲, en: A }
people: { ${PEOPLE.map((p) => `${p}: { name: ${p}, unit: u }`).join(', ')} }
units: { u: { title: { zh: 甲, en: A }, posts: { head: { holder: ${JSON.stringify(spans)} } } } }`, 'x.yaml');
    const since = dayOf(FIRST - 1);
    rows = carriedOut(rows, planOf(nothing, rows.filter((r) => r.to === undefined || r.to >= r.from), whole, since));
    for (let n = FIRST - 1; n <= LAST + 1; n += 1) {
      const holder = spans.find((s) => numberOf(s.from) <= n && n <= numberOf(s.to))?.person;
      expect(on(rows, dayOf(n))).toEqual(holder === undefined ? [] : [`holder ${holder}`]);
    }
  }), { numRuns: 150 });
});

test('plans of a rota: each day has the plan of the newest file that holds from it or before', () => {
  const files = array(record({ people: constantFrom(undefined, '[a]', '[a, b]', '[c]'), since: integer({ min: FIRST, max: FIRST + 12 }) }), { minLength: 1, maxLength: 8 });
  assert(property(files, (said) => {
    let plans: DatedPlan[] = [];
    const expected = new Map<number, string | undefined>();
    for (const [i, { people, since }] of said.entries()) {
      const title = '{ zh: 甲, en: A }';
      const one = parseInstitution(`
id: x
title: ${title}
people: { ${PEOPLE.map((p) => `${p}: { name: ${p}, unit: u }`).join(', ')} }
${people === undefined ? '' : `rotas: { r: { title: ${title}, unit: u, kind: duty, starts: 2020-01-01, turn: day, people: ${people} } }`}
units: { u: { title: ${title} } }`, 'x.yaml');
      const { rotas: { opened, replaced, closed } } = planOf({ ...nothing, rotas: plans.length > 0 ? { r: plans } : {} }, [], one, dayOf(since));
      const keys = [...opened, ...replaced, ...closed].map((r) => r.from);
      expect(new Set(keys).size).toBe(keys.length); // one statement touches each row once
      const kept = plans.filter((p) => ![...opened, ...replaced].some((r) => r.from === p.from)).map((p) => ({ ...p, to: closed.find((c) => c.from === p.from)?.to ?? p.to }));
      plans = [...kept, ...[...opened, ...replaced].map(({ from, plan }) => ({ ...plan, from, to: undefined }))].filter((p) => p.to === undefined || p.to >= (p.from ?? ''))
        .map(({ to, ...p }) => ({ ...p, ...(to !== undefined && { to }) }));
      const isFirst = i === said.findIndex((f) => f.people !== undefined);
      for (let n = FIRST - 1; n <= FIRST + 13; n += 1) if (n >= since || isFirst) expected.set(n, people);
      for (const [n, who] of expected) {
        const inForce = plans.filter((p) => (p.from ?? '') <= dayOf(n) && (p.to === undefined || p.to >= dayOf(n)));
        expect(inForce.map((p) => `[${p.people.join(', ')}]`)).toEqual(who === undefined ? [] : [who]);
      }
    }
  }), { numRuns: 200 });
});
