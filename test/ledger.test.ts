import { drizzle } from 'drizzle-orm/pglite';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCases } from '../bench/figures-cases.ts';
import { Event, fold, Instant, viewOf } from '../src/core/index.ts';
import { entriesOf, type Entry } from '../src/figures/ledger.ts';
import { dayOn } from '../src/figures/load.ts';
import { EmbeddedPGlite } from '../src/register/embedded.ts';
import { embed } from '../src/register/folder.ts';
import { openRegister, type LedgerFilter, type Register } from '../src/register/index.ts';
import { registerOn } from '../src/register/register.ts';
import * as schema from '../src/register/schema.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';

const NOW = Instant.parse('2026-11-24T03:00:00.000Z');
const DUE = { dueDate: '2026-03-17', actBy: '2026-03-17', dueAt: '2026-03-17T15:59:59.999Z', provisional: false };

/** A timeline as somebody would write it down: each event with its day, numbered in order. */
const timeline = (...lines: readonly (readonly [day: string, event: object])[]): Event[] =>
  lines.map(([day, event], i) => {
    const at = `${day.length > 10 ? day.replace(' ', 'T') : `${day}T02:00`}:00.000Z`;
    return Event.parse({ seq: i + 1, at, recordedAt: at, ...event });
  });

const opened = (receipt = 'A') => ({
  type: 'opened', receipt, channel: 'letter', unit: 'street', stage: 'received', procedure: { id: 'xinfang-2022', version: 1 }, calendar: { id: 'cn', version: '1' }, fields: {},
});
const started = { type: 'duty-started', instance: 'decide', duty: 'decide', cause: 1, ...DUE };
const overdue = { type: 'fell-overdue', instance: 'decide', dueAt: DUE.dueAt };
const OVER = '2026-03-17 16:00';
const raised = (rung: number, role: string, more: object = {}) => ({ type: 'escalated', instance: 'decide', rung, times: 1, role, dueAt: DUE.dueAt, ...more });

const entries = (events: readonly Event[], now = NOW): Entry[] => entriesOf({ events, owes: { decide: 'office' }, explanations: [] }, now);

test('an entry says who owed it, who was told, who was passed over and why, who took over, and how late it was', () => {
  const [entry, ...others] = entries(timeline(
    ['2026-03-02', opened()],
    ['2026-03-02', started],
    ['2026-03-02', { type: 'noticed', of: 2, role: 'office', key: 'A/2/office', channel: 'log', person: 'officer-a', as: 'holder' }],
    [OVER, overdue],
    [OVER, raised(1, 'unit-deputy')],
    ['2026-03-17 16:01', { type: 'passed-over', of: 5, role: 'unit-deputy', why: 'vacant' }],
    ['2026-03-17 16:01', { type: 'passed-over', of: 5, role: 'unit-head', person: 'officer-b', why: 'named' }],
    ['2026-03-17 16:01', { type: 'noticed', of: 5, role: 'unit-deputy', key: 'A/5/unit-deputy', channel: 'log', told: 'bureau-deputy', person: 'officer-c', as: 'deputy' }],
    ['2026-03-17 16:01', raised(3, 'bureau-deputy', { why: 'passed-on' })],
    ['2026-03-17 16:01', { type: 'appointed', role: 'responsible-leader', person: 'officer-c', cause: 8, because: 'rung' }],
    ['2026-03-20', { type: 'acted', action: 'accept', by: { role: 'office', person: 'officer-d' }, fields: {} }],
    ['2026-03-20', { type: 'met', instance: 'decide', action: 'accept', cause: 11, late: true }],
    ['2026-03-21', { type: 'appointed', role: 'handler', person: 'officer-e', cause: 11, because: 'action' }],
  ));
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    receipt: 'A', unit: 'street', instance: 'decide', owed: { role: 'office', person: 'officer-a', known: 'told' }, dueDate: '2026-03-17', standing: 'met', cleared: false,
    metAt: '2026-03-20T02:00:00.000Z', metBy: { role: 'office', person: 'officer-d' }, lateBy: 2 * 1440 + 600, grounds: [], unanswered: [],
    tookOver: [{ role: 'responsible-leader', person: 'officer-c', because: 'rung' }],
  });
  expect(entry?.told).toMatchObject([
    {
      rung: 1, role: 'unit-deputy', reached: { role: 'bureau-deputy', person: 'officer-c', as: 'deputy', at: '2026-03-17T16:01:00.000Z' },
      passedOver: [{ role: 'unit-deputy', why: 'vacant' }, { role: 'unit-head', person: 'officer-b', why: 'named' }],
    },
    { rung: 3, role: 'bureau-deputy', why: 'passed-on', reached: { person: 'officer-c' }, passedOver: [] },
  ]);
});

