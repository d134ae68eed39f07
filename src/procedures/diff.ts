import type { Procedure } from '../core/index.ts';
import { actions } from './diff-actions.ts';
import { people, procedure, shape, sources } from './diff-case.ts';
import { type Change, SECTIONS } from './diff-change.ts';
import { duties } from './diff-duties.ts';
import { ladders } from './diff-ladders.ts';
import { links, papers } from './diff-papers.ts';
import { rest } from './diff-rest.ts';

export type { Change, Section, Weight } from './diff-change.ts';
export { SECTIONS, WEIGHTS } from './diff-change.ts';

const PARTS: readonly ((a: Procedure, b: Procedure) => Change[])[] = [procedure, duties, ladders, actions, shape, people, papers, links, sources];

/**
 * What a second procedure has otherwise than a first, in words, by section:
 * which limits, rights, ladders and actions changed, and for whom that is
 * stricter or kinder where it can be said. Empty only where the two are alike.
 */
export function diffProcedures(a: Procedure, b: Procedure): Change[] {
  const found = PARTS.flatMap((part) => part(a, b));
  const all = [...found, ...rest(a, b, found)];
  return SECTIONS.flatMap((section) => all.filter((c) => c.section === section));
}
