import type { Procedure } from '../core/procedure.ts';
import { fieldSets, fieldsNamed } from '../core/rules.ts';

/** The field of an action with which a petitioner says how content they are. */
export const RATING = 'satisfaction';

/** What a procedure's duties and stages mean to the figures. All of it is data of the procedure. */
export interface Definition {
  readonly procedure: string;
  /** Meeting one of these is the decision whether a matter is taken up, told to the petitioner. */
  readonly accepted: readonly string[];
  /** Meeting one of these is its handling. */
  readonly finished: readonly string[];
  /** The time in which a petitioner may evaluate it; none where the procedure sets no end to that. */
  readonly window: readonly string[];
  /** Stages in which nobody works on it any more. */
  readonly final: readonly string[];
  /** Facts that are one of a few values, at intake and in every action: by these its cases can be grouped. */
  readonly choices: readonly string[];
}

/** Where one name is a choice here and free text there, what was written must not become a heading. */
function choicesIn(procedure: Procedure): string[] {
  const names = new Set(fieldSets(procedure).flatMap((fields) => Object.keys(fields)));
  return [...names].filter((name) => fieldsNamed(procedure, name).every((f) => f.kind === 'choice'));
}

/** What the figures take from a procedure: its entry `statistics`, its final stages, and the duties that an evaluation meets. */
export function definitionOf(procedure: Procedure): Definition {
  const { id, statistics, stages, actions, duties } = procedure;
  const evaluates = new Set(Object.entries(actions).filter(([, a]) => a.fields[RATING] !== undefined).map(([name]) => name));
  return {
    procedure: id,
    accepted: statistics?.accepted ?? [],
    finished: statistics?.finished ?? [],
    window: Object.entries(duties).filter(([, d]) => d.met.some((m) => evaluates.has(m.by))).map(([name]) => name),
    final: Object.entries(stages).filter(([, s]) => s.final).map(([name]) => name),
    choices: choicesIn(procedure),
  };
}
