import { clocked, amount, dated } from './reckon-text.ts';
import { cited, dueText } from './explain.ts';
import type { Due } from './due.ts';
import type { PassedWhy, ToldAs } from './effects-words.ts';
import type { EventOf, EventType, Why } from './events.ts';
import type { Field, FieldValue } from './fields.ts';
import { numberOf } from './instant.ts';
import { own } from './own.ts';
import { lastsDays, ruleOf } from './rules.ts';
import { linkedText, linkFailedText, relationTo, untoldText } from './say-links.ts';
import { type CaseState, dutyNameOf } from './state.ts';
import type { Text } from './text.ts';

const WHY: Readonly<Record<Why, Text>> = {
  'learnt-late': { zh: '（该事实事后才登记）', en: ' (recorded after the fact)' },
  'system-away': { zh: '（系统当时中断，并非有人迟延）', en: ' (the system was away then; nobody was late for it)' },
  spread: { zh: '', en: '' },
  'passed-on': { zh: '（前一级无人可以通知，直接上报）', en: ' (at once, for nobody could be told on the rung before)' },
  unanswered: { zh: '（前一级未确认，直接上报）', en: ' (at once, for nobody answered on the rung before)' },
};

const LAPSED: Readonly<Record<EventOf<'lapsed'>['as'], Text>> = {
  lapses: { zh: '期限届满', en: 'the time for it has passed' },
  'deemed-accepted': { zh: '逾期视为受理', en: 'not answered in time, deemed accepted' },
  'deemed-refused': { zh: '逾期视为拒绝', en: 'not answered in time, deemed refused' },
  'deemed-abandoned': { zh: '逾期视为放弃', en: 'not answered in time, deemed abandoned' },
  'passes-on': { zh: '未在期限内确认', en: 'not answered in time' },
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
    const of = e.link ? relationTo(e.link.relation, true) : undefined;
    const link = e.link && of ? both(`；${of.zh}：${e.link.receipt}`, `; ${of.en}: ${e.link.receipt}`) : both('', '');
    return both(`收到并登记（${by.zh}），登记号 ${e.receipt}${link.zh}。`, `Received and registered (${by.en}), receipt ${e.receipt}${link.en}.`);
  },
  acted: (s, e) => {
    const [who, what] = [role(s, e.by.role), s.procedure.actions[e.action]?.title ?? both(e.action, e.action)];
    const extra = Object.entries(e.fields).map(([k, v]) => given(s.procedure.actions[e.action]?.fields[k], k, v));
    const [zh, en] = extra.length > 0 ? [`（${extra.map((x) => `${x.title.zh}：${x.value.zh}`).join('；')}）`, ` (${extra.map((x) => `${x.title.en}: ${x.value.en}`).join('; ')})`] : ['', ''];
    const told = e.by.case === undefined ? both('', '') : both(`，据关联事项 ${e.by.case}`, `, as told by ${e.by.case}`);
    return both(`${who.zh}：${what.zh}${zh}${told.zh}`, `${who.en}: ${what.en}${en}${told.en}`);
  },
  refused: (s, e) => {
    const told = e.by.case === undefined ? both('', '') : both(`，据关联事项 ${e.by.case}`, `, as told by ${e.by.case}`);
    return both(`未接受：${e.action}（${e.code}）${told.zh}。`, `Not taken: ${e.action} (${e.code})${told.en}.`);
  },
  'link-asked': (s, e) => {
    const t = linkTitle(s, e.link);
    const to = e.to ?? e.unit;
    return both(`关联事项：${t.zh}${to === undefined ? '' : `（${to}）`}。`, `A linked case: ${t.en}${to === undefined ? '' : ` (${to})`}.`);
  },
  linked: (_, e) => linkedText(e),
  'link-failed': (s, e) => linkFailedText(e, linkTitle(s, e.link)),
  untold: (_, e) => untoldText(e),
  'duty-started': (s, e) => {
    const rule = ruleOf(s.procedure, e.duty);
    const [who, due, law] = [role(s, e.owes ?? rule.owes), dueIn(s, e.duty, e), cited(s.procedure, rule.cite)];
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
    const [t, who, due] = [title(s, e.instance), role(s, e.role), dueIn(s, dutyNameOf(s, e.instance), e)];
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
    const [t, due] = [title(s, e.instance), dueIn(s, dutyNameOf(s, e.instance), e.after)];
    const over = e.cause === undefined ? both('停计已达上限，', 'The stop reached its limit. ') : both('', '');
    return both(`${over.zh}恢复计时：${t.zh}，截止 ${due.zh}。`, `${over.en}Clock runs again: ${t.en}, due ${due.en}.`);
  },
  extended: (s, e) => {
    const t = title(s, e.instance);
    const by = amount(e.by, ruleOf(s.procedure, dutyNameOf(s, e.instance)).extension?.upTo.unit ?? 'calendar-days');
    const reason = e.reason === undefined ? both('', '') : both(`理由：${e.reason}`, ` Reason: ${e.reason}`);
    return both(`延期 ${by.zh}：${t.zh}，${e.before.dueDate} → ${dueText(e.after).zh}。${reason.zh}`, `Extended by ${by.en}: ${t.en}, ${e.before.dueDate} → ${dueText(e.after).en}.${reason.en}`);
  },
  restarted: (s, e) => {
    const [t, due] = [title(s, e.instance), dueIn(s, dutyNameOf(s, e.instance), e.after)];
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
  noticed: (s, e) => {
    const [to, who] = [role(s, e.told ?? e.role), e.person === undefined ? both('', '') : both(`${e.person}，`, `${e.person}, `)];
    const as = e.as === undefined || e.as === 'mailbox' ? both('', '') : AS[e.as];
    return both(`已通知${to.zh}（${who.zh}${as.zh}${e.channel}）。`, `${to.en} was told (${who.en}${as.en}${e.channel}).`);
  },
  'passed-over': (s, e) => {
    const [who, why_] = [role(s, e.role), PASSED[e.why]];
    const person = e.person === undefined ? both('', '') : both(`（${e.person}）`, ` (${e.person})`);
    return both(`未通知${who.zh}${person.zh}：${why_.zh}。`, `${who.en}${person.en} was not told: ${why_.en}.`);
  },
  unanswered: (s, e) => {
    const [t, who, to] = [title(s, e.instance), role(s, e.role), role(s, e.to)];
    const person = e.person === undefined ? both('', '') : both(`（${e.person}）`, ` (${e.person})`);
    const next = e.role === e.to ? both(`${to.zh}的副职`, `the deputy of ${to.en}`) : to;
    return both(`${who.zh}${person.zh}未确认，转报${next.zh}：${t.zh}。`, `No answer from ${who.en}${person.en}, passed on to ${next.en}: ${t.en}.`);
  },
  appointed: (s, e) => {
    const r = role(s, e.role);
    const by = e.because === 'rung' ? both('（逾期上报至该级）', ' (the matter was raised to them)') : both('', '');
    return both(`本事项的${r.zh}：${e.person}${by.zh}。`, `${r.en} of this case: ${e.person}${by.en}.`);
  },
  relieved: (s, e) => both(`${e.person} 不再担任本事项的${role(s, e.role).zh}。`, `${e.person} is no longer ${role(s, e.role).en} of this case.`),
  excluded: (s, e) => (e.why === 'named'
    ? both(`${e.person} 为被反映对象，不参与办理，不予通知。`, `${e.person} is complained of: takes no part and is told nothing.`)
    : both(`${e.person} 回避本事项，不予通知。`, `${e.person} stands aside: takes no part and is told nothing.`)),
  'notice-failed': (s, e) => both(`通知未能送达${role(s, e.role).zh}：${e.reason}。`, `A notice to ${role(s, e.role).en} could not be delivered: ${e.reason}.`),
  filed: (s, e) => {
    const [p, n] = [paper(s, e.kind), e.number === undefined ? both('', '') : both(`（${e.number}）`, ` (${e.number})`)];
    return both(`已归档：${p.zh}${n.zh}。`, `Filed: ${p.en}${n.en}.`);
  },
  'filing-failed': (s, e) => both(`归档失败：${paper(s, e.kind).zh}（${e.reason}）。`, `Could not be filed: ${paper(s, e.kind).en} (${e.reason}).`),
  closed: () => both('结案。', 'Closed.'),
};

