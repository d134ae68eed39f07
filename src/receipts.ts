import { createHash, randomUUID } from 'node:crypto';

// Crockford's alphabet: no letter that is taken for a digit, so that a receipt can be read out on the telephone.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The receipt number of a case: the same for the same key, so that opening
 * twice gives one case, and telling nothing about the key, the petitioner or
 * how many cases there are. 60 bits in three groups of four.
 */
export function receiptOf(key: string): string {
  const digest = createHash('sha256').update(`redress receipt\n${key}`).digest();
  const signs = [...digest.subarray(0, 12)].map((byte) => ALPHABET[byte % 32] ?? '0').join('');
  return signs.match(/.{4}/g)?.join('-') ?? signs;
}

export const randomKey = (): string => randomUUID();

/** The engine's id of a case. */
export const workflowIdOf = (receipt: string): string => `case/${receipt}`;

/** A receipt as somebody wrote or typed it. */
export const readReceipt = (raw: string): string => raw.trim().toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
