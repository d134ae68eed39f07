import { append } from './apply.ts';
import { dueOf } from './clocks.ts';
import type { ToldAs } from './effects-words.ts';
import type { Event } from './events.ts';
import { numbered } from './instances.ts';
import type { Instant } from './instant.ts';
import { own } from './own.ts';
import { ruleOf, rungsOf } from './rules.ts';
import { type CaseState, type DutyState, isOpen, owerOf } from './state.ts';

// Being told is not yet knowing. Where a procedure asks for an answer, that is a duty of whoever was told, with a clock
// of its own; without an answer it goes on to the deputy, then up.

export interface Told {
  readonly role: string;
  readonly person?: string | undefined;
  readonly as?: ToldAs | undefined;
  /** The rung on which they were told; 0 where no ladder told them. */
  readonly rung?: number | undefined;
}

/** Starts the duty to answer of whoever was told of `about`, unless the same one owes it already. */
export function askAnswer(state: CaseState, answer: string, about: string, told: Told, cause: number, now: Instant, onto: Event[]): CaseState {
  if (Object.values(state.duties).some((d) => isOpen(d) && d.about === about && d.owes === told.role && d.as === told.as)) return state;
  const stem = `${answer}/${told.role}`;
  const instance = state.duties[stem] ? numbered(state, stem) : stem;
  const due = dueOf(state, { duty: answer, origin: now, extensions: [], pauses: [] });
  const who = { owes: told.role, ...(told.person === undefined ? {} : { person: told.person }), ...(told.as === undefined ? {} : { as: told.as }), ...(told.rung ? { toldOn: told.rung } : {}) };
  return append(state, { type: 'duty-started', at: now, instance, duty: answer, cause, ...due, ...who, about }, now, onto);
}

/** Whether somebody else holds the post with them, who can be told in their place. */
const HAS_DEPUTY: ReadonlySet<ToldAs | undefined> = new Set<ToldAs | undefined>(['holder', 'on-duty']);

/**
 * Nobody answered: the deputy is told, or the next rung before its own time. At
 * the top the ladder tells again by itself, and that is often enough. What is
 * not overdue any more goes on to nobody.
 */
export function goOn(state: CaseState, answer: DutyState, at: Instant, now: Instant, onto: Event[]): CaseState {
  const about = own(state.duties, answer.about ?? '');
  const from = answer.toldOn ?? 0;
  if (!about || !isOpen(about) || (from > 0 && !about.overdue)) return state;
  const { instance } = about;
  const role = owerOf(state, answer);
  const silent = { type: 'unanswered', at, instance, role, ...(answer.person === undefined ? {} : { person: answer.person }) } as const;
  if (HAS_DEPUTY.has(answer.as)) return append(state, { ...silent, to: role }, now, onto);
  const next = rungsOf(state.procedure, ruleOf(state.procedure, about.duty))[from];
  if (!next) return state;
  const said = append(state, { ...silent, to: next.tell }, now, onto);
  const up = about.overdue && about.status === 'open' && from + 1 > about.rung;
  return up ? append(said, { type: 'escalated', at, instance, rung: from + 1, times: 1, role: next.tell, dueAt: about.due.dueAt, why: 'unanswered' }, now, onto) : said;
}

/** Nobody need answer any more about what has been settled. */
export function answered(state: CaseState, about: string, cause: number, action: string, at: Instant, now: Instant, onto: Event[]): CaseState {
  let next = state;
  for (const d of Object.values(state.duties))
    if (d.about === about && isOpen(d)) next = append(next, { type: 'released', at, instance: d.instance, action, cause, late: false }, now, onto);
  return next;
}
