import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as core from '../src/core/index.ts';
import { exportTimelines, type ExportRun } from '../src/exchange/index.ts';
import { xml } from '../src/exchange/export/xes.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { loadCalendar } from '../src/calendars/load.ts';
import { openRegister, type Recorded, type Register } from '../src/register/index.ts';
import { readRows, textOf } from '../src/sheets/index.ts';
import { python, ready } from './support/pm4py.ts';

const procedure = loadProcedure('xinfang-2022');
const calendar = loadCalendar('cn');
const SECRET = '请求人的原话<&>"\r\n=1+1';
const at = (text: string): core.Instant => core.Instant.parse(text);

const by = (role: string, person?: string) => ({ role, ...(person === undefined ? {} : { person }) });

/** Whom notices passed over: because of the complaint, and for reasons of the office's own. */
const PASSED: readonly core.Passed[] = [
  { role: 'bureau-deputy', person: 'officer-x', why: 'named' }, { role: 'first-responsible', person: 'officer-y', why: 'conflict' }, { role: 'reviewer', why: 'named' },
  { role: 'leader', person: 'officer-a', why: 'on-leave' }, { role: 'office', why: 'vacant' },
];

/** A case with a bit of everything: told, late, extended with a reason, corrected, filed, and free text in it. */
function story(n: number): { state: core.CaseState; events: core.Event[] } {
  const opened = core.open(procedure, calendar, { receipt: `CASE-${String(n).padStart(4, '0')}`, channel: 'letter', unit: n % 2 ? 'street' : 'housing', receivedAt: '2026-01-05 10:00', fields: { named: 'officer-x', origin: 'referred' } }, at('2026-01-05T03:00:00.000Z'));
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  let { state } = opened;
  const events = [...opened.events];
  const take = (now: string, action: core.ActInput): void => {
    const moment = at(now);
    for (let next = core.nextInstant(state); next !== undefined && next <= moment; next = core.nextInstant(state)) state = core.tick(state, next, events);
    const taken = core.act(state, action, moment);
    if (core.isRefusal(taken)) throw new Error(`${taken.code}: ${taken.text.en}`);
    state = taken.state;
    events.push(...taken.events);
  };
  take(n % 3 ? '2026-01-08T02:00:00.000Z' : '2026-02-20T02:00:00.000Z', { action: 'accept', by: by('handler', 'officer-a'), fields: { notice: 'paper/1' }, note: SECRET });
  take('2026-03-01T02:00:00.000Z', { action: 'extend', by: by('unit-head'), fields: { days: 20, reason: SECRET } });
  take('2026-03-20T02:00:00.000Z', { action: 'issue-opinion', by: by('handler', 'officer-b'), fields: { outcome: 'support', opinion: 'paper/2' } });
  if (n % 2) take('2026-03-21T02:00:00.000Z', { action: 'serve', by: by('office'), fields: { how: 'in-person', proof: 'paper/3' } });
  const told = { at: at('2026-03-21T03:00:00.000Z'), recordedAt: at('2026-03-21T03:00:00.000Z'), of: 1 };
  for (const passed of PASSED) events.push({ ...told, seq: events.length + 1, type: 'passed-over', ...passed });
  state = { ...state, seq: events.length };
  const filed: core.Event = { type: 'filed', seq: state.seq + 1, at: at('2026-03-22T02:00:00.000Z'), recordedAt: at('2026-03-22T02:00:00.000Z'), of: 1, kind: 'receipt', key: `CASE-${n}/1/receipt`, path: 'x', sha256: 'x', number: '示街信〔2026〕1号' };
  events.push(filed);
  state = core.apply(state, filed);
  return { state, events };
}

const CASES = 40;
let register: Register;
let folder: string;
const recorded: Recorded[] = [];
const events = (): number => recorded.reduce((sum, r) => sum + r.events.length, 0);
const objects = new Map<string, number>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-export-test-'));
  register = await openRegister({ memory: true });
  for (let n = 1; n <= CASES; n += 1) {
    const { state, events: all } = story(n);
    await register.record(all, core.viewOf(state));
    recorded.push({ view: core.viewOf(state), events: all });
  }
  objects.set('case', CASES).set('paper', CASES).set('duty', recorded.reduce((sum, r) => sum + r.view.duties.length, 0)).set('person', 2);
});
afterAll(async () => {
  await register.close();
  await rm(folder, { recursive: true, force: true });
});

