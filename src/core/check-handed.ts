import { error, type Path, type Problem } from './check-problem.ts';
import type { Field, Fields } from './fields.ts';
import type { Procedure } from './procedure.ts';
import { fieldsNamed } from './rules.ts';

/** Facts of one procedure that the fields of another would not take. */
export function unfit(from: Procedure, into: Fields, names: Readonly<Record<string, string>>, path: Path): Problem[] {
  return Object.entries(names).flatMap(([theirs_, fact]) => {
    const field = into[theirs_];
    const odd = field && fieldsNamed(from, fact).find((ours_) => !fits(ours_, field));
    return field && odd ? [error([...path, theirs_], `“${fact}”（${kindText(odd)}）不能填入“${theirs_}”（${kindText(field)}）。`, `What "${fact}" holds (${kindText(odd)}) does not fit into "${theirs_}" (${kindText(field)}).`)] : [];
  });
}

const kindText = ({ kind, choices }: Field): string => (choices ? choices.join(' | ') : kind);

const WORDS: readonly Field['kind'][] = ['text', 'paper'];

/** Whether every value of one field is one of the other. */
function fits(from: Field, into: Field): boolean {
  if (into.kind === 'choice') return from.kind === 'choice' && (from.choices ?? []).every((c) => into.choices?.includes(c));
  if (WORDS.includes(into.kind)) return !['number', 'days', 'yes-no'].includes(from.kind);
  if (into.kind === 'number') return ['number', 'days'].includes(from.kind);
  if (into.kind === 'people') return ['people', 'person'].includes(from.kind);
  return from.kind === into.kind;
}
