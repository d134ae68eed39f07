import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ical from 'node-ical';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parse } from 'yaml';
import { type Served, serveRegister } from '../src/register/index.ts';
import { type Ran, redress } from './support/redress.ts';

/** The examples at the end of a help text. */
const examplesIn = (help: string): string[] => [...help.matchAll(/^ {2}redress (.+)$/gm)].map((m) => m[1] ?? '');

let folder: string;
let served: Served;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-people-'));
  served = await serveRegister({ port: 0 });
  const ran = await run('people', 'import', 'examples/institution.yaml', '--since', '2026-01-01');
  expect(ran.code).toBe(0);
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Ran> => redress([...args, '--lang', 'en'], { env: { DATABASE_URL: served.url, TEMPORAL_ADDRESS: '127.0.0.1:1' } });
const told = async <T>(schema: z.ZodType<T>, ...args: string[]): Promise<T> => schema.parse(JSON.parse((await run(...args, '--json')).out));

const Shifts = z.object({ rotas: z.array(z.object({ rota: z.string(), shifts: z.array(z.object({ from: z.string(), to: z.string(), person: z.string(), gap: z.string().optional(), because: z.string() })) })) });
const onDuty = async (at: string): Promise<string[]> => {
  const { rotas } = await told(Shifts, 'rota', 'duty', '--at', at);
  return rotas.flatMap((r) => r.shifts.map((s) => `${s.from.slice(5, 16)} ${s.person}${s.gap ? ` ${s.gap}` : ''}`));
};

/** So many days from today. */
const daysOn = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

