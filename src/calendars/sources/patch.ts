import type { Text } from '../../core/text.ts';
import { day, type NamedDay } from './days.ts';

/** A correction of a package's data, with the reason: one-off holidays that it lacks, days that it wrongly has. */
export interface Patch {
  readonly add?: readonly (readonly [string, Text])[];
  readonly drop?: readonly string[];
  readonly why: string;
}

/** Applies corrections. One that changes nothing throws: the package has caught up, and the patch can go. */
export function patched(days: readonly NamedDay[], patches: readonly Patch[]): NamedDay[] {
  let all = [...days];
  for (const { add = [], drop = [], why } of patches) {
    for (const d of drop) {
      if (!all.some((x) => x.day === d)) throw new Error(`not in the data any more: ${d} (${why})`);
      all = all.filter((x) => x.day !== d);
    }
    for (const [d, name] of add) {
      if (all.some((x) => x.day === d)) throw new Error(`already in the data: ${d} (${why})`);
      all.push({ day: day(d), name });
    }
  }
  return all;
}
