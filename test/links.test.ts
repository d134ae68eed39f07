import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import * as core from '../src/core/index.ts';
import { receiptOf, workflowIdOf } from '../src/receipts.ts';
import { office, type Office } from './support/office.ts';
import { calendar } from './support/walk.ts';

const visit = core.Procedure.parse(parse(readFileSync(new URL('./fixtures/links/visit.yaml', import.meta.url), 'utf8')));
const cn = calendar('cn');

/** How often the activity that links is done before its answer is lost once. */
let lose = 0;
let desk: Office;
/** What a link's answer waits for, once the link is made. */
let held: Promise<void> | undefined;
beforeAll(async () => {
  desk = await office(inject('engine'), (real) => ({
    ...real,
    async link(asked) {
      const done = await real.link(asked);
      await held;
      if (lose > 0) {
        lose -= 1;
        throw new Error('the answer was lost');
      }
      return done;
    },
  }));
});
afterAll(() => desk.stop());

let count = 0;
async function start(change: { unit?: string; renewAfter?: number; daysAgo?: number } = {}): Promise<string> {
  const receipt = receiptOf(`visit ${(count += 1)}`);
  const { unit = 'company', daysAgo = 0, ...more } = change;
  const now = core.instantOf(Date.now() - daysAgo * 86_400_000);
  const intake = { receipt, channel: 'visit', unit, fields: {} };
  const opened = core.open(visit, cn, intake, now);
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  await desk.register.admit({ receipt, key: receipt, contact: { name: '来访人', email: 'visitor@example.com' }, summary: '屋顶漏水' });
  await desk.redress.start({ procedure: visit, calendar: cn, intake: { ...intake, receivedAt: now }, ...more }, core.viewOf(opened.state));
  return receipt;
}

const by = { role: 'office' };
const claim = (receipt: string) => desk.redress.act(receipt, { action: 'claim', by, fields: { what: 'x' } });
const join = (receipt: string, other: string) => desk.redress.act(receipt, { action: 'join', by, fields: { other } });

/** Waits until something is on a timeline; what comes of a link comes by itself. */
async function appears(receipt: string, what: (e: core.Event) => boolean): Promise<core.Event> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
    const found = (await desk.redress.timeline(receipt)).find(what);
    if (found) return found;
  }
  throw new Error(`not on the timeline: ${(await desk.redress.timeline(receipt)).map((e) => e.type).join(' ')}`);
}
const linked = async (receipt: string): Promise<string> => {
  const e = await appears(receipt, (one) => one.type === 'linked' && one.from === undefined);
  return e.type === 'linked' ? e.receipt : '';
};

test('a case opens another, which knows the petitioner where it is to, and both know of each other', async () => {
  const receipt = await start();
  await claim(receipt);
  const other = await linked(receipt);
  expect(await desk.register.petitioner(other)).toMatchObject({ contact: { name: '来访人', email: 'visitor@example.com' }, summary: '屋顶漏水' });
  expect((await desk.redress.case(other)).links).toEqual([{ key: `${receipt}/claim/1`, receipt, relation: 'claim', from: true }]);
  expect((await desk.redress.case(receipt)).links).toEqual([{ key: 'claim/1', receipt: other, relation: 'claim', from: false }]);
  expect(await desk.register.links.of(other)).toEqual([{ receipt, key: 'claim/1', other, relation: 'claim' }]);
});

test('an answer that is lost opens no second case', async () => {
  const receipt = await start();
  lose = 2;
  await claim(receipt);
  const other = await linked(receipt);
  const cases = (await desk.redress.list({ procedure: 'company-complaint' })).filter((c) => c.links.some((l) => l.receipt === receipt));
  expect(cases.map((c) => c.receipt)).toEqual([other]);
  expect((await desk.redress.timeline(receipt)).filter((e) => e.type === 'linked')).toHaveLength(1);
});

