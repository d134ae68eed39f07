import { meets, papers, starts } from './check-duties.ts';
import { citations, facts } from './check-facts.ts';
import { expiries, failedNotices, ladders } from './check-ladders.ts';
import { identity } from './check-identity.ts';
import { aboutOne, endless, lapses, links, whose } from './check-links.ts';
import { dated, extensions, multiplied, pauses, reminders } from './check-limits.ts';
import { actionNames, calendarName, dutyNames, groupNames, ladderNames, reserved, restless, roles, stageNames } from './check-names.ts';
import { answers, papersOn, people } from './check-people.ts';
import type { Known, Problem, Rule } from './check-problem.ts';
import { explore } from './check-reach.ts';
import { actions, channels, stages } from './check-stages.ts';
import type { Procedure } from './procedure.ts';

export type { Known, Problem };

/**
 * Reads a procedure as a lawyer would who looks for the holes in it. An error
 * is something by which a case could get stuck, a duty could never be met, or
 * a ladder could go silent; a warning may be meant.
 */
export function check(procedure: Procedure, known: Known = {}): Problem[] {
  const map = explore(procedure);
  return RULES.flatMap((rule) => rule(procedure, map, known)).toSorted(bySeverity);
}

const bySeverity = (a: Problem, b: Problem): number => Number(a.severity === 'warning') - Number(b.severity === 'warning');

const RULES: readonly Rule[] = [
  roles, stageNames, actionNames, dutyNames, groupNames, ladderNames, calendarName, restless, reserved, channels, stages, actions, starts, meets, papers,
  dated, multiplied, extensions, pauses, reminders, ladders, expiries, answers, people, papersOn, identity, endless, links, whose, aboutOne, lapses, facts, citations, failedNotices,
];
