import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Event } from '../src/core/events.ts';
import { CaseView } from '../src/core/effects.ts';
import { Day, Instant } from '../src/core/instant.ts';
import { loadInstitution, parseInstitution } from '../src/institution/index.ts';
import { find, organisationOf } from '../src/people/index.ts';
import { fileOf } from '../src/people/file.ts';
import { isIdle } from '../src/people/plan.ts';
import { openRegister, type Register } from '../src/register/index.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';

const day = (text: string): Day => Day.parse(text);
const at = (text: string): Instant => Instant.parse(new Date(text).toISOString());
const title = '{ zh: 甲, en: A }';

// Each test has a unit of its own, for who held what stays in the register.
let unit = '';
let units = 0;

/** An office of which a leader, deputies and a rota are given. */
const office = (leader: string, more = '', people = '') => parseInstitution(`
id: office
title: ${title}
people:
  a: { name: 甲, unit: ${unit}, email: a@o.example }
  b: { name: 乙, unit: ${unit}, email: b@o.example }
  c: { name: 丙, unit: ${unit}, email: c@o.example }
${people}
units:
  ${unit}: { title: ${title}, posts: { leader: ${leader}, desk: { email: desk@o.example } } }
${more}
`, 'office.yaml');

const rota = (people: string): string => `rotas: { turns: { title: ${title}, unit: ${unit}, kind: duty, starts: 2026-01-01, turn: day, people: ${people} } }`;

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describe.each(['pglite', 'postgres'])('the organisation in the register on %s', (kind) => {
  let register: Register;
  let url: string | undefined;
  beforeAll(async () => {
    url = kind === 'postgres' ? await postgres.database('people') : undefined;
    register = await openRegister({ url, memory: true });
    return () => register.close();
  });
  beforeEach(() => {
    unit = `unit-${(units += 1)}`;
  });
  const bring = (leader: string, since: string, more?: string, people?: string) => register.importInstitution(office(leader, more, people), { since: day(since) });
  /** Who held the post of leader on some days, the holder first. */
  const held = async (...days: string[]): Promise<string[]> =>
    Promise.all(days.map(async (d) => (await register.people.holdings({ unit, role: 'leader', on: day(d) })).map((h) => h.person).join(' ')));

  test('gives back what was brought in, as the file itself would be read, in its order', async () => {
    const sample = await loadInstitution('examples/institution.yaml');
    expect(await register.people.organisation()).toMatchObject({ id: '', units: {}, holdings: [], leave: [] });
    await register.importInstitution(sample, { since: day('1970-01-01') });
    const [entered, expected] = [await register.people.organisation(), organisationOf(sample)];
    expect({ ...entered, rotas: null, holdings: null }).toEqual({ ...expected, rotas: null, holdings: null });
    const sorted = (list: typeof expected.holdings) => list.toSorted((x, y) => JSON.stringify([x.person, x.role]).localeCompare(JSON.stringify([y.person, y.role])));
    expect(sorted(entered.holdings)).toEqual(sorted(expected.holdings));
    expect(Object.keys(entered.people)).toEqual(Object.keys(sample.people));
    expect(Object.keys(entered.units)).toEqual(Object.keys(sample.units));
    const asked = { unit: 'civil-affairs', at: at('2026-10-14T02:00Z'), excluded: {}, unanswered: [] };
    for (const role of ['office', 'leader', 'reception', 'handler', 'unit-head']) expect(find(entered, { ...asked, role })).toEqual(find(expected, { ...asked, role }));
    expect(await register.institution()).toMatchObject({ zone: 'Asia/Shanghai', letterhead: { red: true }, numbering: sample.numbering, units: { 'civil-affairs': { parent: 'street' } } });
  });

  test('answers who held a post on which day, over several imports', async () => {
    await bring('{ holder: a, deputies: [b] }', '2026-01-01');
    await bring('{ holder: a, deputies: [b, c] }', '2026-02-01');
    await bring('{ holder: b, deputies: [c] }', '2026-03-01');
    await bring('{ email: leader@o.example }', '2026-04-01');
    await bring('{ holder: b }', '2026-05-01');
    expect(await held('2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01', '2030-01-01'))
      .toEqual(['', 'a b', 'a b', 'a b c', 'a b c', 'b c', 'b c', '', '', 'b', 'b']);
    expect((await register.people.holdings({ unit, person: 'b' })).map(({ as, from, to }) => [as, from, to])).toEqual([
      ['deputy', '2026-01-01', '2026-02-28'], ['holder', '2026-03-01', '2026-03-31'], ['holder', '2026-05-01', undefined],
    ]);
  });

  test('days in the file win, before and after', async () => {
    await bring('{ holder: a }', '2026-02-01');
    await bring('{ holder: { person: a, from: 2025-06-01 } }', '2026-02-10');
    expect(await held('2025-05-31', '2025-06-01', '2026-02-05')).toEqual(['', 'a', 'a']);
    // b takes over in the middle of a month that is over; the file says so of b, and by that of a.
    await bring('{ holder: { person: b, from: 2026-01-15 } }', '2026-03-01');
    expect(await held('2026-01-14', '2026-01-15', '2026-03-01')).toEqual(['a', 'b', 'b']);
    await bring('{ holder: [{ person: b, to: 2026-06-30 }, { person: c, from: 2026-07-01 }] }', '2026-04-01');
    expect(await held('2026-06-30', '2026-07-01')).toEqual(['b', 'c']);
    // The date is taken back before it comes.
    await bring('{ holder: b }', '2026-04-02');
    expect(await held('2026-06-30', '2026-07-01', '2027-01-01')).toEqual(['b', 'b', 'b']);
    expect(await register.people.holdings({ unit, person: 'c' })).toEqual([]);
  });

  test('a file does not silently contradict a time that is over', async () => {
    await bring('{ holder: a }', '2026-01-01');
    await bring('{ holder: b }', '2026-02-01');
    const bringing = bring('{ holder: { person: c, from: 2026-01-15 } }', '2026-03-01');
    await expect(bringing).rejects.toMatchObject({ code: 'overlaps-history', field: `${unit}/leader`, message: expect.stringContaining('"a" held it 2026-01-01—2026-01-31'), text: { zh: expect.stringContaining('同时写明') } });
    expect(await held('2026-01-20', '2026-03-01')).toEqual(['a', 'b']);
    await bring('{ holder: [{ person: a, from: 2026-01-01, to: 2026-01-14 }, { person: c, from: 2026-01-15 }] }', '2026-03-01');
    expect(await held('2026-01-14', '2026-01-20', '2026-03-01')).toEqual(['a', 'c', 'c']);
  });

  test('a correction on the same day leaves no trace in who held what', async () => {
    await bring('{ holder: a }', '2026-01-01');
    await bring('{ holder: b }', '2026-02-01');
    await bring('{ holder: c }', '2026-02-01');
    await bring('{ holder: a }', '2026-02-01');
    expect(await held('2026-01-31', '2026-02-01', '2026-03-01')).toEqual(['a', 'a', 'a']);
    expect(await register.people.holdings({ unit, person: 'b' })).toEqual([]);
  });

  test('the same file changes nothing, nor does what was exported from it', async () => {
    const sample = await loadInstitution('examples/institution.yaml');
    await register.importInstitution(sample, { since: day('2026-01-01') });
    await register.people.leave.add({ person: 'leader-a', from: at('2026-10-08T00:00+08:00'), to: at('2026-10-11T00:00+08:00'), kind: 'travel' });
    await register.people.leave.add({ person: 'leader-b', from: at('2026-10-08T14:00+08:00'), to: at('2026-10-08T18:30+08:00'), kind: 'leave' });
    expect(isIdle(await register.people.plan(sample, day('2026-02-01')))).toBe(true);
    const frame = await register.institution();
    const file = fileOf({ ...sample, ...frame }, await register.people.organisation(), at('2026-10-01T00:00Z'));
    expect(file.leave).toEqual([
      { person: 'leader-a', kind: 'travel', from: '2026-10-08', to: '2026-10-10' }, { person: 'leader-b', kind: 'leave', from: '2026-10-08 14:00', to: '2026-10-08 18:30' },
    ]);
    const plan = await register.importInstitution(file, { since: day('2026-02-01') });
    expect(plan && isIdle(plan)).toBe(true);
    expect(await register.people.leave.list({ person: 'leader-a' })).toHaveLength(1);
    expect(fileOf({ ...sample, ...frame }, await register.people.organisation(), at('2026-10-01T00:00Z'))).toEqual(file);
  });

  test('a plan says what would change, and changes nothing', async () => {
    await bring('{ holder: a }', '2026-01-01');
    const plan = await register.people.plan(office('{ holder: b }', '  new: { title: { zh: 新, en: New } }'), day('2026-02-01'));
    expect(plan).toMatchObject({
      units: { added: ['new'], changed: [], removed: [] }, opened: [{ person: 'b', from: '2026-02-01' }],
      altered: [{ before: { person: 'a', from: '2026-01-01' }, after: { to: '2026-01-31' } }],
    });
    expect(await held('2026-02-01')).toEqual(['a']);
  });

  test('a person who has left is known to history, and can come back', async () => {
    await bring('{ holder: d }', '2026-01-01', '', `  d: { name: 丁, unit: ${unit} }`);
    await bring('{ holder: a }', '2026-02-01');
    expect(Object.keys((await register.people.organisation()).people)).toEqual(['a', 'b', 'c']);
    expect(await register.people.holdings({ unit, on: day('2026-01-15') })).toEqual([{ unit, role: 'leader', person: 'd', name: '丁', as: 'holder', rank: 0, from: '2026-01-01', to: '2026-01-31' }]);
    await bring('{ holder: d }', '2026-03-01', '', `  d: { name: 丁, unit: ${unit} }`);
    expect((await register.people.organisation()).people['d']).toEqual({ name: '丁', unit });
    expect(await held('2026-01-15', '2026-02-15', '2026-03-15')).toEqual(['d', 'a', 'd']);
  });

  test('a changed rota does not change who was on before', async () => {
    await bring('{ rota: turns }', '2026-01-01', rota('[a, b]'));
    await bring('{ rota: turns }', '2026-02-01', rota('[c]'));
    await bring('{ rota: turns }', '2026-02-01', rota('[b, c]'));
    const who = async (when: string) => find(await register.people.organisation(), { unit, role: 'leader', at: at(when), excluded: {}, unanswered: [] }).reached?.person;
    expect(await Promise.all(['2026-01-30T12:00+08:00', '2026-01-31T12:00+08:00', '2026-02-01T12:00+08:00', '2026-02-02T12:00+08:00'].map(who))).toEqual(['b', 'a', 'c', 'b']);
    await bring('{ holder: a }', '2026-03-01');
    expect((await register.people.organisation()).rotas['turns']?.map((p) => [p.from, p.to])).toEqual([['1970-01-01', '2026-01-31'], ['2026-02-01', '2026-02-28']]);
  });

  test('another institution takes the place of one, whose holdings end', async () => {
    await bring('{ holder: a }', '2026-01-01');
    await register.importInstitution(parseInstitution(`id: other\ntitle: ${title}\nlang: en\nunits: { x: { title: ${title}, posts: { desk: { email: x@y.example } } } }`, 'x'), { since: day('2026-02-01') });
    expect(await register.institution()).toMatchObject({ id: 'other', lang: 'en' });
    expect(await register.post(unit, 'leader')).toBeUndefined();
    expect(await register.post('x', 'desk')).toEqual({ unit: 'x', role: 'desk', email: 'x@y.example', lang: 'en' });
    expect(await held('2026-01-31', '2026-02-01')).toEqual(['a', '']);
  });

  test('a file that was the last to be brought in is not brought in again over later changes', async () => {
    const first = office('{ holder: a }');
    expect(await register.importInstitution(first, { since: day('2026-01-01'), source: 'hash-1' })).toBeDefined();
    expect(await register.importInstitution(first, { since: day('2026-01-02'), source: 'hash-1' })).toBeUndefined();
    await register.importInstitution(office('{ holder: b }'), { since: day('2026-02-01'), source: 'hash-2' });
    expect(await held('2026-02-01')).toEqual(['b']);
  });

  test('imports at once follow one another: one holder at any time', async () => {
    const others = kind === 'postgres' ? await Promise.all([0, 1, 2].map(() => openRegister({ url }))) : [register];
    await Promise.all(['a', 'b', 'c', 'a', 'b', 'c'].map((p, i) => (others[i % others.length] ?? register).importInstitution(office(`{ holder: ${p} }`), { since: day('2026-01-01') })));
    const [now] = await held('2026-01-01');
    expect(now).toMatch(/^[abc]$/);
    if (kind === 'postgres') await Promise.all(others.map((r) => r.close()));
  });

  test('leave is entered once, listed by time, and cancelled in part', async () => {
    await bring('{ holder: a }', '2026-01-01');
    const leave = { person: 'a', from: at('2026-10-01T00:00+08:00'), to: at('2026-10-08T00:00+08:00'), kind: 'leave' as const };
    const first = await register.people.leave.add(leave);
    expect(await register.people.leave.add(leave)).toEqual(first);
    await register.people.leave.add({ ...leave, person: 'b' });
    const spans = async (filter = {}) => (await register.people.leave.list(filter)).filter((l) => l.person.length === 1).map((l) => `${l.person} ${l.from.slice(0, 13)} ${l.to.slice(0, 13)}`);
    expect(await spans({ person: 'a' })).toEqual(['a 2026-09-30T16 2026-10-07T16']);
    expect(await spans({ from: at('2026-10-08T00:00+08:00') })).toEqual([]);
    expect(await register.people.leave.cancel('a', at('2026-10-03T00:00+08:00'), at('2026-10-05T00:00+08:00'))).toMatchObject([{ id: first.id }]);
    expect(await spans({ person: 'a' })).toEqual(['a 2026-09-30T16 2026-10-02T16', 'a 2026-10-04T16 2026-10-07T16']);
    expect(await register.people.leave.cancel('a', at('2026-10-06T00:00+08:00'))).toHaveLength(1);
    expect(await spans()).toEqual(['a 2026-09-30T16 2026-10-02T16', 'b 2026-09-30T16 2026-10-07T16', 'a 2026-10-04T16 2026-10-05T16']);
    expect((await register.people.organisation()).leave.filter((l) => l.person.length === 1)).toHaveLength(3);
    expect(await register.people.leave.cancel('a', at('2027-01-01T00:00Z'))).toEqual([]);
    // What was cancelled does not come back with an old file.
    await register.importInstitution(office('{ holder: a }', 'leave: [{ person: a, from: 2026-10-01, to: 2026-10-07 }, { person: c, from: 2026-10-01, to: 2026-10-07 }]'), { since: day('2026-01-02') });
    expect((await spans()).filter((s) => !s.startsWith('b'))).toEqual(['a 2026-09-30T16 2026-10-02T16', 'c 2026-09-30T16 2026-10-07T16', 'a 2026-10-04T16 2026-10-05T16']);
  });

  test('changes of a rota are entered once, revoked by another entry, and never edited', async () => {
    const span = { rota: 'duty', from: at('2026-10-01T00:00Z'), to: at('2026-10-02T00:00Z') };
    const swapped = [{ ...span, id: 's', kind: 'swap' as const, who: 'b', instead: 'a' }, { ...span, id: 's', kind: 'swap' as const, who: 'a', instead: 'b', from: span.to, to: at('2026-10-03T00:00Z') }];
    await register.people.changes.add(swapped);
    await register.people.changes.add(swapped);
    await register.people.changes.add([{ ...span, id: 'o', kind: 'override', who: 'c' }]);
    expect((await register.people.organisation()).changes).toEqual([...swapped, { ...span, id: 'o', kind: 'override', who: 'c' }]);
    expect(await register.people.changes.revoke('s', 'r')).toBe(true);
    expect(await register.people.changes.revoke('s', 'r2')).toBe(false);
    expect(await register.people.changes.revoke('r', 'r3')).toBe(false);
    expect((await register.people.organisation()).changes.map((c) => c.id)).toEqual(['o']);
    expect((await register.people.changes.list({ rota: 'duty' })).map((c) => [c.id, c.revoked])).toEqual([['s', true], ['s', true], ['o', false]]);
    expect(await register.people.changes.list({ from: at('2026-10-02T12:00Z') })).toHaveLength(1);
    if (url === undefined) return;
    const client = new Client(url);
    await client.connect();
    await expect(client.query(`update rota_changes set who = 'x'`)).rejects.toThrow(/never changed/);
    await expect(client.query('delete from rota_changes')).rejects.toThrow(/never changed/);
    await client.end();
  });

  test('tells who is excluded from a case, and who is appointed in it', async () => {
    const base = { at: at('2026-01-05T01:00Z'), recordedAt: at('2026-01-05T01:00Z') };
    const events = [
      { type: 'excluded', person: 'a', why: 'named', cause: 1 }, { type: 'appointed', role: 'leader', person: 'b', cause: 1, because: 'action' },
      { type: 'appointed', role: 'leader', person: 'c', cause: 1, because: 'rung' }, { type: 'excluded', person: 'unit:x', why: 'conflict', cause: 1 },
    ].map((e, i) => Event.parse({ ...base, ...e, seq: i + 1 }));
    const view = CaseView.parse({
      receipt: 'R-1', procedure: 'p', version: 1, calendar: 'cn', calendarVersion: '1', channel: 'letter', unit: 'street', stage: 's', receivedAt: base.at, openedAt: base.at,
      seq: 4, overdue: false, level: 0, duties: [],
    });
    await register.record(events, view);
    expect(await register.people.casting(['R-1', 'R-2'])).toEqual(new Map([['R-1', { excluded: { a: 'named', 'unit:x': 'conflict' }, appointed: { leader: 'c' } }]]));
    expect(await register.people.casting([])).toEqual(new Map());
  });
});

