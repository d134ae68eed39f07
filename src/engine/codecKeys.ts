import { createHash } from 'node:crypto';
import { CodecError } from './codecError.ts';

/** A key of the payload codec. `id` goes into the metadata and tells nothing of the secret. */
export type CodecKey = { readonly id: string; readonly secret: Uint8Array };

const KEY_BYTES = 32;
const ID_CHARACTERS = 16;

/**
 * Reads `REDRESS_KEY`: keys of 32 bytes in base64, separated by commas or white space. The first
 * encrypts, all decrypt; so a new key goes in front. No keys when the value is empty.
 * @throws CodecError `codec-key-malformed`, which never shows the key
 */
export function codecKeys(value: string | undefined): CodecKey[] {
  const words = (value ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return words.map((word, index) => {
    const secret = Buffer.from(word, 'base64');
    if (secret.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]+=?$/.test(word)) throw CodecError.malformedKey(index + 1);
    return { id: idOf(secret), secret };
  });
}

const idOf = (secret: Uint8Array): string =>
  createHash('sha256').update('redress codec key').update(secret).digest('hex').slice(0, ID_CHARACTERS);
