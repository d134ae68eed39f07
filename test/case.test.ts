import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Refused } from '../src/client.ts';
import * as core from '../src/core/index.ts';
import { fastForward, skipToEnd } from '../src/engine/virtualTime.ts';
import { receiptOf, workflowIdOf } from '../src/receipts.ts';
import { office, type Office } from './support/office.ts';
import { calendar, procedure } from './support/walk.ts';

const DAY = core.DAY_MS;
let desk: Office;
beforeAll(async () => {
  desk = await office(inject('engine'));
});
afterAll(() => desk.stop());

const xinfang = procedure('xinfang-2022');
const cn = calendar('cn');

/** Starts a case whose own clock shows `at`, whatever the day is today. */
async function start(name: string, at: string, change: object = {}): Promise<string> {
  const receipt = receiptOf(name);
  const received = core.readMoment(cn, at, 'start');
  if (!received) throw new Error(at);
  const intake = { receipt, channel: 'letter', unit: 'street', receivedAt: received, fields: {} };
  const opened = core.open(xinfang, cn, intake, received);
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  await desk.redress.start({ procedure: xinfang, calendar: core.pin(cn, received), intake, offset: core.msOf(received) - Date.now(), ...change }, core.viewOf(opened.state));
  return receipt;
}

const pass = (receipt: string, days: number) => fastForward(desk.redress.temporal, workflowIdOf(receipt), days * DAY);
const types = async (receipt: string) => (await desk.redress.timeline(receipt)).map((e) => e.type);
const historyLength = async (receipt: string) =>
  (await desk.redress.temporal.workflow.getHandle(workflowIdOf(receipt)).describe()).historyLength;

const local = (e: core.Event): string => `${core.clocked(cn, e.at).en} ${e.type}${'rung' in e ? ` ${e.rung}/${e.times}` : ''}`;

const ORDINARY: readonly [number, string, string, Record<string, core.FieldValue>, string?][] = [
  [1, 'triage', 'office', {}],
  [0, 'propose', 'office', {}],
  [1, 'approve', 'leader', { handler: 'officer-a' }],
  [2, 'accept', 'office', { notice: 'paper-1' }],
  [0, 'lead', 'leader', {}, 'leader-a'],
  [20, 'issue-opinion', 'handler', { outcome: 'support', opinion: 'paper-2' }, 'officer-a'],
  [2, 'serve', 'office', { how: 'in-person', proof: 'paper-3' }],
  [1, 'archive', 'office', {}],
];

test('an ordinary case runs to its end, in time, with a short history', async () => {
  const receipt = await start('ordinary', '2026-03-02 10:00');
  for (const [days, action, role, fields, person = 'first'] of ORDINARY) {
    if (days > 0) expect(await pass(receipt, days)).toBe('reached');
    const done = await desk.redress.act(receipt, { action, by: { role, person }, fields });
    expect(done).toMatchObject({ receipt, recorded: true });
  }
  expect(await skipToEnd(desk.redress.temporal, workflowIdOf(receipt))).toBe('ended');
  const timeline = await desk.redress.timeline(receipt);
  expect(timeline.at(-1)?.type).toBe('filed');
  expect(timeline.filter((e) => e.type === 'fell-overdue' || e.type === 'escalated' || e.type === 'notice-failed')).toEqual([]);
  const kept = core.fold(xinfang, core.pin(cn, timeline[0]?.at ?? core.instantOf(0)), timeline);
  expect(core.viewOf(kept)).toEqual(await desk.redress.case(receipt));
  expect(await desk.register.timeline(receipt)).toEqual(timeline);
  expect(await historyLength(receipt)).toBeLessThan(210);
  expect(new Set(desk.letterbox.sent.map((s) => s.key)).size).toBe(desk.letterbox.sent.length);
});

test('a case that nobody touches climbs the whole ladder, and the top is told again and again', async () => {
  const receipt = await start('untouched', '2026-09-21 10:00');
  await pass(receipt, 45);
  const timeline = await desk.redress.timeline(receipt);
  // On the third rung it becomes the leader's own, with a clock of its own.
  expect(timeline.filter((e) => e.type === 'appointed')).toMatchObject([{ role: 'responsible-leader', person: 'leader-b', because: 'rung' }]);
  const own = timeline.filter((e) => 'instance' in e && e.instance === 'decide');
  expect([timeline[0], ...own].flatMap((e) => (e ? [local(e)] : []))).toEqual([
    '2026-09-21 (Monday) 10:00 opened',
    '2026-09-21 (Monday) 10:00 duty-started',
    '2026-09-22 (Tuesday) 09:00 reminded',
    '2026-09-29 (Tuesday) 09:00 reminded',
    '2026-10-07 (Wednesday) 00:00 fell-overdue',
    '2026-10-07 (Wednesday) 00:00 escalated 1/1',
    '2026-10-09 (Friday) 00:00 escalated 2/1',
    '2026-10-11 (Sunday) 00:00 escalated 3/1',
    '2026-10-15 (Thursday) 00:00 escalated 4/1',
    '2026-10-22 (Thursday) 00:00 escalated 4/2',
    '2026-10-29 (Thursday) 00:00 escalated 4/3',
    '2026-11-05 (Thursday) 00:00 escalated 4/4',
  ]);
  expect(new Set((await desk.register.papers.of(receipt)).map((p) => p.kind))).toEqual(new Set(['overdue-report']));
  expect(await desk.redress.list({ overdue: true, level: 4 })).toMatchObject([{ receipt }]);
  const explained = await desk.redress.explain(receipt, 'decide');
  expect(explained).toMatchObject({ dueDate: '2026-10-06', actBy: '2026-09-30', status: 'open' });
});

