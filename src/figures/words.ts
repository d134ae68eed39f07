import type { Event } from '../core/events.ts';
import type { FieldValue } from '../core/fields.ts';

/** Of what is longer only the beginning can be found. Actions take no field as long; a petitioner's words may be. */
const LONGEST = 20_000;

/** Marks that choose between forms of one character, and signs that nobody sees or types. */
const UNSEEN = /[\p{Variation_Selector}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Text as it is searched: full-width signs as their half-width twins, compatibility characters as the usual ones, no
 * capitals, single blanks. Whoever types it another way finds it all the same.
 */
export const normal = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFKC').replace(UNSEEN, '').replace(/[\s\p{Cc}]+/gu, ' ').trim().slice(0, LONGEST).toWellFormed();

/** What somebody asks for, word by word; all are to be found. */
export const wordsOf = (asked: string): string[] => [...new Set(normal(asked).split(' ').filter((word) => word !== ''))];

/** No code point has more bits, so that a pair of signs is one number, of which none stands for two. */
const SIGN = 2 ** 21;

/** Each sign of a normal text and each pair that stands side by side, as numbers, once. */
export function gramsOf(text: string): number[] {
  const grams = new Set<number>();
  let before = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    grams.add(code);
    if (before > 0) grams.add(before * SIGN + code);
    before = code;
  }
  return [...grams];
}

/** More do not narrow the search, and each costs. */
const ENOUGH = 8;

/** By which of its grams a word is looked for: the sign alone, or pairs from its whole length. */
export function probesOf(word: string): number[] {
  const pairs = gramsOf(word).filter((gram) => gram >= SIGN);
  if (pairs.length === 0) return gramsOf(word);
  const every = Math.max(1, pairs.length / ENOUGH);
  return Array.from({ length: Math.min(ENOUGH, pairs.length) }, (_, i) => pairs[Math.floor(i * every)] ?? 0);
}

/** The words of a row, and its grams as PostgreSQL writes an array. */
export interface Words {
  readonly words: string;
  readonly grams: string;
}

const indexed = (texts: readonly string[]): Words | undefined => {
  const words = normal(texts.join('\n'));
  return words === '' ? undefined : { words, grams: `{${gramsOf(words).join(',')}}` };
};

/** What an event holds in words: what was told at intake, what people wrote, and numbers of papers. */
export function textsOf(event: Event): string[] {
  switch (event.type) {
    case 'opened':
      return [event.receipt, ...spoken(event.fields)];
    case 'acted':
      return [...spoken(event.fields), event.note ?? '', event.by.person ?? ''].filter((text) => text !== '');
    case 'corrected':
      return [event.reason];
    case 'filed':
      return event.number === undefined ? [] : [event.number];
    default:
      return [];
  }
}

const spoken = (fields: Readonly<Record<string, FieldValue>>): string[] => Object.values(fields).filter((value) => typeof value === 'string');

/** What is to be found of each event that holds any words. */
export const eventWords = (events: readonly Event[]): (Words & { readonly seq: number })[] =>
  events.flatMap((event) => {
    const words = indexed(textsOf(event));
    return words ? [{ seq: event.seq, ...words }] : [];
  });

interface Told {
  readonly contact: Readonly<Record<string, string | undefined>>;
  readonly summary: string;
  /** Where there are any, who it is and what they wrote is kept to these roles. */
  readonly identity?: readonly string[] | null | undefined;
}

/**
 * What a petitioner wrote, and how to reach them; a telephone number also without what people put between its digits.
 * Nothing where who it is is kept to a few: a search that finds a name says whose case it is, whatever it shows.
 */
export const intakeTexts = ({ contact, summary, identity }: Told): string[] =>
  identity ? [] : [summary, ...Object.entries(contact).flatMap(([name, value]) => (name === 'lang' || value === undefined ? [] : [value])), (contact['phone'] ?? '').replace(/[^\p{Nd}]/gu, '')];

/** What is to be found of an intake. One without a word is entered too, so that nobody takes it for one from before there was a search. */
export const intakeWords = (intake: Told): Words => indexed(intakeTexts(intake)) ?? { words: '', grams: '{}' };
