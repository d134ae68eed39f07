import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { array, assert, asyncProperty, integer, nat, record } from 'fast-check';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parse } from 'yaml';
import { CaseView, Notice } from '../src/core/effects.ts';
import { Event } from '../src/core/events.ts';
import { Instant } from '../src/core/instant.ts';
import { loadInstitution, parseInstitution } from '../src/institution/index.ts';
import { failure } from '../src/register/failure.ts';
import { openRegister, type Register, RegisterConflict, RegisterUnavailable, type Served, type Serving, serveRegister } from '../src/register/index.ts';
import { SharedPGlite } from '../src/register/shared.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';

const START = '2026-01-05T01:00:00.000Z';

const event = (seq: number, note = `note ${seq}`): Event =>
  Event.parse({ seq, at: START, recordedAt: START, type: 'acted', action: 'accept', by: { role: 'office' }, fields: { note } });

/** A view as of event `seq`: one duty more with each event, the newest open. */
const view = (receipt: string, seq: number, more: Partial<CaseView> = {}): CaseView =>
  CaseView.parse({
    receipt, procedure: 'xinfang-2022', version: 1, calendar: 'cn', calendarVersion: '2026-1', channel: 'letter', unit: 'street',
    stage: 'handling', receivedAt: START, openedAt: START, seq, overdue: false, level: 0,
    duties: Array.from({ length: seq }, (_, i) => ({
      instance: `commitment/${i + 1}`, duty: 'commitment', title: { zh: '承诺', en: 'Commitment' }, owes: i % 2 ? 'handler' : 'office',
      status: i + 1 === seq ? 'open' : 'met', overdue: false, level: 0, escalations: 0, startedAt: START, dueDate: '2026-01-20',
      actBy: '2026-01-20', dueAt: `2026-01-${String(20 + (i % 9))}T15:59:59.999Z`, provisional: false,
    })),
    ...more,
  });

const notice = (key: string, receipt: string, of = 1): Notice =>
  Notice.parse({ key, receipt, unit: 'street', of, role: 'office', outside: false, subject: { zh: '提醒', en: 'Reminder' }, body: { zh: '甲', en: 'A' } });

// Large enough to come in several pieces, between which a careless server lets another connection in.
const big = (seq: number): Event => event(seq, 'x'.repeat(seq % 2 ? 150_000 : 10));

const reason = async (work: Promise<unknown>): Promise<RegisterUnavailable> => {
  const error: unknown = await work.then(() => 'no error', (e: unknown) => e);
  if (!(error instanceof RegisterUnavailable)) throw new Error('another error', { cause: error });
  expect(error.text.zh).toMatch(/[\u4e00-\u9fff]/);
  expect(JSON.stringify(error.text) + error.stack).not.toContain('secret');
  return error;
};

let n = 0;
const fresh = (): string => `XF-${process.pid}-${(n += 1)}`;