test('what is told and heard goes on after both histories were begun anew, and a case that has closed hears nothing', async () => {
  const [one, two] = [await start({ renewAfter: 20 }), await start({ renewAfter: 20 })];
  await join(one, two);
  await linked(one);
  for (let n = 0; n < 8; n += 1) for (const receipt of [one, two]) await desk.redress.act(receipt, { action: 'object', by });
  const runs = await Promise.all([one, two].map(async (r) => {
    const { runId, raw } = await desk.redress.temporal.workflow.getHandle(workflowIdOf(r)).describe();
    return runId !== raw.workflowExecutionInfo?.firstRunId;
  }));
  expect(runs).toEqual([true, true]);
  await desk.redress.act(two, { action: 'promise', by, fields: { deadline: '2030-03-10', owner: 'officer-a' } });
  // No claim is open there that it could meet, so the timeline says why it was not taken.
  const told = await appears(one, (e) => (e.type === 'acted' || e.type === 'refused') && e.by.case === two);
  expect(told).toMatchObject({ action: 'claim-answered', by: { role: 'office', case: two } });
  await desk.redress.act(one, { action: 'end', by });
  await expect.poll(async () => (await desk.redress.case(one)).closedAt, { timeout: 20_000 }).toBeDefined();
  await desk.redress.act(two, { action: 'promise', by, fields: { deadline: '2030-03-11', owner: 'officer-a' } });
  expect(await appears(two, (e) => e.type === 'untold')).toMatchObject({ receipt: one, on: 'promise' });
});

test('what the other case says before the link is known to stand is heard when it does', async () => {
  const [one, two] = [await start(), await start()];
  const { promise: answer, resolve: give } = Promise.withResolvers<void>();
  held = answer;
  await join(one, two);
  // The other case knows of the link, and speaks; the one that asked for it does not yet.
  await appears(two, (e) => e.type === 'linked' && e.from === true);
  await desk.redress.act(two, { action: 'promise', by, fields: { deadline: '2030-03-10', owner: 'officer-a' } });
  const handle = desk.redress.temporal.workflow.getHandle(workflowIdOf(one));
  const told = async () => ((await handle.fetchHistory()).events ?? []).some((e) => e.workflowExecutionSignaledEventAttributes?.signalName === 'hear');
  await expect.poll(told, { timeout: 20_000 }).toBe(true);
  const from = (e: core.Event): boolean => (e.type === 'acted' || e.type === 'refused') && e.by.case === two;
  expect((await desk.redress.timeline(one)).some(from)).toBe(false);
  held = undefined;
  give();
  const heard = await appears(one, from);
  const stands = await appears(one, (e) => e.type === 'linked');
  expect(heard.seq).toBeGreaterThan(stands.seq);
});

test('the engine’s “cancel” ends no case, keeps no step from being recorded and no link from standing', async () => {
  const [one, two] = [await start(), await start()];
  const { promise: answer, resolve: give } = Promise.withResolvers<void>();
  held = answer;
  await join(one, two);
  await desk.redress.temporal.workflow.getHandle(workflowIdOf(one)).cancel();
  const { recorded } = await desk.redress.act(one, { action: 'object', by });
  expect(recorded).toBe(true);
  held = undefined;
  give();
  expect(await linked(one)).toBe(two);
  await desk.redress.act(two, { action: 'promise', by, fields: { deadline: '2030-03-10', owner: 'officer-a' } });
  await appears(one, (e) => (e.type === 'acted' || e.type === 'refused') && e.by.case === two);
  expect((await desk.redress.temporal.workflow.getHandle(workflowIdOf(one)).describe()).status.name).toBe('RUNNING');
});

const failed = async (receipt: string, reason: string) => expect(await appears(receipt, (e) => e.type === 'link-failed' && e.reason === reason)).toMatchObject({ link: 'other' });

test('a link to itself, back to where it came from by any way, or to no case at all fails and says why', async () => {
  const [a, b, c] = [await start(), await start(), await start()];
  await join(a, a);
  await failed(a, 'loop');
  await join(a, b);
  await linked(a);
  await join(b, c);
  await linked(b);
  await join(c, a.toLowerCase());
  await failed(c, 'loop');
  await join(c, 'AAAA-AAAA-AAAA');
  await failed(c, 'no-such-case');
  expect((await desk.redress.case(c)).links).toEqual([{ key: `${b}/other`, receipt: b, relation: 'follow-up', from: true }]);
});

