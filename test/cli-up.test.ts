import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isAlive } from '../src/engine/process.ts';
import { paragraphsOf } from './support/docx.ts';
import { environment, redress, running } from './support/redress.ts';

const Opened = z.object({ receipt: z.string(), again: z.boolean(), recorded: z.boolean(), duties: z.array(z.object({ duty: z.string(), overdue: z.boolean() })) });
const Told = z.object({ receipt: z.string(), events: z.array(z.looseObject({ seq: z.int(), type: z.string(), why: z.string().optional(), of: z.int().optional(), role: z.string().optional() })) });
const Listed = z.object({ cases: z.array(z.object({ receipt: z.string(), level: z.int() })) });

const DAY = 86_400_000;
const RUNS = /Try, in another terminal/;

describe('redress up', () => {
  let home: string;
  let up: ReturnType<typeof running>;
  let late: string;
  const env = (): Record<string, string> => ({ REDRESS_HOME: home, LANG: 'en_US.UTF-8', SMTP_URL: '' });
  const run = (args: readonly string[], input?: string) => redress(args, { env: env(), ...(input === undefined ? {} : { input }) });
  const enginePid = async (): Promise<number> => z.object({ pid: z.int() }).parse(JSON.parse(await readFile(join(home, 'engine', 'engine.json'), 'utf8'))).pid;
  const eventsOf = async (receipt: string) => Told.parse(JSON.parse((await run(['timeline', receipt, '--json'])).out)).events;
  const noticeKeys = async (): Promise<string[]> => (await readFile(join(home, 'notices.log'), 'utf8')).match(/^== .+$/gm) ?? [];

  async function start(): Promise<void> {
    up = running(['up'], env());
    await until(() => RUNS.test(up.said()) || up.child.exitCode !== null);
    expect(up.said()).toMatch(RUNS);
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'redress-up-'));
    await start();
  });
  afterAll(async () => {
    up.child.kill('SIGTERM');
    await up.ended;
    await rm(home, { recursive: true, force: true });
  });

  test('keeps what other commands need to itself', async () => {
    const modes = await Promise.all(['running.json', 'key'].map(async (name) => (await stat(join(home, name))).mode & 0o777));
    expect(modes).toEqual([0o600, 0o600]);
  });

  test('a client with another key is told so, and sends nothing', async () => {
    const matter = JSON.stringify({ procedure: 'xinfang-2022', unit: 'street', channel: 'letter' });
    const { code, err } = await redress(['open', '-'], { env: { ...env(), REDRESS_KEY: Buffer.alloc(32, 7).toString('base64') }, input: matter });
    expect({ code, out: (await run(['list'])).out }).toEqual({ code: 1, out: 'No case fits.\n' });
    expect(err).toContain('REDRESS_KEY');
  });

  test('prints commands that work as they stand', async () => {
    const lines = up.said().split('\n').filter((line) => line.includes('npx redress'));
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      const command = line.replace('npx redress', `"${process.execPath}" bin/redress.js`);
      const { stdout, stderr } = await promisify(execFile)('/bin/sh', ['-c', command], { env: environment({ LANG: 'en_US.UTF-8' }) });
      expect({ command, stderr, said: stdout.length > 20 }).toEqual({ command, stderr: '', said: true });
    }
  });

  test('runs once on a home', async () => {
    const { code, err } = await run(['up']);
    expect(code).toBe(1);
    expect(err).toContain(String(up.child.pid));
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a case received long ago is overdue at once, raised, and marked as learnt late', async () => {
    const receivedAt = new Date(Date.now() - 40 * DAY).toISOString().slice(0, 10);
    const matter = JSON.stringify({ procedure: 'xinfang-2022', unit: 'street', channel: 'letter', receivedAt, key: 'late-1', summary: 'A street lamp.', petitioner: { name: 'Name of Nobody' } });
    const first = await run(['open', '-', '--json'], matter);
    expect(first).toMatchObject({ code: 0, err: '' });
    const opened = Opened.parse(JSON.parse(first.out));
    late = opened.receipt;
    expect(opened).toMatchObject({ again: false, recorded: true, duties: expect.arrayContaining([expect.objectContaining({ duty: 'decide', overdue: true })]) });

    const again = Opened.parse(JSON.parse((await run(['open', '-', '--json'], matter)).out));
    expect(again).toMatchObject({ receipt: late, again: true });

    const events = await eventsOf(late);
    expect(events.filter((e) => e.type === 'opened')).toHaveLength(1);
    expect(events.find((e) => e.type === 'fell-overdue')).toMatchObject({ why: 'learnt-late' });
    expect(events.some((e) => e.type === 'escalated')).toBe(true);
    const [en, zh] = await Promise.all([run(['timeline', late]), run(['timeline', late, '--lang', 'zh'])]);
    expect(en.out).toMatch(/Overdue: .*recorded after the fact/);
    expect(zh.out).toMatch(/逾期：.*事后才登记/);
    expect(en.out).toMatch(/ \[recorded \d{4}-\d\d-\d\d \d\d:\d\d\]/);
  });

  test('lists, work lists and reasons', async () => {
    const overdue = Listed.parse(JSON.parse((await run(['list', '--overdue', '--json'])).out)).cases;
    expect(overdue.map((c) => c.receipt)).toEqual([late]);
    expect(overdue[0]?.level).toBeGreaterThan(0);
    const [none, list, due, zh, reason, json] = await Promise.all([
      run(['list', '--stage', 'archived']), run(['list']), run(['due', '--role', 'office']), run(['due', '--lang', 'zh']), run(['explain', late, 'decide']), run(['explain', late, 'decide', '--json']),
    ]);
    expect(none).toMatchObject({ code: 0, out: 'No case fits.\n' });
    expect(list.out).toContain(late);
    expect(due.out).toMatch(new RegExp(`overdue.*${late}.*petition office`));
    expect(zh.out).toMatch(new RegExp(`逾期.*${late}.*信访工作机构`));
    expect(reason.out).toContain('Art. 23');
    expect(JSON.parse(json.out)).toMatchObject({ duty: 'decide', steps: expect.any(Array) });
    for (const ran of [list, due, zh, reason]) expect(ran.out).not.toContain('Nobody');
  });

  test('draws up papers that are no step of the procedure, with what the clerk says', async () => {
    const letter = (name: string, ...more: string[]) => run(['papers', 'draft', late, 'assignment-letter', join(home, name), ...more]);
    const [whole, dateless, nameless] = await Promise.all([
      letter('a.docx', '--to', '示例区水务局', '--field', 'deadline=2026-12-31', '--field', 'requirements=请附现场照片'), letter('b.docx', '--to', 'x'), letter('c.docx', '--field', 'deadline=2026-12-31'),
    ]);
    expect(whole).toEqual({ code: 0, err: '', out: `${join(home, 'a.docx')}\n` });
    const text = paragraphsOf(await readFile(join(home, 'a.docx'))).join('\n');
    for (const words of ['示例区水务局：', '请于2026年12月31日前反馈办理结果', '请附现场照片', late]) expect(text).toContain(words);
    expect(dateless).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--field deadline=') });
    expect(nameless).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--to ') });
    expect(existsSync(join(home, 'b.docx'))).toBe(false);
  });

  test('refuses what may not be done, and says what may', async () => {
    const [turn, part, field, unknown, duty, receipt] = await Promise.all([
      run(['act', late, 'serve', '--as', 'office', '--json']), run(['act', late, 'accept', '--as', 'petitioner']), run(['act', late, 'accept', '--as', 'office']),
      run(['act', late, 'dance', '--lang', 'zh']), run(['explain', late, 'dance']), run(['timeline', '0000-0000-0000']),
    ]);
    expect([turn, part, field, unknown, duty, receipt].map((ran) => [ran.code, ran.out])).toEqual(Array.from({ length: 6 }, () => [1, '']));
    expect(JSON.parse(turn.err.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ error: { code: 'out-of-turn', field: 'action' } });
    expect(part.err).toContain('by.role');
    expect(field.err).toContain('fields.notice');
    expect(unknown.err).toContain('没有“dance”这一操作');
    expect(duty.err).toContain('decide');
    expect(receipt.err).toContain('0000-0000-0000');
    expect((await eventsOf(late)).some((e) => e.type === 'acted')).toBe(false);
  });

  test.each([
    [{ channel: 'pigeon' }, 'channel', 'stdin:1:'],
    [{ unit: 'nowhere' }, 'unit', 'civil-affairs'],
    [{ receivedAt: '2026-02-30' }, 'receivedAt', '2026-02-30'],
    [{ receivedAt: '2099-01-01' }, 'receivedAt', '2099-01-01'],
    [{ fields: { origin: 'moon' } }, 'fields.origin', 'referred'],
    [{ fields: { colour: 'red' } }, 'fields.colour', 'addressKnown'],
    [{ petitioner: { email: 'x' } }, 'petitioner.email', 'stdin:1:'],
    [{ colour: 'red' }, 'colour', 'spelling'],
    [{ procedure: 'no-such' }, 'procedure', 'xinfang-2022'],
  ])('an intake with %j is refused by its field', async (change, field, word) => {
    const { code, out, err } = await run(['open', '-', '--json'], JSON.stringify({ procedure: 'xinfang-2022', unit: 'street', channel: 'letter', ...change }));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(JSON.parse(err.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ error: { field } });
    expect(err).toContain(field);
    expect(err).toContain(word);
  });

  test('the engine is killed in the middle of a case: it comes back, the case goes on, nobody is told twice', async () => {
    const before = await enginePid();
    process.kill(before, 'SIGKILL');
    const { code, out } = await run(['act', late, 'accept', '--as', 'office', '--field', 'notice=n-1', '--key', 'accept-1']);
    expect(code).toBe(0);
    expect(out).toContain('being handled');
    expect(await enginePid()).not.toBe(before);
    expect(up.said()).toContain('ended unexpectedly');
    // The same step with the same key is the same step.
    expect((await run(['act', late, 'accept', '--as', 'office', '--field', 'notice=n-1', '--key', 'accept-1'])).code).toBe(0);
    await until(async () => (await noticed(late)) >= 3);
    const keys = await noticeKeys();
    expect(keys.length).toBe(new Set(keys).size);
    const events = await eventsOf(late);
    expect(events.filter((e) => e.type === 'acted')).toHaveLength(1);
    expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  });

  const noticed = async (receipt: string): Promise<number> => (await eventsOf(receipt)).filter((e) => e.type === 'noticed').length;

  test('stops in order, and goes on from there', async () => {
    const [before, keys, engine] = [await eventsOf(late), await noticeKeys(), await enginePid()];
    up.child.kill('SIGTERM');
    expect(await up.ended).toBe(0);
    expect(existsSync(join(home, 'running.json'))).toBe(false);
    expect(isAlive(engine)).toBe(false);
    expect(await run(['list'])).toMatchObject({ code: 1, err: expect.stringContaining('redress up') });
    await start();
    expect(await eventsOf(late)).toEqual(before);
    expect(await noticeKeys()).toEqual(keys);
  });

  test('what a killed one left behind is taken over', async () => {
    up.child.kill('SIGKILL');
    await up.ended;
    expect((await run(['list'])).code).toBe(1);
    await writeFile(join(home, 'worker.log'), '');
    await start();
    expect((await run(['timeline', late])).code).toBe(0);
    expect((await run(['act', late, 'extend', '--field', 'days=10', '--field', 'reason=survey'])).code).toBe(0);
  });
});

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 100_000; Date.now() < end; await sleep(100)) if (await done()) return;
}