describe('redress rota', () => {
  test('shows who is on at an instant, on a day and in a week, for people and for programs', async () => {
    expect(await onDuty('2026-10-14 09:00')).toEqual(['10-14T00:30 officer-c']);
    expect(await onDuty('2026-10-14')).toHaveLength(3);
    const week = await told(Shifts, 'rota', '--week', '--at', '2026-10-14');
    expect(week.rotas.map((r) => r.shifts.length)).toEqual([15, 2]);
    const shown = await run('rota', 'reception', '--at', '2026-10-14');
    expect(shown.out).toMatch(/Leaders’ reception rota +\S+ +2026-10-14 Wed 09:00–11:30 +1000000000\d/);
    expect((await run('rota', 'reception', '--at', '2026-10-15')).out).toContain('no shift then');
    const night = ['rota', 'duty', '--at', '2026-10-14 20:00'];
    expect((await run(...night)).out).toContain('2026-10-14 Wed 17:30–08:30 (next day)');
    expect((await redress(night, { env: { DATABASE_URL: served.url, TEMPORAL_ADDRESS: '127.0.0.1:1', LANG: 'zh_CN.UTF-8' } })).out).toContain('2026-10-14 周三 17:30–次日 08:30');
  });

  test('swaps, overrides, hands over, and takes it back, wherever the options stand', async () => {
    const Changes = z.object({ changes: z.array(z.object({ id: z.string(), who: z.string(), instead: z.string().optional() })) });
    const { changes: [swap] } = await told(Changes, 'rota', 'swap', 'duty', 'officer-c', 'officer-a', '--at', '2026-10-14 09:00', '--for', '2026-10-15 09:00');
    expect(await onDuty('2026-10-14 09:00')).toEqual(['10-14T00:30 officer-a']);
    expect(await onDuty('2026-10-15 09:00')).toEqual(['10-15T00:30 officer-c']);
    const handed = await run('rota', 'handover', '--at', '2026-10-14 12:00', 'duty', 'officer-b');
    expect(handed.out).toContain('Duty rota 2026-10-14 Wed 12:00–17:30: 值班员乙, instead of 值班员甲');
    expect(await onDuty('2026-10-14 11:59')).toEqual(['10-14T00:30 officer-a']);
    expect(await onDuty('2026-10-14 12:00')).toEqual(['10-14T04:00 officer-b']);
    expect((await run('rota', 'revoke', swap?.id ?? '')).code).toBe(0);
    // The handover was from somebody who is no longer on then.
    expect(await onDuty('2026-10-14 12:00')).toEqual(['10-14T00:30 officer-c']);
    expect((await run('rota', 'changes', 'duty')).out.match(/taken back/g)).toHaveLength(2);
    await run('rota', 'override', 'duty', 'officer-d', '--from', '2026-10-20', '--to', '2026-10-20');
    expect(await onDuty('2026-10-20')).toEqual(['10-19T16:00 officer-d', '10-20T00:30 officer-d', '10-20T09:30 officer-d']);
  });

  test('names a gap that leave makes, until it is filled or cancelled', async () => {
    const added = await run('leave', 'add', 'officer-c', '--from', '2026-11-03', '--to', '2026-11-04');
    expect(added.out).toMatch(/值班员丙 +2026-11-03 Tue–2026-11-04 +leave/);
    const before = await onDuty('2026-11-03');
    expect(before).toContain('11-03T00:30 officer-c on-leave');
    expect((await run('rota', 'duty', '--at', '2026-11-03')).out).toContain('on leave, and nobody instead');
    await run('rota', 'override', 'duty', 'officer-a', '--from', '2026-11-03', '--to', '2026-11-03', '--instead', 'officer-c');
    expect(await onDuty('2026-11-03')).toContain('11-03T00:30 officer-a');
    expect((await run('leave', 'cancel', 'officer-c', '--from', '2026-11-04')).out).toContain('cancelled');
    expect((await run('leave', 'list', '--from', '2026-11-01')).out).toMatch(/值班员丙 +2026-11-03 Tue +leave/);
  });

  test('check lists the gaps to come and exits with 1, so that a timer can say so', async () => {
    expect(await run('rota', 'check')).toMatchObject({ code: 0, out: 'No rota has a gap in the next 14 days.\n' });
    await run('leave', 'add', 'officer-b', '--from', daysOn(3), '--to', daysOn(9));
    const Gaps = z.object({ gaps: z.array(z.object({ rota: z.string(), person: z.string(), why: z.string(), from: z.string() })) });
    const found = await run('rota', 'check', 'duty', '--json');
    expect(found.code).toBe(1);
    const { gaps } = Gaps.parse(JSON.parse(found.out));
    expect(gaps.length).toBeGreaterThan(1);
    for (const gap of gaps) expect(gap).toMatchObject({ rota: 'duty', person: 'officer-b', why: 'on-leave' });
    expect((await run('rota', 'check')).out).toMatch(/Duty rota +\S+ .*值班员乙 +on leave, and nobody instead\n/);
    expect((await run('rota', 'check', '--days', '1')).code).toBe(0);
    expect((await run('rota', 'check', 'reception')).code).toBe(0);
    await run('rota', 'override', 'duty', 'officer-a', '--from', daysOn(3), '--to', daysOn(9), '--instead', 'officer-b');
    expect((await run('rota', 'check')).code).toBe(0);
    await run('leave', 'cancel', 'officer-b');
  });

  test('gives each person a calendar, called by their id', async () => {
    const [feed, all] = [await run('rota', 'feed', 'officer-b'), join(folder, 'calendars')];
    expect(Object.values(ical.parseICS(feed.out)).filter((e) => e?.type === 'VEVENT').length).toBeGreaterThan(50);
    expect(feed.out.split('\n').every((line) => line === '' || line.endsWith('\r'))).toBe(true);
    await run('rota', 'feed', '--all', all);
    expect((await readdir(all)).toSorted()).toEqual(Object.keys(z.object({ people: z.record(z.string(), z.unknown()) }).parse(parse(await readFile('examples/institution.yaml', 'utf8'))).people).map((id) => `${id}.ics`).toSorted());
  });
});