test('of two links that would close a loop together, not both come about', async () => {
  const [a, b] = [await start(), await start()];
  await Promise.all([join(a, b), join(b, a)]);
  const ends = await Promise.all([a, b].map((r) => appears(r, (e) => e.type === 'link-failed' || (e.type === 'linked' && e.from === undefined))));
  expect(ends.filter((e) => e.type === 'linked').length).toBeLessThan(2);
});

test('where nobody could be asked, the link fails and is somebody’s duty', async () => {
  const receipt = await start({ unit: 'nowhere' });
  await claim(receipt);
  expect(await appears(receipt, (e) => e.type === 'link-failed')).toMatchObject({ key: 'claim/1', reason: 'no-such-unit' });
  expect(await appears(receipt, (e) => e.type === 'duty-started' && e.duty === 'hand-on')).toMatchObject({ instance: 'hand-on/1' });
});

test('forty are called out with one timer, and a history that grows with each answer by as much at the end as at the beginning', async () => {
  const receipt = await start();
  const handle = desk.redress.temporal.workflow.getHandle(workflowIdOf(receipt));
  const who = Array.from({ length: 40 }, (_, n) => `member-${n}`);
  // Straight to the case: these people are nobody's in the register.
  await handle.executeUpdate('act', { args: [{ action: 'call-out', by, fields: { who: who.join(' ') } }] });
  const sizes: number[] = [];
  for (const person of who) {
    await handle.executeUpdate('act', { args: [{ action: 'arrive', by: { role: 'member', person } }] });
    sizes.push(Number((await handle.describe()).historySize));
  }
  const { events } = await handle.fetchHistory();
  expect((events ?? []).filter((e) => e.timerStartedEventAttributes).length).toBeLessThanOrEqual(3);
  expect((await desk.redress.duties(receipt)).filter((d) => d.duty === 'assemble' && d.status === 'met')).toHaveLength(40);
  const grown = (from: number, to: number): number => ((sizes[to] ?? 0) - (sizes[from] ?? 0)) / (to - from);
  expect(grown(29, 39) / grown(0, 10)).toBeLessThan(1.2);
}, 300_000);

test('forty that are overdue at once: each has its report on file, and each who is told is told once', async () => {
  const receipt = await start({ unit: 'street', daysAgo: 1 });
  const who = Array.from({ length: 40 }, (_, n) => `member-${n}`);
  await desk.redress.temporal.workflow.getHandle(workflowIdOf(receipt)).executeUpdate('act', {
    args: [{ action: 'call-out', by, fields: { who: who.join(' ') }, occurredAt: core.instantOf(Date.now() - 3_600_000) }],
  });
  const filed = async () => (await desk.redress.timeline(receipt)).flatMap((e) => (e.type === 'filed' ? [e.key] : []));
  await expect.poll(async () => (await filed()).length, { timeout: 60_000 }).toBe(40);
  expect(new Set(await filed()).size).toBe(40);
  const papers = (await desk.register.papers.of(receipt)).filter((p) => p.kind === 'overdue-report');
  expect(papers).toHaveLength(40);
  // The first rung is told of all forty in one message.
  const told = desk.letterbox.sent.filter((m) => m.key.startsWith(`${receipt}/`) && m.key.endsWith('/leader'));
  expect(told).toHaveLength(1);
  const { events } = await desk.redress.temporal.workflow.getHandle(workflowIdOf(receipt)).fetchHistory();
  const largest = Math.max(...(events ?? []).map((e) => e.activityTaskScheduledEventAttributes?.input?.payloads?.[0]?.data?.length ?? 0));
  // The engine takes two megabytes in one request; the forty reports together would be more.
  expect(largest).toBeLessThan(1_000_000);
}, 120_000);
