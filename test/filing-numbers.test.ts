import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Instant } from '../src/core/instant.ts';
import { checkPapers, type Filed, filing, folder } from '../src/filing/index.ts';
import { openRegister, type Register, RegisterUnavailable, type Served, serveRegister } from '../src/register/index.ts';
import { draft, office, OFFICE, paper } from './support/papers.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';

const PROCESS = fileURLToPath(new URL('support/filing-process.ts', import.meta.url));

let postgres: Postgres;
let temporary: string;
const served: Served[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
  temporary = await mkdtemp(join(tmpdir(), 'redress-numbers-'));
});
afterAll(async () => {
  await Promise.all(served.map((s) => s.close()));
  await postgres?.stop();
  await rm(temporary, { recursive: true, force: true });
});

let n = 0;
const freshFolder = (): string => join(temporary, `archive-${(n += 1)}`);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

interface Work {
  readonly place: { readonly url?: string; readonly dir?: string };
  readonly archive: string;
  readonly keys: readonly number[];
  readonly atOnce: number;
}

const start = (work: Work): ChildProcess => spawn(process.execPath, [PROCESS, JSON.stringify(work)], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Runs a process to its end; the answer is what it told of each paper. */
async function run(work: Work): Promise<string[]> {
  const child = start(work);
  const said: string[] = [];
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  expect(await once(child, 'close')).toEqual([0, null]);
  return said;
}

/** As an activity does while a database has no time. */
async function untilFiled(file: () => Promise<Filed>): Promise<Filed> {
  try {
    return await file();
  } catch (error) {
    if (!(error instanceof RegisterUnavailable)) throw error;
    return untilFiled(file);
  }
}

/** Each of so many papers is on file once, under one of the numbers from 1, with a content that says so. */
async function expectGapless(register: Register, archive: string, papers: number): Promise<void> {
  const store = folder(archive);
  const all = await register.papers.page('', 10_000);
  expect(all.map((p) => p.key).toSorted()).toEqual(upTo(papers).map((i) => paper(i).key).toSorted());
  expect(all.map((p) => p.n ?? 0).toSorted((a, b) => a - b)).toEqual(upTo(papers));
  for (const { key, n: number, path, state } of all) {
    expect(state).toBe('filed');
    expect(JSON.parse(await readFile(join(archive, path), 'utf8'))).toMatchObject({ key, number: `示街信〔2026〕${number}号` });
  }
  expect(await checkPapers(register, store)).toMatchObject({ ok: true, papers, files: papers, series: [{ series: 'xf', year: 2026, last: papers, missing: [], beyond: [] }], unfinished: [] });
}

describe('200 papers at once', () => {
  test('from two processes that each file all of them, on PostgreSQL', async () => {
    const url = await postgres.database('two_processes');
    const archive = freshFolder();
    const said = await Promise.all([upTo(200), upTo(200).toReversed()].map((keys) => run({ place: { url }, archive, keys, atOnce: 200 })));
    const register = await openRegister({ url });
    await expectGapless(register, archive, 200);
    const told = said.map((lines) => lines.toSorted());
    expect(told[0]).toHaveLength(200);
    expect(told[0]).toEqual(told[1]);
    await register.close();
  });

  test('from two pools, on PostgreSQL and on an embedded database that is served', async () => {
    const place = await serveRegister({ dir: join(temporary, 'served') });
    served.push(place);
    for (const url of [await postgres.database('two_pools'), place.url]) {
      const archive = freshFolder();
      const registers = await Promise.all([1, 2].map(() => openRegister({ url })));
      await Promise.all(registers.flatMap((register) => {
        const room = filing({ register, store: folder(archive), draft, office });
        return upTo(200).map((i) => untilFiled(() => room.file(paper(i))));
      }));
      if (registers[0]) await expectGapless(registers[0], archive, 200);
      await Promise.all(registers.map((r) => r.close()));
    }
  });

  test('on an embedded database', async () => {
    const archive = freshFolder();
    const register = await openRegister({ memory: true });
    const room = filing({ register, store: folder(archive), draft, office });
    const other = filing({ register, store: folder(archive), draft, office });
    await Promise.all(upTo(200).flatMap((i) => [room, other].map((one) => one.file(paper(i)))));
    await expectGapless(register, archive, 200);
    await register.close();
  });
});

describe('a process that is killed again and again while it files', () => {
  test.each([
    ['PostgreSQL', 7, async () => ({ url: await postgres.database('killed') })],
    ['an embedded database', 4, async () => ({ dir: join(temporary, 'killed') })],
  ])('leaves no gap on %s, and each paper is on file once', async (_, kills, makePlace) => {
    const place = await makePlace();
    const archive = freshFolder();
    const work: Work = { place, archive, keys: upTo(120), atOnce: 6 };
    const drafting: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const child = start(work);
      if (!child.stdout) throw new Error('no output');
      // It files on from where it was; after some papers, and a little later each time, it is gone.
      await once(createInterface({ input: child.stdout }), 'line');
      await sleep(3 + kill * 4);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      expect((await gone)[1]).toBe('SIGKILL');
      const register = await openRegister(place);
      const { series, unfinished, findings } = await checkPapers(register, folder(archive));
      drafting.push(unfinished.length);
      // Whatever is half done has its number already, and no number is without a paper.
      expect(series.flatMap((s) => [...s.missing, ...s.beyond])).toEqual([]);
      expect(findings).toEqual([]);
      await register.close();
    }
    expect(Math.max(...drafting)).toBeGreaterThan(0);
    const said = await run(work);
    expect(said).toHaveLength(120);
    const register = await openRegister(place);
    await expectGapless(register, archive, 120);
    await register.close();
  });
});

