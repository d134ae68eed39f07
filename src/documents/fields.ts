/** What a placeholder may name: a value, a group of named values, a list, or a group under any name. */
export type Shape = 'value' | { readonly fields: Readonly<Record<string, Shape>> } | { readonly list: Shape } | { readonly any: Shape };

const group = (...names: string[]): Shape => ({ fields: Object.fromEntries(names.map((n) => [n, 'value'])) });

const clock = group('title', 'owes', 'dueDate', 'law', 'right', 'overdue', 'internal');

/** All that a template can use. `scope.ts` fills it; `docs/papers.md` says what each is. */
export const FIELDS: Readonly<Record<string, Shape>> = {
  kind: 'value',
  title: 'value',
  receipt: 'value',
  number: 'value',
  unit: 'value',
  procedure: 'value',
  channel: 'value',
  receivedOn: 'value',
  day: 'value',
  action: 'value',
  by: 'value',
  law: 'value',
  to: 'value',
  copies: { list: 'value' },
  letterhead: group('name', 'address', 'phone', 'postcode', 'signer', 'ombudsman'),
  petitioner: group('name', 'address'),
  facts: { any: group('title', 'value', 'code') },
  factList: { list: group('name', 'title', 'value', 'code') },
  duty: { fields: { title: 'value', owes: 'value', dueDate: 'value', law: 'value', reasons: { list: 'value' } } },
  clocks: { list: clock },
  rights: { list: clock },
  owed: { list: clock },
  outcomes: { list: group('title', 'owes', 'dueDate', 'outcome') },
  passages: { list: group('seq', 'at', 'text') },
};

/** A step of a path that leads nowhere, and what could stand there instead. */
export interface Astray {
  readonly at: string;
  readonly name: string;
  readonly known: readonly string[];
}

/** Follows a path from a shape. Undefined where anything goes; `Astray` where it names what does not exist. */
export function follow(shape: Shape | undefined, path: readonly unknown[], at: string): Shape | Astray | undefined {
  let here = shape;
  let place = at;
  for (const step of path) {
    if (here === undefined || (typeof step !== 'string' && typeof step !== 'number')) return undefined;
    const next = into(here, step);
    if (next === 'unknown') return { at: place, name: String(step), known: namesIn(here) };
    if (next === 'count') return 'value';
    here = next;
    place = place === '' ? String(step) : `${place}.${step}`;
  }
  return here;
}

function into(shape: Shape, step: string | number): Shape | 'unknown' | 'count' | undefined {
  if (shape === 'value') return step === 'size' ? 'count' : 'unknown';
  if ('list' in shape) {
    if (step === 'size') return 'count';
    return typeof step === 'number' || step === 'first' || step === 'last' ? shape.list : 'unknown';
  }
  if ('any' in shape) {
    if (step === 'size') return 'count';
    return typeof step === 'string' && /^[a-z][A-Za-z0-9]*$/.test(step) ? shape.any : 'unknown';
  }
  return Object.hasOwn(shape.fields, step) ? shape.fields[step] : 'unknown';
}

/** What may stand after a shape, for messages. */
function namesIn(shape: Shape): string[] {
  if (shape === 'value') return [];
  if ('list' in shape) return ['size', 'first', 'last'];
  if ('any' in shape) return ['reason', 'deadline', '…'];
  return Object.keys(shape.fields);
}
