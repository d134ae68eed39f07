import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { activities, ordinary } from '../src/activities/index.ts';
import { log } from '../src/channels/index.ts';
import { Redress } from '../src/client.ts';
import { converterOf } from '../src/converter.ts';
import { Day, dayOf, instantOf, msOf, numberOf } from '../src/core/instant.ts';
import { type Engine, startEngine } from '../src/engine/start.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { casesOf } from '../src/linked.ts';
import { localOf } from '../src/people/moment.ts';
import { openRegister, type Register, type Served, serveRegister } from '../src/register/index.ts';
import { applySchedules, idOf } from '../src/schedules/apply.ts';
import { scheduleStates } from '../src/schedules/list.ts';
import { dueBetween, runFor, runNow } from '../src/schedules/run.ts';
import { Schedule } from '../src/schedules/schedule.ts';
import { isOn } from '../src/schedules/spec.ts';
import { bundle, createWorker } from '../src/worker.ts';
import { redress as command } from './support/redress.ts';

// On an engine of its own with its data on disk: what it is told to forget, and what it is killed with, is nobody else's.

const ZONE = 'Asia/Shanghai';
const sweep = (more: object = {}): Schedule =>
  Schedule.parse({ opens: 'problem-sweep', unit: 'street', every: 'week', on: 'monday', at: '09:00', fields: { units: 'unit:housing unit:civil-affairs' }, period: 'period', ...more });

let home: string;
let engine: Engine;
let place: Served;
let register: Register;
let client: Client;
let redress: Redress;
let working: { worker: Worker; running: Promise<void> } | undefined;

async function startWork(): Promise<void> {
  const { address, namespace } = engine;
  // As the command line has it.
  const dataConverter = await converterOf(undefined);
  client = new Client({ connection: await Connection.connect({ address }), namespace, dataConverter });
  redress = new Redress(client, register);
  const world = ordinary({ register, channels: [log(join(home, 'notices.log'))], archive: join(home, 'archive'), cases: casesOf(redress) });
  const worker = await createWorker({ address, namespace, activities: activities(world), workflowBundle: await bundled, dataConverter });
  working = { worker, running: worker.run() };
}

async function stopWork(): Promise<void> {
  working?.worker.shutdown();
  await working?.running;
  working = undefined;
  await client.connection.close();
}

const start = () => startEngine({ home: join(home, 'engine'), progress: () => undefined });
const bundled = converterOf(undefined).then(bundle);
bundled.catch(() => undefined);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'redress-schedules-'));
  place = await serveRegister({});
  register = await openRegister({ url: place.url });
  await register.importInstitution(await loadInstitution('examples/institution.yaml'), { since: Day.parse('2020-01-01') });
  engine = await start();
  await startWork();
});
afterAll(async () => {
  await stopWork().catch(() => undefined);
  await engine?.stop();
  await register?.close();
  await place?.close();
  await rm(home, { recursive: true, force: true });
});

const apply = (schedules: Record<string, Schedule>, zone = ZONE) => applySchedules(client, { schedules, zone });
const said = async (schedules: Record<string, Schedule>, zone = ZONE): Promise<string[]> => (await apply(schedules, zone)).map((a) => `${a.name} ${a.what}`).toSorted();
const states = (schedules: Record<string, Schedule>) => scheduleStates(client, register, { schedules, zone: ZONE });

