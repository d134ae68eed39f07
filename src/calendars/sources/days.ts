import { Day, dayOf, numberOf } from '../../core/instant.ts';
import type { Text } from '../../core/text.ts';

/** A day with the name under which people know it. */
export interface NamedDay {
  readonly day: Day;
  readonly name: Text;
}

/** Neighbouring days of one name, as calendars list them. */
export interface Stretch {
  readonly from: Day;
  readonly to: Day;
  readonly name: Text;
}

/** A day written in a source; throws on one that does not exist, so that a slip of the pen cannot become data. */
export const day = (text: string): Day => Day.parse(text);

const same = (a: Text, b: Text): boolean => a.en === b.en && a.zh === b.zh;

/** Several names of one day in one, in the order they came. */
function joined(names: readonly Text[]): Text {
  const different = names.filter((name, i) => names.findIndex((other) => same(other, name)) === i);
  return { zh: different.map((n) => n.zh).join('、'), en: different.map((n) => n.en).join('; ') };
}

/** Puts days in order, one name each, and neighbours of the same name together. */
export function stretches(days: readonly NamedDay[]): Stretch[] {
  const names = new Map<number, Text[]>();
  for (const { day: d, name } of days) names.set(numberOf(d), [...(names.get(numberOf(d)) ?? []), name]);
  const found: Stretch[] = [];
  for (const n of [...names.keys()].toSorted((a, b) => a - b)) {
    const name = joined(names.get(n) ?? []);
    const last = found.at(-1);
    if (last && same(last.name, name) && numberOf(last.to) === n - 1) found[found.length - 1] = { ...last, to: dayOf(n) };
    else found.push({ from: dayOf(n), to: dayOf(n), name });
  }
  return found;
}

/** The years from one to another, both included. */
export const years = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
