import { alike } from '../core/alike.ts';
import type { Organisation } from './organisation.ts';

/** An id that stands for nobody, and what may be meant. */
export interface Unknown {
  readonly id: string;
  readonly like?: string;
}

/**
 * Which of some ids are neither a person of the organisation nor, as `unit:name`, a unit of it. What is near to
 * exactly one of these is said with it: the unit without `unit:`, a name or title, a slip of the pen. Pure.
 */
export function unknownPeople({ people, units }: Pick<Organisation, 'people' | 'units'>, ids: readonly string[]): Unknown[] {
  const known = new Map<string, readonly string[]>([
    ...Object.entries(people).map(([id, { name }]) => [id, [id, name]] as const),
    ...Object.entries(units).map(([id, { title }]) => [`unit:${id}`, [`unit:${id}`, id, title.zh, title.en]] as const),
  ]);
  return ids.filter((id) => !known.has(id)).map((id) => {
    const like = nearest(known, id);
    return { id, ...(like !== undefined && { like }) };
  });
}

/** What is called the same, else what is called nearly so, where that is one only. */
function nearest(known: ReadonlyMap<string, readonly string[]>, written: string): string | undefined {
  const asked = plain(written.replace(/^unit:/, ''));
  for (const fits of [isSame, isSlip]) {
    const found = [...known].filter(([, names]) => names.some((name) => fits(plain(name), asked) || fits(plain(name), plain(written)))).map(([id]) => id);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

const plain = (text: string): string => text.trim().toLowerCase().replaceAll(/[\s_]+/g, '-');

const isSame = (a: string, b: string): boolean => a === b;

/** Short names differ by more than a slip. */
const isSlip = (a: string, b: string): boolean => Math.min(a.length, b.length) >= 3 && alike(a, b);
