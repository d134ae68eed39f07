import type { Procedure, Rung } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { type About, both, type Change, moved, names, same, type Weight } from './diff-change.ts';
import { longer } from './diff-limits.ts';
import { ladderText, roleName, rungText } from './diff-words.ts';

/** What differs in who is told when a duty is overdue. */
export function ladders(a: Procedure, b: Procedure): Change[] {
  const { came, went, stayed } = names(a.ladders, b.ladders);
  const label = both('逐级上报', 'ladder');
  return [
    ...stayed.flatMap((name) => {
      const [before = [], after = []] = [a.ladders[name], b.ladders[name]];
      if (same(before, after)) return [];
      if (before.length !== after.length) return moved(about(b, name), '', label, ladderText(a, before), ladderText(b, after));
      // One line for each rung that differs; how the whole differs for the institution is said with the first of them.
      const rungs = after.flatMap((r, i) => (before[i] && !same(before[i], r) ? moved(about(b, name), '', rung(i), rungText(a, before[i]), rungText(b, r)) : []));
      const weight = quicker(before, after);
      return rungs.map((c, i) => (i === 0 && weight !== undefined ? { ...c, weight } : c));
    }),
    ...came.flatMap((name) => moved(about(b, name), '', label, undefined, ladderText(b, b.ladders[name] ?? []))),
    ...went.flatMap((name) => moved(about(a, name), '', label, ladderText(a, a.ladders[name] ?? []), undefined)),
  ];
}

const rung = (i: number): Text => both(`第 ${i + 1} 级`, `rung ${i + 1}`);

/** A ladder is known by its name and by which duties are told on it. */
function about(p: Procedure, name: string): About {
  const on = Object.values(p.duties).filter((d) => d.ladder === name).length;
  const top = p.ladders[name]?.at(-1);
  const to: Text = top ? both(`至${roleName(p, top.tell).zh}`, `up to ${roleName(p, top.tell).en}`) : both('', '');
  return { section: 'ladder', path: `ladders.${name}`, subject: both(`${name}（${on} 项义务，${to.zh}）`, `${name} (${on} ${on === 1 ? 'duty' : 'duties'}, ${to.en})`) };
}

/** Stricter where the same leaders are told, none of them later and one sooner; easier the other way round. */
function quicker(before: readonly Rung[], after: readonly Rung[]): Weight | undefined {
  if (before.length !== after.length || before.some((r, i) => r.tell !== after[i]?.tell)) return undefined;
  const signs = before.flatMap((r, i) => [wait(r.after, after[i]?.after), wait(r.repeat, after[i]?.repeat)]);
  if (signs.includes(undefined)) return undefined;
  const told = new Set(signs.map((s) => Math.sign(s ?? 0)).filter((s) => s !== 0));
  const [sign] = told;
  return told.size === 1 ? (sign === 1 ? 'easier' : 'stricter') : undefined;
}

function wait(a: Rung['after'], b: Rung['after']): number | undefined {
  if (a && b) return longer(a, b);
  return a || b ? (b ? 1 : -1) : 0;
}
