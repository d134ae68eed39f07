import { afterAll, beforeAll, expect, test } from 'vitest';
import { Day, type Event, Instant, viewOf } from '../src/core/index.ts';
import { definitionOf } from '../src/figures/definitions.ts';
import type { Asked, Statistics } from '../src/figures/statistics.ts';
import { openRegister, type Register } from '../src/register/index.ts';
import { story } from './support/story.ts';
import { procedure } from './support/walk.ts';

// What docs/statistics.md says of the cases that are easily got wrong, each told by itself and counted by hand.

const NOW = Instant.parse('2026-08-01T04:00:00.000Z');
const definitions = ['xinfang-2022', 'uk-foi-2000'].map((id) => definitionOf(procedure(id)));
const zones = { cn: 'Asia/Shanghai', 'uk-foi': 'Europe/London' };

let register: Register;
beforeAll(async () => {
  register = await openRegister({ memory: true });
});
afterAll(() => register?.close());

let n = 0;

/** The figures of one case alone, in a unit of its own. */
async function counted(told: ReturnType<typeof story>, query: Partial<Omit<Asked, 'from' | 'to'>> & { from?: string; to?: string } = {}): Promise<Statistics['total']> {
  const [receipt, unit] = [`E${(n += 1)}`, `unit-${n}`];
  const [opened, ...rest] = told.events;
  if (opened?.type !== 'opened') throw new Error('a timeline begins with "opened"');
  await register.record([{ ...opened, receipt, unit }, ...rest], viewOf({ ...told.state(), receipt, unit }));
  const { from, to, ...more } = query;
  const period = { ...(from === undefined ? {} : { from: Day.parse(from) }), ...(to === undefined ? {} : { to: Day.parse(to) }) };
  return (await register.figures.statistics({ asOf: NOW, definitions, zones, units: [unit], ...period, ...more })).total;
}

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const seqOf = (events: readonly Event[], action: string): number => events.find((e) => e.type === 'acted' && e.action === action)?.seq ?? 0;
const correct = (told: ReturnType<typeof story>, when: string, of: number, to: string): void => {
  expect(told.act(when, 'correct', { role: 'office', fields: { of, reason: 'misread' }, occurredAt: to })).toBeUndefined();
};

test('a decision on the last day is in time, and one on the day after is late', async () => {
  const last = story('xinfang-2022', '2026-03-02');
  last.act('2026-03-17 23:59', 'accept');
  expect((await counted(last, MARCH)).accepted).toMatchObject({ onTime: 1, late: 0, due: 1 });
  const after = story('xinfang-2022', '2026-03-02');
  after.act('2026-03-18 00:00', 'accept');
  expect((await counted(after, MARCH)).accepted).toMatchObject({ onTime: 0, late: 1, due: 1 });
});

test('a decision that turns out to have been made later is late, and a receipt that was earlier makes it late too', async () => {
  const decided = story('xinfang-2022', '2026-03-02');
  decided.act('2026-03-16', 'accept');
  correct(decided, '2026-03-25', seqOf(decided.events, 'accept'), '2026-03-18');
  expect(await counted(decided, MARCH)).toMatchObject({ accepted: { onTime: 0, late: 1 }, days: { accepted: { cases: 1, median: 16 } } });
  const received = story('xinfang-2022', '2026-03-02');
  received.act('2026-03-16', 'accept');
  correct(received, '2026-03-25', 1, '2026-02-23');
  const figures = await counted(received, MARCH);
  // Received in February, but due on 10 March.
  expect(figures).toMatchObject({ received: 0, accepted: { onTime: 0, late: 1 }, days: { accepted: { cases: 1, median: 21 } } });
});

test('of several corrections the last holds', async () => {
  const decided = story('xinfang-2022', '2026-03-02');
  decided.act('2026-03-16', 'accept');
  const of = seqOf(decided.events, 'accept');
  correct(decided, '2026-03-25', of, '2026-03-20');
  correct(decided, '2026-03-26', of, '2026-03-12');
  expect(await counted(decided, MARCH)).toMatchObject({ accepted: { onTime: 1, late: 0 }, days: { accepted: { cases: 1, median: 10 } } });
});

function returned(when: string) {
  const told = story('xinfang-2022', '2026-03-02', { origin: 'referred' });
  told.act('2026-03-04', 'object');
  expect(told.act(when, 'agree-return')).toBeUndefined();
  return told;
}

test('a matter returned to the sender with consent is released, and late only where it was overdue by then', async () => {
  expect((await counted(returned('2026-03-10'), MARCH)).accepted).toMatchObject({ released: 1, late: 0, due: 0 });
  expect((await counted(returned('2026-03-20'), MARCH)).accepted).toMatchObject({ released: 0, late: 1, due: 1 });
});

test('without an address there is no notice to give, but the decision is owed all the same', async () => {
  const told = story('xinfang-2022', '2026-03-02', { addressKnown: false });
  told.act('2026-03-10', 'accept-unaddressed');
  expect((await counted(told, MARCH)).accepted).toMatchObject({ excused: 1, onTime: 1, due: 1 });
});

