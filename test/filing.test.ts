import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../src/core/effects.ts';
import { Day, Instant } from '../src/core/instant.ts';
import { draft as documents } from '../src/documents/index.ts';
import { checkPapers, dayIn, deliver, type DraftContext, filing, type Filing, folder, type Means, spellingsOf, startOf, type Store, StoreError, type Told } from '../src/filing/index.ts';
import { sha256Of } from '../src/filing/store.ts';
import { trackingOf } from '../src/filing/tracking.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { openRegister, type Register } from '../src/register/index.ts';
import { draft, office, OFFICE, paper } from './support/papers.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';

let postgres: Postgres;
let temporary: string;
beforeAll(async () => {
  postgres = await startPostgres();
  temporary = await mkdtemp(join(tmpdir(), 'redress-filing-'));
});
afterAll(async () => {
  await postgres?.stop();
  await rm(temporary, { recursive: true, force: true });
});

let n = 0;
const fresh = (): number => 1000 + (n += 1);
const NOW = Instant.parse('2026-02-01T04:00:00.000Z');
const root = () => join(temporary, 'checked');
const told = (more: Partial<Told>): Told => ({ what: 'sent', how: 'in-person', ...more });
const on = (d: string) => ({ day: Day.parse(d) });
const toPdf = async (docx: string, to: string): Promise<string> => {
  await writeFile(join(to, 'paper.pdf'), `%PDF of ${await readFile(docx, 'utf8')}`);
  return join(to, 'paper.pdf');
};
const bytes = (text: string): Uint8Array => Buffer.from(text);

