import type { Text } from '../core/text.ts';

/** The parts of a procedure, in the order in which a lawyer asks for them. */
export const SECTIONS = ['procedure', 'duty', 'right', 'ladder', 'action', 'intake', 'part', 'paper', 'link', 'stage', 'source', 'wording', 'other'] as const;
export type Section = (typeof SECTIONS)[number];

/** For whom it makes a difference: the institution has it stricter or easier, the petitioner has more or less. */
export const WEIGHTS = ['stricter', 'easier', 'more', 'less'] as const;
export type Weight = (typeof WEIGHTS)[number];

/** One difference between two procedures, in words. */
export interface Change {
  readonly kind: 'changed' | 'added' | 'gone';
  readonly section: Section;
  /** The entry, as in `duties.decide.limit`. */
  readonly path: string;
  /** What it is about, as people know it. */
  readonly subject: Text;
  readonly text: Text;
  readonly weight?: Weight;
}

/** Where a difference is, and what it is about. */
export interface About {
  readonly section: Section;
  readonly path: string;
  readonly subject: Text;
}

export const both = (zh: string, en: string): Text => ({ zh, en });

/** An attribute that had one value and has another, in words; undefined where there was, or is, none. Nothing where they read alike. */
export function moved(about: About, key: string, label: Text, before: Text | undefined, after: Text | undefined, weight?: Weight): Change[] {
  const path = key === '' ? about.path : `${about.path}.${key}`;
  const at = { section: about.section, path, subject: about.subject, ...(weight === undefined ? {} : { weight }) };
  if (before && after) {
    if (before.zh === after.zh && before.en === after.en) return [];
    return [{ ...at, kind: 'changed', text: both(`${label.zh}由${spaced(before.zh)}改为${spaced(after.zh).trimEnd()}`, `${label.en}: ${before.en}, now ${after.en}`) }];
  }
  if (after) return [{ ...at, kind: 'added', text: both(`新增${label.zh}：${after.zh}`, `new ${label.en}: ${after.en}`) }];
  if (before) return [{ ...at, kind: 'gone', text: both(`删去${label.zh}，原为：${before.zh}`, `no ${label.en} any more; it was: ${before.en}`) }];
  return [];
}

/** Chinese stands off from figures and letters. */
const spaced = (zh: string): string => `${/^[\w<]/.test(zh) ? ' ' : ''}${zh}${/[\w>]$/.test(zh) ? ' ' : ''}`;

/** The weight of something for one side, turned round where it is taken away. */
export type Weigh = (came: boolean) => Weight | undefined;

/** What came and what went of a list, each said in the words of the procedure that has it. */
export function listed<T>(about: About, key: string, label: Text, before: readonly T[], after: readonly T[], [was, is]: readonly [(one: T) => Text, (one: T) => Text], weigh: Weigh = () => undefined): Change[] {
  const has = (list: readonly T[], one: T): boolean => list.some((other) => same(other, one));
  const came = after.filter((one) => !has(before, one));
  const went = before.filter((one) => !has(after, one));
  return [
    ...(came.length > 0 ? moved(about, key, label, undefined, joined(came.map(is)), weigh(true)) : []),
    ...(went.length > 0 ? moved(about, key, label, joined(went.map(was)), undefined, weigh(false)) : []),
  ];
}

/** The names of two records, sorted into those that only one has and those that both have. */
export function names(a: object, b: object): { readonly came: string[]; readonly went: string[]; readonly stayed: string[] } {
  return {
    came: Object.keys(b).filter((name) => !Object.hasOwn(a, name)),
    went: Object.keys(a).filter((name) => !Object.hasOwn(b, name)),
    stayed: Object.keys(b).filter((name) => Object.hasOwn(a, name)),
  };
}

/** Whether two values from a procedure are the same, in whatever order their entries stand. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => [k, sorted(v)] as const).toSorted(([x], [y]) => (x < y ? -1 : 1)));
}

export const joined = (texts: readonly Text[]): Text => both(texts.map((t) => t.zh).join('、'), texts.map((t) => t.en).join(', '));
