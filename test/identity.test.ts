import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { NewCase, Redress } from '../src/client.ts';
import { check } from '../src/core/check.ts';
import { act, CaseView, Event, Instant, isRefusal, open, type Procedure, reportsOf, tick, viewOf } from '../src/core/index.ts';
import { draft } from '../src/documents/index.ts';
import { contextOf, filing, folder, officeOf } from '../src/filing/index.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { openRegister, type Register, type Served, serveRegister } from '../src/register/index.ts';
import { paragraphsOf } from './support/docx.ts';
import { office } from './support/office.ts';
import { paper } from './support/papers.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { redress } from './support/redress.ts';
import { calendar, procedure } from './support/walk.ts';

// Who is kept to a few: each way by which a name, an address or a petition could come out. Beside each stands the same
// of an ordinary case, which does come out, so that these tests can fail.

const NAME = '来访人甲';
const PHONE = '138-0000-1111';
const ADDRESS = '示例路九号';
const SUMMARY = '因上访被停发补贴';
const SECRETS = [NAME, PHONE, '13800001111', ADDRESS, SUMMARY];
const contact = { name: NAME, phone: PHONE, address: ADDRESS };
const FEW = ['registrar', 'investigator'];

/** Every secret that some text tells. */
const toldIn = (text: string): string[] => SECRETS.filter((secret) => text.includes(secret));

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const START = Instant.parse('2026-01-05T01:00:00.000Z');
const viewOfCase = (receipt: string, more: Partial<CaseView> = {}): CaseView => CaseView.parse({
  receipt, procedure: 'retaliation-complaint', version: 1, calendar: 'cn', calendarVersion: '1', channel: 'letter', unit: 'inspection', stage: 'received',
  receivedAt: START, openedAt: START, seq: 1, overdue: false, level: 0, duties: [], ...more,
});
const opened = (receipt: string): Event => Event.parse({
  seq: 1, type: 'opened', at: START, recordedAt: START, receipt, channel: 'letter', unit: 'inspection', stage: 'received',
  procedure: { id: 'retaliation-complaint', version: 1 }, calendar: { id: 'cn', version: '1' }, fields: {},
});

describe.each(['pglite', 'postgres'])('the register on %s', (kind) => {
  let register: Register;
  let url: string | undefined;
  beforeAll(async () => {
    url = kind === 'postgres' ? await postgres.database('identity') : undefined;
    register = await openRegister({ url, memory: true });
  });
  afterAll(() => register?.close());
  const found = async (words: string): Promise<string[]> => (await register.figures.search({ words })).map((f) => f.receipt).toSorted();

  test('finds no case by who is kept to a few, and does find an ordinary one', async () => {
    for (const [receipt, identity] of [['OPEN-1', undefined], ['KEPT-1', FEW]] as const) {
      await register.admit({ receipt, key: receipt, contact, summary: SUMMARY, ...(identity ? { identity: [...identity] } : {}) });
      await register.record([opened(receipt)], viewOfCase(receipt));
    }
    for (const secret of SECRETS) expect(await found(secret), secret).toEqual(['OPEN-1']);
    expect(await found('KEPT-1')).toEqual(['KEPT-1']);
    expect(toldIn(JSON.stringify(await register.figures.search({ words: 'KEPT-1' })))).toEqual([]);
  });

  test('nor when it makes cases searchable again, nor when they were imported', async () => {
    await register.bulk.enter([{ intake: { receipt: 'KEPT-2', key: 'KEPT-2', contact, summary: SUMMARY, identity: FEW }, events: [opened('KEPT-2')], view: viewOfCase('KEPT-2') },
      { intake: { receipt: 'OPEN-2', key: 'OPEN-2', contact, summary: SUMMARY }, events: [opened('OPEN-2')], view: viewOfCase('OPEN-2') }]);
    await register.figures.makeSearchable();
    expect(await found(NAME)).toEqual(['OPEN-1', 'OPEN-2']);
    expect((await register.petitioner('KEPT-2'))?.identity).toEqual(FEW);
    expect(await register.petitioner('OPEN-2')).not.toHaveProperty('identity');
  });

  test.skipIf(kind === 'pglite')('a case that is kept to a few later is not found by name any more', async () => {
    const client = new Client({ connectionString: url ?? '' });
    await client.connect();
    await client.query('update intakes set identity = $1 where receipt = $2', [JSON.stringify(FEW), 'OPEN-2']);
    await client.query('update intakes set identity = $1 where receipt = $2', ['"unreadable"', 'KEPT-2']);
    await client.end();
    expect(await found(NAME)).toEqual(['OPEN-1']);
    await register.figures.makeSearchable();
    expect(await found(NAME)).toEqual(['OPEN-1']);
    // What cannot be read keeps it to nobody.
    expect((await register.petitioner('KEPT-2'))?.identity).toEqual([]);
  });
});

