import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { WorkflowBundle } from '@temporalio/worker';
import { caseRows } from '../bench/cases.ts';
import {
  backtest, type CaseVerdict, type LabOptions, type LogRun, openLab, quietWorker, readScenario, rehearse, type Rehearsal, rehearseLog, ScenarioError,
} from '../src/rehearse/index.ts';
import { bundle } from '../src/worker.ts';
import { runUnder, withLog } from './support/logs.ts';

const FOLDER = 'examples/rehearsals/';
const GOLDEN = 'test/golden/';
const WRITE = process.env['REDRESS_GOLDEN'] === 'write';

beforeAll(quietWorker);

let bundled: Promise<WorkflowBundle> | undefined;
const labFor = async ({ procedure, unit, institution }: Pick<LabOptions, 'procedure' | 'unit' | 'institution'>) =>
  openLab({ engine: inject('engine').address, procedure, unit, institution, workflowBundle: await (bundled ??= bundle()), progress: () => undefined });

async function run(text: string, file = 'scenario.yaml'): Promise<Rehearsal> {
  const scenario = readScenario(text, file);
  const lab = await labFor(scenario);
  try {
    return await rehearse(lab, scenario);
  } finally {
    await lab.stop();
  }
}

type Timeline = Rehearsal['events'];

/**
 * What a golden file holds: no receipt, no numbers of events, nothing of when
 * this machine recorded it. Who was told, and what was filed, stands beside the
 * event that it was about; another case by its name.
 */
function golden({ events, state, others }: Rehearsal): { stage: string; events: object[]; others: Record<string, { stage: string; events: object[] }> } {
  const names = new Map([[state.receipt, 'main'], ...others.map((o) => [o.receipt, o.name] as const)]);
  return { stage: state.stage, events: plain(events, names), others: Object.fromEntries(others.map((o) => [o.name, { stage: o.state.stage, events: plain(o.events, names) }])) };
}

function plain(events: Timeline, names: ReadonlyMap<string, string>): object[] {
  const told = (seq: number): string[] => events.flatMap((e) => (e.type === 'noticed' && e.of === seq ? [e.told === undefined ? e.role : `${e.role} → ${e.told}`] : e.type === 'filed' && e.of === seq ? [e.kind] : [])).toSorted();
  const said = (value: string): string => [...names].reduce((text, [receipt, name]) => text.replaceAll(receipt, `@${name}`), value).replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d\.\d{3}Z$/, '$1Z');
  return events.filter((e) => e.type !== 'noticed' && e.type !== 'filed').map((e) => {
    if (e.type === 'not-taken') return { at: e.at, type: e.type, action: e.action, code: e.code, ...(e.case === undefined ? {} : { case: e.case }) };
    const { seq, recordedAt: _, ...rest } = e;
    const heard = told(seq);
    // What follows from being told, and the close, comes some milliseconds after the instant itself.
    const short: object = JSON.parse(JSON.stringify(rest, (key, value: unknown) =>
      (key === 'cause' || key === 'of' || (key === 'key' && e.type === 'acted') ? undefined : typeof value === 'string' ? said(value) : value)));
    return { ...short, ...(heard.length > 0 ? { told: heard } : {}) };
  });
}

const lines = (es: readonly object[]): string => `[\n${es.map((e) => JSON.stringify(e)).join(',\n')}\n]`;

/** One event on a line, so that a difference can be read. */
function written({ stage, events, others }: ReturnType<typeof golden>): string {
  const beside = Object.entries(others).map(([name, o]) => `${JSON.stringify(name)}: {"stage": ${JSON.stringify(o.stage)}, "events": ${lines(o.events)}}`);
  return `{"stage": ${JSON.stringify(stage)}, "events": ${lines(events)}, "others": {${beside.join(',\n')}}}\n`;
}

describe('the examples, on the real engine, against their golden files', () => {
  const names = readdirSync(FOLDER).filter((f) => f.endsWith('.yaml')).map((f) => basename(f, '.yaml'));
  // Most of the time a rehearsal waits for the engine, so several run at once.
  test.concurrent.each(names)('%s', async (name) => {
    const outcome = golden(await run(readFileSync(`${FOLDER}${name}.yaml`, 'utf8'), `${FOLDER}${name}.yaml`));
    const file = `${GOLDEN}${name}.json`;
    if (WRITE) writeFileSync(file, written(outcome));
    expect(existsSync(file), `${file} is missing`).toBe(true);
    expect(outcome).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  }, 600_000);
});

/** The cases of a log by the core and by the engine, with what the summaries say. */
async function both(file: string, under: LogRun) {
  const [core, engine]: [CaseVerdict[], CaseVerdict[]] = [[], []];
  const lab = await labFor({ procedure: under.procedure, unit: 'log' });
  try {
    const summary = await rehearseLog(lab, file, under, (c) => engine.push(c));
    const { seconds: _, ...expected } = await backtest(file, under, (c) => core.push(c));
    return { core, engine, summary, expected };
  } finally {
    await lab.stop();
  }
}

