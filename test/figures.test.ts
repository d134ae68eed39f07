import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MadeCase, makeCases } from '../bench/figures-cases.ts';
import { Day, Instant, viewOf } from '../src/core/index.ts';
import { definitionOf } from '../src/figures/definitions.ts';
import { type Asked, BREAKDOWNS } from '../src/figures/statistics.ts';
import { openRegister, type Register } from '../src/register/index.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { recount } from './support/recount.ts';

const UNTIL = Instant.parse('2026-11-24T03:00:00.000Z');
const ZONES = { cn: 'Asia/Shanghai', 'gb-eng': 'Europe/London', 'uk-foi': 'Europe/London' };

/** Many that go their usual way, many in which all that can happen does, and some whose clocks are stopped and begun again. */
const made: readonly MadeCase[] = [
  ...makeCases({ cases: 120, seed: 7, from: Instant.parse('2026-01-10T00:00:00.000Z'), until: UNTIL }),
  ...makeCases({ cases: 150, seed: 8, from: Instant.parse('2025-11-01T00:00:00.000Z'), until: UNTIL, corrected: 0.15, toldLate: 0.3, away: 0.3, aside: 0.5 }),
  ...makeCases({ cases: 80, seed: 9, from: Instant.parse('2026-03-01T00:00:00.000Z'), until: UNTIL, corrected: 0.15, toldLate: 0.3, aside: 3, procedure: 'uk-foi-2000' }),
];

const definitions = [...new Map(made.map((c) => [c.state.procedure.id, definitionOf(c.state.procedure)])).values()];
const asked: Asked = { asOf: UNTIL, definitions, zones: ZONES };
const day = (text: string): Day => Day.parse(text);

const PERIODS: readonly [string, Partial<Asked>][] = [
  ['of all time', {}],
  ['of a quarter that is over', { from: day('2026-04-01'), to: day('2026-06-30') }],
  ['of the month that runs', { from: day('2026-11-01'), to: day('2026-11-30') }],
  ['until a day', { to: day('2026-03-31') }],
  ['from a day on', { from: day('2026-09-15') }],
  ['of one unit', { units: ['north'] }],
  ['of some units together', { units: ['north', 'south', 'nowhere'] }],
  ['of one procedure', { procedures: ['uk-foi-2000'], from: day('2026-02-01') }],
  ['of a time before there was anything', { to: day('2020-01-01') }],
];

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

describe.each(['pglite', 'postgres'])('statistics on %s', (kind) => {
  let register: Register;
  beforeAll(async () => {
    register = await openRegister(kind === 'pglite' ? { memory: true } : { url: await postgres.database('figures') });
    for (const c of made) await register.record(c.events, viewOf(c.state));
  });
  afterAll(() => register?.close());

  test.each(PERIODS)('%s are what the timelines come to', async (_, period) => {
    for (const by of [undefined, ...BREAKDOWNS, 'category', 'subject', 'satisfaction']) {
      const query = { ...asked, ...period, ...(by === undefined ? {} : { by }) };
      expect(await register.figures.statistics(query), by ?? 'in all').toEqual(recount(made, query));
    }
  });

  test('know the procedures and calendars of the cases', async () => {
    expect(await register.figures.rules()).toEqual({ procedures: ['company-complaint', 'uk-foi-2000', 'xinfang-2022'], calendars: ['cn', 'gb-eng', 'uk-foi'] });
  });
});

test('the cases that are counted have everything in them that a figure turns on', () => {
  const types = new Set(made.flatMap((c) => c.events.map((e) => e.type)));
  for (const type of ['corrected', 'due-moved', 'extended', 'paused', 'restarted', 'released', 'excused', 'lapsed', 'appointed', 'relieved', 'passed-over', 'escalated', 'closed'])
    expect(types, type).toContain(type);
  const { total } = recount(made, asked);
  const { accepted, finished, answered, open } = total;
  for (const [what, n] of Object.entries({ onTime: accepted.onTime, late: accepted.late, overdue: accepted.overdue, excused: accepted.excused, notDue: finished.notDue, rated: answered.rated, open: open.cases }))
    expect(n, what).toBeGreaterThan(0);
  expect(total.answered.rated).toBeLessThan(total.answered.asked);
  expect(made.some((c) => c.events.some((e) => e.type === 'due-moved' && e.late === true))).toBe(true);
  expect(made.some((c) => c.events.some((e) => e.type === 'due-moved' && e.late === false))).toBe(true);
});
