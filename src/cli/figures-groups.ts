import type { Procedure } from '../core/procedure.ts';
import type { Lang } from '../core/text.ts';
import { fieldsNamed } from '../core/rules.ts';
import { isBreakdown } from '../figures/statistics.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { Register } from '../register/index.ts';
import { BREAKDOWN, FIGURES } from './figures-words.ts';

/** What people call a breakdown, and its groups. */
export interface Grouping {
  readonly title: string;
  readonly nameOf: (group: string) => string;
}

/** The words of a breakdown. What no procedure and no institution names stays as it is. */
export async function groupingOf(register: Register, ids: readonly string[], by: string | undefined, lang: Lang): Promise<Grouping> {
  const procedures = ids.map((id) => loadProcedure(id));
  const first = (name: (p: Procedure) => string | undefined): string | undefined => procedures.map(name).find((n) => n !== undefined);
  const units = by === 'unit' ? ((await register.institution())?.units ?? {}) : {};
  const people = by === 'leader' ? (await register.people.organisation()).people : {};
  const named = (group: string): string => {
    switch (by) {
      case 'month':
      case 'quarter':
      case undefined:
        return group;
      case 'unit':
        return units[group]?.title[lang] ?? group;
      case 'channel':
        return first((p) => p.channels[group]?.[lang]) ?? group;
      case 'procedure':
        return procedures.find((p) => p.id === group)?.title[lang] ?? group;
      case 'leader': {
        const [kind, id] = [group.slice(0, group.indexOf(':')), group.slice(group.indexOf(':') + 1)];
        return kind === 'person' ? (people[id]?.name ?? id) : (first((p) => p.roles[id]?.title[lang]) ?? id);
      }
      default:
        return first((p) => fieldsNamed(p, by).find((f) => f.labels?.[group])?.labels?.[group]?.[lang]) ?? group;
    }
  };
  return { title: titleOf(procedures, by, lang), nameOf: (group) => (group === '' ? FIGURES.none[lang] : named(group)) };
}

/** What people call what is grouped by: a choice as its field is titled. */
export function titleOf(procedures: readonly Procedure[], by: string | undefined, lang: Lang): string {
  if (by === undefined) return FIGURES.group[lang];
  if (isBreakdown(by)) return BREAKDOWN[by][lang];
  return procedures.flatMap((p) => fieldsNamed(p, by)).find((f) => f.title)?.title?.[lang] ?? by;
}