describe('papers', () => {
  let register: Register;
  beforeAll(async () => {
    register = await openRegister({ memory: true });
    await register.importInstitution(await loadInstitution('examples/institution.yaml'));
    await register.admit({ receipt: 'OPEN', key: 'OPEN', contact, summary: SUMMARY });
    await register.admit({ receipt: 'KEPT', key: 'KEPT', contact, summary: SUMMARY, identity: FEW });
  });
  afterAll(() => register?.close());
  const petitionerOn = async (receipt: string, copies: string[], seenBy?: string) =>
    (await contextOf({ ...register, office: () => officeOf(register) }, paper(1, { receipt, outside: true, to: 'complainant', copies }), undefined, seenBy)).petitioner;

  test('a letter names its addressee where nobody else gets it, or only those who may know', async () => {
    expect(await petitionerOn('KEPT', [])).toEqual({ name: NAME, address: ADDRESS });
    expect(await petitionerOn('KEPT', ['investigator'])).toEqual({ name: NAME, address: ADDRESS });
    expect(await petitionerOn('OPEN', ['inspection-head'])).toEqual({ name: NAME, address: ADDRESS });
  });
  test('a letter of which anybody else gets a copy, or that anybody else draws up, names nobody', async () => {
    expect(await petitionerOn('KEPT', ['inspection-head'])).toEqual({});
    expect(await petitionerOn('KEPT', ['investigator', 'inspection-head'])).toEqual({});
    expect(await petitionerOn('KEPT', [], '')).toEqual({});
    expect(await petitionerOn('KEPT', [], 'inspection-head')).toEqual({});
    expect(await petitionerOn('KEPT', [], 'registrar')).toEqual({ name: NAME, address: ADDRESS });
    expect(await petitionerOn('OPEN', [], '')).toEqual({ name: NAME, address: ADDRESS });
  });

  test('every paper of a whole case of retaliation, made as it is filed: only the letter to the complainant names anybody', async () => {
    const p = procedure('retaliation-complaint');
    const cn = calendar('cn');
    const first = open(p, cn, { receipt: 'KEPT', channel: 'letter', unit: 'inspection', receivedAt: START, fields: { named: 'leader-a' } }, START);
    if (isRefusal(first)) throw new Error(first.text.en);
    const late = Instant.parse('2026-01-20T01:00:00.000Z');
    const events = [...first.events];
    let state = tick(first.state, late, events);
    const taken = act(state, { action: 'accept', by: { role: 'registrar', person: 'inspector-d' }, fields: { notice: 'doc-1' } }, late);
    if (isRefusal(taken)) throw new Error(taken.text.en);
    state = taken.state;
    events.push(...taken.events);
    const reports = reportsOf(state, events, events);
    const named: string[] = [];
    for (const report of reports) {
      const bytes = await draft(report, await contextOf({ ...register, office: () => officeOf(register) }, report, undefined));
      if (toldIn(paragraphsOf(bytes).join('\n')).length > 0) named.push(report.kind);
    }
    expect(new Set(reports.map((r) => r.kind))).toEqual(new Set(['acknowledgement', 'overdue-report']));
    expect(named).toEqual(['acknowledgement']);
  });
});