describe.each(['pglite', 'postgres'])('papers on %s', (kind) => {
  let register: Register;
  let store: Store;
  let room: Filing;
  let url: string | undefined;
  beforeAll(async () => {
    url = kind === 'postgres' ? await postgres.database('papers') : undefined;
    register = await openRegister({ url, memory: true });
    store = folder(join(temporary, kind));
    room = filing({ register, store, draft, office, now: () => NOW });
  });
  afterAll(() => register?.close());
  const other = (more: Partial<Means>): Filing => filing({ register, store, draft, office, now: () => NOW, ...more });
  const versionsOf = async (which: string) => (await room.versions(which)).map((v) => [v.version, v.state]);

  test('are on file once for their key, with number, place, hash and copies', async () => {
    const i = fresh();
    const filed = await room.file(paper(i));
    const content = await store.get(filed.path);
    expect(filed).toMatchObject({ path: `XF-${i}/acceptance-notice-${i}.docx`, sha256: sha256Of(content), number: expect.stringMatching(/^示街信〔2026〕\d+号$/) });
    expect(await room.file(paper(i))).toEqual(filed);
    expect(await other({}).file(paper(i, { title: { zh: '另一份', en: 'another' } }))).toEqual(filed);
    const [row, ...more] = await room.versions(filed.number ?? '');
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      key: paper(i).key, document: paper(i).key, receipt: `XF-${i}`, unit: 'street', of: i, kind: 'acceptance-notice', title: { zh: '受理告知书' }, series: 'xf', year: 2026,
      version: 1, state: 'filed', madeAt: '2026-01-05T01:00:00.000Z', size: content.length, addressee: 'petitioner', copies: ['assigner', 'archive'],
    });
    expect(row).not.toHaveProperty('supersedes');
    expect(await register.papers.copies([paper(i).key])).toEqual([{ paper: paper(i).key, role: 'archive' }, { paper: paper(i).key, role: 'assigner' }]);
    expect(await register.papers.list({ receipt: `XF-${i}` })).toMatchObject([{ key: paper(i).key, version: 1 }]);
  });

  test('are drafted with the number, and with the petitioner only where they go to the petitioner', async () => {
    const i = fresh();
    const receipt = `XF-${i}`;
    await register.admit({ receipt, key: receipt, contact: { name: '某甲', address: '某街 1 号', phone: '0', lang: 'en' }, summary: '' });
    const seen: DraftContext[] = [];
    const looking = other({ draft: async (report: Report, context) => (seen.push(context), draft(report, context)) });
    const { number } = await looking.file(paper(i));
    await looking.file(paper(fresh(), { receipt, key: `${receipt}/2/x`, to: 'leader', outside: false }));
    await looking.file(paper(fresh(), { receipt, key: `${receipt}/3/x`, to: undefined, outside: false, series: undefined }));
    expect(seen).toMatchObject([
      { number, lang: 'en', petitioner: { name: '某甲', address: '某街 1 号' }, unitTitle: { zh: '街道办事处' }, letterhead: { name: OFFICE.title, red: false } },
      { lang: 'zh' }, { lang: 'zh' },
    ]);
    expect(seen[1]).not.toHaveProperty('petitioner');
    expect(seen[2]).not.toHaveProperty('number');
    const rows = await register.papers.page('', 10_000);
    expect(JSON.stringify([rows, await register.papers.series()])).not.toContain('某甲');
  });

  test('keep their number while drafting or the archive fails, and are filed by the next attempt', async () => {
    const [i, j] = [fresh(), fresh()];
    const broken = other({ draft: () => Promise.reject(new Error('no template')) });
    await expect(broken.file(paper(i))).rejects.toThrow('no template');
    const away = new StoreError('away', { zh: '无', en: 'none' });
    await expect(other({ store: { ...store, put: () => Promise.reject(away) } }).file(paper(i))).rejects.toBe(away);
    const [row] = await room.versions(paper(i).key);
    expect(row).toMatchObject({ state: 'drafting' });
    const next = await room.file(paper(j));
    expect(await room.file(paper(i))).toMatchObject({ number: row?.number });
    expect((await room.versions(next.number ?? ''))[0]?.n).toBe((row?.n ?? 0) + 1);
  });

  test('hold what lay in the archive before the register knew of it', async () => {
    const i = fresh();
    await store.put(`XF-${i}/acceptance-notice-${i}.docx`, bytes('先到的'));
    expect(await room.file(paper(i))).toMatchObject({ sha256: sha256Of(bytes('先到的')) });
  });

  test('that are given up are void, keep their number, and are not filed any more', async () => {
    const i = fresh();
    const broken = other({ draft: () => Promise.reject(new Error('no template')) });
    await expect(broken.file(paper(i))).rejects.toThrow();
    await expect(room.giveUp(paper(i).key, ' ')).rejects.toMatchObject({ code: 'needed', field: 'reason' });
    const given = await room.giveUp(paper(i).key, '重复登记');
    expect(given).toMatchObject({ state: 'void', givenUp: '重复登记', number: expect.any(String) });
    await expect(room.file(paper(i))).rejects.toMatchObject({ code: 'void', text: { zh: expect.stringContaining('重复登记') } });
    await expect(room.correct(given.number ?? '', { reason: 'x', bytes: bytes('x'), ending: '.pdf' })).rejects.toMatchObject({ code: 'void' });
    const j = fresh();
    const { number } = await room.file(paper(j));
    await expect(room.giveUp(number ?? '', 'x')).rejects.toMatchObject({ code: 'filed' });
    await expect(room.giveUp('示街信〔1999〕1号', 'x')).rejects.toMatchObject({ code: 'no-such-paper' });
  });

  test('given up while another attempt was drafting stay void', async () => {
    const i = fresh();
    const slow = other({
      async draft(report, context) {
        await register.papers.giveUp(report.key, '撤回');
        return draft(report, context);
      },
    });
    await expect(slow.file(paper(i))).rejects.toMatchObject({ code: 'void' });
    expect(await versionsOf(paper(i).key)).toEqual([[1, 'void']]);
  });

  test('are corrected by a new version under the same number, which says what it replaces and why', async () => {
    const i = fresh();
    const first = await room.file(paper(i));
    const number = first.number ?? '';
    const by = { role: 'office', person: 'officer-a' };
    const second = await room.correct(number, { reason: ' 日期有误 ', by, bytes: bytes('更正稿'), ending: '.pdf' });
    expect(second).toMatchObject({
      number, version: 2, state: 'filed', supersedes: paper(i).key, replaced: first.sha256, reason: '日期有误', by, path: `XF-${i}/acceptance-notice-${i}-v2.pdf`, sha256: sha256Of(bytes('更正稿')),
      addressee: 'petitioner', madeAt: NOW,
    });
    // The same correction again is the same version; another one is a third.
    expect(await room.correct(second.key, { reason: '日期有误', bytes: bytes('更正稿'), ending: '.pdf' })).toEqual(second);
    const third = await room.correct(number, { reason: '退回原稿', bytes: await store.get(first.path), ending: '.docx' });
    expect(third).toMatchObject({ version: 3, supersedes: second.key, replaced: second.sha256, sha256: first.sha256 });
    const fourth = await room.correct(number, { reason: '再次更正', bytes: bytes('更正稿'), ending: '.pdf' });
    expect(fourth).toMatchObject({ version: 4, supersedes: third.key });
    expect(await versionsOf(number)).toEqual([[1, 'filed'], [2, 'filed'], [3, 'filed'], [4, 'filed']]);
    expect(Buffer.from(await store.get(first.path)).toString()).toContain(number);
    expect(await register.papers.list({ receipt: `XF-${i}` })).toMatchObject([{ version: 4 }]);
    await expect(room.correct(number, { reason: '', bytes: bytes('x'), ending: '' })).rejects.toMatchObject({ code: 'needed', field: 'reason' });
    await expect(room.correct(number, { reason: 'x', bytes: bytes(''), ending: '' })).rejects.toMatchObject({ code: 'needed', field: 'file' });
  });

  test('a report that is corrected is drafted anew under its number, and both are on record', async () => {
    const i = fresh();
    const { number = '' } = await room.file(paper(i));
    const again = paper(i, { key: `XF-${i}/40/acceptance-notice`, of: 40 });
    const corrected = await room.correct(number, { reason: '事后查明', report: again });
    expect(corrected).toMatchObject({ key: again.key, number, version: 2 });
    expect(Buffer.from(await store.get(corrected.path)).toString()).toContain(number);
    expect(await room.correct(number, { reason: '事后查明', report: again })).toEqual(corrected);
    expect(await room.file(again)).toMatchObject({ path: corrected.path, number });
  });

  test('corrections at once follow one another, and a broken one is made good by its next attempt', async () => {
    const i = fresh();
    const { number = '' } = await room.file(paper(i));
    const five = await Promise.all([1, 2, 3, 4, 5].map((c) => room.correct(number, { reason: `${c}`, bytes: bytes(`第 ${c} 稿`), ending: '.pdf' })));
    expect(five.map((v) => v.version).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6]);
    const down = other({ store: { ...store, put: () => Promise.reject(new StoreError('away', { zh: '无', en: 'none' })) } });
    const correction = { reason: '最后一稿', bytes: bytes('最后一稿'), ending: '.pdf' };
    await expect(down.correct(number, correction)).rejects.toThrow(StoreError);
    expect((await versionsOf(number)).at(-1)).toEqual([7, 'drafting']);
    expect((await register.papers.list({ receipt: `XF-${i}` }))[0]?.state).toBe('filed');
    expect(await room.correct(number, correction)).toMatchObject({ version: 7, state: 'filed' });
  });

  test('of somebody else are put on file once, under a number of their own', async () => {
    const receipt = `XF-${fresh()}`;
    const own = { receipt, unit: 'street', of: 3, kind: 'letter', title: { zh: '来信扫描件', en: 'Scan of the letter' }, bytes: bytes('scan'), ending: '.pdf', series: 'xf' };
    const added = await room.add(own);
    expect(added).toMatchObject({ state: 'filed', number: expect.stringMatching(/^示街信/), kind: 'letter', path: expect.stringMatching(/\/letter-3-[0-9a-f]{16}\.pdf$/) });
    expect(await room.add(own)).toEqual(added);
    expect((await room.add({ ...own, bytes: bytes('another') })).n).toBe((added.n ?? 0) + 1);
    await expect(room.add({ ...own, bytes: bytes('') })).rejects.toMatchObject({ field: 'file' });
  });

  test('get a PDF beside them by and by; that it fails does no harm, and it is made later', async () => {
    const [i, j] = [fresh(), fresh()];
    const failures: string[] = [];
    const fails = other({ toPdf: () => Promise.reject(new Error('no LibreOffice')), onPdfFailure: (key) => failures.push(key) });
    await fails.file(paper(i));
    await fails.idle();
    expect(failures).toEqual([paper(i).key]);
    expect((await room.versions(paper(i).key))[0]).toMatchObject({ state: 'filed' });
    const works = other({ toPdf });
    await works.file(paper(j));
    await works.idle();
    const [row] = await room.versions(paper(j).key);
    expect(row).toMatchObject({ pdfPath: `XF-${j}/acceptance-notice-${j}.pdf` });
    expect(sha256Of(await store.get(row?.pdfPath ?? ''))).toBe(row?.pdfSha256);
    expect(await works.makePdfs()).toBeGreaterThan(0);
    expect((await room.versions(paper(i).key))[0]?.pdfPath).toBeDefined();
    expect(await works.makePdfs()).toBe(0);
  });

  test('are found under a number however it is typed', async () => {
    const i = fresh();
    const { number = '' } = await room.file(paper(i));
    for (const typed of [number.replace('〔', '[').replace('〕', ']'), number.replace('〔', '（').replace('〕', '）'), ` ${number.replace('〔', ' 【').replace('〕', '】')} `, paper(i).key])
      expect((await room.versions(typed))[0]?.key, typed).toBe(paper(i).key);
    await expect(room.versions('示街信〔2026〕99999号')).rejects.toMatchObject({ code: 'no-such-paper' });
    expect(spellingsOf('SSO/2026/1')).toEqual(['SSO/2026/1']);
  });

  describe('on their way to the petitioner', () => {
    test('everything that happens is kept, and the last decides', async () => {
      const i = fresh();
      const { number = '' } = await room.file(paper(i));
      const post = { how: 'post', tracking: ' rr 1234 5678 5 cn' } as const;
      await deliver(register, number, told({ ...post, at: on('2026-01-06'), by: { role: 'office' } }), NOW);
      await deliver(register, number, told({ ...post, what: 'returned', at: on('2026-01-12'), proof: '退信 12' }), NOW);
      const last = await deliver(register, number, told({ what: 'received', at: on('2026-01-15'), proof: 'a'.repeat(64), key: `k-${i}` }), NOW);
      expect(await deliver(register, number, told({ what: 'received', at: on('2026-01-15'), key: `k-${i}` }), NOW)).toEqual(last);
      expect(await register.papers.deliveries([paper(i).key])).toMatchObject([
        { what: 'sent', how: 'post', tracking: 'RR123456785CN', at: '2026-01-05T16:00:00.000Z', by: { role: 'office' } },
        { what: 'returned', proof: '退信 12' },
        { what: 'received', how: 'in-person', at: '2026-01-14T16:00:00.000Z' },
      ]);
      expect((await register.papers.list({ receipt: `XF-${i}` }))[0]?.delivery).toMatchObject({ what: 'received' });
    });

    test('a corrected paper has to be delivered anew', async () => {
      const i = fresh();
      const { number = '' } = await room.file(paper(i));
      await deliver(register, number, told({ what: 'received' }), NOW);
      const { key } = await room.correct(number, { reason: 'x', bytes: bytes(`x${i}`), ending: '.pdf' });
      expect((await register.papers.list({ receipt: `XF-${i}` }))[0]?.delivery).toBeUndefined();
      expect(await deliver(register, number, told({ what: 'sent' }), NOW)).toMatchObject({ paper: key });
      expect(await deliver(register, number, told({ what: 'received', version: 1 }), NOW)).toMatchObject({ paper: paper(i).key });
      await expect(deliver(register, number, told({ version: 9 }), NOW)).rejects.toMatchObject({ field: 'version' });
    });

    test.each<[string, Partial<Told>]>([
      ['tracking', { how: 'post' }], ['tracking', { how: 'post', tracking: 'RR123456784CN' }], ['tracking', { how: 'post', tracking: '12' }],
      ['at', { at: { day: Day.parse('2026-02-02') } }], ['at', { at: { day: Day.parse('2026-01-04') } }],
    ])('%s is refused by name in %j', async (field, more) => {
      const { number = '' } = await room.file(paper(fresh()));
      await expect(deliver(register, number, told(more), NOW)).rejects.toMatchObject({ name: 'RedressError', field });
      expect(await register.papers.deliveries([(await room.versions(number))[0]?.key ?? ''])).toEqual([]);
    });

    test('what is not on file cannot be delivered', async () => {
      const i = fresh();
      await expect(other({ draft: () => Promise.reject(new Error('x')) }).file(paper(i))).rejects.toThrow();
      await expect(deliver(register, paper(i).key, told({}), NOW)).rejects.toMatchObject({ code: 'not-filed' });
      expect(await register.papers.deliver({ key: `no-${i}`, paper: paper(i).key, what: 'sent', how: 'in-person', at: NOW })).toBeUndefined();
      await room.giveUp(paper(i).key, 'x');
      await expect(deliver(register, paper(i).key, told({}), NOW)).rejects.toMatchObject({ code: 'void' });
      await expect(deliver(register, 'nothing', told({}), NOW)).rejects.toMatchObject({ code: 'no-such-paper' });
    });
  });

  test('a copy is given once, and who had it stays', async () => {
    const i = fresh();
    await room.file(paper(i));
    const { key } = paper(i);
    await register.papers.gave(key, { role: 'assigner', person: 'officer-a', at: NOW, how: 'email' });
    expect(await register.papers.gave(key, { role: 'assigner', person: 'officer-b', at: NOW, how: 'by-hand' })).toMatchObject({ person: 'officer-a', how: 'email', givenAt: NOW });
    await register.papers.gave(key, { role: 'leader', at: NOW, how: 'by-hand' });
    expect((await register.papers.copies([key])).map((c) => [c.role, c.givenAt !== undefined])).toEqual([['archive', false], ['assigner', true], ['leader', true]]);
  });
});

