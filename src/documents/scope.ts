import type { PaperData, Report } from '../core/effects.ts';
import { Text, type Lang } from '../core/text.ts';
import { clean } from './clean.ts';
import type { Letterhead } from '../institution/letter.ts';

/** What a paper takes from outside the case. */
export interface PaperContext {
  readonly lang: Lang;
  readonly letterhead: Letterhead;
  /** The unit that the paper comes from. */
  readonly unitTitle: Text;
  /** The document number, where the paper takes one. */
  readonly number?: string | undefined;
  readonly petitioner?: { readonly name?: string | undefined; readonly address?: string | undefined } | undefined;
  /** To whom it is addressed, where that is not the petitioner. */
  readonly to?: Text | undefined;
  readonly copies?: readonly Text[] | undefined;
}

/** The fields of `fields.ts`, in one language, clean. What a case does not have is absent, so that templates can ask. */
export type Scope = Readonly<Record<string, unknown>>;

/**
 * All that a template can use, for one paper in one language. A paper that goes outside the institution knows nothing of
 * the clocks that are the institution's own affair, so that no template, a house's either, can print them.
 */
export function scopeOf(paper: Report, context: PaperContext, lang: Lang, outside = paper.outside): Scope {
  const { data } = paper;
  const { clocks: running, ...rest } = data;
  const clocks = outside ? running.filter((c) => !c.internal) : running;
  const all = {
    ...rest,
    kind: paper.kind,
    title: paper.title,
    receipt: paper.receipt,
    number: context.number,
    unit: context.unitTitle,
    to: context.to,
    copies: context.copies ?? [],
    letterhead: context.letterhead,
    petitioner: context.petitioner ?? {},
    factList: factsOf(data),
    clocks,
    rights: clocks.filter((c) => c.right),
    owed: clocks.filter((c) => !c.right),
  };
  return Object.fromEntries(Object.entries(all).flatMap(([k, v]) => entry(k, v, lang)));
}

const factsOf = ({ facts }: PaperData): (PaperData['facts'][string] & { name: string })[] =>
  Object.entries(facts).map(([name, line]) => ({ name, ...line }));

function entry(key: string, value: unknown, lang: Lang): [string, unknown][] {
  const v = inLang(value, lang);
  return v === undefined || v === '' ? [] : [[key, v]];
}

/** Texts become words of the language, words clean, and what is empty absent. */
function inLang(value: unknown, lang: Lang): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((v) => inLang(v, lang));
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const text = Text.safeParse(value);
  if (text.success) return clean(text.data[lang]);
  return Object.fromEntries(Object.entries(value).flatMap(([k, v]) => entry(k, v, lang)));
}
