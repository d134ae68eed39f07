import type { Day, Duty, Procedure } from '../core/index.ts';
import { RedressError } from '../errors.ts';
import { UsageError } from './failure.ts';

export type NamedRule = Duty & { readonly duty: string };

/** The duty of a procedure that somebody named. */
export function ruleNamed(procedure: Procedure, duty: string | undefined): NamedRule {
  const known = Object.keys(procedure.duties).join(', ');
  if (duty === undefined) throw new UsageError('--duty', { zh: `请用 --duty 指明义务；本程序有：${known}。`, en: `Name a duty with --duty; this procedure has ${known}.` });
  const rule = procedure.duties[duty];
  if (rule) return { ...rule, duty };
  throw new RedressError('no-such-duty', '--duty', { zh: `程序 ${procedure.id} 没有“${duty}”这项义务；有：${known}。`, en: `Procedure ${procedure.id} has no duty "${duty}"; it has ${known}.` });
}

/** The last day of a duty whose day an action sets, and of no other. */
export function setDay({ duty, limit }: NamedRule, day: Day | undefined): Day | undefined {
  if (limit.field !== undefined && day === undefined)
    throw new RedressError('missing-date', '--set', { zh: `“${duty}”的到期日由办理时的字段 ${limit.field} 指定；请用 --set 写明，如 --set 2026-12-01。`, en: `The last day of "${duty}" is set by the field ${limit.field} of the action that starts it; give it with --set, as in --set 2026-12-01.` });
  if (limit.field === undefined && day !== undefined)
    throw new RedressError('date-not-set', '--set', { zh: `“${duty}”的期限由程序规定，不能用 --set 指定。`, en: `The limit of "${duty}" is counted by the procedure; --set does not go with it.` });
  return day;
}
