import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CaseView } from '../src/core/effects.ts';
import { Event } from '../src/core/events.ts';
import { Instant } from '../src/core/instant.ts';
import { filing, folder } from '../src/filing/index.ts';
import { sha256Of } from '../src/filing/store.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { openRegister, type Register, type Served, serveRegister } from '../src/register/index.ts';
import { draft, paper } from './support/papers.ts';
import { type Ran, redress } from './support/redress.ts';

const RECEIPT = '7Q2M-0KXD-4TFA';
const AT = '2026-01-05T01:00:00.000Z';

let home: string;
let place: Served;
let register: Register;
let number: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'redress-papers-'));
  place = await serveRegister({ dir: join(home, 'register') });
  register = await openRegister({ url: place.url });
  await register.importInstitution({ ...(await loadInstitution('examples/institution.yaml')), numbering: { xf: '示街信〔{year}〕{n}号' } });
  await register.record([Event.parse({ seq: 1, at: AT, recordedAt: AT, type: 'closed' })], CaseView.parse({
    receipt: RECEIPT, procedure: 'xinfang-2022', version: 1, calendar: 'cn', calendarVersion: '1', channel: 'letter', unit: 'street', stage: 'registered',
    receivedAt: AT, openedAt: AT, seq: 1, overdue: false, level: 0, duties: [],
  }));
  const room = filing({ register, store: folder(join(home, 'archive')), draft });
  number = (await room.file(paper(1, { receipt: RECEIPT, key: `${RECEIPT}/1/acceptance-notice` }))).number ?? '';
});
afterAll(async () => {
  await register?.close();
  await place?.close();
  await rm(home, { recursive: true, force: true });
});

/** The register is reached by its address, so no engine has to run. */
const papers = (args: readonly string[], lang: 'zh' | 'en' = 'en'): Promise<Ran> =>
  redress(['papers', ...args, '--lang', lang], { env: { REDRESS_HOME: home, DATABASE_URL: place.url, TEMPORAL_ADDRESS: '127.0.0.1:1' } });
const Failed = z.object({ error: z.object({ code: z.string(), field: z.string(), message: z.string() }) });
const errorOf = ({ err }: Ran) => Failed.parse(JSON.parse(err.trimEnd().split('\n').at(-1) ?? '')).error;

