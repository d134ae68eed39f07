import { clocked, amount, dated } from './reckon-text.ts';
import { cited, dueText } from './explain.ts';
import type { EventOf, EventType, Why } from './events.ts';
import type { Field, FieldValue } from './fields.ts';
import { numberOf } from './instant.ts';
import { ruleOf } from './rules.ts';
import type { CaseState } from './state.ts';
import type { Text } from './text.ts';

const WHY: Readonly<Record<Why, Text>> = {
  'learnt-late': { zh: '（该事实事后才登记）', en: ' (recorded after the fact)' },
  'system-away': { zh: '（系统当时中断，并非有人迟延）', en: ' (the system was away then; nobody was late for it)' },
  spread: { zh: '', en: '' },
};

const LAPSED: Readonly<Record<EventOf<'lapsed'>['as'], Text>> = {
  lapses: { zh: '期限届满', en: 'the time for it has passed' },
  'deemed-accepted': { zh: '逾期视为受理', en: 'not answered in time, deemed accepted' },
  'deemed-refused': { zh: '逾期视为拒绝', en: 'not answered in time, deemed refused' },
  'deemed-abandoned': { zh: '逾期视为放弃', en: 'not answered in time, deemed abandoned' },
};

type Told<T extends EventType> = { [K in T]: EventOf<K> }[T];

/** One event in words, for timelines, notices and papers. The state is that of the case at any time after it. */
export function say<T extends EventType>(state: CaseState, e: Told<T>): Text {
  const type: T = e.type;
  return TELL[type](state, e);
}

type Teller<T extends EventType> = (state: CaseState, e: Told<T>) => Text;

const TELL: { readonly [T in EventType]: Teller<T> } = {
  opened: (s, e) => {
    const by = s.procedure.channels[e.channel] ?? both(e.channel, e.channel);
    return both(`收到并登记（${by.zh}），登记号 ${e.receipt}。`, `Received and registered (${by.en}), receipt ${e.receipt}.`);
  },
  acted: (s, e) => {
    const [who, what] = [role(s, e.by.role), s.procedure.actions[e.action]?.title ?? both(e.action, e.action)];
    const extra = Object.entries(e.fields).map(([k, v]) => given(s.procedure.actions[e.action]?.fields[k], k, v));
    const [zh, en] = extra.length > 0 ? [`（${extra.map((x) => x.zh).join('；')}）`, ` (${extra.map((x) => x.en).join('; ')})`] : ['', ''];
    return both(`${who.zh}：${what.zh}${zh}`, `${who.en}: ${what.en}${en}`);
  },
  refused: (s, e) => both(`未接受：${e.action}（${e.code}）。`, `Not taken: ${e.action} (${e.code}).`),
  'duty-started': (s, e) => {
    const rule = ruleOf(s.procedure, e.duty);
    const [who, due, law] = [role(s, rule.owes), dueText(e), cited(s.procedure, rule.cite)];
    const provisional = e.provisional ? both('，暂定', ', provisional') : both('', '');
    return both(`${rule.title.zh}（${who.zh}）开始计时，截止 ${due.zh}${provisional.zh}。${law.zh}`, `${rule.title.en} (${who.en}) is running, due ${due.en}${provisional.en}. ${law.en}`);
  },
  excused: (s, e) => {
    const rule = ruleOf(s.procedure, e.duty);
    const excuse = rule.excused[e.excuse];
    const law = excuse ? cited(s.procedure, excuse.cite) : both('', '');
    return both(`免除：${rule.title.zh}。${law.zh}`, `Not owed: ${rule.title.en}. ${law.en}`);
  },
  reminded: (s, e) => {
    const [t, who, due] = [title(s, e.instance), role(s, e.role), dueText(e)];
    return both(`提醒${who.zh}：${t.zh}，截止 ${due.zh}${why(e.why).zh}。`, `${who.en} reminded: ${t.en}, due ${due.en}${why(e.why).en}.`);
  },
  'fell-overdue': (s, e) => {
    const t = title(s, e.instance);
    return both(`逾期：${t.zh}${why(e.why).zh}。`, `Overdue: ${t.en}${why(e.why).en}.`);
  },
  escalated: (s, e) => {
    const [t, who] = [title(s, e.instance), role(s, e.role)];
    const again = e.times > 1 ? both(`，第 ${e.times} 次`, `, for the ${nth(e.times)} time`) : both('', '');
    return both(`已报${who.zh}（第 ${e.rung} 级${again.zh}）：${t.zh}${why(e.why).zh}。`, `Raised to rung ${e.rung}, ${who.en}${again.en}: ${t.en}${why(e.why).en}.`);
  },
  paused: (s, e) => {
    const [t, ground] = [title(s, e.instance), groundOf(s, e.instance, e.pause)];
    const until = e.until ? clocked(s.calendar, e.until) : undefined;
    return both(`停计：${t.zh}；${ground.zh}${until ? `，至迟 ${until.zh}` : ''}。`, `Clock stopped: ${t.en}; ${ground.en}${until ? `, until ${until.en} at the latest` : ''}.`);
  },
  'not-paused': (s, e) => {
    const [t, ground] = [title(s, e.instance), groundOf(s, e.instance, e.pause)];
    return both(`期限已停计或已届满，不再停计：${t.zh}；${ground.zh}。`, `Not stopped, for the clock stands already or has run out: ${t.en}; ${ground.en}.`);
  },
  resumed: (s, e) => {
    const [t, due] = [title(s, e.instance), dueText(e.after)];
    const over = e.cause === undefined ? both('停计已达上限，', 'The stop reached its limit. ') : both('', '');
    return both(`${over.zh}恢复计时：${t.zh}，截止 ${due.zh}。`, `${over.en}Clock runs again: ${t.en}, due ${due.en}.`);
  },
  extended: (s, e) => {
    const t = title(s, e.instance);
    const by = amount(e.by, ruleOf(s.procedure, dutyName(s, e.instance)).extension?.upTo.unit ?? 'calendar-days');
    const reason = e.reason === undefined ? both('', '') : both(`理由：${e.reason}`, ` Reason: ${e.reason}`);
    return both(`延期 ${by.zh}：${t.zh}，${e.before.dueDate} → ${dueText(e.after).zh}。${reason.zh}`, `Extended by ${by.en}: ${t.en}, ${e.before.dueDate} → ${dueText(e.after).en}.${reason.en}`);
  },
  restarted: (s, e) => {
    const [t, due] = [title(s, e.instance), dueText(e.after)];
    if (e.fixed !== undefined) return both(`截止日改定：${t.zh}，${e.before.dueDate} → ${due.zh}。`, `Another date set: ${t.en}, ${e.before.dueDate} → ${due.en}.`);
    return both(`重新起算：${t.zh}，截止 ${due.zh}。`, `Clock begins again: ${t.en}, due ${due.en}.`);
  },
  met: (s, e) => {
    const t = title(s, e.instance);
    return e.late ? both(`逾期完成：${t.zh}。`, `Done late: ${t.en}.`) : both(`按期完成：${t.zh}。`, `Done in time: ${t.en}.`);
  },
  released: (s, e) => {
    const t = title(s, e.instance);
    return e.late ? both(`逾期未完成，现不再需要：${t.zh}。`, `Overdue and not done, now no longer owed: ${t.en}.`) : both(`不再需要：${t.zh}。`, `No longer owed: ${t.en}.`);
  },
  lapsed: (s, e) => {
    const t = title(s, e.instance);
    return both(`${t.zh}：${LAPSED[e.as].zh}${why(e.why).zh}。`, `${t.en}: ${LAPSED[e.as].en}${why(e.why).en}.`);
  },
  corrected: (s, e) => {
    const [a, b, who] = [clocked(s.calendar, e.from), clocked(s.calendar, e.to), role(s, e.by.role)];
    return both(`${who.zh}更正第 ${e.of} 条的时间：${a.zh} → ${b.zh}；理由：${e.reason}`, `${who.en} put the time of event ${e.of} right: ${a.en} → ${b.en}; ${e.reason}`);
  },
  'due-moved': (s, e) => {
    const t = title(s, e.instance);
    const late = e.late === undefined ? both('', '') : e.late ? both('，属逾期', ', so it was late') : both('，属按期', ', so it was in time');
    return both(`到期日更正：${t.zh}，${e.before.dueDate} → ${e.after.dueDate}${late.zh}。`, `Due date put right: ${t.en}, ${e.before.dueDate} → ${e.after.dueDate}${late.en}.`);
  },
  noticed: (s, e) => both(`已通知${role(s, e.role).zh}（${e.channel}）。`, `${role(s, e.role).en} was told (${e.channel}).`),
  'notice-failed': (s, e) => both(`通知未能送达${role(s, e.role).zh}：${e.reason}。`, `A notice to ${role(s, e.role).en} could not be delivered: ${e.reason}.`),
  filed: (s, e) => both(`已归档：${paper(e.kind).zh}。`, `Filed: ${paper(e.kind).en}.`),
  'filing-failed': (s, e) => both(`归档失败：${paper(e.kind).zh}（${e.reason}）。`, `Could not be filed: ${paper(e.kind).en} (${e.reason}).`),
  closed: () => both('结案。', 'Closed.'),
};

