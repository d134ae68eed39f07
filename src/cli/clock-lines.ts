import { type CaseState, type DutyView, onDay } from '../core/index.ts';
import { role, title } from '../core/say.ts';
import type { Lang } from '../core/text.ts';
import { paint } from './paint.ts';
import { table } from './table.ts';

const T = {
  zh: { head: ['截止', '宜于此前', '义务', '义务人'], overdue: '，已逾期', paused: '停计中', provisional: '，暂定' },
  en: { head: ['Due', 'Act by', 'Duty', 'Owed by'], overdue: ', overdue', paused: 'stopped', provisional: ', provisional' },
} as const;

/** The clocks of a case that run or stand, the most urgent first. */
export function clockLines(state: CaseState, duties: readonly DutyView[], lang: Lang): string[] {
  const t = T[lang];
  const running = duties.filter((d) => d.status === 'open' || d.status === 'paused').toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  if (running.length === 0) return [];
  const rows = running.map((d) => [
    d.status === 'paused' ? t.paused : `${onDay(d.dueDate)[lang]}${d.provisional ? t.provisional : ''}${d.overdue ? paint.bad(t.overdue) : ''}`,
    d.actBy,
    `${title(state, d.instance)[lang]} [${d.instance}]`,
    role(state, d.owes)[lang],
  ]);
  return table(t.head.map((name, i) => ({ title: name, soft: i >= 2 })), rows, 2);
}