describe('the engine and the core give the same answer on the same cases', () => {
  const rows = [
    ...[...caseRows(2000, 7)].slice(0, 24).map((r) => r.replaceAll(/,(2016|2017)/g, ',2016')),
    'open,2016-01-04 09:00,',
    'midnight,2016-01-04 09:00,2016-01-20 00:00',
    'last-moment,2016-01-04 09:00,2016-01-19 23:59:59',
    'backwards,2016-01-04 09:00,2016-01-01 09:00',
    'hand-over,2016-01-04 09:00:00,2016-01-04 09:00:30',
  ];
  const fines = [
    'id,activity,date',
    'last-day,Insert Fine Notification,2010-02-01', 'last-day,Payment,2010-04-02', 'last-day,Add penalty,2010-04-02',
    'next-day,Insert Fine Notification,2010-02-01', 'next-day,Add penalty,2010-04-03', 'next-day,Payment,2010-04-03',
  ];

  test('a right that is used on its last day, and one that is used a day late', () => withLog(fines, async (file) => {
    const under = runUnder('examples/procedures/it-fine.yaml');
    const { core, engine } = await both(file, under);
    expect(engine).toEqual(core);
    expect(core.map((c) => c.duties.map((d) => [d.status, d.late]))).toEqual([[['met', false], ['met', false]], [['lapsed', false], ['met', true]]]);
  }));

  test.each([
    ['xinfang-2022', {}],
    ['uk-foi-2000', { map: ['received=received,answer=replied'] }],
  ] as const)('%s', async (id, flags) => withLog(rows, async (file) => {
    const under = runUnder(id, { until: '2016-04-01', ...flags });
    const { core, engine, expected, summary } = await both(file, under);
    expect(engine).toEqual(core);
    expect(summary).toMatchObject(expected);
    expect(core.length).toBeGreaterThanOrEqual(20);
    expect(core.filter((c) => c.duties.some((d) => d.late)).length).toBeGreaterThanOrEqual(4);
    expect(core.some((c) => c.duties.some((d) => d.escalations > 0))).toBe(true);
  }));
});

const ONE = 'procedure: xinfang-2022\nreceivedAt: 2026-03-02 10:00\n';

const step = (as: string): string => `${ONE}steps:\n  - { at: day 1, action: propose, as: ${as} }\nuntil: day 2\n`;

describe('a scenario that does not go as it says names the step', () => {
  test('taken though it was to be refused, and refused though nobody said so', async () => {
    await expect(run(step('office, person: person-1, expect: refused out-of-turn'))).rejects.toThrow(/scenario.yaml:4 propose: The step was to be refused/);
    await expect(run(step('handler'))).rejects.toThrow(/scenario.yaml:4 propose: The step was refused \(not-your-part\)/);
  });

  test('a role that nobody holds: the notice goes on to the first rung, and says so', async () => {
    const { events } = await run(`${ONE}vacant: [office]\nuntil: day 1\n`);
    expect(events).toContainEqual(expect.objectContaining({ type: 'passed-over', role: 'office', why: 'vacant' }));
    expect(events).toContainEqual(expect.objectContaining({ type: 'noticed', role: 'office', told: 'unit-deputy' }));
  });

  test('nobody there at all: the notice fails, and mending it is a duty', async () => {
    const { events } = await run(`${ONE}vacant: [office, unit-deputy, unit-head, bureau-deputy, first-responsible, reviewer]\nuntil: day 1\n`);
    expect(events.filter((e) => e.type === 'passed-over')).toHaveLength(12);
    expect(events).toContainEqual(expect.objectContaining({ type: 'notice-failed', role: 'office', reason: 'no-post' }));
    expect(events).toContainEqual(expect.objectContaining({ type: 'duty-started', instance: 'mend-notice/office' }));
  });

  test('what waits for working hours is told then: overdue at midnight, told at nine', async () => {
    const { events } = await run(`${ONE}hours: { workingHours: true, quiet: ["22:00", "07:00"] }\nuntil: 2026-03-19\n`);
    const at = (type: string, role?: string) => events.filter((e) => e.type === type && (role === undefined || ('role' in e && e.role === role))).map((e) => e.at);
    expect(at('fell-overdue')).toEqual(['2026-03-03T16:00:00.000Z', '2026-03-04T16:00:00.000Z', '2026-03-17T16:00:00.000Z']);
    expect(at('noticed', 'unit-deputy').map((t) => t.slice(0, 16))).toEqual(['2026-03-04T01:00', '2026-03-05T01:00', '2026-03-18T01:00']);
  });
});

test.each([
  ['procedure: nothing-such\nreceivedAt: 2026-03-02\n', /no procedure "nothing-such"/],
  ['procedure: xinfang-2022\nreceivedAt: 2026-02-30\n', /:2 receivedAt: "2026-02-30" is no time that exists/],
  ['procedure: xinfang-2022\n', /receivedAt: This entry is missing/],
  [`${ONE}chanel: web\n`, /:3 chanel: There is no such entry/],
  [`${ONE}channel: pigeon\n`, /:3 channel: There is no "pigeon"/],
  [`${ONE}steps:\n  - { at: day 3, action: acept, as: office }\n`, /:4 steps.0.action: There is no "acept"/],
  [`${ONE}steps:\n  - { at: day 3, action: accept, as: nobody }\n`, /:4 steps.0.as: There is no "nobody"/],
  [`${ONE}steps:\n  - { at: soon, action: accept, as: office }\n`, /:4 steps.0.at: "soon" is no time/],
  [`${ONE}steps:\n  - { at: day 3, action: accept, as: office }\n  - { at: day 2, action: serve, as: office }\n`, /:5 steps.1.at: "day 2" lies before/],
  [`${ONE}steps:\n  - { at: day 3, action: accept, as: office, expect: refused because }\n`, /:4 steps.0.expect: write "refused"/],
  [`${ONE}until: 2026-03-01\n`, /:3 until: "2026-03-01" lies before/],
  [`${ONE}  - x: {\n`, /no YAML/],
])('a scenario with an error names the line and the entry', (text, message) => {
  expect(() => readScenario(text, 'scenario.yaml')).toThrow(message);
  if (!text.includes('nothing-such')) expect(() => readScenario(text, 'scenario.yaml')).toThrow(ScenarioError);
});
