import type { Variable } from 'liquidjs';

/** What a template may ask of a value: nothing more of a plain one, fields of another, the like of each entry of a list. */
export type Shape = 'plain' | 'anything' | { readonly list: Shape } | { readonly fields: Readonly<Record<string, Shape>> };

/** The shape of a model, read off one in which nothing is missing. */
export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return { list: shapeOf(value[0]) };
  if (typeof value !== 'object' || value === null) return 'plain';
  return { fields: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shapeOf(v)])) };
}

/** A field that is not there, and those that are. */
export interface Missing {
  readonly path: string;
  readonly known: readonly string[];
}

/** What a variable asks for that its scope does not have. */
export function missing(variable: Variable, scope: Readonly<Record<string, Shape>>): Missing | undefined {
  let shape: Shape = { fields: scope };
  const path: string[] = [];
  for (const segment of variable.segments) {
    if (shape === 'anything') return undefined;
    // A computed name, as in a[b], is looked at where the template is tried out.
    if (typeof segment === 'object') return undefined;
    path.push(String(segment));
    const next: Shape | undefined = step(shape, segment);
    if (next === undefined) return { path: path.join('.'), known: typeof shape === 'object' && 'fields' in shape ? Object.keys(shape.fields) : [] };
    shape = next;
  }
  return undefined;
}

function step(shape: Shape, segment: string | number): Shape | undefined {
  if (segment === 'size' && !(typeof shape === 'object' && 'fields' in shape)) return 'plain';
  if (typeof shape !== 'object') return undefined;
  if ('list' in shape) return typeof segment === 'number' || segment === 'first' || segment === 'last' ? shape.list : undefined;
  return Object.hasOwn(shape.fields, segment) ? shape.fields[segment] : undefined;
}
