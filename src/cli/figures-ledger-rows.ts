import type { Instant } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import type { Entry } from '../figures/ledger.ts';
import type { Column, OutRow } from '../sheets/index.ts';
import { clockOn, groundWords, lateDays, latenessOf, type Naming, standingOf, toldWords } from './figures-ledger-words.ts';
import { paint } from './paint.ts';
import { type Column as Shown, pairs } from './table.ts';

const HEAD = {
  receipt: { zh: '登记号', en: 'Receipt' }, unit: { zh: '单位', en: 'Unit' }, duty: { zh: '义务', en: 'Duty' }, instance: { zh: '编号', en: 'Instance' },
  role: { zh: '责任岗位', en: 'Owed by' }, person: { zh: '责任人', en: 'Person' }, began: { zh: '起算', en: 'Began' }, due: { zh: '截止', en: 'Due' },
  standing: { zh: '现状', en: 'Now' }, met: { zh: '办理时间', en: 'Done at' }, metBy: { zh: '办理人', en: 'Done by' }, late: { zh: '迟延', en: 'Late by' },
  lateDays: { zh: '迟延天数', en: 'Days late' }, lateMinutes: { zh: '迟延分钟', en: 'Minutes late' }, told: { zh: '逐级报告', en: 'Told' }, rung: { zh: '报至', en: 'Raised to' },
  unanswered: { zh: '未确认', en: 'No answer from' }, tookOver: { zh: '接手', en: 'Taken over by' }, grounds: { zh: '系统原因', en: 'System' }, said: { zh: '说明', en: 'Explanations' },
} as const;
type Key = keyof typeof HEAD;

const SHOWN = ['receipt', 'duty', 'role', 'person', 'due', 'standing', 'late', 'rung', 'said', 'unit'] as const satisfies readonly Key[];
const COLUMNS = ['receipt', 'unit', 'duty', 'instance', 'role', 'person', 'began', 'due', 'standing', 'met', 'metBy', 'late', 'lateDays', 'lateMinutes', 'told', 'unanswered', 'tookOver', 'grounds', 'said'] as const satisfies readonly Key[];
const KINDS: Partial<Record<Key, Column['kind']>> = { began: 'time', due: 'date', met: 'time', lateDays: 'number', lateMinutes: 'number' };

export const head = (lang: Lang): Shown[] => SHOWN.map((key) => ({ title: HEAD[key][lang], soft: key === 'duty' || key === 'role' || key === 'unit' }));

export const ledgerColumns = (lang: Lang): Column[] => COLUMNS.map((key) => ({ key, title: HEAD[key][lang], ...(KINDS[key] === undefined ? {} : { kind: KINDS[key] }) }));

/** An entry as a line of a list. */
export function entryRow(e: Entry, names: Naming, now: Instant, lang: Lang): string[] {
  const late = latenessOf(e, now, lang);
  const top = e.told.reduce((rung, t) => Math.max(rung, t.rung), 0);
  return [
    e.receipt, titled(e, names), names.role(e.procedure, e.owed.role), e.owed.person === undefined ? '-' : names.person(e.owed.person), e.dueDate,
    e.standing === 'owed' && !e.cleared ? paint.bad(standingOf(e, lang)) : standingOf(e, lang), late, top === 0 ? '-' : String(top), String(e.explanations.length), names.unit(e.unit),
  ];
}

const titled = (e: Entry, names: Naming): string => (e.instance === e.duty ? names.duty(e) : `${names.duty(e)} [${e.instance}]`);

/** An entry as a row of a sheet. Everything is in it. */
export function ledgerRow(e: Entry, names: Naming, now: Instant, lang: Lang): OutRow {
  const w = wordsOf(e, names, lang);
  return {
    receipt: e.receipt, unit: names.unit(e.unit), duty: names.duty(e), instance: e.instance, role: names.role(e.procedure, e.owed.role),
    person: e.owed.person === undefined ? '' : names.person(e.owed.person), began: clockOn(e.calendar, e.startedAt), due: e.dueDate, standing: standingOf(e, lang),
    met: e.metAt === undefined ? '' : clockOn(e.calendar, e.metAt), metBy: w.metBy, late: latenessOf(e, now, lang), lateDays: lateDays(e, now), lateMinutes: e.lateBy,
    told: w.told.join('\n'), unanswered: w.unanswered.join('\n'), tookOver: w.tookOver.join('\n'), grounds: w.grounds.join('\n'), said: w.said.join('\n'),
  };
}

/** An entry with all that is known of it. */
export function entryLines(e: Entry, names: Naming, now: Instant, lang: Lang): string[] {
  const w = wordsOf(e, names, lang);
  const rows: [Key, readonly string[]][] = [
    ['role', [names.role(e.procedure, e.owed.role)]], ['person', e.owed.person === undefined ? [] : [names.person(e.owed.person)]], ['due', [e.dueDate]],
    ['standing', [standingOf(e, lang)]], ['met', e.metAt === undefined ? [] : [clockOn(e.calendar, e.metAt)]], ['metBy', w.metBy === '' ? [] : [w.metBy]],
    ['late', [latenessOf(e, now, lang)]], ['told', w.told], ['unanswered', w.unanswered], ['tookOver', w.tookOver], ['grounds', w.grounds], ['said', w.said],
  ];
  const lines = rows.flatMap(([key, values]) => values.map((value, i): [string, string] => [i === 0 ? HEAD[key][lang] : '', value]));
  return [paint.strong(`${e.receipt}  ${titled(e, names)}`), ...pairs(lines), ''];
}

function wordsOf(e: Entry, names: Naming, lang: Lang) {
  const who = (role: string, person?: string): string => `${names.role(e.procedure, role)}${person === undefined ? '' : ` ${names.person(person)}`}`;
  const at = (when: Instant): string => clockOn(e.calendar, when);
  const colon = lang === 'zh' ? '：' : ': ';
  return {
    metBy: e.metBy === undefined ? '' : who(e.metBy.role, e.metBy.person),
    told: e.told.map((t) => toldWords(t, e, names, lang)),
    unanswered: e.unanswered.map((u) => `${at(u.at)} ${who(u.role, u.person)} → ${who(u.to)}`),
    tookOver: e.tookOver.map((t) => `${at(t.at)} ${who(t.role, t.person)}`),
    grounds: e.grounds.map((g) => groundWords(g, e.calendar, lang)),
    said: e.explanations.map((x) => `${at(x.at)} ${who(x.role, x.person)}${colon}${x.text}`),
  };
}