test('one notice about two duties that fell overdue at once is told of in both entries', () => {
  const second = { ...started, instance: 'report-back', duty: 'report-back' };
  const both = entries(timeline(
    ['2026-03-02', opened()], ['2026-03-02', started], ['2026-03-02', second],
    [OVER, overdue], [OVER, raised(1, 'unit-deputy')], [OVER, { ...overdue, instance: 'report-back' }], [OVER, { ...raised(1, 'unit-deputy'), instance: 'report-back' }],
    ['2026-03-17 16:02', { type: 'notice-failed', of: 7, role: 'unit-deputy', key: 'A/7/unit-deputy', reason: 'no-post' }],
  ));
  expect(both.map((e) => [e.instance, e.told[0]?.reached?.failed])).toEqual([['decide', 'no-post'], ['report-back', 'no-post']]);
});

test('lateness of the system is told apart from that of a person', () => {
  const [entry] = entries(timeline(
    ['2026-03-02', opened()], ['2026-03-02', started],
    ['2026-03-19', { ...overdue, why: 'system-away' }], ['2026-03-19', raised(1, 'unit-deputy', { why: 'system-away', scheduled: '2026-03-17T16:00:00.000Z' })],
  ));
  expect(entry?.grounds).toEqual([
    { event: 'fell-overdue', at: '2026-03-19T02:00:00.000Z', why: 'system-away' }, { event: 'escalated', at: '2026-03-19T02:00:00.000Z', why: 'system-away' },
  ]);
  expect(entry).toMatchObject({ standing: 'owed', cleared: false, told: [{ why: 'system-away', scheduled: '2026-03-17T16:00:00.000Z' }] });
});

test('a correction clears an entry and takes none away; one that shows lateness makes one', () => {
  const [cleared] = entries(timeline(
    ['2026-03-02', opened()], ['2026-03-02', started], [OVER, overdue],
    ['2026-03-20', { type: 'acted', action: 'accept', by: { role: 'office' }, fields: {} }], ['2026-03-20', { type: 'met', instance: 'decide', action: 'accept', cause: 4, late: true }],
    ['2026-03-25', { type: 'corrected', of: 4, from: '2026-03-20T02:00:00.000Z', to: '2026-03-16T02:00:00.000Z', reason: 'misread', by: { role: 'office' } }],
    ['2026-03-25', { type: 'due-moved', instance: 'decide', because: 'correction', before: DUE, after: DUE, late: false }],
  ));
  expect(cleared).toMatchObject({ standing: 'met', cleared: true, lateBy: 0, metAt: '2026-03-16T02:00:00.000Z' });
  const moved = { ...DUE, dueDate: '2026-03-10', actBy: '2026-03-10', dueAt: '2026-03-10T15:59:59.999Z' };
  const [shown] = entries(timeline(
    ['2026-03-02', opened()], ['2026-03-02', started],
    ['2026-03-16', { type: 'acted', action: 'accept', by: { role: 'office' }, fields: {} }], ['2026-03-16', { type: 'met', instance: 'decide', action: 'accept', cause: 3, late: false }],
    ['2026-03-25', { type: 'due-moved', instance: 'decide', because: 'correction', before: DUE, after: moved, late: true }],
  ));
  expect(shown).toMatchObject({ standing: 'met', cleared: false, dueDate: '2026-03-10', missedAt: '2026-03-10T15:59:59.999Z' });
});

