import { type CaseState, clocked, dayOf, type Event, localDay, localMinutes, nameOfWeekday, relationTo, say, weekdayOf } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { columns, paint } from './paint.ts';
import { padEnd, padStart, widthOf, wrap } from './width.ts';

const T = {
  zh: { day: '第几日', when: '日期', time: '时间', what: '经过', learnt: (t: string) => `〔${t} 登记〕` },
  en: { day: 'Day', when: 'Date', time: 'Time', what: 'What happened', learnt: (t: string) => ` [recorded ${t}]` },
} as const;

/** Beyond this many milliseconds, when it was recorded is told beside when it happened. */
const PROMPT = 60_000;

const COLOURS: Partial<Record<Event['type'], (text: string) => string>> = {
  'fell-overdue': paint.bad,
  escalated: paint.bad,
  'notice-failed': paint.bad,
  'filing-failed': paint.bad,
  refused: paint.bad,
  reminded: paint.warn,
  lapsed: paint.warn,
  met: paint.good,
  noticed: paint.faint,
  filed: paint.faint,
};

/** A timeline as a lawyer reads it: day since receipt, date and weekday, time, and what happened. Each line stands alone. */
export function timelineLines(state: CaseState, events: readonly Event[], lang: Lang): string[] {
  const t = T[lang];
  const rows = events.map((e) => ({ e, cells: cellsOf(state, e, lang) }));
  const head: readonly [string, string, string, string] = ['#', t.day, t.when, t.time];
  const widths = head.map((title, i) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row.cells[i] ?? ''))));
  const line = (cells: readonly string[]): string => cells.map((cell, i) => (i < 2 ? padStart : padEnd)(cell, widths[i] ?? 0)).join('  ');
  const indent = widths.reduce((sum, w) => sum + w + 2, 0);
  const edge = columns();
  return [
    paint.faint(`${line(head)}  ${t.what}`),
    ...rows.flatMap(({ e, cells }) => {
      const text = `${say(state, e)[lang]}${markOf(state, e, lang)}`;
      const [first = '', ...rest] = edge === undefined ? [text] : wrap(text, Math.max(30, edge - indent));
      const paintIt = (e.type === 'met' && e.late ? paint.bad : COLOURS[e.type]) ?? ((s: string) => s);
      return [`${line(cells)}  ${paintIt(first)}`, ...rest.map((more) => ' '.repeat(indent) + paintIt(more))];
    }),
  ];
}

function cellsOf({ calendar, receivedAt }: CaseState, e: Event, lang: Lang): string[] {
  const day = localDay(calendar, e.at);
  const minutes = Math.floor(localMinutes(calendar, e.at));
  return [String(e.seq), String(day - localDay(calendar, receivedAt)), `${dayOf(day)} ${shortWeekday(day, lang)}`, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`];
}

const two = (n: number): string => String(n).padStart(2, '0');

const shortWeekday = (day: number, lang: Lang): string => {
  const name = nameOfWeekday(weekdayOf(day))[lang];
  return lang === 'zh' ? name.replace('星期', '周') : name.slice(0, 3);
};

/** Tells what was learnt late from what was told at once. */
function markOf({ calendar }: CaseState, e: Event, lang: Lang): string {
  if (Date.parse(e.recordedAt) - Date.parse(e.at) <= PROMPT) return '';
  return T[lang].learnt(clocked(calendar, e.recordedAt)[lang].replace(/（.*?）| \(.*?\)/, lang === 'zh' ? ' ' : ''));
}

/** "Handling of petitions (xinfang-2022 v1), Street office: received 2026-09-20 (Sunday) 09:00, Asia/Shanghai". */
export function headingOf(state: CaseState, unit: string, lang: Lang): string[] {
  const { procedure, calendar, receipt, receivedAt, stage, closedAt } = state;
  const [title, at] = [procedure.stages[stage]?.title[lang] ?? stage, clocked(calendar, receivedAt)[lang]];
  const first = `${receipt}  ${procedure.title[lang]}（${procedure.id} v${procedure.version}）`;
  const zh = `${unit}，${at} 收到；${closedAt === undefined ? '现处于' : '已结案，'}“${title}”。时间均为 ${calendar.zone}。`;
  const en = `${unit}; received ${at}; ${closedAt === undefined ? 'now' : 'closed,'} "${title}". All times ${calendar.zone}.`;
  return [paint.strong(lang === 'zh' ? first : first.replace('（', ' (').replace('）', ')')), { zh, en }[lang], ...linkLines(state, lang)];
}

/** The cases that it is linked to, each with what it is to this one. */
function linkLines({ links }: CaseState, lang: Lang): string[] {
  return Object.values(links).flatMap(({ receipt, relation, link }) => {
    if (receipt === undefined) return [];
    const what = relationTo(relation, link === undefined)[lang];
    return [lang === 'zh' ? `关联：${what} ${receipt}` : `Linked: ${what}, ${receipt}`];
  });
}