test('a register of before has its liaisons as posts, and keeps the posts that it has', async () => {
  const url = await postgres.database('liaisons');
  const folder = await mkdtemp(join(tmpdir(), 'redress-migrations-'));
  await cp('src/register/migrations', folder, { recursive: true });
  const journal: { entries: { tag: string }[] } = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8'));
  const before = journal.entries.slice(0, journal.entries.findIndex((e) => e.tag.endsWith('liaison-is-a-post')));
  await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: before }));
  const client = new Client({ connectionString: url });
  await client.connect();
  await migrate(drizzle(client), { migrationsFolder: folder });
  await client.query(`insert into units (id, place, title, liaison, reserve) values ('one', 0, '{"zh":"甲","en":"A"}', 'p', '["p"]'), ('two', 1, '{"zh":"乙","en":"B"}', 'p', '[]'), ('three', 2, '{"zh":"丙","en":"C"}', null, '[]')`);
  await client.query(`insert into posts (unit, role, email, held) values ('two', 'liaison', 'two@o.example', false)`);
  await client.query(`insert into people (id, place, name, unit) values ('p', 0, '甲', 'one')`);
  await client.end();
  await rm(folder, { recursive: true });
  const register = await openRegister({ url });
  const { units: found, holdings } = await register.people.organisation();
  expect(found).toEqual({
    one: { title: { zh: '甲', en: 'A' }, posts: { liaison: { title: { zh: '联络员', en: 'Liaison' }, held: true } } },
    two: { title: { zh: '乙', en: 'B' }, posts: { liaison: { email: 'two@o.example', held: false } } },
    three: { title: { zh: '丙', en: 'C' }, posts: {} },
  });
  expect(holdings.map(({ unit: u, role, person, as, to }) => [u, role, person, as, to])).toEqual([['one', 'liaison', 'p', 'holder', undefined]]);
  // The same file as before changes nothing but its name.
  const file = parseInstitution(`id: x\ntitle: ${title}\npeople: { p: { name: 甲, unit: one } }\nunits: { one: { title: { zh: 甲, en: A }, liaison: p, reserve: [p] }, two: { title: { zh: 乙, en: B }, posts: { liaison: { email: two@o.example } } }, three: { title: { zh: 丙, en: C } } }\n`, 'x.yaml');
  expect(isIdle(await register.people.plan(file))).toBe(true);
  await register.close();
});