test('what is open at the end of the period is overdue there, and open with its age; what is due later is not counted', async () => {
  const told = story('xinfang-2022', '2026-03-02').until('2026-04-20');
  told.act('2026-04-20', 'accept');
  told.until('2026-08-01 12:00');
  const march = await counted(told, MARCH);
  expect(march.accepted).toMatchObject({ late: 1, overdue: 0, due: 1 });
  expect(march.open).toEqual({ cases: 1, ages: { '0-15': 0, '16-30': 1, '31-60': 0, '61-90': 0, '91-180': 0, '181+': 0 } });
  const untouched = story('xinfang-2022', '2026-03-02').until('2026-08-01 12:00');
  expect((await counted(untouched, MARCH)).accepted).toMatchObject({ late: 0, overdue: 1, due: 1 });
  const fresh = story('xinfang-2022', '2026-07-25').until('2026-08-01 12:00');
  expect((await counted(fresh)).accepted).toMatchObject({ overdue: 0, due: 0, notDue: 1 });
  const done = story('xinfang-2022', '2026-07-25');
  done.act('2026-07-28', 'accept');
  expect((await counted(done)).accepted).toMatchObject({ onTime: 0, due: 0, notDue: 1 });
});

test('an extension moves a case to the period of its new date', async () => {
  const told = story('xinfang-2022', '2026-03-02');
  told.act('2026-03-10', 'accept');
  told.act('2026-05-04', 'extend', { fields: { days: 30 } });
  told.act('2026-06-01', 'issue-opinion');
  expect((await counted(told, { from: '2026-05-01', to: '2026-05-31' })).finished).toMatchObject({ due: 0 });
  const june = await counted(told, { from: '2026-06-01', to: '2026-06-30' });
  expect(june.finished).toMatchObject({ onTime: 1, due: 1 });
  expect(june.days.finished).toEqual({ cases: 1, median: 91, ninetieth: 91 });
});

test('time that ran out by itself counts as not done where a procedure says that it is owed', async () => {
  const told = story('xinfang-2022', '2026-03-02', { origin: 'referred' }).until('2026-03-20');
  const [first] = definitions;
  if (!first) throw new Error('no definition');
  expect((await counted(told, { ...MARCH, definitions: [{ ...first, accepted: ['object'] }] })).accepted).toMatchObject({ lapsed: 1, due: 1 });
});

test('a clock that stands is not due', async () => {
  const told = story('uk-foi-2000', '2026-03-02');
  expect(told.act('2026-03-10', 'clarify')).toBeUndefined();
  told.until('2026-04-20');
  expect((await counted(told)).finished).toMatchObject({ due: 0, notDue: 1 });
});

test('a clock that turns out to have run out before it was stopped was never stopped', async () => {
  const told = story('uk-foi-2000', '2026-03-02');
  expect(told.act('2026-03-25', 'clarify')).toBeUndefined();
  expect(told.act('2026-03-27', 'correct', { role: 'foi-manager', fields: { of: 1, reason: 'misread' }, occurredAt: '2026-02-10' })).toBeUndefined();
  expect((await counted(told)).finished).toMatchObject({ overdue: 1, notDue: 0, due: 1 });
});

test('a case is evaluated once, by what was said last; and asked once it is finished', async () => {
  const told = story('xinfang-2022', '2026-03-02');
  told.act('2026-03-10', 'accept');
  told.act('2026-03-20', 'issue-opinion');
  told.act('2026-03-21', 'evaluate', { fields: { satisfaction: 'dissatisfied' } });
  told.act('2026-03-25', 'evaluate', { fields: { satisfaction: 'basically-satisfied' } });
  expect(await counted(told, MARCH)).toMatchObject({
    satisfaction: { satisfied: 0, basicallySatisfied: 1, dissatisfied: 0, rated: 1 }, answered: { asked: 1, rated: 1 },
  });
  const silent = story('xinfang-2022', '2026-03-02');
  silent.act('2026-03-10', 'accept');
  silent.act('2026-03-20', 'issue-opinion');
  expect(await counted(silent, MARCH)).toMatchObject({ satisfaction: { rated: 0 }, answered: { asked: 1, rated: 0 } });
});

test('a day is that of the calendar: what came in late at night in UTC came the next morning here', async () => {
  const told = story('xinfang-2022', '2026-03-31T16:30:00Z');
  expect((await counted(told, { from: '2026-04-01', to: '2026-04-30' })).received).toBe(1);
});

test('what a choice of today took as words in an older version is no group', async () => {
  const told = story('xinfang-2022', '2026-03-02', { subject: 'hardship' });
  const [opened] = told.events;
  if (opened?.type !== 'opened') throw new Error('a timeline begins with "opened"');
  const groups = async (subject: string): Promise<string[]> => {
    const [receipt, unit] = [`E${(n += 1)}`, `unit-${n}`];
    await register.record([{ ...opened, receipt, unit, fields: { ...opened.fields, subject } }], viewOf({ ...told.state(), receipt, unit }));
    return (await register.figures.statistics({ asOf: NOW, definitions, zones, units: [unit], by: 'subject' })).groups.map((g) => g.group);
  };
  expect(await groups('hardship')).toEqual(['hardship']);
  expect(await groups('张三反映的低保问题')).toEqual(['']);
});