describe('the check', () => {
  let url: string;
  let register: Register;
  beforeAll(async () => {
    url = await postgres.database('checked');
    register = await openRegister({ url });
  });
  afterAll(() => register.close());

  /** Whoever can do this is not held up by triggers either: what is left is to find it. */
  const tamper = async (...statements: string[]): Promise<void> => {
    const client = new Client(url);
    await client.connect();
    for (const s of ['set session_replication_role = replica', ...statements]) await client.query(s);
    await client.end();
  };

  test('finds what is missing, what was changed, and numbers that are gone', async () => {
    const store = folder(root());
    const room = filing({ register, store, draft, office, now: () => NOW });
    const filed = await Promise.all([1, 2, 3, 4, 5].map((i) => room.file(paper(i))));
    await room.correct(paper(5).key, { reason: 'x', bytes: bytes('x'), ending: '.pdf' });
    await expect(filing({ register, store, draft: () => Promise.reject(new Error('x')), office }).file(paper(6))).rejects.toThrow();
    expect(await checkPapers(register, store)).toMatchObject({ ok: true, papers: 7, files: 6, findings: [], unfinished: [{ key: paper(6).key }] });

    await rm(join(root(), filed[0]?.path ?? ''));
    await writeFile(join(root(), filed[1]?.path ?? ''), '改过');
    await tamper(`delete from papers where key = '${paper(3).key}'`, `update papers set sha256 = repeat('0', 64) where key = '${paper(5).key}'`);
    const gone = Number(/(\d+)号$/.exec(filed[2]?.number ?? '')?.[1]);
    const checked = await checkPapers(register, store);
    expect(checked).toMatchObject({ ok: false, series: [{ series: 'xf', year: 2026, missing: [gone] }] });
    expect(checked.findings.map((f) => `${f.problem} ${f.number}`).toSorted()).toEqual([
      `changed ${filed[1]?.number}`, `changed ${filed[4]?.number}`, `missing ${filed[0]?.number}`, `replaced-other ${filed[4]?.number}`,
    ].toSorted());
    expect(checked.findings.find((f) => f.key === paper(2).key)?.found).toBe(sha256Of(bytes('改过')));
    await tamper(`update paper_series set last = 2`);
    expect((await register.papers.series())[0]?.beyond.length).toBeGreaterThan(0);
  });

  test('says nothing of papers while the archive is away', async () => {
    await expect(checkPapers(register, folder(join(temporary, 'not-mounted')))).rejects.toMatchObject({ code: 'away' });
  });
});

