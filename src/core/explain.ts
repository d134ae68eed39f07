import type { Calendar } from './calendar.ts';
import type { Citation, Rank } from './citation.ts';
import { dueOf } from './clocks.ts';
import type { Due } from './due.ts';
import { type Instant, numberOf } from './instant.ts';
import { own } from './own.ts';
import { amount, clocked, dated } from './reckon-text.ts';
import type { Procedure } from './procedure.ts';
import { ruleOf } from './rules.ts';
import type { CaseState, DutyState } from './state.ts';
import type { Step } from './steps.ts';
import type { Text } from './text.ts';

/** Why a date is the date: rule, article, versions, and each step of the count, so that anybody can count it again. */
export interface Explanation extends Due {
  readonly duty: string;
  readonly instance?: string;
  readonly title: Text;
  readonly owes: string;
  readonly status?: string;
  /** `text` is the whole of it in words: title, article, and whether somebody read it. */
  readonly citation: Citation & { readonly title: Text; readonly rank: Rank; readonly text: Text };
  readonly procedure: { readonly id: string; readonly version: number };
  readonly calendar: { readonly id: string; readonly version: string; readonly zone: string };
  readonly steps: readonly Step[];
}

/** What a case would tell of a limit: its last day, where an action sets that, or how many times over its count is taken. */
export type LimitSet = Pick<DutyState, 'fixed' | 'multiple'>;

/** The due date of a duty that would start at an instant, with its reason. */
export function explainRule(procedure: Procedure, calendar: Calendar, duty: string, origin: Instant, set: LimitSet = {}): Explanation {
  const context = { procedure, calendar };
  return explained(context, { duty, origin, extensions: [], pauses: [], ...set });
}

/** The reason for the due date of a duty of a case, pauses and extensions included. Undefined where the case has no such duty. */
export function explain(state: CaseState, instance: string): Explanation | undefined {
  const duty = own(state.duties, instance);
  if (!duty) return undefined;
  const explanation = explained(state, duty);
  const open = duty.pauses.at(-1);
  const steps = duty.status === 'paused' && open ? [...explanation.steps, standing(state, duty.duty, open.rule, open.from)] : explanation.steps;
  return { ...explanation, instance, status: duty.status, steps };
}

function explained(context: Pick<CaseState, 'procedure' | 'calendar'>, duty: Parameters<typeof dueOf>[1]): Explanation {
  const { procedure, calendar } = context;
  const rule = ruleOf(procedure, duty.duty);
  const steps: Step[] = [ruleStep(procedure, duty.duty)];
  const due = dueOf(context, duty, steps);
  for (const step of extras(context, duty)) steps.push(step);
  const source = procedure.sources[rule.cite.source];
  return {
    duty: duty.duty,
    title: rule.title,
    owes: rule.owes,
    ...due,
    citation: { ...rule.cite, title: source?.title ?? { zh: rule.cite.source, en: rule.cite.source }, rank: source?.rank ?? 'house', text: cited(procedure, rule.cite) },
    procedure: { id: procedure.id, version: procedure.version },
    calendar: { id: calendar.id, version: calendar.version, zone: calendar.zone },
    steps,
  };
}

/** "Petition Regulations 34". */
export function cited(procedure: Procedure, cite: Citation): Text {
  const title = procedure.sources[cite.source]?.title;
  const [zh, en] = cite.confirmed ? ['', ''] : ['（条文未核实）', ' (text not confirmed)'];
  return { zh: `《${title?.zh ?? cite.source}》${cite.article.zh}${zh}`, en: `${title?.en ?? cite.source} ${cite.article.en}${en}` };
}

function ruleStep(procedure: Procedure, duty: string): Step {
  const rule = ruleOf(procedure, duty);
  const source = cited(procedure, rule.cite);
  const { count } = rule.limit;
  const n = count && amount(count.amount, count.unit);
  const zh = `${rule.title.zh}${n ? `：${n.zh}` : ''}。依据：${source.zh}。`;
  const en = `${rule.title.en}${n ? `: ${n.en}` : ''}. Rule: ${source.en}.`;
  return { kind: 'rule', text: { zh, en }, cite: rule.cite };
}

/** The rules behind what moved the date: each pause and extension names its own article. */
function extras({ procedure }: Pick<CaseState, 'procedure'>, duty: Parameters<typeof dueOf>[1]): Step[] {
  const rule = ruleOf(procedure, duty.duty);
  const steps: Step[] = [];
  for (const pause of duty.pauses) {
    const p = rule.pauses[pause.rule];
    if (!p) continue;
    const source = cited(procedure, p.cite);
    steps.push({ kind: 'stopped', text: { zh: `停计事由：${p.ground.zh}（${source.zh}）。`, en: `Ground of the stop: ${p.ground.en} (${source.en}).` }, cite: p.cite });
  }
  if (duty.extensions.length > 0 && rule.extension) {
    const source = cited(procedure, rule.extension.cite);
    steps.push({ kind: 'extended', text: { zh: `延期依据：${source.zh}。`, en: `Rule of the extension: ${source.en}.` }, cite: rule.extension.cite });
  }
  return steps;
}

function standing(state: CaseState, duty: string, rule: number, from: Instant): Step {
  const ground = ruleOf(state.procedure, duty).pauses[rule]?.ground;
  const t = clocked(state.calendar, from);
  return { kind: 'stopped', text: { zh: `自 ${t.zh} 起停计：${ground?.zh ?? ''}。恢复后重新计算到期日。`, en: `The clock has stood since ${t.en}: ${ground?.en ?? ''}. The date will be counted again when it resumes.` } };
}

/** "2026-10-04 (Sunday); act by 2026-09-30 (Wednesday)". */
export function dueText(due: Pick<Due, 'dueDate' | 'actBy'>): Text {
  const [d, b] = [dated(numberOf(due.dueDate)), dated(numberOf(due.actBy))];
  return due.dueDate === due.actBy ? d : { zh: `${d.zh}，最迟于 ${b.zh}（含）办理`, en: `${d.en}; act by ${b.en}` };
}
