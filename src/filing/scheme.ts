import { z } from 'zod';

/**
 * How the numbers of a series are written: `示街信〔{year}〕{n}号`. The numbers themselves are given by the register,
 * from 1 each year, without a gap; GB/T 9704 wants them without zeros in front.
 */
export const Scheme = z
  .string()
  .trim()
  .max(80)
  .refine((s) => count(s, '{n}') === 1 && count(s, '{year}') === 1, 'a numbering scheme holds {year} and {n} once each, as in 示街信〔{year}〕{n}号')
  .refine((s) => !/[{}]/.test(s.replace('{n}', '').replace('{year}', '')), 'a numbering scheme knows only {year} and {n}');

const count = (text: string, part: string): number => text.split(part).length - 1;

/** A number as people type it, and as it may have been meant: other brackets, full-width signs, blanks. */
export function spellingsOf(number: string): string[] {
  const plain = number.trim();
  const closed = plain.normalize('NFKC').replaceAll(/\s+/g, '');
  const brackets = closed.replaceAll(/[[(【〔{]/g, '〔').replaceAll(/[\])】〕}]/g, '〕');
  return [...new Set([plain, closed, brackets])];
}
