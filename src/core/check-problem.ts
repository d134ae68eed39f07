import type { Reach } from './check-reach.ts';
import type { Action, Duty, Procedure } from './procedure.ts';
import type { Text } from './text.ts';

/** Something wrong with a procedure: where in the file, and what to do about it. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly severity: 'error' | 'warning';
  readonly text: Text;
}

/** What the world offers that a procedure may refer to. Left out, it is not checked. */
export interface Known {
  readonly calendars?: readonly string[];
  /** Another procedure on file; undefined where it has errors of its own. */
  readonly procedure?: (id: string) => Procedure | 'missing' | undefined;
}

export type Path = Problem['path'];
export type Rule = (p: Procedure, map: Reach, known: Known) => Problem[];

export const error = (path: Path, zh: string, en: string): Problem => ({ path, severity: 'error', text: { zh, en } });
export const warning = (path: Path, zh: string, en: string): Problem => ({ path, severity: 'warning', text: { zh, en } });

export const actionsOf = (p: Procedure): [string, Action][] => Object.entries(p.actions);
export const dutiesOf = (p: Procedure): [string, Duty][] => Object.entries(p.duties);

/** All that a case of this procedure can come to know: what is told at intake and with actions, and what is counted. */
export const factNames = (p: Procedure): string[] =>
  [...new Set([...Object.keys(p.intake), ...actionsOf(p).flatMap(([, { fields, counts }]) => [...Object.keys(fields), ...(counts === undefined ? [] : [counts])])])];

/** A duty and one of the things that start it. */
export interface Listening { readonly duty: string; readonly rule: Duty; readonly path: Path; readonly on: string }

export const triggers = (p: Procedure): Listening[] =>
  dutiesOf(p).flatMap(([duty, rule]) => rule.starts.map(({ on }, i) => ({ duty, rule, path: ['duties', duty, 'starts', i, 'on'], on })));