const both = (zh: string, en: string): Text => ({ zh, en });

/** A field of an action as people read it. */
function given(field: Field | undefined, name: string, value: FieldValue): Text {
  const [what, label] = [field?.title ?? both(name, name), field?.labels?.[String(value)]];
  const said = typeof value === 'boolean' ? (value ? both('是', 'yes') : both('否', 'no')) : (label ?? both(String(value), String(value)));
  return both(`${what.zh}：${said.zh}`, `${what.en}: ${said.en}`);
}

const why = (w: Why | undefined): Text => (w === undefined ? both('', '') : WHY[w]);

const nth = (n: number): string => `${n}${['th', 'st', 'nd', 'rd'][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? 'th'}`;

const PAPERS: Readonly<Record<string, Text>> = {
  'overdue-report': { zh: '逾期报告', en: 'overdue report' },
  'closing-report': { zh: '结案报告', en: 'closing report' },
};
export const paper = (kind: string): Text => PAPERS[kind] ?? both(kind, kind);

export const role = (s: CaseState, name: string): Text => s.procedure.roles[name]?.title ?? both(name, name);

const dutyName = (s: CaseState, instance: string): string => s.duties[instance]?.duty ?? instance;

/** The title of a duty, and which one of several it is. */
export function title(s: CaseState, instance: string): Text {
  const duty = dutyName(s, instance);
  const { title: t } = ruleOf(s.procedure, duty);
  if (instance === duty) return t;
  const which = instance.slice(duty.length + 1);
  const named = s.procedure.roles[which]?.title ?? both(which, which);
  return both(`${t.zh}（${named.zh}）`, `${t.en} (${named.en})`);
}

function groundOf(s: CaseState, instance: string, n: number): Text {
  return ruleOf(s.procedure, dutyName(s, instance)).pauses[n]?.ground ?? both('', '');
}

/** "2026-10-04 (Sunday)" for a day of the calendar. */
export const onDay = (day: Parameters<typeof numberOf>[0]): Text => dated(numberOf(day));