async function exported(run: ExportRun): Promise<string> {
  const file = join(folder, `log.${run.format === 'ocel' ? 'json' : run.format}`);
  expect(await exportTimelines(register.bulk, file, run)).toEqual({ cases: CASES, events: events() });
  return file;
}

describe('pm4py reads what is exported', () => {
  beforeAll(ready, 900_000);

  test('XES: cases, events, times, and a graph of what follows what', async () => {
    const file = await exported({ format: 'xes' });
    const Seen = z.object({ cases: z.int(), events: z.int(), first: z.string(), names: z.array(z.string()), edges: z.int(), persons: z.array(z.string()), kinds: z.array(z.string()), seq: z.string() });
    const seen = Seen.parse(await python(`
import sys, json, pm4py
log = pm4py.read_xes(sys.argv[1])
dfg, start, end = pm4py.discover_dfg(log)
tree = pm4py.discover_process_tree_inductive(log)
print(json.dumps(dict(cases=int(log['case:concept:name'].nunique()), events=len(log), first=str(log['time:timestamp'].min()), names=sorted(start), edges=len(dfg),
  persons=sorted(set(log['org:resource'].dropna())), kinds=sorted(set(log['lifecycle:transition'])), seq=str(log['seq'].dtype))))`, file));
    expect(seen).toMatchObject({ cases: CASES, events: events(), first: '2026-01-05 02:00:00+00:00', names: ['received'], persons: ['officer-a', 'officer-b'], seq: 'int64' });
    expect(seen.edges).toBeGreaterThan(10);
    expect(seen.kinds).toEqual(['ate_abort', 'complete', 'reassign', 'schedule', 'unknown', 'withdraw']);
  }, 300_000);

  test('OCEL: events, objects of each type, and their relations', async () => {
    const file = await exported({ format: 'ocel' });
    const Seen = z.object({ events: z.int(), objects: z.record(z.string(), z.int()), relations: z.int(), o2o: z.int(), changes: z.int(), dfg: z.array(z.string()) });
    const seen = Seen.parse(await python(`
import sys, json, pm4py
ocel = pm4py.read_ocel2_json(sys.argv[1])
ocdfg = pm4py.discover_ocdfg(ocel)
flat = pm4py.ocel_flattening(ocel, 'case')
dfg, start, end = pm4py.discover_dfg(flat)
print(json.dumps(dict(events=len(ocel.events), objects={k: int(v) for k, v in ocel.objects['ocel:type'].value_counts().items()}, relations=len(ocel.relations), o2o=len(ocel.o2o), changes=len(ocel.object_changes), dfg=sorted(ocdfg['object_types']))))`, file));
    expect(seen.events).toBe(events());
    for (const [type, count] of objects) expect([type, seen.objects[type]]).toEqual([type, count]);
    expect(seen.dfg).toEqual(['case', 'duty', 'paper', 'person', 'role']);
    expect(seen.o2o).toBeGreaterThan((objects.get('duty') ?? 0) * 2);
    // Each extension moved a date.
    expect(seen.changes).toBeGreaterThanOrEqual(CASES);
    const ocel = z.object({ events: z.array(z.object({ id: z.string(), relationships: z.array(z.object({ objectId: z.string() })) })), objects: z.array(z.object({ id: z.string() })) }).parse(JSON.parse(await readFile(file, 'utf8')));
    const ids = new Set(ocel.objects.map((o) => o.id));
    expect(ids.size).toBe(ocel.objects.length);
    expect(new Set(ocel.events.map((e) => e.id)).size).toBe(ocel.events.length);
    expect(ocel.events.flatMap((e) => e.relationships).filter((r) => !ids.has(r.objectId))).toEqual([]);
    expect(seen.relations).toBe(ocel.events.flatMap((e) => e.relationships).length);
  }, 300_000);

  test('CSV through pandas, as a log', async () => {
    const file = await exported({ format: 'csv' });
    const seen = await python(`
import sys, json, pandas, pm4py
table = pandas.read_csv(sys.argv[1])
table['at'] = pandas.to_datetime(table['at'], format='ISO8601')
log = pm4py.format_dataframe(table, case_id='case', activity_key='activity', timestamp_key='at')
dfg, start, end = pm4py.discover_dfg(log)
print(json.dumps(dict(cases=int(log['case:concept:name'].nunique()), events=len(log), start=sorted(start), columns=list(table.columns)[:3])))`, file);
    expect(seen).toEqual({ cases: CASES, events: events(), start: ['received'], columns: ['case', 'seq', 'type'] });
  }, 300_000);

  test('XES with signs that XML must not hold, or must hide', async () => {
    const [lost, kept] = [['\u0001', '\u000b', '\ud800', '\uffff'], ['<&>"\'', '\t\n\r', '\u2028', '𠮷', '\u0085']];
    const names = [...lost, ...kept];
    const file = join(folder, 'odd.xes');
    await writeFile(file, `<?xml version="1.0" encoding="UTF-8"?><log xes.version="1849.2016">${names.map((n, i) => `<trace><string key="concept:name" value="${i}${xml(n)}"/><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-01-05T00:00:00.000Z"/></event></trace>`).join('')}</log>`);
    const seen = await python(`
import sys, json, pm4py
log = pm4py.read_xes(sys.argv[1])
print(json.dumps(list(log['case:concept:name'])))`, file);
    expect(seen).toEqual(names.map((n, i) => `${i}${lost.includes(n) ? '\ufffd' : n}`));
  }, 300_000);
});

test('nothing that somebody typed goes out, nor who is complained of, unless it was asked for', async () => {
  for (const format of ['csv', 'xes', 'ocel'] as const) {
    const text = await readFile(await exported({ format }), 'utf8');
    expect(text).not.toMatch(/原话|officer-x/);
    expect(text).toContain('referred');
    expect(await readFile(await exported({ format, withText: true }), 'utf8')).toMatch(/原话[^]*officer-x|officer-x[^]*原话/);
  }
});

test.each(['csv', 'xlsx'] as const)('%s does not say by person, post or reason whom a complaint had passed over', async (format) => {
  const passedIn = async (withText: boolean): Promise<string[][]> => {
    const rows: string[][] = [];
    for await (const { cells } of readRows(await exported({ format, withText })))
      if (textOf(cells['case']) === 'CASE-0001' && textOf(cells['type']) === 'passed-over') rows.push(['role', 'person', 'why'].map((name) => textOf(cells[name])));
    return rows;
  };
  expect(await passedIn(false)).toEqual([['', '', ''], ['', '', ''], ['', '', ''], ['leader', 'officer-a', 'on-leave'], ['office', '', 'vacant']]);
  expect(await passedIn(true)).toEqual(PASSED.map(({ role, person = '', why }) => [role, person, why]));
});

test('XES and OCEL do not say it either, and OCEL relates who was passed over as that', async () => {
  const xes = async (withText: boolean) => (await readFile(await exported({ format: 'xes', withText }), 'utf8')).split('\n').filter((line) => line.includes('"passed-over"')).slice(0, PASSED.length);
  expect((await xes(false)).map((line) => /officer-x|officer-y|bureau-deputy|first-responsible|reviewer|"named"|"conflict"/.test(line))).toEqual(PASSED.map(() => false));
  expect((await xes(true)).join()).toMatch(/officer-x[^]*officer-y/);
  const Log = z.object({ events: z.array(z.object({ type: z.string(), attributes: z.array(z.object({ name: z.string(), value: z.unknown() })), relationships: z.array(z.object({ objectId: z.string(), qualifier: z.string() })) })), objects: z.array(z.object({ id: z.string() })) });
  const ocel = async (withText: boolean) => Log.parse(JSON.parse(await readFile(await exported({ format: 'ocel', withText }), 'utf8')));
  const [plain, whole] = [await ocel(false), await ocel(true)];
  const related = ({ events: all }: typeof plain) => all.filter((e) => e.type === 'passed-over').slice(0, PASSED.length).map((e) => e.relationships.slice(1).map((r) => `${r.qualifier} ${r.objectId.replace(/^role\/[^/]+/, 'role')}`));
  expect(related(plain)).toEqual([[], [], [], ['passed over role/leader', 'passed over person/officer-a'], ['passed over role/office']]);
  expect(related(whole).slice(0, 3)).toEqual([['passed over role/bureau-deputy', 'passed over person/officer-x'], ['passed over role/first-responsible', 'passed over person/officer-y'], ['passed over role/reviewer']]);
  expect(plain.objects.map((o) => o.id).filter((id) => /officer-[xy]/.test(id))).toEqual([]);
  expect(plain.events.filter((e) => e.type === 'passed-over').flatMap((e) => e.attributes).filter((a) => a.name === 'why').map((a) => a.value)).not.toEqual(expect.arrayContaining(['named']));
});

test.each(['csv', 'xlsx'] as const)('%s has a row for each event, read again as it was', async (format) => {
  const file = await exported({ format, withText: true });
  const rows: Record<string, string>[] = [];
  for await (const row of readRows(file, { trim: false })) {
    expect(row.problems).toEqual([]);
    rows.push(Object.fromEntries(Object.entries(row.cells).map(([name, cell]) => [name, textOf(cell)])));
  }
  const all = recorded.toSorted((a, b) => (a.view.receipt < b.view.receipt ? -1 : 1)).flatMap(({ view, events: list }) => list.map((e) => ({ view, e })));
  expect(rows).toHaveLength(all.length);
  for (const [i, { view, e }] of all.entries()) expect(rows[i]).toMatchObject({ case: view.receipt, seq: String(e.seq), type: e.type, at: e.at, recordedAt: e.recordedAt, procedure: 'xinfang-2022', unit: view.unit });
  const accepted = rows.find((r) => r['activity'] === 'accept');
  expect(accepted).toMatchObject({ text: SECRET, role: 'handler', person: 'officer-a', stage: 'accepted', fields: '{"notice":"paper/1"}' });
});

test('what anybody typed comes back from CSV as it was', async () => {
  const weird = fc.oneof(fc.constantFrom('=cmd', "'=x", '@', '\t', '"', ',', '\r\n', '#REF', '＝1'), fc.string({ unit: 'binary', maxLength: 20 })).filter((t) => t.isWellFormed() && !/[\0\ufffd]/.test(t));
  await fc.assert(fc.asyncProperty(fc.array(weird, { minLength: 1, maxLength: 10 }), async (notes) => {
    const [one] = recorded;
    if (!one) throw new Error('no case');
    const acted = one.events.find((e) => e.type === 'acted');
    if (acted?.type !== 'acted') throw new Error('no action');
    const stories = { async *stories() { yield { view: one.view, events: notes.map((note, i): core.Event => ({ ...acted, seq: i + 1, note })) }; } };
    const file = join(folder, 'weird.csv');
    await exportTimelines(stories, file, { format: 'csv', withText: true });
    const back: string[] = [];
    for await (const row of readRows(file, { trim: false })) back.push(textOf(row.cells['text']));
    expect(back).toEqual(notes);
  }), { numRuns: 100 });
});

/** How many cases go into a stream. */
async function casesIn(filter: ExportRun['filter']): Promise<number> {
  const out = new PassThrough();
  const text = buffer(out);
  const { cases } = await exportTimelines(register.bulk, out, { format: 'xes', ...(filter ? { filter } : {}) });
  out.end('<!-- more -->');
  expect(String(await text).match(/<trace>/g)?.length ?? 0).toBe(cases);
  return cases;
}

test('cases are chosen by receipt, procedure, unit and day of receipt; a stream is left open', async () => {
  expect(await casesIn({ receipt: 'CASE-0001' })).toBe(1);
  expect(await casesIn({ unit: 'street' })).toBe(CASES / 2);
  expect(await casesIn({ procedure: 'uk-foi-2000' })).toBe(0);
  expect(await casesIn({ from: at('2026-01-05T02:00:00.000Z') })).toBe(CASES);
  expect(await casesIn({ before: at('2026-01-05T02:00:00.000Z') })).toBe(0);
});