const linkTitle = (s: CaseState, link: string): Text => own(s.procedure.links, link)?.title ?? both(link, link);

const both = (zh: string, en: string): Text => ({ zh, en });

/** A field as people read it: what it is called, and its value in words. */
export function given(field: Field | undefined, name: string, value: FieldValue): { title: Text; value: Text } {
  const [what, label] = [field?.title ?? both(name, name), field?.labels?.[String(value)]];
  return { title: what, value: typeof value === 'boolean' ? (value ? both('是', 'yes') : both('否', 'no')) : (label ?? both(String(value) || '—', String(value) || '—')) };
}

const why = (w: Why | undefined): Text => (w === undefined ? both('', '') : WHY[w]);

const nth = (n: number): string => `${n}${['th', 'st', 'nd', 'rd'][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? 'th'}`;

const PAPERS: Readonly<Record<string, Text>> = {
  'overdue-report': { zh: '逾期报告', en: 'overdue report' },
  'closing-report': { zh: '结案报告', en: 'closing report' },
};
export const paper = (s: CaseState, kind: string): Text => own(s.procedure.papers, kind)?.title ?? PAPERS[kind] ?? both(kind, kind);

const PASSED: Readonly<Record<PassedWhy, Text>> = {
  vacant: { zh: '该职位空缺', en: 'nobody holds the post' },
  'on-leave': { zh: '请假', en: 'on leave' },
  named: { zh: '系被反映对象', en: 'complained of in this matter' },
  conflict: { zh: '已回避', en: 'stands aside in this matter' },
  unanswered: { zh: '未确认', en: 'did not answer' },
  'no-address': { zh: '没有联系方式', en: 'no way to reach them' },
  'address-refused': { zh: '联系方式无效', en: 'the address was refused' },
};