let postgres: Postgres;
let folder: string;
const served: Served[] = [];
const opened = new Map<string, Promise<string>>();
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'redress-test-'));
});
afterAll(async () => {
  await Promise.all(served.map((s) => s.close()));
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const serve = async (what: Serving): Promise<string> => {
  const place = await serveRegister(what);
  served.push(place);
  return place.url;
};

const urls: Record<string, () => Promise<string>> = {
  postgres: () => postgres.database('suite'),
  'pglite by socket file': () => serve({ dir: join(folder, 'served') }),
  'pglite by port': () => serve({ port: 0 }),
};

/** The address of one of them, the same for the whole file; none for the embedded database itself. */
const urlOf = async (kind: string): Promise<string | undefined> => {
  const url = opened.get(kind) ?? urls[kind]?.();
  if (url) opened.set(kind, url);
  return url;
};

describe.each(['pglite', ...Object.keys(urls)])('the register on %s', (kind) => {
  let register: Register;
  beforeAll(async () => {
    register = await openRegister({ url: await urlOf(kind), memory: true });
  });
  afterAll(() => register?.close());

  test('keeps a timeline and shows its case', async () => {
    const receipt = fresh();
    await register.record([event(1), event(2)], view(receipt, 2));
    expect(await register.timeline(receipt)).toEqual([event(1), event(2)]);
    expect(await register.case(receipt)).toEqual(view(receipt, 2));
    expect(await register.case('unknown')).toBeUndefined();
    expect(await register.timeline('unknown')).toEqual([]);
  });

  test('records a batch that comes again only once, and no older view over a newer one', async () => {
    const receipt = fresh();
    await register.record([event(1), event(2), event(3)], view(receipt, 3));
    await register.record([event(1), event(1)], view(receipt, 1));
    await register.record([event(1), event(2), event(3)], view(receipt, 3));
    expect(await register.timeline(receipt)).toHaveLength(3);
    expect(await register.case(receipt)).toEqual(view(receipt, 3));
  });

  test('refuses another event under a recorded number, and then records nothing of the batch', async () => {
    const receipt = fresh();
    await register.record([event(1)], view(receipt, 1));
    const again = register.record([event(1, 'secret words'), event(2)], view(receipt, 2));
    await expect(again).rejects.toThrow(RegisterConflict);
    await expect(again).rejects.toThrow(/^Case XF-\d+-\d+ already has another event 1/);
    await again.catch((e: Error) => expect(JSON.stringify(e) + String(e)).not.toContain('secret'));
    await expect(register.record([event(2), event(2, 'other')], view(receipt, 2))).rejects.toThrow(RegisterConflict);
    expect(await register.timeline(receipt)).toEqual([event(1)]);
    expect(await register.case(receipt)).toEqual(view(receipt, 1));
  });

  test('comes to the same whatever the order, overlap and repetition of batches, also at once', async () => {
    const batch = record({ from: nat(8), upTo: integer({ min: 1, max: 9 }), at: nat(3) });
    await assert(asyncProperty(array(batch, { maxLength: 12 }), async (batches) => {
      const receipt = fresh();
      const all = Array.from({ length: 9 }, (_, i) => event(i + 1));
      const steps = [...batches, { from: 0, upTo: 9, at: 1 }];
      for (const at of [0, 1, 2, 3])
        await Promise.all(steps.filter((s) => s.at === at).map((s) => register.record(all.slice(s.from, s.upTo), view(receipt, s.upTo))));
      expect(await register.timeline(receipt)).toEqual(all);
      expect(await register.case(receipt)).toEqual(view(receipt, 9));
      expect((await register.owed({ limit: 10_000 })).filter((o) => o.case.receipt === receipt)).toHaveLength(1);
    }), { numRuns: 25 });
  });

  test('of two different events for one number at once, one stands and the other is told', async () => {
    const receipt = fresh();
    const both = await Promise.allSettled(['a', 'b'].map((note) => register.record([event(1, note)], view(receipt, 1))));
    expect(both.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await register.timeline(receipt)).toHaveLength(1);
  });

  test('repairs a view that differs without being older', async () => {
    const receipt = fresh();
    await register.record([event(1)], view(receipt, 1, { stage: 'wrong' }));
    await register.record([event(1)], view(receipt, 1));
    expect((await register.case(receipt))?.stage).toBe('wrong');
    await register.repair([event(1)], view(receipt, 1));
    expect(await register.case(receipt)).toEqual(view(receipt, 1));
  });

  test('stores what PostgreSQL cannot as U+FFFD, and everything else as it is', async () => {
    const receipt = fresh();
    const note = 'nul \0 half \ud83d pair \u{1f600} "quoted" \\u0000 乙';
    await register.record([event(1, note)], view(receipt, 1));
    await register.record([event(1, note)], view(receipt, 1));
    const [first] = await register.timeline(receipt);
    expect(first).toEqual(event(1, 'nul \ufffd half \ufffd pair \u{1f600} "quoted" \\u0000 乙'));
    await register.admit({ receipt, key: receipt, contact: { name: 'a\0' }, summary: 'b\0' });
    expect(await register.petitioner(receipt)).toEqual({ receipt, contact: { name: 'a\ufffd' }, summary: 'b\ufffd' });
  });

  test('admits a matter once for its key, also when it comes many times at once', async () => {
    const key = fresh();
    const intake = (receipt: string) => ({ receipt, key, contact: { email: 'somebody@post.example', lang: 'en' as const }, summary: '诉求' });
    const first = fresh();
    expect(await register.admit(intake(first))).toEqual({ receipt: first, again: false });
    expect(await register.admit(intake(first))).toEqual({ receipt: first, again: true });
    expect(await register.admit(intake(fresh()))).toEqual({ receipt: first, again: true });
    await expect(register.admit({ ...intake(first), key: fresh() })).rejects.toThrow(RegisterConflict);
    expect(await register.petitioner(first)).toEqual({ receipt: first, contact: intake(first).contact, summary: '诉求' });
    const [key2, receipt2] = [fresh(), fresh()];
    const many = await Promise.all(Array.from({ length: 12 }, (_, i) => register.admit({ ...intake(i % 2 ? receipt2 : fresh()), key: key2 })));
    expect(new Set(many.map((a) => a.receipt)).size).toBe(1);
    expect(many.filter((a) => !a.again)).toHaveLength(1);
  });

  test('lists cases that fit, the newest first', async () => {
    const unit = fresh();
    const [a, b, c] = [fresh(), fresh(), fresh()];
    const later = Instant.parse('2026-03-01T00:00:00.000Z');
    await register.record([event(1)], view(a, 1, { unit, overdue: true, level: 2 }));
    await register.record([event(1)], view(b, 1, { unit, stage: 'accepted', receivedAt: later }));
    await register.record([event(1)], view(c, 1, { unit, procedure: 'company-complaint', level: 1, overdue: true }));
    const receipts = async (filter: object) => (await register.list({ unit, ...filter })).map((v) => v.receipt);
    expect(await receipts({})).toEqual([b, ...[a, c].toSorted()]);
    expect(await receipts({ limit: 1 })).toEqual([b]);
    expect(await receipts({ stage: 'accepted' })).toEqual([b]);
    expect(await receipts({ overdue: true, level: 2 })).toEqual([a]);
    expect(await receipts({ overdue: false })).toEqual([b]);
    expect(await receipts({ procedure: 'company-complaint', level: 1 })).toEqual([c]);
  });

  test('lists open duties, the most urgent first', async () => {
    const unit = fresh();
    const [a, b] = [fresh(), fresh()];
    await register.record([event(1)], view(a, 4, { unit }));
    await register.record([event(1)], view(b, 1, { unit }));
    const duties = async (filter: object) => (await register.owed({ unit, ...filter })).map((o) => [o.case.receipt, o.duty.instance]);
    expect(await duties({})).toEqual([[b, 'commitment/1'], [a, 'commitment/4']]);
    expect(await duties({ role: 'handler' })).toEqual([[a, 'commitment/4']]);
    expect(await duties({ until: Instant.parse('2026-01-20T15:59:59.999Z') })).toEqual([[b, 'commitment/1']]);
    expect(await duties({ until: Instant.parse('2026-01-20T15:59:59.998Z') })).toEqual([]);
  });

  test('keeps the books of notices', async () => {
    const receipt = fresh();
    const key = `${receipt}/1/office`;
    const begun = await register.notices.begin([notice(key, receipt), notice(key, receipt)]);
    expect([...begun]).toEqual([[key, { key, status: 'sending' }]]);
    await register.notices.putOff(key, 'timeout');
    await register.notices.begin([notice(key, receipt)]);
    expect(await register.notices.of(receipt)).toMatchObject([{ key, status: 'sending', attempts: 2, reason: 'timeout', role: 'office' }]);
    await register.notices.sent({ key, result: 'sent', channel: 'email' });
    await register.notices.failed({ key, result: 'failed', reason: 'too late to fail' });
    expect((await register.notices.begin([notice(key, receipt)])).get(key)).toMatchObject({ status: 'sent', channel: 'email' });
    expect(await register.notices.of(receipt)).toMatchObject([{ status: 'sent', attempts: 2, subject: { zh: '提醒' } }]);
    expect(await register.notices.begin([])).toEqual(new Map());
  });

  test('brings the books up from the events, where a notice was sent while the register was away', async () => {
    const receipt = fresh();
    const [sent, lost] = [`${receipt}/1/office`, `${receipt}/1/petitioner`];
    await register.notices.begin([notice(sent, receipt), notice(lost, receipt)]);
    const base = { at: START, recordedAt: START, of: 1, role: 'office' };
    await register.record([
      event(1),
      Event.parse({ ...base, seq: 2, type: 'noticed', key: sent, channel: 'email' }),
      Event.parse({ ...base, seq: 3, type: 'notice-failed', key: lost, reason: 'no-address' }),
    ], view(receipt, 3));
    const books = new Map((await register.notices.of(receipt)).map((r) => [r.key, r]));
    expect(books.get(sent)).toMatchObject({ status: 'sent', channel: 'email' });
    expect(books.get(lost)).toMatchObject({ status: 'failed', reason: 'no-address' });
  });

  test('enters a paper once for its key', async () => {
    const receipt = fresh();
    const paper = { key: `${receipt}/9/closing-report`, receipt, of: 9, kind: 'closing-report', path: 'a.md', sha256: 'aa' };
    expect(await register.papers.find(paper.key)).toBeUndefined();
    expect(await register.papers.enter(paper)).toEqual(paper);
    expect(await register.papers.enter({ ...paper, sha256: 'bb' })).toEqual(paper);
    expect(await register.papers.of(receipt)).toEqual([paper]);
  });

  test('knows the posts of an institution, and forgets those of the one before', async () => {
    await register.importInstitution(await loadInstitution('examples/institution.yaml'));
    await register.importInstitution(await loadInstitution('examples/institution.yaml'));
    expect(await register.institution()).toMatchObject({ id: 'sample-street', lang: 'zh', units: { 'civil-affairs': { parent: 'street' } } });
    expect(await register.post('civil-affairs', 'handler')).toMatchObject({ email: 'civil-affairs@office.example', lang: 'zh' });
    expect(await register.post('civil-affairs', 'leader')).toMatchObject({ email: 'leader@office.example', title: { en: 'Leader who gives the instruction' } });
    expect(await register.post('company', 'desk')).toMatchObject({ lang: 'en' });
    expect(await register.post('street', 'nobody')).toBeUndefined();
    await register.importInstitution(parseInstitution('id: other\ntitle: { zh: 甲, en: A }\nlang: en\nunits: { a: { title: { zh: 甲, en: A }, posts: { office: { email: a@b.example } } } }', 'x'));
    expect(await register.post('street', 'leader')).toBeUndefined();
    expect(await register.post('a', 'office')).toEqual({ unit: 'a', role: 'office', email: 'a@b.example', lang: 'en' });
    expect(await register.institution()).toMatchObject({ id: 'other' });
  });

});

describe.each(Object.keys(urls))('several users of %s', (kind) => {
  let register: Register;
  let url: string | undefined;
  beforeAll(async () => {
    url = await urlOf(kind);
    register = await openRegister({ url });
  });
  afterAll(() => register?.close());

  test('takes writers from several pools at once', async () => {
    const others = await Promise.all([0, 1, 2].map(() => openRegister({ url })));
    const receipts = Array.from({ length: 12 }, fresh);
    await Promise.all(others.flatMap((r) => receipts.map(async (receipt) => {
      for (const seq of [1, 2, 3]) await r.record([big(seq)], view(receipt, seq));
    })));
    for (const receipt of receipts) {
      expect((await register.timeline(receipt)).map((e) => e.seq)).toEqual([1, 2, 3]);
      expect(await register.case(receipt)).toEqual(view(receipt, 3));
    }
    await Promise.all(others.map((r) => r.close()));
  });

  test('refuses to change or remove a recorded event, whoever asks', async () => {
    const receipt = fresh();
    await register.record([event(1)], view(receipt, 1));
    const client = new Client(url);
    await client.connect();
    await expect(client.query(`update events set body = '{}' where receipt = $1`, [receipt])).rejects.toThrow(/never changed/);
    await expect(client.query('delete from events where receipt = $1', [receipt])).rejects.toThrow(/never changed/);
    await client.end();
    expect(await register.timeline(receipt)).toEqual([event(1)]);
  });

  test('holds others back while one is in a transaction, and undoes it when that one is gone', async () => {
    const client = new Client(url);
    client.on('error', () => undefined);
    await client.connect();
    const [mine, theirs] = [fresh(), fresh()];
    await client.query('begin');
    await client.query(`insert into papers (key, document, receipt, of, kind, path, sha256, state, filed_at) values ($1, $1, $1, 1, 'k', 'p', 's', 'filed', now())`, [mine]);
    const other = register.record([event(1)], view(theirs, 1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    Reflect.get(Reflect.get(client, 'connection'), 'stream').destroy();
    await other;
    expect(await register.timeline(theirs)).toHaveLength(1);
    expect(await register.papers.find(mine)).toBeUndefined();
  });
});

describe('several processes on one embedded database', () => {
  // Shows that the tests above can fail: this is what the server does with a plain PGlite.
  test.each([[PGlite, true], [SharedPGlite, false]])('%o mixes up the statements of two connections: %s', async (Made, mixes) => {
    const db = new Made(undefined);
    await db.waitReady;
    const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 20 });
    await server.start();
    const pools = [0, 1].map(() => new Pool({ connectionString: `postgres://postgres@${server.getServerConn()}/postgres`, max: 4 }));
    const asks = pools.flatMap((pool, p) => Array.from({ length: 40 }, async (_, i) => {
      const value = `${p}-${i}-${'x'.repeat(i % 2 ? 200_000 : 5)}`;
      const { rows } = await (i % 2 ? pool.query('select $1::text as a', [value]) : pool.query('select $1::text as a, $2::int as b', [value, i]));
      return rows[0]?.a === value;
    }));
    const good = (await Promise.allSettled(asks)).filter((r) => r.status === 'fulfilled' && r.value).length;
    expect(good < asks.length).toBe(mixes);
    await Promise.all(pools.map((p) => p.end()));
    await server.stop();
    await db.close();
  });

  test('a connection that ends in the middle of a statement, or speaks nonsense, hinders nobody', async () => {
    const place = await serveRegister({ port: 0 });
    const register = await openRegister({ url: place.url });
    const port = Number(new URL(place.url).port);
    const nonsense = [Buffer.from('GET / HTTP/1.1\r\n\r\n'), Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0xff]), Buffer.from('P\0\0\0\x10\0select 1\0\0\0', 'latin1')];
    for (const bytes of nonsense) {
      const socket = createConnection(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(bytes);
      const receipt = fresh();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const recording = register.record([event(1)], view(receipt, 1));
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      await recording;
      expect(await register.timeline(receipt)).toHaveLength(1);
    }
    await register.close();
    await place.close();
  });

  test('a disk that is filling up is not written to, but read; also through the socket', async () => {
    const dir = join(folder, 'filling');
    const receipt = fresh();
    const roomy = await openRegister({ dir });
    await roomy.record([event(1)], view(receipt, 1));
    await roomy.close();
    const own = await openRegister({ dir, reserve: Number.MAX_SAFE_INTEGER });
    await expect(own.record([event(2)], view(receipt, 2))).rejects.toMatchObject({ code: 'full' });
    expect(await own.timeline(receipt)).toHaveLength(1);
    await own.close();
    const place = await serveRegister({ dir, reserve: Number.MAX_SAFE_INTEGER });
    const shared = await openRegister({ url: place.url });
    for (let i = 0; i < 3; i += 1) {
      await expect(shared.record([event(2)], view(receipt, 2))).rejects.toMatchObject({ code: 'full' });
      expect(await shared.timeline(receipt)).toHaveLength(1);
    }
    await shared.close();
    await place.close();
  });

  test('a folder has one user, and says which', async () => {
    const dir = join(folder, 'one-user');
    const first = await openRegister({ dir });
    await expect(openRegister({ dir })).rejects.toMatchObject({ code: 'in-use', message: expect.stringContaining(`process ${process.pid}`) });
    await first.close();
    await (await openRegister({ dir })).close();
  });

  test('keeps everything it acknowledged when its process is killed, and the folder is free again', async () => {
    const dir = join(folder, 'killed');
    const script = join(folder, 'writer.mjs');
    await writeFile(script, `
      import { openRegister } from ${JSON.stringify(import.meta.resolve('../src/register/index.ts'))};
      const register = await openRegister({ dir: ${JSON.stringify(dir)} });
      const { event, view } = JSON.parse(process.argv[2]);
      for (let seq = 1; ; seq += 1) {
        await register.record([{ ...event, seq }], { ...view, seq });
        console.log(seq);
      }`);
    const writer = spawn(process.execPath, [script, JSON.stringify({ event: event(1), view: view('K-1', 1) })], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === 60) writer.kill('SIGKILL');
    }
    const register = await openRegister({ dir });
    const timeline = await register.timeline('K-1');
    expect(acknowledged).toBeGreaterThanOrEqual(60);
    expect(timeline.length).toBeGreaterThanOrEqual(acknowledged);
    expect(timeline.map((e) => e.seq)).toEqual(timeline.map((_, i) => i + 1));
    expect((await register.case('K-1'))?.seq).toBe(timeline.length);
    await register.close();
  });
});

