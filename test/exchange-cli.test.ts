import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadInstitution } from '../src/institution/index.ts';
import { openRegister, type Served, serveRegister } from '../src/register/index.ts';
import { redress } from './support/redress.ts';

const EXAMPLE = [
  'examples/legacy-register.csv', '--procedure', 'xinfang-2022', '--key', '编号', '--channel', '@渠道',
  '--map', 'received=收到时间,accept=受理时间,issue-opinion=出具意见时间,serve=答复时间,archive=归档时间', '--map-field', 'origin=来源,issue-opinion.outcome=结论',
  '--field', 'accept.notice=见旧登记簿,issue-opinion.opinion=见旧登记簿,issue-opinion.person=handler,serve.how=in-person,serve.proof=见旧登记簿',
];

let home: string;
let served: Served;
let env: Record<string, string>;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'redress-exchange-cli-'));
  served = await serveRegister({});
  const register = await openRegister({ url: served.url });
  await register.importInstitution(await loadInstitution('examples/institution.yaml'));
  await register.close();
  // Nothing is asked of the engine, so none need be there.
  env = { REDRESS_HOME: home, DATABASE_URL: served.url, TEMPORAL_ADDRESS: '127.0.0.1:1' };
});
afterAll(async () => {
  await served.close();
  await rm(home, { recursive: true, force: true });
});

const alone = () => ({ env: { REDRESS_HOME: join(home, 'none') } });
const there = async (file: string): Promise<boolean> => access(file).then(() => true, () => false);

describe('a dry run needs no Redress', () => {
  test('it says what would happen, and leaves the refused rows in a file', async () => {
    const errors = join(home, 'refused.csv');
    const { code, out, err } = await redress(['import', ...EXAMPLE, '--unit', 'street', '--dry-run', '--errors', errors, '--lang', 'zh'], alone());
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/试运行，未写入：6 行，可导入 4 件（已结 2，未结 2，其中逾期 2），不能导入 2 行/);
    expect(out).toMatch(/6 +收到时间 +no-such-date +没有“2026-02-30”这一天。/);
    expect((await readFile(errors, 'utf8')).split('\r\n')).toHaveLength(4);
  });

  test('--json is one object; in a file without errors there is none of refused rows', async () => {
    const [file, errors] = [join(home, 'good.csv'), join(home, 'none.xlsx')];
    await writeFile(file, '编号,收到时间,渠道,来源,受理时间,出具意见时间,结论,答复时间,归档时间\n1,2026-01-05,来信,,2026-01-06,,,,\n');
    const { code, out } = await redress(['import', file, ...EXAMPLE.slice(1), '--unit', 'street', '--dry-run', '--errors', errors, '--json'], alone());
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ dryRun: true, rows: 1, entered: 1, refused: 0, sheet: { format: 'csv', encoding: 'utf-8' } });
    expect(await there(errors)).toBe(false);
  });

  test.each([
    [['--unit', 'street', '--dry-run', '--errors', 'examples/legacy-register.csv'], /--errors must be another file/],
    [['--dry-run'], /the unit with --unit/],
    [['--unit', 'street', '--dry-run', '--encoding', 'big5'], /must be one of: utf-8, gb18030/],
    [['--unit', 'street'], /No Redress runs here/],
  ])('%o', async (flags, words) => {
    const { code, err } = await redress(['import', ...EXAMPLE, ...flags, '--lang', 'en'], alone());
    expect(code).not.toBe(0);
    expect(err).toMatch(words);
  });
});

test('import, import again, and export what is there', async () => {
  const first = await redress(['import', ...EXAMPLE, '--unit', 'street', '--json'], { env });
  expect(JSON.parse(first.out)).toMatchObject({ dryRun: false, entered: 4, again: 0, refused: 2, started: 0 });
  const second = await redress(['import', ...EXAMPLE, '--unit', 'street', '--json'], { env });
  expect(JSON.parse(second.out)).toMatchObject({ entered: 0, again: 4, refused: 2 });
  const unknown = await redress(['import', ...EXAMPLE, '--unit', 'nowhere', '--lang', 'en'], { env });
  expect(unknown.err).toMatch(/There is no "nowhere"; there are .*street/);

  const csv = await redress(['export', '--format', 'csv'], { env });
  const lines = csv.out.trim().split('\r\n');
  expect(lines[0]).toMatch(/^\ufeff?case,seq,type,activity/);
  expect(new Set(lines.slice(1).map((line) => line.split(',')[0])).size).toBe(4);
  const receipt = lines[1]?.split(',')[0] ?? '';
  const one = await redress(['export', '--format', 'xes', '--receipt', receipt.toLowerCase()], { env });
  expect(one.out.match(/<trace>/g)).toHaveLength(1);
  const file = join(home, 'log.json');
  const ocel = await redress(['export', '--format', 'ocel', '--out', file, '--from', '2026-01-06', '--to', '2026-01-12', '--json'], { env });
  expect(JSON.parse(ocel.out)).toMatchObject({ cases: 2, format: 'ocel', out: file });
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
  expect(parsed).toHaveProperty('objectTypes');
  const missing = await redress(['export', '--format', 'csv', '--receipt', 'AAAA-AAAA-AAAA', '--out', join(home, 'x.csv'), '--lang', 'zh'], { env });
  expect([missing.code, missing.err]).toEqual([1, '错误：--receipt：没有登记号为 AAAA-AAAA-AAAA 的事项，请核对。\n']);
  expect(await there(join(home, 'x.csv'))).toBe(false);
});
