import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { environment, redress } from './support/redress.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const nowhere = (): Record<string, string> => ({ REDRESS_HOME: join(folder, 'nothing-runs-here') });

const DECIDE = ['due', '--procedure', 'xinfang-2022', '--duty', 'decide', '--from', '2026-09-20'];
const Due = z.object({
  dueDate: z.string(), actBy: z.string(), dueAt: z.string(), provisional: z.boolean(),
  citation: z.object({ article: z.object({ zh: z.string(), en: z.string() }) }), steps: z.array(z.object({ kind: z.string(), text: z.object({ zh: z.string(), en: z.string() }) })).min(3),
});
const Failed = z.object({ error: z.object({ code: z.string(), field: z.string(), message: z.string() }) });

describe('due', () => {
  test('prints one object with the date, its article and the reason', async () => {
    const { code, out, err } = await redress([...DECIDE, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const due = Due.parse(JSON.parse(out));
    expect(due).toMatchObject({ dueDate: '2026-10-05', actBy: '2026-09-30', dueAt: '2026-10-05T15:59:59.999Z', provisional: false });
    expect(due.citation.article.en).toContain('23');
  });

  test.each([
    ['en', ['Due', '2026-10-05 (Monday)', '2026-09-30', 'National Day', 'Asia/Shanghai']],
    ['zh', ['截止', '2026-10-05（星期一）', '国庆节', '信访工作条例']],
  ] as const)('explains itself to people (%s)', async (lang, words) => {
    const { code, out } = await redress([...DECIDE, '--lang', lang]);
    expect(code).toBe(0);
    for (const word of words) expect(out).toContain(word);
    expect(out).toMatch(/^ +1\. /m);
  });

  test('the language is that of the locale, LC_ALL first, unless --lang says otherwise', async () => {
    const [zh, en, asked] = await Promise.all([
      redress(DECIDE, { env: { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' } }),
      redress(DECIDE, { env: { LC_ALL: 'C.UTF-8', LANG: 'zh_CN.UTF-8' } }),
      redress(['--lang', 'en', ...DECIDE], { env: { LANG: 'zh_CN.UTF-8' } }),
    ]);
    expect([zh, en, asked].map((ran) => ran.out.includes('截止'))).toEqual([true, false, false]);
  });

  test('takes an instant, another calendar, and a day that the action would set', async () => {
    const [instant, overlaid, set] = await Promise.all([
      redress(['due', '--procedure', 'uk-foi-2000', '--duty', 'respond', '--from', '2026-12-23T23:30:00+01:00', '--json']),
      redress([...DECIDE.slice(0, -1), '2026-03-20', '--calendar', 'cn+guangxi', '--json']),
      redress(['due', '--procedure', 'xinfang-2022', '--duty', 'commitment', '--from', '2026-09-20', '--set', '2026-10-09', '--json']),
    ]);
    expect(Due.parse(JSON.parse(instant.out)).dueDate).toBe('2027-01-26');
    expect(JSON.parse(overlaid.out)).toMatchObject({ calendar: { id: 'cn+guangxi' } });
    expect(Due.parse(JSON.parse(set.out)).dueDate).toBe('2026-10-09');
  });

  test('takes how many times over a limit is counted, and asks for it', async () => {
    const days = ['due', '--procedure', 'kr-minwon', '--duty', 'handle-days', '--from', '2026-03-04', '--lang', 'en'];
    const [twelve, unsaid, nought, word] = await Promise.all([[...days, '--set', '12'], days, [...days, '--set', '0'], [...days, '--set', '2026-03-19']].map((args) => redress([...args, '--json'])));
    const due = Due.parse(JSON.parse(twelve?.out ?? ''));
    expect(due.dueDate).toBe('2026-03-19');
    expect(due.steps.find((s) => s.kind === 'times')?.text.en).toBe('1 working day, 12 times: 12 working days.');
    expect([unsaid, nought, word].map((ran) => [ran?.code === 0, Failed.parse(JSON.parse(ran?.err.trimEnd().split('\n').at(-1) ?? '')).error.code])).toEqual([[false, 'missing-number'], [false, 'bad-number'], [false, 'usage']]);
  });

  test('loads neither the engine nor the embedded database', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', `
        process.argv.push(...${JSON.stringify(DECIDE)});
        const { registerHooks } = await import('node:module');
        const seen = [];
        registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
        const { main } = await import(${JSON.stringify(new URL('../src/cli/main.ts', import.meta.url).href)});
        await main(${JSON.stringify([...DECIDE, '--json'])});
        console.log('\\n' + seen.filter((url) => /@temporalio|pglite|drizzle/.test(url)).length);`],
      { env: environment() },
    );
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0');
  });
});

describe('what is asked for wrongly', () => {
  test.each([
    [['lst'], 'lst', 2],
    [['due', '--form', 'x'], '--form', 2],
    [['act', 'X'], 'REDRESS_HOME', 1],
    [['list', '--lang', 'fr'], '--lang', 2],
    [['list', '--level', 'high'], '--level', 2],
    [['due', '--procedure', 'xinfang-2022'], '--duty', 2],
    [['due', '--procedure', 'xinfang-2022', '--duty', 'decide'], '--from', 2],
    [['due', '--duty', 'decide'], '--procedure', 2],
    [['act', 'X', 'accept', '--field', 'notice'], '--field', 2],
    [['due', '--procedure', 'no-such', '--duty', 'decide', '--from', '2026-01-05'], 'procedure', 1],
    [['due', '--procedure', 'xinfang-2022', '--duty', 'decide', '--from', '2026-02-30'], '--from', 1],
    [['due', '--procedure', 'xinfang-2022', '--duty', 'nothing', '--from', '2026-01-05'], '--duty', 1],
    [['due', '--procedure', 'xinfang-2022', '--duty', 'commitment', '--from', '2026-01-05'], '--set', 1],
    [['due', '--procedure', 'xinfang-2022', '--duty', 'decide', '--from', '2026-01-05', '--calendar', 'mars'], 'calendar', 1],
    [['list'], 'REDRESS_HOME', 1],
    [['timeline', '7Q2M-0KXD-4TFA'], 'REDRESS_HOME', 1],
    [['open', 'no-such-file.yaml'], 'no-such-file.yaml', 1],
    [['procedure', 'check', 'no-such-file.yaml'], 'procedure', 1],
  ] as const)('%j names %s and ends with %i, in both languages', async (args, field, exit) => {
    const [en, zh] = await Promise.all(['en', 'zh'].map((lang) => redress([...args, '--json'], { env: { ...nowhere(), LANG: `${lang}.UTF-8` } })));
    for (const [ran, begins] of [[en, 'Error: '], [zh, '错误：']] as const) {
      expect(ran?.code).toBe(exit);
      expect(ran?.out).toBe('');
      expect(ran?.err.startsWith(begins)).toBe(true);
      expect(ran?.err).not.toMatch(/ {4}at /);
      const { error } = Failed.parse(JSON.parse(ran?.err.trimEnd().split('\n').at(-1) ?? ''));
      expect(error.field).toBe(field);
      expect(`${error.field} ${error.message}`).toContain(field);
    }
  });

  test('an option without its value', async () => {
    const { code, err } = await redress(['due', '--json', '--procedure']);
    expect(code).toBe(2);
    expect(Failed.parse(JSON.parse(err.trimEnd().split('\n').at(-1) ?? '')).error.field).toBe('--procedure');
  });

  test('--debug shows the stack, and nothing else does', async () => {
    const [plain, debug] = await Promise.all([redress(['list'], { env: nowhere() }), redress(['list', '--debug'], { env: nowhere() })]);
    expect(plain.err).not.toMatch(/ {4}at /);
    expect(debug.err).toMatch(/ {4}at /);
  });

  test('an engine or a register that is away is named, without its password', async () => {
    const env = { ...nowhere(), TEMPORAL_ADDRESS: '127.0.0.1:1', DATABASE_URL: 'postgres://u:open-sesame@127.0.0.1:1/x' };
    const [list, timeline] = await Promise.all([redress(['list'], { env }), redress(['timeline', '7Q2M-0KXD-4TFA'], { env })]);
    expect(list).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_URL') });
    expect(timeline).toMatchObject({ code: 1, err: expect.stringContaining('TEMPORAL_ADDRESS') });
    expect(list.err + timeline.err).not.toContain('open-sesame');
  });
});

describe('intake that is no intake', () => {
  test.each([
    ['broken.yaml', 'procedure: [a\n', 'broken.yaml:2:1'],
    ['broken.json', '{"procedure": "xinfang-2022"\n "unit": "street"}', 'broken.json:2:2'],
    ['words.yaml', 'just words\n', 'procedure'],
    ['empty.yaml', '', 'procedure'],
    ['binary.yaml', Buffer.from([0x50, 0, 1, 2]), 'UTF-8'],
    ['latin.yaml', Buffer.from([0x75, 0x3a, 0xe9, 0x0a]), 'UTF-8'],
    ['huge.yaml', 'a: b\n'.repeat(300_000), '1 MB'],
    ['bomb.yaml', 'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n', '*'],
  ])('%s is refused in one line', async (name, content, word) => {
    const { code, err } = await redress(['open', await file(name, content)], { env: nowhere() });
    expect(code).toBe(1);
    expect(err).toContain(word);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('also where it is piped in without end', async () => {
    const { code, err } = await redress(['open', '-'], { env: nowhere(), input: 'a: b\n'.repeat(400_000) });
    expect({ code, line: err.trimEnd().split('\n').length }).toEqual({ code: 1, line: 1 });
    expect(err).toContain('stdin');
  });
});

describe('procedure', () => {
  test('check finds nothing wrong with those of the package', async () => {
    const ids = ['xinfang-2022', 'uk-foi-2000', 'company-complaint'];
    const all = await Promise.all(ids.map((id) => redress(['procedure', 'check', `procedures/${id}.yaml`])));
    expect(all.map((ran) => ran.code)).toEqual([0, 0, 0]);
  });

  test.each(['en', 'zh'])('check says what is wrong by line and column, and ends with 1 (%s)', async (lang) => {
    const good = await readFile('procedures/company-complaint.yaml', 'utf8');
    const path = await file('bad.yaml', good.replace('owes: desk', 'owes: dask'));
    const line = good.slice(0, good.indexOf('owes: desk')).split('\n').length;
    const { code, out } = await redress(['procedure', 'check', path, '--lang', lang]);
    expect(code).toBe(1);
    expect(out).toContain(`${path}:${line}:`);
    expect(out).toContain(lang === 'zh' ? ': 错误: ' : ': error: ');
    expect(out).toContain('dask');
    const json = await redress(['procedure', 'check', path, '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, problems: [{ line, severity: 'error' }] });
  });

  test('list and show', async () => {
    const [list, listed, show, shown, zh] = await Promise.all([
      redress(['procedure', 'list']), redress(['procedure', 'list', '--json']),
      redress(['procedure', 'show', 'uk-foi-2000']), redress(['procedure', 'show', 'uk-foi-2000', '--json']), redress(['procedure', 'show', 'xinfang-2022', '--lang', 'zh']),
    ]);
    expect(list.out).toContain('xinfang-2022');
    expect(JSON.parse(listed.out)).toMatchObject({ procedures: expect.arrayContaining([expect.objectContaining({ id: 'company-complaint', version: 3 })]) });
    expect(show.out).toContain('20 working days');
    expect(JSON.parse(shown.out)).toMatchObject({ id: 'uk-foi-2000', duties: { respond: { owes: 'officer' } } });
    for (const word of ['60 日', '承办人', '逾期逐级上报', '批准延期']) expect(zh.out).toContain(word);
  });

  test('a reader that goes away early is no error', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      '/bin/sh', ['-c', `"${process.execPath}" bin/redress.js procedure show xinfang-2022 | head -n 1`], { env: environment() },
    );
    expect({ lines: stdout.trimEnd().split('\n').length, stderr }).toEqual({ lines: 1, stderr: '' });
  });
});

test('help is in the language asked for', async () => {
  const [en, zh, none] = await Promise.all([redress(['open', '--help']), redress(['open', '--help', '--lang', 'zh']), redress([])]);
  expect(en).toMatchObject({ code: 0, out: expect.stringContaining('Usage: redress open') });
  expect(zh).toMatchObject({ code: 0, out: expect.stringContaining('用法：') });
  expect(none).toMatchObject({ code: 0, out: expect.stringContaining('timeline') });
});