describe('a register that is away', () => {
  test('says what to check', async () => {
    expect(await reason(openRegister({ url: 'postgres://u:secret@127.0.0.1:1/db' }))).toMatchObject({ code: 'refused', message: expect.stringContaining('127.0.0.1:1/db') });
    expect(await reason(openRegister({ url: 'postgres://u:secret@nowhere.invalid/db' }))).toMatchObject({ code: 'unknown-host' });
    expect(await reason(openRegister({ url: 'mysql://u:secret@h/db' }))).toMatchObject({ code: 'bad-url' });
    expect(await reason(openRegister({ url: 'host=h password=secret' }))).toMatchObject({ code: 'bad-url' });
    expect(await reason(openRegister({}))).toMatchObject({ code: 'nowhere' });
    const there = await postgres.database('there');
    expect(await reason(openRegister({ url: there.replace('/there', '/elsewhere') }))).toMatchObject({ code: 'no-database' });
    expect(await reason(openRegister({ url: there.replace('postgres@', 'stranger:secret@') }))).toMatchObject({ code: 'login' });
    await postgres.query('create role guest login');
    expect(await reason(openRegister({ url: there.replace('postgres@', 'guest:secret@') }))).toMatchObject({ code: 'no-permission' });
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await reason(openRegister({ dir: file }))).toMatchObject({ code: 'no-folder' });
    expect(await reason(openRegister({ dir: join(file, 'below') }))).toMatchObject({ code: 'no-folder' });
  });

  test('tells a read-only database, and a full disk, from a fault', async () => {
    const url = await postgres.database('standby');
    await (await openRegister({ url })).close();
    await postgres.query('alter database standby set default_transaction_read_only = on');
    const register = await openRegister({ url });
    expect(await register.list()).toEqual([]);
    expect(await reason(register.record([event(1)], view('R-1', 1)))).toMatchObject({ code: 'read-only' });
    await register.close();
    expect(failure(Object.assign(new Error('secret'), { code: '53100' }), 'db')).toMatchObject({ code: 'full' });
    expect(failure(Object.assign(new Error('secret'), { code: 'ENOSPC' }), 'db')).toMatchObject({ code: 'full' });
    expect(failure(Object.assign(new Error('secret'), { code: '22003', table: 't' }), 'db').message).toBe("The register's database reported 22003 on t.");
  });

  test('lets a user without the right to make tables work, once they are there', async () => {
    const url = await postgres.database('granted');
    await (await openRegister({ url })).close();
    const owner = new Client(url);
    await owner.connect();
    await owner.query('create role worker login; grant usage on schema drizzle to worker; grant select on all tables in schema drizzle to worker; grant select, insert, update, delete on all tables in schema public to worker');
    await owner.end();
    const register = await openRegister({ url: url.replace('postgres@', 'worker@') });
    await register.record([event(1)], view('G-1', 1));
    expect(await register.timeline('G-1')).toHaveLength(1);
    await register.close();
  });

  test('makes its tables once when several open an empty database at the same moment', async () => {
    const url = await postgres.database('race');
    const all = await Promise.all(Array.from({ length: 6 }, () => openRegister({ url })));
    await Promise.all(all.map((r, i) => r.record([event(1)], view(`M-${i}`, 1))));
    expect(await all[0]?.list()).toHaveLength(6);
    await Promise.all(all.map((r) => r.close()));
  });

  test('comes back by itself when the database does', async () => {
    const second = await startPostgres();
    const register = await openRegister({ url: await second.database('kept') });
    await register.record([event(1)], view('B-1', 1));
    await second.crash();
    expect(await reason(register.record([event(2)], view('B-1', 2)))).toBeInstanceOf(RegisterUnavailable);
    await second.restart();
    await register.record([event(2)], view('B-1', 2));
    expect(await register.timeline('B-1')).toHaveLength(2);
    await register.close();
    await second.stop();
  });
});