test('papers of before are on file still, and new ones follow them', async () => {
  const url = await postgres.database('older');
  const register = await openRegister({ url });
  await register.papers.enter({ key: 'XF-1/9/closing-report', receipt: 'XF-1', of: 9, kind: 'closing-report', path: 'XF-1/closing-report-9.md', sha256: 'aa' });
  const room = filing({ register, store: folder(join(temporary, 'older')), draft, office });
  expect(await room.file(paper(9, { receipt: 'XF-1', key: 'XF-1/9/closing-report', kind: 'closing-report' }))).toEqual({ path: 'XF-1/closing-report-9.md', sha256: 'aa' });
  await register.close();
});

test('the sample institution numbers its papers where it says so', async () => {
  const register = await openRegister({ memory: true });
  await register.importInstitution({ ...(await loadInstitution('examples/institution.yaml')), numbering: { xf: '示街信〔{year}〕{n}号' } });
  const seen: DraftContext[] = [];
  const room = filing({ register, store: folder(join(temporary, 'sample')), draft: async (report, context) => (seen.push(context), draft(report, context)) });
  expect(await room.file(paper(1, { to: 'leader', outside: false }))).toMatchObject({ number: '示街信〔2026〕1号' });
  expect(seen).toMatchObject([{ to: { zh: '批示领导' }, unitTitle: { zh: '街道办事处' }, letterhead: { name: { zh: '示例街道办事处' } }, copies: [{ en: 'Authority that referred or assigned it' }] }]);
  await register.close();
});