describe('redress people', () => {
  test('says who held a post on a day, also of the unit above', async () => {
    const Held = z.object({ unit: z.string(), held: z.array(z.object({ person: z.string(), as: z.string() })) });
    expect(await told(Held, 'people', 'who', 'civil-affairs', 'leader', '--on', '2026-05-01')).toEqual({ unit: 'street', held: [{ person: 'leader-a', as: 'holder' }, { person: 'leader-b', as: 'deputy' }] });
    expect((await run('people', 'who', 'street', 'leader', '--on', '2025-12-31')).out).toContain('Nobody held street/leader on 2025-12-31.');
    expect((await run('people', 'who', 'street', 'handler')).out).toContain('is a mailbox');
    expect((await run('people', 'who', 'street', 'office')).out).toContain('Duty rota');
  });

  test('lists people in the tree of units', async () => {
    const { out } = await run('people', 'list', '--unit', 'street');
    expect(out.indexOf('civil-affairs')).toBeGreaterThan(out.indexOf('Street office'));
    expect(out).toContain('liaison 值班员甲');
    expect(out).not.toContain('Sample Company');
  });

  test.each(['xlsx', 'yaml'])('exports %s, checks it, and brings it in again without a change', async (form) => {
    const file = join(folder, `office.${form}`);
    expect((await run('people', 'export', file)).err).toContain('keep it where only those see it');
    expect(await run('people', 'check', file)).toMatchObject({ code: 0, out: expect.stringContaining('no errors') });
    const again = await run('people', 'import', file);
    expect(again.out).toBe('The register says the same; nothing changes.\n');
    // Nobody holds it by name in an office of which others do: a warning, and no error.
    expect(again.err).toMatch(/^Warning: street\/handler is a mailbox alone\..*\n$/);
    expect(JSON.parse((await run('people', 'check', file, '--json')).out)).toEqual({ file, ok: true, problems: [], warnings: [{ kind: 'mailbox', at: 'street/handler', text: expect.anything() }] });
  });

  test('check warns of a department without a liaison, a reserve of an older file, and gaps of a rota', async () => {
    const file = join(folder, 'older.yaml');
    const source = await readFile('examples/institution.yaml', 'utf8');
    await writeFile(file, `${source.replace('    liaison: civil-affairs-liaison\n', '    reserve: [officer-c, officer-d]\n')}\nleave: [{ person: officer-a, from: ${daysOn(2)}, to: ${daysOn(8)} }]\n`);
    const { code, out } = await run('people', 'check', file);
    expect(code).toBe(0);
    expect(out).toMatch(/^Warning: civil-affairs has no liaison of its own\./m);
    expect(out).toMatch(/^Warning: "reserve" of civil-affairs is no longer read\..*unit:civil-affairs-reserve/m);
    expect(out).toMatch(/^Warning: rota duty has \d+ gaps in the next 14 days, the first on \d{4}-\d\d-\d\d at \d\d:\d\d\..*redress rota check/m);
    expect((await run('people', 'import', file, '--dry-run')).err).toContain('no longer read');
  });

  test('previews, brings in from a day, and brings in nothing of a file with a mistake', async () => {
    const source = await readFile('examples/institution.yaml', 'utf8');
    const [changed, wrong] = [join(folder, 'changed.yaml'), join(folder, 'wrong.yaml')];
    await writeFile(changed, source.replace('holder: leader-a, deputies: [leader-b]', 'holder: leader-c, deputies: [leader-b]'));
    await writeFile(wrong, source.replace('holder: leader-a, deputies: [leader-b]', 'holder: nobody, deputies: [leader-b]'));
    const Held = z.object({ held: z.array(z.object({ person: z.string() })) });
    const holder = async (day: string): Promise<string | undefined> => (await told(Held, 'people', 'who', 'street', 'leader', '--on', day)).held[0]?.person;
    const preview = await run('people', 'import', changed, '--since', '2026-09-01', '--dry-run');
    expect(preview.out).toContain('+ street/leader leader-c holder from 2026-09-01');
    expect(preview.out).toContain('~ street/leader leader-a holder 2026-01-01– → 2026-01-01–2026-08-31');
    expect(await holder('2026-09-01')).toBe('leader-a');
    const refused = await run('people', 'import', wrong);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/wrong\.yaml:\d+: units\.street\.posts\.leader\.holder\.0\.person: there is no person "nobody"/);
    const checked = await run('people', 'check', wrong, '--json');
    expect(checked.code).toBe(1);
    expect(JSON.parse(checked.out)).toMatchObject({ ok: false, problems: [{ line: expect.any(Number), text: { zh: expect.stringContaining('没有“nobody”') } }] });
    await run('people', 'import', changed, '--since', '2026-09-01');
    expect(await Promise.all(['2026-08-31', '2026-09-01'].map(holder))).toEqual(['leader-a', 'leader-c']);
  });
});

