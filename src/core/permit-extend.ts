import type { Doing } from './act.ts';
import { mostExtended } from './clocks.ts';
import type { Instant } from './instant.ts';
import type { Check } from './permit.ts';
import type { Duty } from './procedure.ts';
import { amount, duration } from './reckon-text.ts';
import { type Refusal, refuse } from './refusal.ts';
import { rulesOf } from './rules.ts';
import { type DutyState, isOpen } from './state.ts';

/** Extensions: how often, how long, and not when the time is over. */
export const mayExtend: Check = (state, act, _, at) => {
  const rules = (rulesOf(state.procedure).listens.get(act.action) ?? []).filter(({ rule }) => rule.extension?.by === act.action);
  if (rules.length === 0) return undefined;
  const found = rules.flatMap(({ duty, rule }) => Object.values(state.duties).filter((d) => d.duty === duty && isOpen(d) && (!rule.each || act.instance === undefined || act.instance === d.instance)).map((d) => ({ d, rule })));
  if (found.length === 0) return refuse('nothing-to-extend', 'action', '没有正在计算、可以延长的期限。', 'No limit is running that could be extended.');
  for (const { d, rule } of found) {
    const refusal = extensionRefused(d, rule, act, at);
    if (refusal) return refusal;
  }
  return undefined;
};

function extensionRefused(duty: DutyState, rule: Duty, act: Doing, at: Instant): Refusal | undefined {
  const { extension } = rule;
  if (!extension) return undefined;
  const { article } = extension.cite;
  if (duty.extensions.length >= extension.times)
    return refuse('extended-before', 'action', `“${rule.title.zh}”已延期 ${duty.extensions.length} 次，不得再延（${article.zh}）。`, `"${rule.title.en}" was extended before, and may be ${extension.times === 1 ? 'only once' : `only ${extension.times} times`} (${article.en}).`);
  if (!extension.afterDue && duty.status === 'open' && at > duty.due.dueAt)
    return refuse('extension-too-late', 'occurredAt', `期限已于 ${duty.due.dueDate} 届满，不得再延期。`, `The limit ended on ${duty.due.dueDate}; it can no longer be extended.`);
  const longest = mostExtended(extension, duty);
  const asked = extension.field === undefined ? longest.amount : act.fields[extension.field];
  const granted = duty.extensions.reduce((sum, e) => sum + e.by, 0);
  if (typeof asked !== 'number' || granted + asked <= longest.amount) return undefined;
  const [most, more] = [duration(longest), amount(asked, extension.upTo.unit)];
  return refuse('extension-too-long', `fields.${extension.field ?? ''}`, `延期 ${more.zh} 过长，最多 ${most.zh}（${article.zh}）。`, `${more.en} is too long: at most ${most.en} (${article.en}).`);
}