test('what the documents room drafts is the same each time, and goes on file with its number', async () => {
  const [one, two] = await Promise.all([1, 2].map(async (i) => {
    const register = await openRegister({ memory: true });
    await register.importInstitution({ ...(await loadInstitution('examples/institution.yaml')), numbering: { xf: '示街信〔{year}〕{n}号' } });
    await register.admit({ receipt: 'XF-1', key: 'XF-1', contact: { name: '某甲' }, summary: '' });
    const store = folder(join(temporary, `real-${i}`));
    const filed = await filing({ register, store, draft: documents }).file(paper(1));
    await register.close();
    return { filed, content: await store.get(filed.path) };
  }));
  expect(one).toEqual(two);
  expect(one?.filed.number).toBe('示街信〔2026〕1号');
  expect(Buffer.from(one?.content.subarray(0, 2) ?? []).toString()).toBe('PK');
});

describe('days and numbers', () => {
  test.each([
    ['Asia/Shanghai', '2026-12-31T15:59:59.999Z', '2026-12-31'], ['Asia/Shanghai', '2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['Europe/London', '2026-06-30T23:00:00.000Z', '2026-07-01'], ['America/New_York', '2027-01-01T04:59:59.999Z', '2026-12-31'], ['UTC', '2026-02-28T23:59:59.999Z', '2026-02-28'],
  ])('in %s, %s is on %s', (zone, at, day) => expect(dayIn(zone, Instant.parse(at))).toBe(day));

  test.each([
    ['Asia/Shanghai', '2026-01-06', '2026-01-05T16:00:00.000Z'], ['Europe/London', '2026-03-29', '2026-03-29T00:00:00.000Z'], ['Europe/London', '2026-03-30', '2026-03-29T23:00:00.000Z'],
    ['Europe/London', '2026-10-25', '2026-10-24T23:00:00.000Z'], ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z'], ['Pacific/Kiritimati', '2026-05-01', '2026-04-30T10:00:00.000Z'],
    // Midnight was skipped here: the day begins at one.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
  ])('in %s, %s begins at %s', (zone, day, at) => expect(startOf(zone, Day.parse(day))).toBe(at));

  test.each([
    ['RR123456785CN', 'RR123456785CN'], ['rr 123 456 785 cn', 'RR123456785CN'], ['RR123456784CN', undefined], ['XA12345678943', 'XA12345678943'], ['1234567890123', '1234567890123'],
    ['', undefined], ['RR12345678CN', undefined], ['不详', undefined], ['ABCDEFGHIJ', undefined], ['RB473124829GB', 'RB473124829GB'], ['RB473124820GB', undefined],
  ])('the registered letter %j is read as %j', (typed, read) => expect(trackingOf(typed)).toBe(read));
});