test.each([
  [['rota', 'nope'], 'rota', 'There is no rota "nope"; there are: duty, reception.', 1],
  [['rota', '--at', '2026-02-30'], '--at', 'no time that exists', 1],
  [['rota', 'swap', 'duty', 'officer-a', 'officer-b', '--for', '2026-10-15'], '--at', 'Give a time in the shift', 2],
  [['rota', 'swap', 'duty', 'officer-a', 'officer-b', '--at', '2026-10-15'], '--for', '--for', 2],
  [['rota', 'handover', 'duty', 'nobody'], 'who', 'There is no person "nobody"', 1],
  [['rota', 'revoke', 'x'], 'change', 'There is no change "x"', 1],
  [['rota', 'check', 'nope'], 'rota', 'There is no rota "nope"', 1],
  [['rota', 'check', '--days', '0'], '--days', '1 to 366', 2],
  [['rota', 'feed'], 'person', 'Name a person', 2],
  [['leave', 'add', 'nobody', '--from', '2026-10-01', '--to', '2026-10-01'], 'person', 'There is no person "nobody"', 1],
  [['leave', 'add', 'officer-a', '--from', '2026-10-02', '--to', '2026-10-01'], 'to', 'after the beginning', 1],
  [['leave', 'add', 'officer-a', '--from', '2026-10-02', '--to', '2026-10-03', '--kind', 'ill'], '--kind', 'leave, travel', 2],
  [['people', 'import', 'office.csv'], 'file', '.yaml or .xlsx', 2],
  [['people', 'import', 'no-such.yaml'], 'no-such.yaml', 'There is no file', 1],
  [['people', 'import', 'no-such.xlsx'], 'no-such.xlsx', 'cannot be opened', 1],
  [['people', 'list', '--unit', 'nowhere'], '--unit', 'There is no unit "nowhere"; there are: city, district, street,', 1],
  [['people', 'who', 'nosuch', 'leader'], 'unit', 'There is no unit "nosuch"; there are: city', 1],
  [['people', 'who', 'street', 'nosuch'], 'role', 'There is no role "nosuch"; there are: office, leader', 1],
])('%j names %s', async (args, field, message, code) => {
  const ran = await run(...args, '--json');
  expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' });
  const { error } = z.object({ error: z.object({ field: z.string(), message: z.string() }) }).parse(JSON.parse(ran.err.trimEnd().split('\n').at(-1) ?? ''));
  expect(error.field).toBe(field);
  expect(`${error.field} ${error.message}`).toContain(message);
});

test('the examples in help texts do what they say on the sample', async () => {
  const fresh = await serveRegister({ port: 0 });
  const there = (...args: string[]) => redress([...args, '--lang', 'zh'], { env: { DATABASE_URL: fresh.url, TEMPORAL_ADDRESS: '127.0.0.1:1' } });
  expect((await there('people', 'import', 'examples/institution.yaml')).code).toBe(0);
  const helps = await Promise.all([['rota', 'swap'], ['rota', 'override'], ['rota', 'handover'], ['rota'], ['people', 'who'], ['leave', 'add']].map((words) => there(...words, '--help')));
  const lines = helps.map(({ out }) => examplesIn(out));
  expect(lines.every((some) => some.length > 0)).toBe(true);
  for (const line of lines.flat()) {
    const ran = await there(...[...line.matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? ''));
    expect({ line, code: ran.code, err: ran.err }).toEqual({ line, code: 0, err: '' });
    expect(ran.out).not.toContain('没有人');
  }
  await fresh.close();
});

test('the help of a command has its own options only, and marks those that cannot be left out', async () => {
  const [swap, handover, show] = await Promise.all([run('rota', 'swap', '--help'), run('rota', 'handover', '--help'), run('papers', 'show', '--help')]);
  expect(swap.out.match(/--at/g)).toHaveLength(2);
  expect(swap.out).toMatch(/--at <when> +a time in the shift of the one \(required\)\n +--for <when> +a time in the shift of the other \(required\)/);
  expect(swap.out).not.toMatch(/--week|where left out/);
  expect(handover.out).toMatch(/--at <when> +when; now, where left out\n/);
  expect(show.out).not.toContain('--limit');
  expect(show.out.match(/--json/g)).toHaveLength(1);
});