describe('the numbers of a series', () => {
  let register: Register;
  let url: string;
  beforeAll(async () => {
    url = await postgres.database('series');
    register = await openRegister({ url });
  });
  afterAll(() => register.close());
  const room = () => filing({ register, store: folder(join(temporary, 'series')), draft, office });
  const at = (i: number, instant: string, series = 'xf'): Promise<Filed> => room().file(paper(i, { at: Instant.parse(instant), series }));

  test('begin anew with each local year, and each series has its own', async () => {
    expect((await at(901, '2026-12-31T15:59:59.999Z')).number).toBe('示街信〔2026〕1号');
    expect((await at(902, '2026-12-31T16:00:00.000Z')).number).toBe('示街信〔2027〕1号');
    expect((await at(903, '2026-12-31T16:00:00.000Z', 'en')).number).toBe('SSO/2027/1');
    expect((await at(904, '2026-12-31T15:00:00.000Z')).number).toBe('示街信〔2026〕2号');
    // Tried again in another year: its number stays.
    expect((await at(901, '2028-06-01T00:00:00.000Z')).number).toBe('示街信〔2026〕1号');
  });

  test('are not given for a series that the institution does not number', async () => {
    const filed = await room().file(paper(910, { series: 'other' }));
    expect(filed).toEqual({ path: 'XF-910/acceptance-notice-910.docx', sha256: filed.sha256 });
    expect((await room().file(paper(911, { series: undefined }))).number).toBeUndefined();
  });

  test('cannot be changed, taken back or skipped, whoever asks', async () => {
    const client = new Client(url);
    await client.connect();
    for (const statement of [
      `update papers set n = 99, number = 'x' where n = 1`, `delete from papers`, `update papers set sha256 = 'x'`, `update papers set state = 'void'`,
      `update paper_series set last = last + 2`, `update paper_series set last = last - 1`, `delete from paper_series`,
    ])
      await expect(client.query(statement), statement).rejects.toThrow(/never changed|one by one/);
    await client.end();
  });

  test('written alike in two series are refused by name, and none is lost', async () => {
    const twin = filing({ register, store: folder(join(temporary, 'series')), draft, office: async () => ({ ...OFFICE, numbering: { xf: '示街信〔{year}〕{n}号', twin: '示街信〔{year}〕{n}号' } }) });
    const first = twin.file(paper(920, { series: 'twin' }));
    await expect(first).rejects.toMatchObject({ code: 'number-clash', field: 'numbering.twin', message: expect.stringContaining('示街信〔2026〕1号') });
    await expect(twin.file(paper(921, { series: 'twin' }))).rejects.toMatchObject({ code: 'number-clash' });
    expect((await register.papers.series()).find((s) => s.series === 'twin')).toBeUndefined();
  });
});