test('who did not answer is in it, as an entry of their own too; a right that was not used is not', () => {
  const answer = { type: 'duty-started', instance: 'acknowledge/leader', duty: 'acknowledge', cause: 5, owes: 'leader', person: 'officer-l', about: 'decide', ...DUE };
  const all = entries(timeline(
    ['2026-03-02', opened()], ['2026-03-02', started], [OVER, overdue], [OVER, raised(1, 'leader')],
    ['2026-03-18', { type: 'noticed', of: 4, role: 'leader', key: 'k', channel: 'log', person: 'officer-l' }], ['2026-03-18', answer],
    ['2026-03-19', { type: 'lapsed', instance: 'acknowledge/leader', dueAt: DUE.dueAt, as: 'passes-on' }],
    ['2026-03-19', { type: 'unanswered', instance: 'decide', role: 'leader', person: 'officer-l', to: 'first-responsible' }],
    ['2026-03-20', { ...started, instance: 'request-review', duty: 'request-review', owes: 'petitioner' }],
    ['2026-03-30', { type: 'lapsed', instance: 'request-review', dueAt: DUE.dueAt, as: 'lapses' }],
  ));
  expect(all.map((e) => [e.instance, e.owed.person, e.about])).toEqual([['decide', undefined, undefined], ['acknowledge/leader', 'officer-l', 'decide']]);
  expect(all[0]?.unanswered).toMatchObject([{ role: 'leader', person: 'officer-l', to: 'first-responsible' }]);
});

const made = [...makeCases({ cases: 120, seed: 21, from: Instant.parse('2026-01-10T00:00:00.000Z'), until: NOW, corrected: 0.15, toldLate: 0.3, away: 0.3, aside: 0.4 })];
const storyOf = ({ events, state }: (typeof made)[number]) => ({ events, owes: Object.fromEntries(viewOf(state).duties.map((d) => [d.instance, d.owes])), explanations: [] });

test('the ledger agrees with what the core makes of each timeline', () => {
  let seen = 0;
  for (const c of made) {
    const state = fold(c.state.procedure, c.state.calendar, c.events);
    for (const e of entriesOf(storyOf(c), NOW)) {
      const d = state.duties[e.instance];
      seen += 1;
      expect({ due: e.dueDate, metAt: e.metAt, met: e.standing === 'met' }).toEqual({ due: d?.due.dueDate, metAt: d?.status === 'met' ? d.met?.at : undefined, met: d?.status === 'met' });
      if (d?.status === 'met') expect(e.cleared).toBe(!d.met?.late);
      if (d?.status === 'released') expect(e.cleared).toBe(!d.releasedLate);
      expect(e.told).toHaveLength(c.events.filter((x) => x.type === 'escalated' && x.instance === e.instance).length);
    }
    const inIt = new Set(entriesOf(storyOf(c), NOW).map((e) => e.instance));
    for (const d of Object.values(state.duties)) if (d.met?.late || d.releasedLate || (d.overdue && d.status === 'open')) expect(inIt).toContain(d.instance);
  }
  expect(seen).toBeGreaterThan(50);
});

test('nothing that is added to a timeline takes an entry out', () => {
  for (const c of made.slice(0, 60)) {
    let before = new Set<string>();
    for (let n = 1; n <= c.events.length; n += 1) {
      const after = new Set(entriesOf({ ...storyOf(c), events: c.events.slice(0, n) }, NOW).map((e) => e.instance));
      for (const instance of before) expect(after).toContain(instance);
      before = after;
    }
  }
});

/** The last time at which something in a case was missed, or turned out to have been. */
const newestIn = (events: readonly Event[]): string =>
  events.flatMap((e) => {
    if (e.type === 'fell-overdue' || (e.type === 'lapsed' && ['deemed-accepted', 'deemed-refused', 'passes-on'].includes(e.as))) return [e.dueAt];
    if (e.type === 'due-moved' && e.late === true) return [e.after.dueAt];
    return (e.type === 'met' || e.type === 'released') && e.late ? [e.at] : [];
  }).toSorted().at(-1) ?? '';

const expected = (fits: (e: Entry) => boolean): string[] =>
  made.flatMap((c) => entriesOf(storyOf(c), NOW)).filter(fits).map((e) => `${e.receipt} ${e.instance}`).toSorted();
const names = (found: readonly Entry[]): string[] => found.map((e) => `${e.receipt} ${e.instance}`).toSorted();

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

