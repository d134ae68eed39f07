import type { z } from 'zod';
import type { Act } from './act.ts';
import { schemaOf } from './fields.ts';
import type { Instant } from './instant.ts';
import { amount, duration } from './reckon-text.ts';
import type { Action, Duty } from './procedure.ts';
import { type Refusal, refuse } from './refusal.ts';
import { ruleOf, rulesOf } from './rules.ts';
import { type CaseState, type DutyState, isFinal, isOpen } from './state.ts';

type Check = (state: CaseState, act: Act, rule: Action, at: Instant) => Refusal | undefined;

/** Why an action may not be taken, or undefined. The first reason that applies, most basic first. */
export function check(state: CaseState, act: Act, at: Instant): Refusal | undefined {
  const before = act.key === undefined ? undefined : state.keys[act.key];
  if (before !== undefined)
    return refuse('done-before', 'key', `该操作已登记（第 ${before} 条）。`, `This was recorded before, as event ${before}.`);
  if (state.closedAt !== undefined)
    return refuse('case-closed', 'receipt', '该事项已结案归档；新的事实或理由请另行登记。', 'The case is closed; new facts or reasons open a new one.');
  const rule = state.procedure.actions[act.action];
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

/** The actions that may be taken in the stage the case is in, in the procedure's order. */
export function allowedNow(state: CaseState): string[] {
  if (state.closedAt !== undefined) return [];
  return Object.entries(state.procedure.actions).filter(([, rule]) => inStage(state, rule)).map(([name]) => name);
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

const inTime: Check = (state, act, _, at) =>
  at >= state.receivedAt ? undefined
    : refuse('before-receipt', 'occurredAt', `“${act.occurredAt ?? at}”早于收到该事项的时间（${state.receivedAt}）。`, `"${act.occurredAt ?? at}" lies before the case was received (${state.receivedAt}).`);

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

const byOther: Check = (state, { by }, rule) => {
  const taken = rule.otherThan.filter((a) => (state.takers[a]?.length ?? 0) > 0);
  if (rule.otherThan.length === 0) return undefined;
  if (by.person === undefined)
    return refuse('same-person', 'by.person', `“${rule.title.zh}”须由另一人办理，请注明办理人。`, `"${rule.title.en}" must be done by another person; say who does it.`);
  const same = taken.find((a) => state.takers[a]?.includes(by.person ?? ''));
  if (same === undefined) return undefined;
  const title = state.procedure.actions[same]?.title;
  return refuse('same-person', 'by.person', `办理“${title?.zh ?? same}”的人不得再办理“${rule.title.zh}”。`, `Whoever did "${title?.en ?? same}" may not do "${rule.title.en}".`);
};

const during: Check = (state, _, rule) => {
  if (rule.during.length === 0 || Object.values(state.duties).some((d) => isOpen(d) && rule.during.includes(d.duty))) return undefined;
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
  const met = (rulesOf(state.procedure).listens.get(act.action) ?? []).filter(({ rule }) => rule.each && rule.met.some((m) => m.by === act.action));
  for (const { duty } of met) {
    const open = Object.values(state.duties).filter((d) => d.duty === duty && isOpen(d)).map((d) => d.instance);
    const named = act.instance !== undefined && open.includes(act.instance);
    if (named || (act.instance === undefined && open.length === 1)) continue;
    return refuse('which-one', 'instance', `请用 instance 指明是哪一项：${open.join('、') || '现在没有'}。`, `Say which one with "instance": ${open.join(', ') || 'none is open'}.`);
  }
  return undefined;
};

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

const CHECKS: readonly Check[] = [byRole, byStage, inTime, withFields, byOther, during, settled, whichOne, mayExtend];