describe('an institution file', () => {
  test('has a post for every role inside the institution that a procedure names', async () => {
    const institution = await loadInstitution('examples/institution.yaml');
    const Roles = z.object({ roles: z.record(z.string(), z.object({ outside: z.boolean().default(false), byAppointment: z.boolean().default(false) })) });
    const register = await openRegister({ memory: true });
    await register.importInstitution(institution);
    for (const [procedure, unit] of [['xinfang-2022', 'veterans-station'], ['company-complaint', 'company'], ['uk-foi-2000', 'authority']] as const) {
      const { roles } = Roles.parse(parse(await readFile(`procedures/${procedure}.yaml`, 'utf8')));
      for (const [role, { outside, byAppointment }] of Object.entries(roles))
        if (!outside && !byAppointment) expect(await register.post(unit, role), `${role} of ${procedure} in ${unit}`).toBeDefined();
    }
    await register.close();
  });

  test.each([
    ['units:\n  a:\n    title: { zh: 甲, en: A }\n    parent: b', 'x.yaml:6: units.a.parent: there is no unit "b"', '没有名为“b”的单位'],
    ['units:\n  a:\n    title: { zh: 甲, en: A }\n    parent: a', 'x.yaml:6: units.a.parent: the units above this one come back to it', '循环'],
    ['units:\n  a:\n    title: { zh: 甲, en: A }\n    posts:\n      Head: { email: a@b.example }', 'x.yaml:7: units.a.posts.Head: a name is', '小写'],
    ['units:\n  a:\n    title: { zh: 甲, en: A }\n    posts:\n      head: { email: nobody }', 'x.yaml:7: units.a.posts.head.email: Invalid email', '无效'],
    ['units: [ a, b', 'x.yaml:4: Flow sequence', '语法'],
  ])('%j is refused with the line', (rest, en, zh) => {
    const parsing = () => parseInstitution(`id: x\ntitle: { zh: 甲, en: A }\n${rest}\n`, 'x.yaml');
    expect(parsing).toThrow(en);
    expect(parsing).toThrow(expect.objectContaining({ text: expect.objectContaining({ zh: expect.stringContaining(zh) }) }));
  });
});