describe('what is refused', () => {
  test('a refused action says which field and leaves nothing in the history', async () => {
    const receipt = await start('refused', '2026-03-02 10:00');
    await expect.poll(async () => (await types(receipt)).filter((t) => t === 'noticed')).toHaveLength(2);
    const told = await types(receipt);
    const before = await historyLength(receipt);
    const refused = [
      [{ action: 'issue-opinion', by: { role: 'handler' } }, 'out-of-turn', 'action'],
      [{ action: 'accept', by: { role: 'petitioner' } }, 'not-your-part', 'by.role'],
      [{ action: 'accept', by: { role: 'office' } }, 'bad-field', 'fields.notice'],
      [{ action: 'dance', by: { role: 'office' } }, 'unknown-action', 'action'],
      [{ action: 'propose', by: { role: 'office', person: 'first' }, occurredAt: '2026-02-30' }, 'bad-date', 'occurredAt'],
      [{ action: 'propose', by: { role: 'office', person: 'first' }, occurredAt: '2031-01-01' }, 'in-the-future', 'occurredAt'],
      [{ action: 'propose', by: { role: 'office', person: 'first' }, occurredAt: '2026-03-01' }, 'before-receipt', 'occurredAt'],
    ] as const;
    for (const [action, code, field] of refused) {
      const said = await desk.redress.act(receipt, action).catch((e: unknown) => e);
      expect(said).toBeInstanceOf(Refused);
      expect(said).toMatchObject({ code, field });
    }
    expect(await types(receipt)).toEqual(told);
    expect(await historyLength(receipt)).toBe(before);
  });

  test('a refused signal is noted on the timeline, and a good one is taken', async () => {
    const receipt = await start('signal', '2026-03-02 10:00');
    await desk.redress.completeStep(receipt, { action: 'archive', by: { role: 'office' } });
    await desk.redress.completeStep(receipt, { action: 'propose', by: { role: 'office', person: 'first' } });
    await expect.poll(() => types(receipt)).toContain('acted');
    expect((await desk.redress.timeline(receipt)).find((e) => e.type === 'refused')).toMatchObject({ action: 'archive', code: 'out-of-turn' });
  });

  test('a case that does not exist', async () => {
    await expect(desk.redress.act('NO-SUCH', { action: 'accept', by: { role: 'office' } })).rejects.toMatchObject({ code: 'no-such-case' });
    await expect(desk.redress.timeline('NO-SUCH')).rejects.toMatchObject({ code: 'no-such-case' });
  });
});

test('the same key gives the first answer again, also after the history was begun anew', async () => {
  const receipt = await start('key', '2026-03-02 10:00', { renewAfter: 12 });
  const propose = { action: 'propose', by: { role: 'office', person: 'first' }, key: 'once' };
  const first = await desk.redress.act(receipt, propose);
  const { runId } = await desk.redress.temporal.workflow.getHandle(workflowIdOf(receipt)).describe();
  await desk.redress.act(receipt, { action: 'approve', by: { role: 'leader', person: 'second' } });
  await expect.poll(async () => (await desk.redress.temporal.workflow.getHandle(workflowIdOf(receipt)).describe()).runId).not.toBe(runId);
  const again = await desk.redress.act(receipt, propose);
  expect(again.seq).toBe(first.seq);
  expect((await types(receipt)).filter((t) => t === 'acted')).toHaveLength(2);
  await pass(receipt, 20);
  // A run that follows another at once begins a second later.
  await expect.poll(() => types(receipt), { timeout: 10_000 }).toContain('fell-overdue');
});

test('opening twice with one key gives one case', async () => {
  const matter = { procedure: 'xinfang-2022', unit: 'street', channel: 'web', key: 'desk-7/42' };
  const first = await desk.redress.open(matter);
  expect(first).toMatchObject({ again: false, recorded: true });
  expect(await desk.redress.open(matter)).toMatchObject({ receipt: first.receipt, again: true });
  expect(await desk.redress.list({ procedure: 'xinfang-2022' })).toContainEqual(expect.objectContaining({ receipt: first.receipt }));
});

test('a notice that cannot be delivered is a duty of the office, not a failed case', async () => {
  desk.letterbox.refuse.add('petitioner');
  try {
    const receipt = await start('undelivered', '2026-03-02 10:00');
    await expect.poll(() => types(receipt)).toContain('notice-failed');
    expect(await desk.redress.duties(receipt)).toContainEqual(expect.objectContaining({ instance: 'mend-notice/petitioner', status: 'open' }));
    await desk.redress.act(receipt, { action: 'mend-notice', by: { role: 'office' }, fields: { how: 'by post' } });
    expect(await desk.redress.duties(receipt)).toContainEqual(expect.objectContaining({ instance: 'mend-notice/petitioner', status: 'met' }));
  } finally {
    desk.letterbox.refuse.clear();
  }
});

test('a new version of a procedure changes no case that is open', async () => {
  const file = join(desk.home, 'changing.yaml');
  const text = await readFile('procedures/xinfang-2022.yaml', 'utf8');
  await writeFile(file, text);
  const matter = { procedure: file, unit: 'street', channel: 'web', receivedAt: '2026-11-02' };
  const before = await desk.redress.open(matter);
  await writeFile(file, text.replace(/\nversion: \d+\n/, '\nversion: 99\n').replace('limit: 15 calendar days', 'limit: 10 calendar days'));
  const after = await desk.redress.open(matter);
  const due = async (receipt: string) => {
    const { dueDate, procedure: { version } } = await desk.redress.explain(receipt, 'decide');
    return `${dueDate} v${version}`;
  };
  expect([await due(before.receipt), await due(after.receipt)]).toEqual([`2026-11-17 v${xinfang.version}`, '2026-11-12 v99']);
});