describe('the engine\'s schedules are made equal to the file\'s', () => {
  test('made, kept, changed and removed; one that is paused stays so, and those of others are left alone', async () => {
    const action = { type: 'startWorkflow', workflowType: 'openingWorkflow', taskQueue: 'elsewhere' } as const;
    await client.schedule.create({ scheduleId: 'somebody-else', spec: { calendars: [{ year: 2090 }] }, action });
    const [a, b] = [sweep(), sweep({ every: 'month', on: 'last', at: '17:30' })];
    expect(await said({ a, b })).toEqual(['a created', 'b created']);
    expect(await said({ a, b })).toEqual(['a kept', 'b kept']);
    await client.schedule.getHandle(idOf('a')).pause('holidays');
    expect(await said({ a: { ...a, at: '10:00' }, b })).toEqual(['a changed', 'b kept']);
    expect((await states({ a, b })).map(({ name, status, note, next }) => [name, status, note, next.length])).toEqual([['a', 'paused', 'holidays', 0], ['b', 'on', undefined, 3]]);
    expect((await states({ b: { ...b, at: '18:00' }, c: a })).map((s) => [s.name, s.status])).toEqual([['b', 'differs'], ['c', 'not-applied'], ['a', 'paused']]);
    await expect.poll(() => said({ b })).toEqual(['a removed', 'b kept']);
    await expect.poll(() => said({})).toEqual(['b removed']);
    await expect(client.schedule.getHandle('somebody-else').describe()).resolves.toBeDefined();
  });

  test.each([
    ['Asia/Shanghai', sweep()],
    ['Asia/Shanghai', sweep({ every: 'month', on: 1, at: '08:30' })],
    ['Asia/Shanghai', sweep({ every: 'month', on: 'last', at: '23:59' })],
    ['Asia/Shanghai', sweep({ every: 'quarter', on: 'last', at: '00:00' })],
    ['Asia/Shanghai', sweep({ every: 'quarter', on: 28, at: '12:00' })],
    ['Asia/Shanghai', sweep({ every: 'year', on: '01-15', at: '08:30' })],
    ['Asia/Shanghai', sweep({ every: 'year', on: 'last', at: '08:30' })],
    ['Europe/London', sweep({ every: 'day', on: undefined, at: '01:30' })],
    ['Europe/London', sweep({ every: 'week', on: 'sunday', at: '01:00' })],
    ['Europe/London', sweep({ every: 'month', on: 'last', at: '01:15' })],
    ['America/New_York', sweep({ every: 'week', on: 'sunday', at: '02:45' })],
    ['Australia/Lord_Howe', sweep({ every: 'day', on: undefined, at: '02:10' })],
  ])('in %s the engine opens one on each of the days, and on no other: %j', async (zone, schedule) => {
    await apply({ days: schedule }, zone);
    // Two leap days and three changes of the clocks in each direction lie within.
    const [first, last] = [numberOf(Day.parse('2028-01-02')), numberOf(Day.parse(schedule.every === 'day' ? '2028-12-30' : '2032-12-30'))];
    const wanted: string[] = [];
    for (let day = first; day <= last; day += 1) if (isOn(schedule, day)) wanted.push(dayOf(day));
    const due = await dueBetween(client, 'days', instantOf((first - 1) * 86_400_000), instantOf((last + 2) * 86_400_000));
    const local = due.map((at) => localOf(at, zone)).filter(({ day }) => day >= dayOf(first) && day <= dayOf(last));
    expect([...new Set(local.map(({ day }) => day))].join(' ')).toBe(wanted.join(' '));
    // At the time of the file; where the clocks skip that, at the moment after.
    const otherwise = local.filter(({ time }) => time !== schedule.at);
    expect(otherwise.map(({ time }) => time).every((time) => time > schedule.at)).toBe(true);
    expect(otherwise.length).toBeLessThanOrEqual(5);
  });
});

const moment = (iso: string) => ({ from: instantOf(Date.parse(iso)), to: instantOf(Date.parse(iso)) });

describe('what is due is opened', () => {
  test('once, received at the instant at which it was due, whoever asks again', async () => {
    const schedules = { weekly: sweep() };
    await apply(schedules);
    const when = moment('2026-11-23T01:00:00Z');
    const first = await runFor(client, 'weekly', when, ZONE);
    expect(await runFor(client, 'weekly', when, ZONE)).toEqual(first);
    const view = await redress.case(first.receipt ?? '');
    expect(view).toMatchObject({ procedure: 'problem-sweep', unit: 'street', channel: 'schedule', receivedAt: when.from });
    expect((await redress.timeline(view.receipt))[0]).toMatchObject({ type: 'opened', fields: { period: '2026-W47', units: 'unit:housing unit:civil-affairs' } });
    expect(view.duties.map((d) => d.instance).toSorted()).toEqual(['gather', 'return/civil-affairs', 'return/housing', 'summarise']);
    expect(await states(schedules)).toMatchObject([{ name: 'weekly', status: 'on', last: { due: when.from, receipt: view.receipt, stage: 'collecting' } }]);
  });

  test('out of turn, twice in a minute is once', async () => {
    await apply({ weekly: sweep() });
    let [a, b] = [await runNow(client, 'weekly'), await runNow(client, 'weekly')];
    if (a.due !== b.due) [a, b] = [await runNow(client, 'weekly'), await runNow(client, 'weekly')];
    expect(b).toEqual(a);
    expect((await redress.case(a.receipt ?? '')).receivedAt).toBe(a.due);
  });

  test('not for a time that the schedule does not have, nor for one to come, nor by a name that is not there', async () => {
    await apply({ weekly: sweep() });
    await expect(runFor(client, 'weekly', moment('2026-11-24T01:00:00Z'), ZONE)).rejects.toMatchObject({ code: 'not-due' });
    const [next] = await dueBetween(client, 'weekly', instantOf(Date.now()), instantOf(Date.now() + 8 * 86_400_000));
    await expect(runFor(client, 'weekly', moment(next ?? ''), ZONE)).rejects.toMatchObject({ code: 'not-due' });
    await expect(runNow(client, 'weekley')).rejects.toMatchObject({ code: 'no-such-schedule', text: { en: expect.stringContaining('weekly') } });
  });

  test('what cannot be opened waits, says why, and is opened when that is put right', async () => {
    // A unit that the institution does not have yet.
    const schedules = { later: sweep({ unit: 'harbour' }) };
    await apply(schedules);
    await client.schedule.getHandle(idOf('later')).trigger();
    await expect.poll(async () => (await states(schedules))[0]?.last).toMatchObject({ waiting: 'bad-field' });
    const sample = await loadInstitution('examples/institution.yaml');
    await register.importInstitution({ ...sample, units: { ...sample.units, harbour: { title: { zh: '港口站', en: 'Harbour station' }, parent: 'street', posts: {} } } }, { since: Day.parse('2020-01-01') });
    await expect.poll(async () => (await states(schedules))[0]?.last?.stage).toBe('collecting');
  });
});

