import type { LimitSet } from '../core/explain.ts';
import { MOST_DAYS } from '../core/fields.ts';
import type { Duty, Procedure } from '../core/index.ts';
import { RedressError } from '../errors.ts';
import { dayAfter } from './dates.ts';
import { UsageError } from './failure.ts';
import { whole } from './options.ts';

export type NamedRule = Duty & { readonly duty: string };

/** The duty of a procedure that somebody named. */
export function ruleNamed(procedure: Procedure, duty: string | undefined): NamedRule {
  const known = Object.keys(procedure.duties).join(', ');
  if (duty === undefined) throw new UsageError('--duty', { zh: `请用 --duty 指明义务；本程序有：${known}。`, en: `Name a duty with --duty; this procedure has ${known}.` });
  const rule = procedure.duties[duty];
  if (rule) return { ...rule, duty };
  throw new RedressError('no-such-duty', '--duty', { zh: `程序 ${procedure.id} 没有“${duty}”这项义务；有：${known}。`, en: `Procedure ${procedure.id} has no duty "${duty}"; it has ${known}.` });
}

/** What an action would tell of the limit of a duty: its last day, or how many times over it is counted; of no other duty. */
export function limitSet({ duty, limit: { field, times } }: NamedRule, told: string | undefined): LimitSet {
  if (field !== undefined) {
    if (told === undefined) throw new RedressError('missing-date', '--set', { zh: `“${duty}”的到期日由办理时的字段 ${field} 指定；请用 --set 写明，如 --set 2026-12-01。`, en: `The last day of "${duty}" is set by the field ${field} of the action that starts it; give it with --set, as in --set 2026-12-01.` });
    return { fixed: dayAfter('--set', told) };
  }
  if (times !== undefined) {
    if (told === undefined) throw new RedressError('missing-number', '--set', { zh: `“${duty}”的期限是字段 ${times} 的倍数；请用 --set 写明，如 --set 7。`, en: `The limit of "${duty}" is counted as many times as the field ${times} says; give it with --set, as in --set 7.` });
    const multiple = whole('--set', told);
    if (multiple >= 1 && multiple <= MOST_DAYS) return { multiple };
    throw new RedressError('bad-number', '--set', { zh: `--set 应在 1 与 ${MOST_DAYS} 之间。`, en: `--set takes a number from 1 to ${MOST_DAYS}.` });
  }
  if (told !== undefined) throw new RedressError('date-not-set', '--set', { zh: `“${duty}”的期限由程序规定，不能用 --set 指定。`, en: `The limit of "${duty}" is counted by the procedure; --set does not go with it.` });
  return {};
}
