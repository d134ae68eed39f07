/** A JSON value whose texts may hold placeholders. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [name: string]: Template };

export const PLACEHOLDERS = ['to', 'digits', 'national', 'text', 'key', 'lang'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Filler = Readonly<Record<Placeholder, string>>;

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** Puts values in place of `{{ to }}` and the like; what comes in is not read for placeholders again. */
export function fill(template: string, values: Filler): string;
export function fill(template: Readonly<Record<string, string>>, values: Filler): Record<string, string>;
export function fill(template: Template, values: Filler): Template;
export function fill(template: Template, values: Filler): Template {
  if (typeof template === 'string') return template.replace(PLACE, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));
  if (typeof template !== 'object' || template === null) return template;
  if (isList(template)) return template.map((t) => fill(t, values));
  return Object.fromEntries(Object.entries(template).map(([k, v]) => [k, fill(v, values)]));
}

/** The placeholders in a text that are none. */
export const unknownIn = (text: string): string[] => [...text.matchAll(PLACE)].map((m) => m[1] ?? '').filter((name) => !isPlaceholder(name));

const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((p) => p === name);
const isList = (t: object): t is readonly Template[] => Array.isArray(t);
