import { isDeepStrictEqual } from 'node:util';

// A walk asks some ten thousand times whether all is well; the words are only made where it is not.

export function must(fine: boolean, wrong: () => string): void {
  if (!fine) throw new Error(wrong());
}

export const same = (what: string, found: unknown, wanted: unknown): void =>
  must(isDeepStrictEqual(found, wanted), () => `${what} should be ${JSON.stringify(wanted)}, and is ${JSON.stringify(found)}`);