describe('papers', () => {
  test('are listed with number, title, date, state and delivery', async () => {
    const [en, zh, all, json, none] = await Promise.all([papers([RECEIPT]), papers([RECEIPT.toLowerCase()], 'zh'), papers([]), papers([RECEIPT, '--json']), papers(['AAAA-AAAA-AAAA'])]);
    expect(en.out).toMatch(/^Number +Title +Date +State +Delivery\n示街信〔2026〕1号 +Notice of acceptance +2026-01-05 +filed +not delivered\n$/);
    expect(zh.out).toMatch(/^文号 +标题 +成文日期 +状态 +送达\n示街信〔2026〕1号 +受理告知书 +2026-01-05 +已归档 +未送达\n$/);
    expect(all.out).toMatch(new RegExp(`Receipt\\n.*${RECEIPT}\n$`));
    expect(JSON.parse(json.out)).toMatchObject({ papers: [{ number, receipt: RECEIPT, state: 'filed' }] });
    expect(none.out).toBe('There are no papers.\n');
  });

  test('are saved byte by byte, and never over another file', async () => {
    const target = join(home, 'saved.docx');
    expect(await papers(['save', '示街信[2026]1号', target])).toMatchObject({ code: 0, out: `${target}\n` });
    const [row] = await register.papers.versions([number]);
    expect(sha256Of(await readFile(target))).toBe(row?.sha256);
    expect(await papers(['save', number, target])).toMatchObject({ code: 1, err: expect.stringContaining('was not overwritten') });
    expect(await papers(['save', number, target, '--pdf'])).toMatchObject({ code: 1, err: expect.stringContaining('no PDF') });
    expect(await papers(['save', number, home])).toMatchObject({ code: 0, out: `${join(home, 'acceptance-notice-1.docx')}\n` });
  });

  test('of somebody else are added under the next number, corrected, delivered and shown', async () => {
    const [scan, corrected] = [join(home, '来信.PDF'), join(home, 'corrected.pdf')];
    await writeFile(scan, 'scan');
    await writeFile(corrected, 'corrected');
    const added = await papers(['add', RECEIPT, scan, '--kind', 'petition-letter', '--title', '来信', '--date', '2026-01-06', '--to', 'petitioner', '--copy', 'leader']);
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toMatch(/^示街信〔2026〕2号 {2}来信 {2}7Q2M-0KXD-4TFA\/petition-letter-1-[0-9a-f]{16}\.pdf\n[0-9a-f]{64}\n$/);
    expect((await papers(['add', RECEIPT, scan, '--kind', 'petition-letter', '--title', '来信'])).out).toBe(added.out);
    const second = '示街信〔2026〕2号';
    expect(await papers(['correct', second, corrected, '--reason', '页码有误', '--by', 'office', '--person', 'officer-a'], 'zh')).toMatchObject({ code: 0, out: expect.stringContaining('（第 2 版）') });
    const posted = ['deliver', second, '--how', 'post', '--tracking', 'RR123456785CN', '--by', 'office'];
    expect(await papers(posted)).toMatchObject({ code: 0, out: expect.stringContaining('by post  RR123456785CN') });
    expect(await papers([...posted, '--returned', '2026-02-01', '--proof', '退信-3'], 'zh')).toMatchObject({ code: 1, err: expect.stringContaining('早于') });
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const received = JSON.parse((await papers([...posted, '--received', today, '--proof', '回执-17', '--json'])).out);
    expect(received).toMatchObject({ what: 'received', how: 'post', tracking: 'RR123456785CN', proof: '回执-17', by: { role: 'office' } });

    const [first] = await register.papers.versions([second]);
    await register.papers.gave(first?.key ?? '', { role: 'leader', person: 'leader-a', at: Instant.parse(AT), how: 'email' });
    const [zh, en, json] = await Promise.all([papers(['show', second], 'zh'), papers(['show', second]), papers(['show', second, '--json'])]);
    for (const words of ['第 1 版', '第 2 版', '替换', '页码有误', '信访工作机构 (officer-a)', '批示领导', '尚未发给', '已签收', '邮寄送达', '回执-17', sha256Of(Buffer.from('scan')), sha256Of(Buffer.from('corrected'))]) expect(zh.out).toContain(words);
    for (const words of ['Version 2', 'replaces', 'not given yet', 'received', 'by post']) expect(en.out).toContain(words);
    expect(zh.out).toMatch(/批示领导 {2}第 1 版 {2}已告知 2026-01-05 09:00 {2}leader-a {2}email/);
    expect(en.out).toMatch(/Version 1 {2}told 2026-01-05 09:00/);
    expect(JSON.parse(json.out)).toMatchObject({ versions: [{ version: 1 }, { version: 2, reason: '页码有误' }], copies: [{}, {}], deliveries: [{ what: 'sent' }, { what: 'received' }] });
    expect((await papers([RECEIPT])).out).toMatch(/filed, version 2 +received/);
  });

  test('are checked, and the exit code says whether all is well', async () => {
    const fine = await papers(['check']);
    expect(fine).toMatchObject({ code: 0, err: '', out: expect.stringContaining('all as on record') });
    const [row] = await register.papers.versions([number]);
    const file = join(home, 'archive', row?.path ?? '');
    const content = await readFile(file);
    await writeFile(file, '改过');
    const [zh, json] = await Promise.all([papers(['check'], 'zh'), papers(['check', '--json'])]);
    expect(zh).toMatchObject({ code: 1, out: expect.stringContaining(`${number}  ${row?.path}  与登记的哈希不符`) });
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, archive: join(home, 'archive'), findings: [{ problem: 'changed', number, found: sha256Of(Buffer.from('改过')) }] });
    expect(await papers(['save', number, join(home, 'tampered')])).toMatchObject({ code: 1, err: expect.stringContaining('hash on record') });
    expect(await readdir(home)).not.toContain('tampered');
    await writeFile(file, content);
  });

  test('are given up before they are filed, and not after', async () => {
    const broken = filing({ register, store: folder(join(home, 'archive')), draft: () => Promise.reject(new Error('x')) });
    await expect(broken.file(paper(77, { receipt: RECEIPT }))).rejects.toThrow();
    const { key } = paper(77, { receipt: RECEIPT });
    const [row] = await register.papers.versions([key]);
    expect((await papers(['check'])).out).toContain('1 more with a number and not filed yet:');
    expect(await papers(['void', row?.number ?? '', '--reason', '重复'], 'zh')).toMatchObject({ code: 0, out: `${row?.number}  已作废\n` });
    expect(await papers(['check'])).toMatchObject({ code: 0, out: expect.stringContaining('1 void, whose numbers stay taken.') });
    expect(errorOf(await papers(['void', number, '--reason', 'x', '--json']))).toMatchObject({ code: 'filed', field: 'number' });
  });
});