describe('the command line', () => {
  let home: string;
  let place: Served;
  let register: Register;
  const numbers = new Map<string, string>();
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'redress-identity-'));
    place = await serveRegister({ dir: join(home, 'register') });
    register = await openRegister({ url: place.url });
    await register.importInstitution(await loadInstitution('examples/institution.yaml'));
    const room = filing({ register, store: folder(join(home, 'archive')), draft });
    for (const [receipt, identity] of [['AAAA-AAAA-AAAA', undefined], ['BBBB-BBBB-BBBB', FEW]] as const) {
      await register.admit({ receipt, key: receipt, contact, summary: SUMMARY, ...(identity ? { identity: [...identity] } : {}) });
      const p = procedure('retaliation-complaint');
      const first = open(p, calendar('cn'), { receipt, channel: 'letter', unit: 'inspection', receivedAt: START, fields: { named: 'leader-a' } }, START);
      if (isRefusal(first)) throw new Error(first.text.en);
      const events = [...first.events];
      const state = tick(first.state, Instant.parse('2026-02-20T01:00:00.000Z'), events);
      await register.record(events, viewOf(state));
      numbers.set(receipt, (await room.file(paper(1, { receipt, key: `${receipt}/1/x`, outside: true, to: 'complainant', copies: [] }))).number ?? '');
    }
  });
  afterAll(async () => {
    await register?.close();
    await place?.close();
    await rm(home, { recursive: true, force: true });
  });
  const run = (...args: readonly string[]) => redress([...args, '--lang', 'zh'], { env: { REDRESS_HOME: home, DATABASE_URL: place.url, TEMPORAL_ADDRESS: '127.0.0.1:1' } });

  test.each([
    ['list', '--json'], ['due'], ['ledger'], ['ledger', '--json'], ['papers', '--json'], ['export', '--format', 'csv'], ['export', '--format', 'ocel'],
  ].map((args) => [args.join(' '), args] as const))('%s tells nothing of who it was', async (_, args) => {
    const { code, out, err } = await run(...args);
    expect({ args, code, told: toldIn(out + err) }).toEqual({ args, code: 0, told: [] });
  });

  test('search finds by name the ordinary case alone', async () => {
    for (const words of [NAME, SUMMARY]) {
      const { out } = await run('search', words);
      expect(out).toContain('AAAA-AAAA-AAAA');
      expect(out).not.toContain('BBBB-BBBB-BBBB');
    }
    expect(toldIn((await run('search', 'BBBB-BBBB-BBBB', '--json')).out)).toEqual([]);
  });

  test('papers show tells of a letter without naming its addressee', async () => {
    const { code, out } = await run('papers', 'show', numbers.get('BBBB-BBBB-BBBB') ?? '');
    expect({ code, told: toldIn(out) }).toEqual({ code: 0, told: [] });
  });

  test('a paper is handed out to those who may know, and to nobody else', async () => {
    const number = numbers.get('BBBB-BBBB-BBBB') ?? '';
    const target = join(home, 'letter.docx');
    for (const as of [[], ['--as', 'inspection-head']]) {
      const { code, err } = await run('papers', 'save', number, target, ...as);
      expect({ code, kept: err.includes('registrar, investigator') }).toEqual({ code: 1, kept: true });
    }
    await expect(stat(target)).rejects.toThrow();
    expect((await run('papers', 'save', number, target, '--as', 'registrar')).code).toBe(0);
    expect((await run('papers', 'save', numbers.get('AAAA-AAAA-AAAA') ?? '', join(home, 'other.docx'))).code).toBe(0);
  });
});

/** Where something is wrong with a procedure, with that of petitions at hand. */
const said = (p: Procedure) => check(p, { procedure: (id) => (id === p.id ? p : id === 'xinfang-2022' ? procedure(id) : 'missing') }).map((one) => one.path.join('.'));

