import { own } from './own.ts';
import type { Condition } from './procedure.ts';
import type { CaseState } from './state.ts';

/** The name under which a condition asks how the matter came. */
export const CHANNEL = 'channel';

/** Whether what is known so far is among what a condition names; `null` stands for what was never told. */
export function holds(state: Pick<CaseState, 'facts' | 'channel'>, condition: Condition | undefined): boolean {
  if (!condition) return true;
  return Object.entries(condition).every(([field, wanted]) => {
    const fact = field === CHANNEL ? state.channel : (own(state.facts, field) ?? null);
    return Array.isArray(wanted) ? wanted.includes(fact) : fact === wanted;
  });
}