test('the command line lists, applies, runs, pauses and goes on', async () => {
  const env = { REDRESS_HOME: home, DATABASE_URL: place.url, TEMPORAL_ADDRESS: engine.address };
  const run = (...args: string[]) => command(['schedule', ...args, '--lang', 'en'], { env });
  const Applied = z.object({ schedules: z.array(z.object({ name: z.string(), what: z.string() })) });
  const applied = Applied.parse(JSON.parse((await run('apply', '--json')).out)).schedules.filter((s) => s.what === 'created');
  expect(applied.map((s) => s.name)).toEqual(Object.keys((await loadInstitution('examples/institution.yaml')).schedules ?? {}));
  const ran = await run('run', 'monthly-report', '--due', '2026-11-01');
  expect(ran.out).toMatch(/^opened {2}2026-11-01 08:30 {2}[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\n$/);
  const receipt = ran.out.trim().split('  ').at(-1) ?? '';
  const stats = (...args: string[]) => command(['stats', '--for', receipt, ...args, '--lang', 'zh'], { env });
  // Of October, the month that had ended: nobody had come, and the street's sections and stations are counted with it.
  expect(JSON.parse((await stats('--json')).out)).toEqual({
    receipt, action: 'file-report', from: '2026-10-01', to: '2026-10-31', units: expect.arrayContaining(['street', 'veterans-station', 'riverside-station']),
    fields: { received: '0 件', acceptedOnTime: '本期无到期事项', finishedOnTime: '本期无到期事项', open: '0 件' }, missing: [],
  });
  expect((await stats()).out).toMatch(/^报送统计报告：2026-10-01 至 2026-10-31，本单位及下级共 \d+ 个单位\n/);
  expect(await stats('--as', 'assigner')).toMatchObject({ code: 2, err: expect.stringContaining('没有可以由 assigner 报送') });
  expect((await stats('--act', '--as', 'office', '--person', 'officer-a', '--field', 'notes=本月无来访')).code).toBe(0);
  const filed = (await register.timeline(receipt)).filter((e) => e.type === 'acted');
  expect(filed).toMatchObject([{ action: 'file-report', by: { role: 'office', person: 'officer-a' }, fields: { received: '0 件', notes: '本月无来访' } }]);
  // What is on file can be corrected, by the figures as they are then.
  expect(JSON.parse((await stats('--as', 'unit-head', '--from', '2026-10-01', '--to', '2026-10-30', '--json')).out)).toMatchObject({ action: 'correct-report', to: '2026-10-30' });
  expect(await run('run', 'monthly-report', '--due', '2026-11-02')).toMatchObject({ code: 1, err: expect.stringContaining('no such time') });
  expect((await run('pause', 'weekly-sweep', '--note', 'reorganisation')).out).toContain('paused');
  const { out } = await run('list');
  expect(out).toMatch(/weekly-sweep {2}paused\n {2}Opens +problem-sweep\n {2}Unit +Street office\n {2}Why +reorganisation\n {2}Next +-\n/);
  expect(out).toMatch(/Last +2026-11-01 08:30 {2}[0-9A-Z-]{14} {2}filed\n/);
  expect((await run('resume', 'weekly-sweep')).code).toBe(0);
  await client.schedule.getHandle(idOf('weekly-sweep')).describe().then((d) => expect(d.state.paused).toBe(false));
});

test('what fell due while the engine was away is opened when it is back, by the rules of that time', async () => {
  // The minute that begins next, and far enough away that the engine is surely gone by then.
  const due = Math.ceil((Date.now() + 15_000) / 60_000) * 60_000;
  const at = localOf(instantOf(due), ZONE).time;
  const schedules = { same: sweep({ every: 'day', on: undefined, at }), other: sweep({ every: 'day', on: undefined, at, unit: 'housing' }) };
  await apply(schedules);
  await stopWork();
  await engine.kill();
  await sleep(due + 2_000 - Date.now());
  engine = await start();
  await startWork();
  // At once, as a start does: one is as before, one is changed.
  expect(await said({ ...schedules, other: { ...schedules.other, at: '00:00' } })).toEqual(expect.arrayContaining(['other changed', 'same kept']));
  for (const [name, unit] of [['same', 'street'], ['other', 'housing']] as const) {
    await expect.poll(async () => (await states(schedules)).find((s) => s.name === name)?.last).toMatchObject({ due: instantOf(due), stage: 'collecting' });
    const last = (await states(schedules)).find((s) => s.name === name)?.last;
    const view = await redress.case(last?.receipt ?? '');
    expect(view).toMatchObject({ unit, receivedAt: instantOf(due) });
    expect(msOf(view.openedAt)).toBeGreaterThan(due);
  }
});