describe('a procedure that keeps an identity to a few', () => {
  const base = procedure('retaliation-complaint');
  const letter = base.papers['acknowledgement'];
  const link = base.links['elsewhere'];
  if (!letter || !link) throw new Error('the procedure has changed');

  test('is warned of a copy that would carry it further, and of a case that would not keep it', () => {
    expect(said(base)).toEqual([]);
    expect(said({ ...base, papers: { ...base.papers, acknowledgement: { ...letter, copies: ['inspection-head'] } } })).toEqual(['papers.acknowledgement.copies']);
    expect(said({ ...base, papers: { ...base.papers, acknowledgement: { ...letter, copies: ['investigator'] } } })).toEqual([]);
    expect(said({ ...base, links: { elsewhere: { ...link, opens: 'xinfang-2022', channel: 'letter', hands: {}, hears: {} } } })).toContain('links.elsewhere.petitioner');
  });
});

const complaint = (more: Partial<NewCase> = {}): NewCase => ({
  procedure: 'retaliation-complaint', unit: 'inspection', channel: 'letter', fields: { named: 'leader-a' }, petitioner: contact, summary: SUMMARY, ...more,
});

// Without the engine of the whole run (`npm test`) these are left out.
describe.skipIf(inject('engine') === undefined)('on the engine', () => {
  let desk: Awaited<ReturnType<typeof office>>;
  let redressOf: Redress;
  beforeAll(async () => {
    desk = await office(inject('engine'));
    redressOf = desk.redress;
  });
  afterAll(() => desk?.stop());

  test('a case is not opened in a unit that is complained of, nor in one below it', async () => {
    for (const named of ['unit:inspection', 'unit:district', 'leader-a unit:inspection'])
      await expect(redressOf.open(complaint({ fields: { named } }))).rejects.toMatchObject({ code: 'takes-no-part', field: 'unit' });
    await expect(redressOf.open(complaint({ fields: { named: 'unit:street' } }))).resolves.toMatchObject({ again: false });
  });

  test('who it was stays in the register, and goes along when the case is passed on, to the same few', async () => {
    const { receipt } = await redressOf.open(complaint());
    expect(await desk.register.petitioner(receipt)).toMatchObject({ contact, summary: SUMMARY, identity: FEW });
    expect(await redressOf.act(receipt, { action: 'pass-on', by: { role: 'inspection-head', person: 'inspector-a' }, fields: { unit: 'city', reasons: 'doc-2' } })).toMatchObject({ stage: 'passing-on' });
    await expect.poll(async () => (await redressOf.case(receipt)).links.length).toBe(1);
    const [link] = (await redressOf.case(receipt)).links;
    expect(await desk.register.petitioner(link?.receipt ?? '')).toMatchObject({ contact, summary: SUMMARY, identity: FEW });
    for (const secret of SECRETS) {
      expect(await desk.register.figures.search({ words: secret })).toEqual([]);
      for (const one of [receipt, link?.receipt ?? '']) expect(JSON.stringify([await redressOf.timeline(one), await desk.register.papers.of(one)])).not.toContain(secret);
    }
    // Taken over when the other unit names an investigator.
    await redressOf.act(link?.receipt ?? '', { action: 'appoint-investigator', by: { role: 'superior', person: 'inspector-a' }, fields: { who: 'inspector-c', statement: 'doc-3' } });
    await expect.poll(async () => (await redressOf.case(receipt)).stage).toBe('passed-on');
  });

  test('passed on to a unit that is complained of, it is passed on by hand', async () => {
    const { receipt } = await redressOf.open(complaint({ fields: { named: 'unit:street' } }));
    await redressOf.act(receipt, { action: 'pass-on', by: { role: 'superior' }, fields: { unit: 'housing', reasons: 'doc-2' } });
    await expect.poll(async () => (await redressOf.duties(receipt)).find((d) => d.duty === 'pass-on-by-hand')?.status).toBe('open');
  });
});
