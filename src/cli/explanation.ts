import { type Explanation, onDay } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { columns, paint } from './paint.ts';
import { pairs } from './table.ts';
import { wrap } from './width.ts';

const T = {
  zh: {
    due: '截止', actBy: '宜于此前办理', owes: '义务人', rule: '依据', counted: '计算依据', status: '状态', why: '日期由来',
    provisional: '（暂定）', version: (p: string, c: string) => `程序 ${p}，日历 ${c}`,
    open: '进行中', paused: '停计中', met: '已完成', released: '不再需要', lapsed: '期限已届满',
  },
  en: {
    due: 'Due', actBy: 'Act by', owes: 'Owed by', rule: 'Rule', counted: 'Counted by', status: 'Status', why: 'Why then',
    provisional: ' (provisional)', version: (p: string, c: string) => `procedure ${p}, calendar ${c}`,
    open: 'running', paused: 'stopped', met: 'done', released: 'no longer owed', lapsed: 'its time has passed',
  },
} as const;

/** A due date and its reason, step by step, for people. */
export function explanationLines(e: Explanation, owes: string, lang: Lang): string[] {
  const t = T[lang];
  const { citation } = e;
  const counted = t.version(`${e.procedure.id} v${e.procedure.version}`, `${e.calendar.id} ${e.calendar.version}（${e.calendar.zone}）`);
  return [
    paint.strong(e.title[lang]),
    ...pairs([
      [t.due, `${paint.strong(onDay(e.dueDate)[lang])}${e.provisional ? paint.warn(t.provisional) : ''}`],
      ...(e.actBy === e.dueDate ? [] : [[t.actBy, onDay(e.actBy)[lang]] as const]),
      [t.owes, owes],
      [t.rule, citation.text[lang]],
      ...(citation.note === undefined ? [] : [['', citation.note[lang]] as const]),
      ...(statusOf(e, lang)),
      [t.counted, lang === 'zh' ? counted : counted.replace('（', ' (').replace('）', ')')],
    ]),
    '',
    paint.strong(t.why),
    ...e.steps.flatMap((step, i) => numbered(i + 1, step.text[lang])),
  ];
}

function statusOf(e: Explanation, lang: Lang): [string, string][] {
  const said: Readonly<Record<string, string | ((p: string, c: string) => string)>> = T[lang];
  const status = e.status === undefined ? undefined : said[e.status];
  return typeof status === 'string' ? [[T[lang].status, status]] : [];
}

function numbered(n: number, text: string): string[] {
  const width = columns();
  const [first = '', ...rest] = width === undefined ? [text] : wrap(text, width - 6);
  return [`  ${String(n).padStart(2)}. ${first}`, ...rest.map((line) => `      ${line}`)];
}
