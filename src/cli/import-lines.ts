import type { Lang } from '../core/text.ts';
import type { Imported } from './import-register.ts';
import { paint } from './paint.ts';
import { pairs, table } from './table.ts';

/** Problems listed for people; the file of refused rows has all. */
const LISTED = 50;

const T = {
  zh: {
    done: (i: Imported) => `${i.rows} 行：导入 ${i.entered} 件（已结 ${i.closed}，未结 ${i.open}，其中逾期 ${i.overdue}），以前已导入 ${i.again} 件，未导入 ${i.refused} 行；用时 ${i.seconds} 秒。`,
    dry: (i: Imported) => `试运行，未写入：${i.rows} 行，可导入 ${i.entered} 件（已结 ${i.closed}，未结 ${i.open}，其中逾期 ${i.overdue}），不能导入 ${i.refused} 行；用时 ${i.seconds} 秒。`,
    started: (n: number) => `已由引擎接着计时 ${n} 件。`, open: '未结案的只在登记簿中；要由引擎接着计时，请加 --start 再导入一次。',
    read: (i: Imported) => `文件：${i.sheet.format}${i.sheet.encoding ? `，编码 ${i.sheet.encoding}` : ''}${i.sheet.sheet ? `，工作表“${i.sheet.sheet}”` : ''}；跳过空行 ${i.emptyRows} 行。`,
    problems: '未导入的原因', head: ['行', '列', '代码', '说明'], more: (n: number) => `另有 ${n} 处；用 --errors 文件名 取得全部。`, errors: (f: string) => `未导入的行已写入 ${f}（其中有个人信息）；改正后可直接再导入。`,
  },
  en: {
    done: (i: Imported) => `${i.rows} rows: ${i.entered} cases imported (${i.closed} closed, ${i.open} open, ${i.overdue} of them overdue), ${i.again} there before, ${i.refused} rows refused; ${i.seconds} seconds.`,
    dry: (i: Imported) => `Dry run, nothing written: ${i.rows} rows, ${i.entered} cases could go in (${i.closed} closed, ${i.open} open, ${i.overdue} of them overdue), ${i.refused} rows could not; ${i.seconds} seconds.`,
    started: (n: number) => `The engine runs ${n} of them from now on.`, open: 'Open cases are on the register only; import once more with --start to have the engine run them.',
    read: (i: Imported) => `File: ${i.sheet.format}${i.sheet.encoding ? `, ${i.sheet.encoding}` : ''}${i.sheet.sheet ? `, sheet "${i.sheet.sheet}"` : ''}; ${i.emptyRows} empty rows skipped.`,
    problems: 'Why rows were refused', head: ['Row', 'Column', 'Code', 'What'], more: (n: number) => `${n} more: --errors FILE gets all.`, errors: (f: string) => `The refused rows are in ${f}, personal data included; mend them there and import the file.`,
  },
} as const;

/** How an import went, for people. */
export function tallyLines(i: Imported, lang: Lang): string[] {
  const t = T[lang];
  const shown = i.examples.slice(0, LISTED);
  const all = Object.values(i.problems).reduce((sum, n) => sum + n, 0);
  return [
    paint.strong(i.dryRun ? t.dry(i) : t.done(i)),
    t.read(i),
    ...(i.started > 0 ? [t.started(i.started)] : !i.dryRun && i.open > 0 ? [t.open] : []),
    ...(all === 0 ? [] : ['', paint.strong(t.problems), ...pairs(Object.entries(i.problems).map(([code, n]) => [code, String(n)])), '',
      ...table(t.head.map((title, n) => ({ title, right: n === 0 })), shown.map((p) => [String(p.row), p.column, p.code, p.text[lang]]))]),
    ...(all > shown.length ? [t.more(all - shown.length)] : []),
    ...(i.errors === undefined ? [] : ['', t.errors(i.errors)]),
  ];
}
