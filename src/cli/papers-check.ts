import { configFrom } from '../config.ts';
import { type Checked, checkPapers, type Finding, storeOf } from '../filing/index.ts';
import type { Series } from '../register/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { nameOf } from './papers-words.ts';

const T = {
  zh: {
    problem: { missing: '档案中没有', changed: '与登记的哈希不符', 'pdf-missing': '档案中没有 PDF', 'pdf-changed': 'PDF 与登记的哈希不符', 'replaced-other': '所替换版本的哈希与登记不符' },
    expected: '登记', found: '现为', gap: (s: Series) => `文号空缺：${s.series} ${s.year} 年 ${list(s.missing, '、')}`, beyond: (s: Series) => `文号超出计数（${s.last}）：${s.series} ${s.year} 年 ${list(s.beyond, '、')}`,
    series: (s: Series) => `${s.series} ${s.year} 年：已用到 ${s.last} 号，无空缺`,
    unfinished: (n: number) => `另有 ${n} 份已编号而尚未归档：`, voided: (n: number) => `作废 ${n} 份，文号保留。`,
    fine: (c: Checked) => `核对 ${c.papers} 份文书、${c.files} 个文件，与登记簿一致。`, bad: (c: Checked, n: number) => `核对 ${c.papers} 份文书、${c.files} 个文件，${n} 处不符。`, reading: (n: number) => `正在核对，已读 ${n} 份`,
  },
  en: {
    problem: { missing: 'is not in the archive', changed: 'does not have the hash on record', 'pdf-missing': 'its PDF is not in the archive', 'pdf-changed': 'its PDF does not have the hash on record', 'replaced-other': 'what it replaced has another hash than is recorded' },
    expected: 'on record', found: 'found', gap: (s: Series) => `numbers missing in ${s.series} ${s.year}: ${list(s.missing, ', ')}`, beyond: (s: Series) => `numbers past the counter (${s.last}) in ${s.series} ${s.year}: ${list(s.beyond, ', ')}`,
    series: (s: Series) => `${s.series} ${s.year}: numbers up to ${s.last}, none missing`,
    unfinished: (n: number) => `${n} more with a number and not filed yet:`, voided: (n: number) => `${n} void, whose numbers stay taken.`,
    fine: (c: Checked) => `${c.papers} papers and ${c.files} files checked; all as on record.`, bad: (c: Checked, n: number) => `${c.papers} papers and ${c.files} files checked; ${n} not as on record.`, reading: (n: number) => `checking, ${n} read so far`,
  },
} as const;

const MOST = 20;

/** Work that is done sooner needs no progress. */
const QUIET_MS = 1000;

const list = (numbers: readonly number[], comma: string): string => `${numbers.slice(0, MOST).join(comma)}${numbers.length > MOST ? ` … (${numbers.length})` : ''}`;

/** Holds the archive against the register. The exit code is 1 where they do not fit. */
export async function checkArchive(io: Io, json: boolean): Promise<void> {
  await withRegister(async (register) => {
    const store = storeOf(process.env, configFrom(process.env).home);
    const quietTill = Date.now() + QUIET_MS;
    const checked = await checkPapers(register, store, (n) => {
      if (Date.now() > quietTill) io.progress({ zh: T.zh.reading(n), en: T.en.reading(n) });
    });
    io.done();
    if (!checked.ok) process.exitCode = 1;
    if (json) return io.out(printed({ archive: store.where, ...checked }));
    for (const line of lines(checked, io)) io.out(line);
  });
}

function lines(checked: Checked, { lang }: Io): string[] {
  const t = T[lang];
  const wrong = [
    ...checked.findings.flatMap((f) => findingLines(f, lang)),
    ...checked.series.flatMap((s) => [...(s.missing.length > 0 ? [paint.bad(t.gap(s))] : []), ...(s.beyond.length > 0 ? [paint.bad(t.beyond(s))] : [])]),
  ];
  const count = checked.findings.length + checked.series.filter((s) => s.missing.length + s.beyond.length > 0).length;
  return [
    ...wrong,
    ...checked.series.filter((s) => s.missing.length + s.beyond.length === 0).map(t.series),
    ...(checked.unfinished.length > 0 ? [paint.warn(t.unfinished(checked.unfinished.length)), ...checked.unfinished.slice(0, MOST).map((p) => `  ${nameOf(p)}  ${p.receipt}  ${p.kind}`)] : []),
    ...(checked.voided.length > 0 ? [t.voided(checked.voided.length)] : []),
    checked.ok ? paint.good(t.fine(checked)) : paint.bad(t.bad(checked, count)),
  ];
}

function findingLines(f: Finding, lang: 'zh' | 'en'): string[] {
  const t = T[lang];
  return [`${paint.bad(nameOf(f))}  ${f.path}  ${t.problem[f.problem]}`, `  ${t.expected} ${f.expected}`, ...(f.found === undefined ? [] : [`  ${t.found} ${f.found}`])];
}
