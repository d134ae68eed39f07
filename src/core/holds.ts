import { own } from './own.ts';
import type { Condition } from './procedure.ts';
import type { CaseState } from './state.ts';

/** Whether the facts told so far are among those that a condition names. */
export function holds(state: Pick<CaseState, 'facts'>, condition: Condition | undefined): boolean {
  if (!condition) return true;
  return Object.entries(condition).every(([field, wanted]) => {
    const fact = own(state.facts, field);
    return Array.isArray(wanted) ? fact !== undefined && wanted.includes(fact) : fact === wanted;
  });
}
