import type { Procedure } from '../core/index.ts';
import { procedureOnFile } from '../procedures/load.ts';

/** The procedures of a rehearsal: its own, those of the cases beside it, and all that they open; a link to one that is not on file fails here too. */
export function cast(first: readonly Procedure[]): Procedure[] {
  const found = new Map(first.map((p) => [p.id, p]));
  for (const p of found.values())
    for (const { opens } of Object.values(p.links)) {
      const other = opens === undefined || found.has(opens) ? undefined : procedureOnFile(opens);
      if (other) found.set(other.id, other);
    }
  return [...found.values()];
}

/** Which procedure a case of a scenario has: `main`, the name of one beside it, or the way of links to it, as in `claim/1.review`. */
export function procedureOf(name: string, roots: ReadonlyMap<string, Procedure>): Procedure | undefined {
  const root = roots.get(name);
  if (root) return root;
  const [first = '', ...way] = name.split('.');
  let at = roots.get(first);
  const links = at ? way : [first, ...way];
  at ??= roots.get('main');
  for (const link of links) at = procedureOnFile(at?.links[link.split('/')[0] ?? '']?.opens ?? '');
  return at;
}