const AS: Readonly<Record<Exclude<ToldAs, 'mailbox'>, Text>> = {
  holder: { zh: '', en: '' },
  deputy: { zh: '副职代，', en: 'as deputy, ' },
  'on-duty': { zh: '值班，', en: 'on duty, ' },
  appointed: { zh: '', en: '' },
};

export const role = (s: CaseState, name: string): Text => s.procedure.roles[name]?.title ?? both(name, name);

/** The title of a duty, and which one of several it is. */
export function title(s: CaseState, instance: string): Text {
  const duty = dutyNameOf(s, instance);
  const { title: t } = ruleOf(s.procedure, duty);
  if (instance === duty) return t;
  const which = instance.slice(duty.length + 1);
  const [name = '', n] = which.split('/');
  const named = s.procedure.roles[name]?.title ?? both(name, name);
  const more = n === undefined ? both('', '') : both(`，第 ${n} 次`, `, ${n}`);
  return both(`${t.zh}（${named.zh}${more.zh}）`, `${t.en} (${named.en}${more.en})`);
}

function groundOf(s: CaseState, instance: string, n: number): Text {
  return ruleOf(s.procedure, dutyNameOf(s, instance)).pauses[n]?.ground ?? both('', '');
}

/** The last day, or the minute, where it is counted in minutes or hours. */
export function dueIn(s: CaseState, duty: string, due: Pick<Due, 'dueDate' | 'actBy' | 'dueAt'>): Text {
  return lastsDays(ruleOf(s.procedure, duty)) ? dueText(due) : clocked(s.calendar, due.dueAt);
}

/** "2026-10-04 (Sunday)" for a day of the calendar. */
export const onDay = (day: Parameters<typeof numberOf>[0]): Text => dated(numberOf(day));
