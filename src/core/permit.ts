import { localDay } from './calendar.ts';
import { holds } from './holds.ts';
import type { Doing } from './act.ts';
import type { Instant } from './instant.ts';
import { mayExtend } from './permit-extend.ts';
import { withFields } from './permit-fields.ts';
import { byAppointee, byNobodyExcluded, toNobodyExcluded } from './permit-parts.ts';
import { meant, whichOne } from './permit-which.ts';
import { clocked } from './reckon-text.ts';
import { own } from './own.ts';
import type { Action } from './procedure.ts';
import { type Refusal, refuse } from './refusal.ts';
import { ruleOf, rulesOf } from './rules.ts';
import { type CaseState, type DutyState, isFinal, isOpen } from './state.ts';

export type Check = (state: CaseState, act: Doing, rule: Action, at: Instant) => Refusal | undefined;

/** Why an action may not be taken, or undefined. The first reason that applies, most basic first. */
export function check(state: CaseState, act: Doing, at: Instant): Refusal | undefined {
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
export function doneOrClosed(state: CaseState, act: Doing): Refusal | undefined {
  const before = act.key === undefined ? undefined : own(state.keys, act.key);
  if (before !== undefined)
    return refuse('done-before', 'key', `该操作已登记（第 ${before} 条）。`, `This was recorded before, as event ${before}.`);
  if (state.closedAt === undefined) return undefined;
  return refuse('case-closed', 'receipt', '该事项已结案归档；新的事实或理由请另行登记。', 'The case is closed; new facts or reasons open a new one.');
}

/** The actions that may be taken in the stage the case is in, in the procedure's order. */
export function allowedNow(state: CaseState): string[] {
  if (state.closedAt !== undefined) return [];
  return Object.entries(state.procedure.actions).filter(([name, rule]) => inStage(state, rule) && mayBe(state, name, rule) && isThere(state, name, rule)).map(([name]) => name);
}

/** The first of some duties that stands so. */
const dutyThat = (state: CaseState, names: readonly string[], stands: (d: DutyState) => boolean): DutyState | undefined =>
  Object.values(state.duties).find((d) => names.includes(d.duty) && stands(d));

const tooOften = (state: CaseState, name: string, { times }: Action): boolean => times !== undefined && (own(state.done, name) ?? 0) >= times;
const runsOnly = (state: CaseState, { during }: Action, runs: (d: DutyState) => boolean): boolean => during.length === 0 || dutyThat(state, during, runs) !== undefined;
const hasRunOut = (state: CaseState, { lapsed }: Action): boolean => lapsed.length === 0 || dutyThat(state, lapsed, (d) => d.status === 'lapsed') !== undefined;
const stillOwed = (state: CaseState, { settled }: Action): DutyState | undefined => dutyThat(state, settled, isOpen);

/** Whether nothing that the case knows already speaks against it: facts, how often, what runs, has run out or is still owed. */
const mayBe = (state: CaseState, name: string, rule: Action): boolean =>
  holds(state, rule.when) && !tooOften(state, name, rule) && runsOnly(state, rule, isOpen) && hasRunOut(state, rule) && !stillOwed(state, rule);

/** Whether somebody has a role that may take it, and there is something for it to meet where it can only meet what is open. */
function isThere(state: CaseState, name: string, rule: Action): boolean {
  const held = rule.by.some((role) => !state.procedure.roles[role]?.byAppointment || state.appointed[role] !== undefined);
  const each = rulesOf(state.procedure).which.get(name) ?? [];
  return held && each.every(({ duty }) => Object.values(state.duties).some((d) => d.duty === duty && isOpen(d)));
}

const inStage = (state: CaseState, rule: Action): boolean => (rule.from ? rule.from.includes(state.stage) : !isFinal(state));

const byRole: Check = (state, { by }, rule) => {
  if (rule.by.includes(by.role)) return undefined;
  const names = (lang: 'zh' | 'en'): string => rule.by.map((r) => `${state.procedure.roles[r]?.title[lang] ?? r} (${r})`).join(', ');
  return refuse('not-your-part', 'by.role', `“${rule.title.zh}”只能由以下角色办理：${names('zh')}。`, `"${rule.title.en}" may be done only by ${names('en')}.`);
};

const often: Check = (state, { action }, rule) => {
  const { times } = rule;
  if (!tooOften(state, action, rule)) return undefined;
  return refuse('done-often-enough', 'action', `“${rule.title.zh}”在同一事项中最多 ${times} 次，已办 ${times} 次。`, `"${rule.title.en}" is possible ${times === 1 ? 'only once' : `only ${times} times`} in a case, and was done.`);
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
  const about = meant(state, act);
  for (const { duty, rule: owed } of rulesOf(state.procedure).listens.get(act.action) ?? [])
    for (const d of Object.values(state.duties))
      if (d.duty === duty && isOpen(d) && (!owed.each || about === undefined || about === d.instance) && at >= state.receivedAt && earlier(d.origin) && owed.met.some((m) => m.by === act.action)) {
        const since = clocked(state.calendar, d.origin);
        return refuse('before-its-turn', 'occurredAt', `“${act.occurredAt ?? at}”早于“${owed.title.zh}”开始计时的时间（${since.zh}）。`, `"${act.occurredAt ?? at}" lies before "${owed.title.en}" began (${since.en}).`);
      }
  return at >= state.receivedAt ? undefined
    : refuse('before-receipt', 'occurredAt', `“${act.occurredAt ?? at}”早于收到该事项的时间（${state.receivedAt}）。`, `"${act.occurredAt ?? at}" lies before the case was received (${state.receivedAt}).`);
};

const onFacts: Check = (state, _, rule) => {
  if (holds(state, rule.when)) return undefined;
  const facts = (or: string, never: string): string => Object.entries(rule.when ?? {}).map(([k, v]) => `${k}: ${[v].flat().map((one) => one ?? never).join(or)}`).join(', ');
  return refuse('not-so', 'action', `“${rule.title.zh}”只适用于：${facts('、', '未说明')}。`, `"${rule.title.en}" is only for cases where ${facts(' or ', 'not told')}.`);
};

/** Whether some other action may not be done by whoever did this one. */
const isPersonal = (state: CaseState, action: string): boolean =>
  Object.values(state.procedure.actions).some((other) => other.otherThan.includes(action));

const byOther: Check = (state, { action, by }, rule) => {
  // What a linked case tells was done there, by whoever that case knows.
  if (by.case !== undefined) return undefined;
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
const running: Check = (state, _, rule, at) => {
  const runs = (d: DutyState): boolean => isOpen(d) || (d.status === 'lapsed' && at <= d.due.dueAt);
  if (runsOnly(state, rule, runs)) return undefined;
  const names = (lang: 'zh' | 'en'): string => rule.during.map((d) => ruleOf(state.procedure, d).title[lang]).join(lang === 'zh' ? '、' : ', ');
  return refuse('too-late', 'action', `“${rule.title.zh}”只能在以下期限内办理：${names('zh')}；现在没有，或已届满。`, `"${rule.title.en}" is possible only while this runs: ${names('en')}. It does not, or its time is over.`);
};

/** What is only for when a time has run out. */
const ranOut: Check = (state, _, rule) => {
  if (hasRunOut(state, rule)) return undefined;
  const names = (lang: 'zh' | 'en'): string => rule.lapsed.map((d) => ruleOf(state.procedure, d).title[lang]).join(lang === 'zh' ? '、' : ', ');
  return refuse('not-yet', 'action', `“${rule.title.zh}”只在以下期限届满之后办理：${names('zh')}。`, `"${rule.title.en}" is only for after this has run out: ${names('en')}.`);
};

const done: Check = (state, _, rule) => {
  const open = stillOwed(state, rule);
  if (!open) return undefined;
  const { title } = ruleOf(state.procedure, open.duty);
  return refuse('not-settled', 'action', `“${title.zh}”（${open.instance}）尚未完成，不能“${rule.title.zh}”。`, `"${title.en}" (${open.instance}) is still owed, so "${rule.title.en}" is not possible.`);
};

const CHECKS: readonly Check[] = [byRole, byNobodyExcluded, byAppointee, byStage, onFacts, often, inTime, withFields, toNobodyExcluded, byOther, running, ranOut, done, whichOne, mayExtend];
