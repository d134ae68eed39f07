import { sha256Of } from './store.ts';

const LONGEST = 100;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Any text as one name within the archive: never above it, never hidden, the same on every system. */
export function nameOf(text: string): string {
  const escaped = text
    .replace(/[^A-Za-z0-9._-]/gu, escape)
    .replace(/^\.|\.$/g, escape)
    .replace(RESERVED, (word) => escape(word[0] ?? '') + word.slice(1));
  return escaped.length <= LONGEST ? escaped : `${escaped.slice(0, LONGEST - 20)}=${short(text)}`;
}

const escape = (sign: string): string => [...Buffer.from(sign)].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('');

/** Enough of a hash to tell papers apart. */
export const short = (text: string): string => sha256Of(Buffer.from(text)).slice(0, 16);

/** Where a paper lies: with the others of its case, under its kind and the event it is about. Papers with other keys lie elsewhere. */
export function placeOf({ key, receipt, of, kind }: { readonly key: string; readonly receipt: string; readonly of: number; readonly kind: string }, ending: string): string {
  const usual = key === `${receipt}/${of}/${kind}`;
  return `${nameOf(receipt)}/${nameOf(`${kind}-${of}${usual ? '' : `-${short(key)}`}`)}${ending}`;
}

/** A path without its ending. */
export const stemOf = (path: string): string => path.replace(/\.[a-z0-9]+$/, '');

/** The ending of a file's name, with its dot, where it is a usual one: `.docx`. */
export const endingOf = (file: string): string => /\.[a-z0-9]{1,8}$/.exec(file.toLowerCase())?.[0] ?? '';
