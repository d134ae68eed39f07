import { z } from 'zod';

/** What somebody looks for. */
export interface Asked {
  /** All of these words, each somewhere in the case. */
  readonly words: string;
  /** Whether the petitioner's own words, name and address are looked through too: personal data. True where left out. */
  readonly personal?: boolean;
  /** Stages and units whose names hold a word, by the word: what is in the register are their ids. */
  readonly named?: (word: string) => Named;
  /** 50 where left out. */
  readonly limit?: number;
}

/** Ids that go by a name with a word in it. */
export interface Named {
  readonly units: readonly string[];
  /** Stages, each as `procedure/stage`. */
  readonly stages: readonly string[];
}

/** Where a word was found: the receipt, what the petitioner brought, the timeline, or where the case stands. */
export const Where = z.enum(['receipt', 'intake', 'timeline', 'unit', 'stage']);
export type Where = z.infer<typeof Where>;

/** A case in which all the words are, and some text around the first that is in one. */
export interface Found {
  readonly receipt: string;
  readonly procedure: string;
  readonly calendar: string;
  readonly unit: string;
  readonly stage: string;
  readonly receivedAt: string;
  readonly overdue: boolean;
  readonly closed: boolean;
  readonly where: readonly Where[];
  /** Personal data, where it is from the intake. */
  readonly excerpt?: string;
}

/** Signs around what was found. */
const AROUND = 16;

/** The least number up to `most` of which something holds that holds of every greater one too. */
function least(most: number, holds: (n: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The part of a text around a word, as it was written. The word is normal; the text need not be. Undefined where it is
 * not in it.
 */
export function excerptOf(text: string, word: string, normal: (text: string) => string): string | undefined {
  const lower = text.toLowerCase();
  const literal = lower.length === text.length ? lower.indexOf(word) : -1;
  if (literal >= 0) return cut(Array.from(text.slice(0, literal)), Array.from(text.slice(literal, literal + word.length)), Array.from(text.slice(literal + word.length)));
  const signs = Array.from(text);
  const within = (from: number, to: number): boolean => normal(signs.slice(from, to).join('')).includes(word);
  if (!within(0, signs.length)) return undefined;
  // Where its first occurrence ends, and from there where it begins.
  const to = least(signs.length, (n) => within(0, n));
  const from = to - least(to, (n) => within(to - n, to));
  return cut(signs.slice(0, from), signs.slice(from, to), signs.slice(to));
}

/** Signs with some of those before and after, and marks where there are more. */
function cut(before: readonly string[], found: readonly string[], after: readonly string[]): string {
  const shown = [...before.slice(-AROUND), ...found, ...after.slice(0, AROUND)].join('').replace(/\s+/g, ' ').trim();
  return `${before.length > AROUND ? '…' : ''}${shown}${after.length > AROUND ? '…' : ''}`;
}
