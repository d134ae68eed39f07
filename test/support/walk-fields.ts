import * as core from '../../src/core/index.ts';

// Values for the fields of an action, right ones and wrong ones, and what makes them right: written from docs/procedures.md
// and not from the schema.

type Fields = core.Procedure['actions'][string]['fields'];
type Field = Fields[string];
type Values = Record<string, core.FieldValue>;

/** Who there is in a walk. `p0` is the one who is most often everywhere. */
export const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
export const personOf = (n: number): string => PEOPLE[n % PEOPLE.length] ?? 'p0';

/** Whether the fields are those that an action has, each of its kind and within its bounds. */
export function validFields(fields: Fields, values: Readonly<Values>): boolean {
  if (Object.keys(values).some((name) => !Object.hasOwn(fields, name))) return false;
  return Object.entries(fields).every(([name, field]) => (values[name] === undefined ? field.optional : valid(field, values[name])));
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ID = /^[a-z0-9][a-z0-9-]*$/;

function valid({ kind, choices, least, most }: Field, value: core.FieldValue): boolean {
  const between = (n: number, from: number, to: number): boolean => n >= Math.max(from, least ?? from) && n <= Math.min(to, most ?? to);
  if (kind === 'yes-no') return typeof value === 'boolean';
  if (kind === 'days' || kind === 'number') return Number.isInteger(value) && between(Number(value), kind === 'days' ? 1 : 0, kind === 'days' ? 3660 : 10_000_000);
  if (typeof value !== 'string') return false;
  switch (kind) {
    case 'choice':
      return choices?.includes(value) ?? false;
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
    case 'people': {
      const ids = value.split(' ').filter(Boolean);
      return ids.every((id) => ID.test(id.replace(/^unit:/, ''))) && between(new Set(ids).size, 1, 1000);
    }
    case 'person':
      return ID.test(value);
    case 'role':
    case 'unit':
      return NAME.test(value);
    case 'case':
      return /^[A-Za-z0-9-]{1,40}$/.test(value);
    case 'text':
    case 'paper':
      return value.trim() !== '' && value.length <= 4000;
  }
}

/** Something that fits, of the many that do. Small numbers and near days, so that clocks run out. */
export function valueFor({ kind, choices, least, most }: Field, n: number, today: number, roles: readonly string[]): core.FieldValue {
  const from = least ?? (kind === 'number' ? 0 : 1);
  const some = from + (n % (Math.min(most ?? Infinity, from + (kind === 'people' ? 2 : 30)) - from + 1));
  switch (kind) {
    case 'choice':
      return choices?.[n % choices.length] ?? '';
    case 'yes-no':
      return n % 3 !== 0;
    case 'days':
    case 'number':
      return some;
    case 'date':
      return core.dayOf(today + (n % 40) - 2);
    case 'people':
      return Array.from({ length: some }, (_, i) => (n % 11 === 7 && i === 0 ? 'unit:housing' : i < PEOPLE.length ? personOf(n + i) : `q${i}`)).join(' ');
    case 'person':
      return personOf(n);
    case 'role':
      return roles[n % roles.length] ?? 'office';
    case 'unit':
      return ['housing', 'health', 'street'][n % 3] ?? 'housing';
    case 'case':
      return `RC-${n % 3}`;
    case 'text':
    case 'paper':
      return 'x';
  }
}

/** The fields of an action filled in; each optional one in about half of all fillings, and no field by what another has. */
export function filled(fields: Fields, n: number, today: number, roles: readonly string[]): Values {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, field], i) => {
    const own = hash(n, i);
    return field.optional && own % 2 === 1 ? [] : [[name, valueFor(field, own >>> 1, today, roles)]];
  }));
}

/** A number as good as drawn anew. */
export const hash = (n: number, i: number): number => {
  const mixed = Math.imul(n ^ Math.imul(i + 1, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};

/** The same with one thing wrong, where one can be. */
export function spoiled(fields: Fields, values: Values, n: number): Values {
  const names = Object.keys(fields);
  const name = names[n % Math.max(1, names.length)];
  const field = name === undefined ? undefined : fields[name];
  if (name === undefined || field === undefined || n % 5 === 0) return { ...values, unheardOf: 'x' };
  if (n % 5 === 1 && !field.optional) return Object.fromEntries(Object.entries(values).filter(([one]) => one !== name));
  return { ...values, [name]: wrong(field, n) };
}

function wrong({ kind, most }: Field, n: number): core.FieldValue {
  if (kind === 'yes-no') return 'perhaps';
  if (kind === 'days' || kind === 'number') return [most === undefined ? -1 : most + 1, 1.5, 'five'][n % 3] ?? -1;
  if (kind === 'date') return ['2026-02-30', 'soon', 5][n % 3] ?? 'soon';
  if (kind === 'people' && most !== undefined) return Array.from({ length: most + 1 }, (_, i) => `p${i}`).join(' ');
  return ['', 7, '  '][n % 3] ?? '';
}
