import type { Procedure } from '../core/procedure.ts';
import type { Lang } from '../core/text.ts';
import type { Breakdown } from '../figures/statistics.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { Register } from '../register/index.ts';
import { FIGURES } from './figures-words.ts';

/** What people call the groups of a breakdown. What no procedure and no institution names stays as it is. */
export async function groupNames(register: Register, ids: readonly string[], by: Breakdown | undefined, lang: Lang): Promise<(group: string) => string> {
  const procedures = ids.map((id) => loadProcedure(id));
  const first = (name: (p: Procedure) => string | undefined): string | undefined => procedures.map(name).find((n) => n !== undefined);
  const label = (field: string, value: string) => first((p) => p.intake[field]?.labels?.[value]?.[lang]);
  const units = by === 'unit' ? ((await register.institution())?.units ?? {}) : {};
  const people = by === 'leader' ? (await register.people.organisation()).people : {};
  return (group) => {
    if (group === '') return FIGURES.none[lang];
    switch (by) {
      case 'unit':
        return units[group]?.title[lang] ?? group;
      case 'channel':
        return first((p) => p.channels[group]?.[lang]) ?? group;
      case 'procedure':
        return procedures.find((p) => p.id === group)?.title[lang] ?? group;
      case 'category':
      case 'origin':
        return label(by, group) ?? group;
      case 'leader': {
        const [kind, id] = [group.slice(0, group.indexOf(':')), group.slice(group.indexOf(':') + 1)];
        return kind === 'person' ? (people[id]?.name ?? id) : (first((p) => p.roles[id]?.title[lang]) ?? id);
      }
      default:
        return group;
    }
  };
}
