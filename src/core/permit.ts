import type { z } from 'zod';
import { localDay } from './calendar.ts';
import { holds } from './consequences.ts';
import type { Act } from './act.ts';
import { idsIn, schemaOf } from './fields.ts';
import type { Instant } from './instant.ts';
import { amount, clocked, duration } from './reckon-text.ts';
import { own } from './own.ts';
import type { Action, Duty } from './procedure.ts';
import { type Refusal, refuse } from './refusal.ts';
import { ruleOf, rulesOf } from './rules.ts';
import { type CaseState, type DutyState, isFinal, isOpen } from './state.ts';

type Check = (state: CaseState, act: Act, rule: Action, at: Instant) => Refusal | undefined;

/** Why an action may not be taken, or undefined. The first reason that applies, most basic first. */
export function check(state: CaseState, act: Act, at: Instant): Refusal | undefined {
  const over = doneOrClosed(state, act);
  if (over) return over;
  const rule = own(state.procedure.actions, act.action);
  if (!rule) {
    const known = Object.keys(state.procedure.actions).join(', ');
    return refuse('unknown-action', 'action', `本程序没有“${act.action}”这一操作；可用：${known}。`, `This procedure has no action "${act.action}"; it has ${known}.`);
  }
  for (const one of CHECKS) {
    const refusal = one(state, act, rule, at);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Whether the same was recorded before, or the case takes nothing any more. */
export function doneOrClosed(state: CaseState, act: Act): Refusal | undefined {
  const before = act.key === undefined ? undefined : own(state.keys, act.key);
  if (before !== undefined)
    return refuse('done-before', 'key', `该操作已登记（第 ${before} 条）。`, `This was recorded before, as event ${before}.`);
  if (state.closedAt === undefined) return undefined;
  return refuse('case-closed', 'receipt', '该事项已结案归档；新的事实或理由请另行登记。', 'The case is closed; new facts or reasons open a new one.');
}

/** The actions that may be taken in the stage the case is in, in the procedure's order. */
export function allowedNow(state: CaseState): string[] {
  if (state.closedAt !== undefined) return [];
  return Object.entries(state.procedure.actions).filter(([name, rule]) => inStage(state, rule) && isThere(state, name, rule)).map(([name]) => name);
}

/** Whether somebody has a role that may take it, and there is something for it to meet where it can only meet what is open. */
function isThere(state: CaseState, name: string, rule: Action): boolean {
  const held = rule.by.some((role) => !state.procedure.roles[role]?.byAppointment || state.appointed[role] !== undefined);
  const each = (rulesOf(state.procedure).listens.get(name) ?? []).filter((l) => l.rule.each && l.rule.met.some((m) => m.by === name));
  return held && each.every(({ duty }) => Object.values(state.duties).some((d) => d.duty === duty && isOpen(d)));
}

const inStage = (state: CaseState, rule: Action): boolean => (rule.from ? rule.from.includes(state.stage) : !isFinal(state));

const byRole: Check = (state, { by }, rule) => {
  if (rule.by.includes(by.role)) return undefined;
  const names = (lang: 'zh' | 'en'): string => rule.by.map((r) => `${state.procedure.roles[r]?.title[lang] ?? r} (${r})`).join(', ');
  return refuse('not-your-part', 'by.role', `“${rule.title.zh}”只能由以下角色办理：${names('zh')}。`, `"${rule.title.en}" may be done only by ${names('en')}.`);
};

const byStage: Check = (state, _, rule) => {
  if (inStage(state, rule)) return undefined;
  const stage = state.procedure.stages[state.stage]?.title;
  const now = allowedNow(state).join(', ');
  return refuse('out-of-turn', 'action',
    `事项处于“${stage?.zh ?? state.stage}”阶段，现在不能“${rule.title.zh}”；现在可以：${now || '无'}。`,
    `The case is in stage "${stage?.en ?? state.stage}", where "${rule.title.en}" is not possible; possible now: ${now || 'nothing'}.`);
};

const inTime: Check = (state, act, rule, at) => {
  const earlier = (than: Instant): boolean => at < than && localDay(state.calendar, at) < localDay(state.calendar, than);
  if (rule.to !== undefined && at >= state.receivedAt && earlier(state.stageSince)) {
    const [stage, since] = [state.procedure.stages[state.stage]?.title, clocked(state.calendar, state.stageSince)];
    return refuse('before-its-turn', 'occurredAt', `“${act.occurredAt ?? at}”早于进入“${stage?.zh ?? state.stage}”阶段的时间（${since.zh}）。若该时间有误，请先更正。`, `"${act.occurredAt ?? at}" lies before the case came to "${stage?.en ?? state.stage}" (${since.en}). If that time is wrong, put it right first.`);
  }
  for (const { duty, rule: owed } of rulesOf(state.procedure).listens.get(act.action) ?? [])
    for (const d of Object.values(state.duties))
      if (d.duty === duty && isOpen(d) && at >= state.receivedAt && earlier(d.origin) && owed.met.some((m) => m.by === act.action)) {
        const since = clocked(state.calendar, d.origin);
        return refuse('before-its-turn', 'occurredAt', `“${act.occurredAt ?? at}”早于“${owed.title.zh}”开始计时的时间（${since.zh}）。`, `"${act.occurredAt ?? at}" lies before "${owed.title.en}" began (${since.en}).`);
      }
  return at >= state.receivedAt ? undefined
    : refuse('before-receipt', 'occurredAt', `“${act.occurredAt ?? at}”早于收到该事项的时间（${state.receivedAt}）。`, `"${act.occurredAt ?? at}" lies before the case was received (${state.receivedAt}).`);
};

const onFacts: Check = (state, _, rule) => {
  if (holds(state, rule.when)) return undefined;
  const facts = Object.entries(rule.when ?? {}).map(([k, v]) => `${k}: ${String(v)}`).join(', ');
  return refuse('not-so', 'action', `“${rule.title.zh}”只适用于：${facts}。`, `"${rule.title.en}" is only for cases where ${facts}.`);
};

const withFields: Check = (_, { fields }, rule) => {
  const parsed = schemaOf(rule.fields).safeParse(fields);
  if (parsed.success) return undefined;
  return fromIssue(parsed.error.issues[0], rule);
};

function fromIssue(issue: z.core.$ZodIssue | undefined, rule: Action): Refusal {
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(rule.fields).join(', ');
    return refuse('bad-field', `fields.${issue.keys[0] ?? ''}`,
      `“${rule.title.zh}”没有字段 ${issue.keys.join('、')}；可用：${known || '无'}。`,
      `"${rule.title.en}" has no field ${issue.keys.join(', ')}; it takes ${known || 'none'}.`);
  }
  const name = String(issue?.path[0] ?? '');
  const field = rule.fields[name];
  const choices = field?.choices ? `: ${field.choices.join(' | ')}` : '';
  return refuse('bad-field', `fields.${name}`,
    `“${rule.title.zh}”需要字段 ${name}（${field?.kind ?? ''}${choices}）。`,
    `"${rule.title.en}" needs the field ${name} (${field?.kind ?? ''}${choices}).`);
}

/** Whether some other action may not be done by whoever did this one. */
const isPersonal = (state: CaseState, action: string): boolean =>
  Object.values(state.procedure.actions).some((other) => other.otherThan.includes(action));

const byOther: Check = (state, { action, by }, rule) => {
  if (by.person === undefined && isPersonal(state, action))
    return refuse('person-needed', 'by.person', `“${rule.title.zh}”须注明办理人（by.person），因为同一事项中另有须由他人办理的步骤。`, `Say who does "${rule.title.en}" (by.person): another step of the case must be done by somebody else.`);
  const taken = rule.otherThan.filter((a) => (own(state.takers, a)?.length ?? 0) > 0);
  if (rule.otherThan.length === 0) return undefined;
  if (by.person === undefined)
    return refuse('same-person', 'by.person', `“${rule.title.zh}”须由另一人办理，请注明办理人。`, `"${rule.title.en}" must be done by another person; say who does it.`);
  const same = taken.find((a) => own(state.takers, a)?.includes(by.person ?? ''));
  if (same === undefined) return undefined;
  const title = state.procedure.actions[same]?.title;
  return refuse('same-person', 'by.person', `办理“${title?.zh ?? same}”的人不得再办理“${rule.title.zh}”。`, `Whoever did "${title?.en ?? same}" may not do "${rule.title.en}".`);
};

/** What was done while the duty still ran counts, also where it is recorded after. */
const during: Check = (state, _, rule, at) => {
  const runs = (d: DutyState): boolean => isOpen(d) || (d.status === 'lapsed' && at <= d.due.dueAt);
  if (rule.during.length === 0 || Object.values(state.duties).some((d) => rule.during.includes(d.duty) && runs(d))) return undefined;
  const names = (lang: 'zh' | 'en'): string => rule.during.map((d) => ruleOf(state.procedure, d).title[lang]).join(lang === 'zh' ? '、' : ', ');
  return refuse('too-late', 'action', `“${rule.title.zh}”只能在以下期限内办理：${names('zh')}；现在没有，或已届满。`, `"${rule.title.en}" is possible only while this runs: ${names('en')}. It does not, or its time is over.`);
};

const settled: Check = (state, _, rule) => {
  const open = Object.values(state.duties).find((d) => isOpen(d) && rule.settled.includes(d.duty));
  if (!open) return undefined;
  const { title } = ruleOf(state.procedure, open.duty);
  return refuse('not-settled', 'action', `“${title.zh}”（${open.instance}）尚未完成，不能“${rule.title.zh}”。`, `"${title.en}" (${open.instance}) is still owed, so "${rule.title.en}" is not possible.`);
};

const whichOne: Check = (state, act) => {
  for (const { mine } of candidates(state, act)) {
    const named = act.instance !== undefined && mine.includes(act.instance);
    if (named || (act.instance === undefined && mine.length === 1)) continue;
    return refuse('which-one', 'instance', `请用 instance 指明是哪一项：${mine.join('、') || '现在没有'}。`, `Say which one with "instance": ${mine.join(', ') || 'none is open'}.`);
  }
  return undefined;
};

/** The open instances that an action could be about, and those of them that are for the role that acts to do. */
function candidates(state: CaseState, { action, by }: Act): { all: string[]; mine: string[] }[] {
  const met = (rulesOf(state.procedure).listens.get(action) ?? []).filter(({ rule }) => rule.each && rule.met.some((m) => m.by === action));
  return met.map(({ duty }) => {
    const open = Object.values(state.duties).filter((d) => d.duty === duty && isOpen(d));
    // What somebody in particular owes, nobody else does for them.
    const mine = open.filter((d) => d.owes === undefined || d.owes === by.role);
    return { all: open.map((d) => d.instance), mine: mine.map((d) => d.instance) };
  });
}

/** The instance that an action is about where it names none, yet only one of several can be meant. */
export function meant(state: CaseState, act: Act): string | undefined {
  if (act.instance !== undefined) return act.instance;
  return candidates(state, act).find(({ all, mine }) => all.length > 1 && mine.length === 1)?.mine[0];
}

const mayExtend: Check = (state, act, _, at) => {
  const rules = (rulesOf(state.procedure).listens.get(act.action) ?? []).filter(({ rule }) => rule.extension?.by === act.action);
  if (rules.length === 0) return undefined;
  const found = rules.flatMap(({ duty, rule }) => Object.values(state.duties).filter((d) => d.duty === duty && isOpen(d)).map((d) => ({ d, rule })));
  if (found.length === 0) return refuse('nothing-to-extend', 'action', '没有正在计算、可以延长的期限。', 'No limit is running that could be extended.');
  for (const { d, rule } of found) {
    const refusal = extensionRefused(d, rule, act, at);
    if (refusal) return refusal;
  }
  return undefined;
};

function extensionRefused(duty: DutyState, rule: Duty, act: Act, at: Instant): Refusal | undefined {
  const { extension } = rule;
  if (!extension) return undefined;
  const { article } = extension.cite;
  if (duty.extensions.length >= extension.times)
    return refuse('extended-before', 'action', `“${rule.title.zh}”已延期 ${duty.extensions.length} 次，不得再延（${article.zh}）。`, `"${rule.title.en}" was extended before, and may be ${extension.times === 1 ? 'only once' : `only ${extension.times} times`} (${article.en}).`);
  if (!extension.afterDue && duty.status === 'open' && at > duty.due.dueAt)
    return refuse('extension-too-late', 'occurredAt', `期限已于 ${duty.due.dueDate} 届满，不得再延期。`, `The limit ended on ${duty.due.dueDate}; it can no longer be extended.`);
  const asked = extension.field === undefined ? extension.upTo.amount : act.fields[extension.field];
  const granted = duty.extensions.reduce((sum, e) => sum + e.by, 0);
  if (typeof asked !== 'number' || granted + asked <= extension.upTo.amount) return undefined;
  const [most, more] = [duration(extension.upTo), amount(asked, extension.upTo.unit)];
  return refuse('extension-too-long', `fields.${extension.field ?? ''}`, `延期 ${more.zh} 过长，最多 ${most.zh}（${article.zh}）。`, `${more.en} is too long: at most ${most.en} (${article.en}).`);
}

/** Nobody takes part in a matter that is about them, or from which they have stood aside: not even to put a date right. */
export function apartFrom(state: CaseState, { by: { role, person } }: Act): Refusal | undefined {
  if (state.procedure.roles[role]?.outside || person === undefined || own(state.excluded, person) === undefined) return undefined;
  return refuse('takes-no-part', 'by.person', `${person} 是被反映对象或已回避，不能办理本事项。`, `${person} is complained of, or stands aside, and takes no part in this case.`);
}

/** Who decides on somebody's part in the case is somebody else, and nobody who takes no part is given one. */
const byNobodyExcluded: Check = (state, { by, fields }, rule) => {
  const outside = state.procedure.roles[by.role]?.outside ?? false;
  const decided = rule.excludes ? fields[rule.excludes.field] : undefined;
  if (!outside && rule.excludes?.why === 'conflict' && typeof decided === 'string') {
    if (by.person === undefined) return refuse('person-needed', 'by.person', `请注明由谁“${rule.title.zh}”（by.person）：回避由他人决定。`, `Say who does "${rule.title.en}" (by.person): nobody decides on their own standing aside.`);
    if (idsIn(decided).includes(by.person)) return refuse('takes-no-part', 'by.person', `${by.person} 不能决定自己是否回避，须由他人决定。`, `${by.person} cannot decide on their own standing aside; somebody else must.`);
  }
  for (const from of Object.values(rule.appoints)) {
    const given = from === 'by' ? undefined : fields[from];
    if (from === 'by' && by.person === undefined) return refuse('person-needed', 'by.person', `请注明由谁“${rule.title.zh}”（by.person）。`, `Say who does "${rule.title.en}" (by.person).`);
    if (typeof given !== 'string') continue;
    const [person = '', ...more] = idsIn(given);
    if (more.length > 0 || person.startsWith('unit:')) return refuse('bad-field', `fields.${from}`, `${from} 只能写一个人的编号。`, `${from} must name one person.`);
    if (own(state.excluded, person) !== undefined) return refuse('takes-no-part', `fields.${from}`, `${person} 是被反映对象或已回避，不能承担本事项。`, `${person} is complained of, or stands aside, and cannot be given this case.`);
  }
  return undefined;
};

/** What a case was given to one person to do, another in the same post does not do. */
const byAppointee: Check = (state, { by }, rule) => {
  const appointed = own(state.appointed, by.role);
  if (state.procedure.roles[by.role]?.byAppointment && appointed === undefined)
    return refuse('not-appointed', 'by.role', `本事项现在没有${state.procedure.roles[by.role]?.title.zh ?? by.role}，不能“${rule.title.zh}”。`, `The case has no ${state.procedure.roles[by.role]?.title.en ?? by.role} now, so "${rule.title.en}" is not possible.`);
  if (appointed === undefined || by.person === undefined || by.person === appointed) return undefined;
  const title = state.procedure.roles[by.role]?.title;
  return refuse('not-appointed', 'by.person', `本事项的${title?.zh ?? by.role}是 ${appointed}；如换人，请先办理移交。`, `The ${title?.en ?? by.role} of this case is ${appointed}; have it handed over first.`);
};

const CHECKS: readonly Check[] = [byRole, byNobodyExcluded, byAppointee, byStage, onFacts, inTime, withFields, byOther, during, settled, whichOne, mayExtend];