let asked = 0;
const scan = (): string => join(home, 'scan-2.pdf');

describe('what is asked of papers wrongly', () => {
  beforeAll(async () => {
    await writeFile(scan(), 'scan 2');
    await writeFile(join(home, 'empty.pdf'), '');
  });

  test.each<[string, number, (n: string) => string[]]>([
    ['number', 1, () => ['show', '示街信〔1999〕1号']],
    ['--how', 2, (n) => ['deliver', n]],
    ['--how', 2, (n) => ['deliver', n, '--how', 'pigeon']],
    ['tracking', 1, (n) => ['deliver', n, '--how', 'post']],
    ['tracking', 1, (n) => ['deliver', n, '--how', 'post', '--tracking', 'RR123456784CN']],
    ['--received', 1, (n) => ['deliver', n, '--how', 'in-person', '--received', '2026-02-30']],
    ['at', 1, (n) => ['deliver', n, '--how', 'in-person', '--received', '2099-01-01']],
    ['--received', 2, (n) => ['deliver', n, '--how', 'in-person', '--received', '2026-02-01', '--refused', '2026-02-01']],
    ['--by', 2, (n) => ['deliver', n, '--how', 'in-person', '--person', 'officer-a']],
    ['version', 1, (n) => ['deliver', n, '--how', 'in-person', '--edition', '9']],
    ['--kind', 2, () => ['add', RECEIPT, scan(), '--title', 'x']],
    ['--kind', 2, () => ['add', RECEIPT, scan(), '--title', 'x', '--kind', '来信']],
    ['--title', 2, () => ['add', RECEIPT, scan(), '--kind', 'x', '--title', ' ']],
    ['--series', 2, () => ['add', RECEIPT, scan(), '--kind', 'x', '--title', 'x', '--series', 'other']],
    ['--date', 1, () => ['add', RECEIPT, scan(), '--kind', 'x', '--title', 'x', '--date', '2099-01-01']],
    ['receipt', 1, () => ['add', 'AAAA-AAAA-AAAA', scan(), '--kind', 'x', '--title', 'x']],
    ['file', 1, () => ['add', RECEIPT, join(home, 'empty.pdf'), '--kind', 'x', '--title', 'x']],
    ['--reason', 2, (n) => ['correct', n, scan()]],
    ['reason', 1, (n) => ['correct', n, scan(), '--reason', ' ']],
    ['--reason', 2, (n) => ['void', n]],
  ])('%s is named', async (field, exit, args) => {
    // Every other one in Chinese; that each error has both languages is the type's doing.
    const [lang, begins] = (asked += 1) % 2 ? (['en', 'Error: '] as const) : (['zh', '错误：'] as const);
    const ran = await papers([...args(number), '--json'], lang);
    expect(ran).toMatchObject({ code: exit, out: '', err: expect.stringMatching(new RegExp(`^${begins}`)) });
    expect(ran.err.includes('。')).toBe(lang === 'zh');
    expect(errorOf(ran).field).toBe(field);
  });

  test('an archive that is not there is named by its setting', async () => {
    const ran = await redress(['papers', 'check', '--json'], { env: { REDRESS_HOME: home, DATABASE_URL: place.url, TEMPORAL_ADDRESS: '127.0.0.1:1', REDRESS_ARCHIVE: 's3://archive' } });
    expect(ran.code).toBe(1);
    expect(errorOf(ran).field).toBe('AWS_ACCESS_KEY_ID');
    const away = await redress(['papers', 'check', '--json'], { env: { REDRESS_HOME: home, DATABASE_URL: place.url, TEMPORAL_ADDRESS: '127.0.0.1:1', REDRESS_ARCHIVE: join(home, 'not-mounted') } });
    expect(errorOf(away)).toMatchObject({ code: 'away', field: 'REDRESS_ARCHIVE' });
  });
});
