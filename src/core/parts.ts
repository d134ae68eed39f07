import { append } from './apply.ts';
import { follow } from './consequences.ts';
import type { Event } from './events.ts';
import { idsIn, type Values } from './fields.ts';
import { holds } from './holds.ts';
import type { Instant } from './instant.ts';
import { own } from './own.ts';
import type { Action } from './procedure.ts';
import type { CaseState } from './state.ts';

/** What a procedure says of the parts that people take from an event on. */
export type Parts = Partial<Pick<Action, 'appoints' | 'relieves' | 'excludes'>>;

/** Who did it, and what was said. */
export interface Said {
  readonly person?: string | undefined;
  readonly fields: Values;
}

/** The person whom `appoints` names: whoever acts, or the one in a field. */
export const appointee = (from: string, { person, fields }: Said): string | undefined =>
  from === 'by' ? person : typeof fields[from] === 'string' ? idsIn(fields[from])[0] : undefined;

/** Gives, takes and excludes: who holds which role in the case after an event, and who takes no part. */
export function takeParts(state: CaseState, parts: Parts, said: Said, cause: number, at: Instant, now: Instant, onto: Event[]): CaseState {
  let next = state;
  const because = cause === 1 ? 'received' : 'action';
  const { excludes } = parts;
  const named = excludes && holds(next, excludes.when) ? said.fields[excludes.field] : undefined;
  if (excludes && typeof named === 'string')
    for (const person of idsIn(named))
      if (own(next.excluded, person) === undefined) next = relieved(append(next, { type: 'excluded', at, person, why: excludes.why, cause }, now, onto), person, cause, at, now, onto);
  for (const [role, from] of Object.entries(parts.appoints ?? {})) {
    const person = appointee(from, said);
    if (person !== undefined && own(next.excluded, person) === undefined) next = appoint(next, role, person, because, cause, at, now, onto);
  }
  for (const role of parts.relieves ?? []) {
    const person = next.appointed[role];
    if (person !== undefined) next = append(next, { type: 'relieved', at, role, person, cause }, now, onto);
  }
  return next;
}

/** Whoever takes no part has no role in the case any more. */
function relieved(state: CaseState, person: string, cause: number, at: Instant, now: Instant, onto: Event[]): CaseState {
  let next = state;
  for (const [role, holder] of Object.entries(state.appointed))
    if (holder === person) next = append(next, { type: 'relieved', at, role, person, cause }, now, onto);
  return next;
}

/** Gives a person a role in the case, and starts what listens to that. */
export function appoint(
  state: CaseState, role: string, person: string, because: 'received' | 'action' | 'rung', cause: number, at: Instant, now: Instant, onto: Event[],
): CaseState {
  if (state.appointed[role] === person) return state;
  const next = append(state, { type: 'appointed', at, role, person, cause, because }, now, onto);
  return follow(next, `${role}.appointed`, next.seq, at, now, onto);
}
