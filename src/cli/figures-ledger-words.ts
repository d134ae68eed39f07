import { type Calendar, type Instant, localDay, localMinutes, numberOf } from '../core/index.ts';
import { loadCalendar } from '../calendars/load.ts';
import type { Lang } from '../core/text.ts';
import { dayOn } from '../figures/load.ts';
import type { Entry, RungTold } from '../figures/ledger.ts';
import { passedWords } from './figures-words.ts';

/** Names of what a ledger holds as ids. */
export interface Naming {
  readonly duty: (entry: Entry) => string;
  readonly role: (procedure: string, role: string) => string;
  readonly unit: (unit: string) => string;
  readonly person: (id: string) => string;
}

const T = {
  zh: {
    owed: '未办', stopped: '停计', met: '已办', released: '免予办理', lapsed: '期满', cleared: '（更正后未逾期）', intime: '未逾期',
    days: (n: number) => `${n} 天`, hours: (n: number) => `${n} 小时`, minutes: (n: number) => `${n} 分钟`,
    rung: (n: number, times: number) => `第 ${n} 级${times > 1 ? `第 ${times} 次` : ''}`, unsent: '未送达', pending: '通知中', instead: (role: string) => `由${role}代收`,
    open: '（', close: '）', comma: '，',
    why: { 'system-away': '系统停机', 'learnt-late': '事后获知', spread: '分批通知', 'passed-on': '前级无人', unanswered: '前级未确认' },
  },
  en: {
    owed: 'still owed', stopped: 'clock stands', met: 'done', released: 'ended', lapsed: 'time ran out', cleared: ' (in time after a correction)', intime: 'in time',
    days: (n: number) => (n === 1 ? '1 day' : `${n} days`), hours: (n: number) => (n === 1 ? '1 hour' : `${n} hours`), minutes: (n: number) => (n === 1 ? '1 minute' : `${n} minutes`),
    rung: (n: number, times: number) => `rung ${n}${times > 1 ? `, time ${times}` : ''}`, unsent: 'not delivered', pending: 'being told', instead: (role: string) => `told instead: ${role}`,
    open: ' (', close: ')', comma: ', ',
    why: { 'system-away': 'system away', 'learnt-late': 'learnt late', spread: 'spread', 'passed-on': 'nobody on the rung before', unanswered: 'no answer on the rung before' },
  },
} as const;

/** How an entry stands, and whether it was cleared. */
export const standingOf = (e: Entry, lang: Lang): string => `${T[lang][e.standing]}${e.cleared ? T[lang].cleared : ''}`;

/** How late, in the calendar's days where a day or more, else in hours or minutes. */
export function latenessOf(e: Entry, now: Instant, lang: Lang): string {
  const t = T[lang];
  const days = lateDays(e, now);
  if (e.lateBy === 0 && days === 0) return t.intime;
  if (days > 0) return t.days(days);
  return e.lateBy >= 60 ? t.hours(Math.floor(e.lateBy / 60)) : t.minutes(e.lateBy);
}

/** Days of the calendar after the last day; 0 on that day itself. */
export function lateDays(e: Entry, now: Instant): number {
  if (e.lateBy === 0 && (e.cleared || e.standing === 'stopped')) return 0;
  const until = e.metAt ?? (e.standing === 'owed' ? now : undefined);
  return until === undefined ? Math.floor((e.lateBy + 1439) / 1440) : Math.max(0, numberOf(dayOn(e.calendar, until)) - numberOf(e.dueDate));
}

/** Whom one rung told, whom it passed over, and why it came late. */
export function toldWords(t: RungTold, e: Entry, names: Naming, lang: Lang): string {
  const w = T[lang];
  const role = (id: string): string => names.role(e.procedure, id);
  const passed = t.passedOver.map((p) => `${role(p.role)}${p.person === undefined ? '' : ` ${names.person(p.person)}`} ${passedWords(p.why, lang)}`);
  const reached = t.reached === undefined ? w.pending : t.reached.failed !== undefined ? w.unsent : t.reached.person === undefined ? '' : names.person(t.reached.person);
  const others = [
    reached, ...(t.reached?.role === undefined || t.reached.role === t.role ? [] : [w.instead(role(t.reached.role))]), ...passed, ...(t.why === undefined ? [] : [w.why[t.why]]),
  ].filter((part) => part !== '');
  return `${w.rung(t.rung, t.times)} ${clockOn(e.calendar, t.reached?.at ?? t.at)} ${role(t.role)}${others.length > 0 ? `${w.open}${others.join(w.comma)}${w.close}` : ''}`;
}

const BEFELL: Partial<Record<Entry['grounds'][number]['event'], { zh: string; en: string }>> = {
  reminded: { zh: '提醒', en: 'reminder' }, 'fell-overdue': { zh: '逾期', en: 'overdue' }, escalated: { zh: '上报', en: 'raised' }, lapsed: { zh: '期满', en: 'time ran out' },
};

/** Where the system, and no person, came late. */
export function groundWords({ at, event, why }: Entry['grounds'][number], calendar: string, lang: Lang): string {
  const w = T[lang];
  return `${clockOn(calendar, at)} ${BEFELL[event]?.[lang] ?? event}${w.open}${w.why[why]}${w.close}`;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** An instant as the clocks of a calendar show it: `2026-01-05 15:30`. */
export function clockOn(id: string, at: Instant): string {
  let calendar: Calendar;
  try {
    calendar = loadCalendar(id);
  } catch {
    return `${at.slice(0, 16).replace('T', ' ')}Z`;
  }
  const minutes = Math.floor(localMinutes(calendar, at));
  return `${new Date(localDay(calendar, at) * 86_400_000).toISOString().slice(0, 10)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