describe.each(['pglite', 'postgres'])('the ledger on %s', (kind) => {
  let register: Register;
  let run: (statement: string) => Promise<unknown>;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    if (kind === 'pglite') {
      const { pglite, where, close } = await embed(undefined, (data) => new EmbeddedPGlite(data));
      register = registerOn(drizzle(pglite, { schema }), where, close);
      run = (statement) => pglite.query(statement);
    } else {
      const url = await postgres.database('ledger');
      register = await openRegister({ url });
      const client = new Client(url);
      await client.connect();
      closing.push(() => client.end());
      run = (statement) => client.query(statement);
    }
    for (const c of made) await register.record(c.events, viewOf(c.state));
  });
  afterAll(async () => {
    await register?.close();
    for (const close of closing) await close();
  });

  const all = async (filter: LedgerFilter = {}): Promise<Entry[]> => {
    const found: Entry[] = [];
    for await (const entry of register.figures.ledger(filter, NOW, dayOn)) found.push(entry);
    return found;
  };
  const somebody = 'officer-3';

  test('is all entries of all cases, the case with the newest first', async () => {
    const found = await all();
    expect(names(found)).toEqual(expected(() => true));
    const order = [...new Set(found.map((e) => e.receipt))].map((receipt) => newestIn(made.find((c) => c.intake.receipt === receipt)?.events ?? []));
    expect(order).toEqual(order.toSorted().toReversed());
    for (const entry of found.slice(0, 20)) {
      const story = made.find((c) => c.intake.receipt === entry.receipt);
      expect(entry).toEqual(story && entriesOf(storyOf(story), NOW).find((e) => e.instance === entry.instance));
    }
  });

  test('is that of a unit, a case, a person or a time', async () => {
    expect(names(await all({ unit: 'north' }))).toEqual(expected((e) => e.unit === 'north'));
    const receipt = made[0]?.intake.receipt ?? '';
    expect(names(await all({ receipt }))).toEqual(expected((e) => e.receipt === receipt));
    const [from, to] = [dayOn('cn', Instant.parse('2026-04-01T04:00:00.000Z')), dayOn('cn', Instant.parse('2026-06-30T04:00:00.000Z'))];
    const quarter = await all({ from, to });
    expect(names(quarter)).toEqual(expected((e) => dayOn(e.calendar, e.missedAt) >= from && dayOn(e.calendar, e.missedAt) <= to));
    expect(quarter.length).toBeGreaterThan(5);
    const theirs = await all({ person: somebody });
    expect(theirs.length).toBeGreaterThan(5);
    for (const e of theirs) expect(JSON.stringify(e)).toContain(`"${somebody}"`);
    expect(names(theirs)).toEqual(expected((e) => JSON.stringify([e.owed, e.metBy, e.told, e.unanswered, e.tookOver]).includes(`"${somebody}"`)));
    expect(await all({ person: 'nobody' })).toEqual([]);
  });

  test('takes an explanation once for its key, shows it, and keeps it', async () => {
    const [entry] = await all();
    if (!entry) throw new Error('no entry');
    const { receipt, instance } = entry;
    const saying = { key: `${kind}-1`, receipt, instance, role: 'office', person: 'officer-new', text: '当日停电\0，次日补办。' };
    const said = await register.figures.explain(saying);
    expect(said).toMatchObject({ role: 'office', person: 'officer-new', text: '当日停电\ufffd，次日补办。' });
    expect(await register.figures.explain({ ...saying, text: 'another' })).toEqual(said);
    await register.figures.explain({ ...saying, key: `${kind}-2`, text: '另附说明。' });
    const [again] = (await all({ receipt })).filter((e) => e.instance === instance);
    expect(again?.explanations.map((x) => x.text)).toEqual(['当日停电\ufffd，次日补办。', '另附说明。']);
    expect(names(await all({ person: 'officer-new' }))).toEqual([`${receipt} ${instance}`]);
    await expect(register.figures.explain({ ...saying, key: `${kind}-3`, instance: 'nothing' })).rejects.toMatchObject({ code: 'no-such-entry', field: 'instance' });
    for (const statement of ["update explanations set text = 'x'", 'delete from explanations', 'truncate explanations'])
      await expect(run(statement)).rejects.toThrow(/never changed and never removed/);
    expect((await all({ receipt })).find((e) => e.instance === instance)?.explanations).toHaveLength(2);
  });
});
