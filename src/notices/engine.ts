import { Liquid } from 'liquidjs';
import type { Lang } from '../core/text.ts';

/** Tags that a notice has no use for: those that read files by a computed name, and those that keep state. */
const LEFT_OUT = ['layout', 'block', 'render', 'tablerow', 'cycle', 'increment', 'decrement', 'liquid', 'echo'];

/** Far more than a notice needs, and too little to hold up a worker. */
const LIMITS = { parseLimit: 64 * 1024, renderLimit: 2000, memoryLimit: 4_000_000 };

/** Filters of our own, beside those of Liquid. */
const FILTERS: Readonly<Record<string, (lang: Lang) => (value: unknown, ...args: unknown[]) => string>> = {
  /** 2026-10-06 as 2026年10月6日（星期二） */
  day: (lang) => (value) => told(value, (year, month, day, weekday) =>
    lang === 'zh' ? `${year}年${month}月${day}日（星期${WEEKDAYS.zh[weekday] ?? ''}）` : `${WEEKDAYS.en[weekday] ?? ''} ${day} ${MONTHS[month - 1] ?? ''} ${year}`),
  /** 2026-10-06 as 10月6日 */
  month_day: (lang) => (value) => told(value, (_, month, day) => (lang === 'zh' ? `${month}月${day}日` : `${day} ${(MONTHS[month - 1] ?? '').slice(0, 3)}`)),
  /** No more than so many characters, of which the last is then an ellipsis. */
  cut: () => (value, most) => cut(textOf(value), Number(most)),
};

const WEEKDAYS = { zh: ['日', '一', '二', '三', '四', '五', '六'], en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] };
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/**
 * Notices are plain text: nothing is escaped, and what a value says is not read as a template. What is empty counts as
 * not there, in `{% if link %}`. Includes come from `sources` only.
 */
export function engineFor(lang: Lang, sources: Readonly<Record<string, string>>): Liquid {
  const engine = new Liquid({
    ...LIMITS, strictFilters: true, strictVariables: true, ownPropertyOnly: true, jsTruthy: true, cache: true, templates: { ...sources }, extname: '', relativeReference: false,
  });
  for (const tag of LEFT_OUT) delete engine.tags[tag];
  for (const [name, make] of Object.entries(FILTERS)) engine.registerFilter(name, make(lang));
  return engine;
}

/** By characters as people count them, never through the middle of one. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)].map((s) => s.segment);
  return characters.length <= most || !(most > 0) ? text : `${characters.slice(0, most - 1).join('')}…`;
}

function told(value: unknown, say: (year: number, month: number, day: number, weekday: number) => string): string {
  const text = textOf(value);
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return day === undefined ? text : say(Number(year), Number(month), Number(day), new Date(text).getUTCDay());
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
