import { z } from 'zod';
import { Citation } from './citation.ts';
import { Day } from './instant.ts';
import { Name, Text } from './text.ts';

const KINDS = ['text', 'date', 'days', 'number', 'yes-no', 'paper', 'role', 'people', 'person', 'unit', 'case'] as const;

/**
 * What an action asks for: `text`, `date`, `days` (a whole number), `number`, `yes-no`,
 * `paper` (a reference to a document), `role`, `person` (an id of the
 * institution's), `people` (several of them, or `unit:name`, with blanks or commas
 * between), `unit` (one of the institution's), `case` (another case's receipt), or a list of choices. A trailing
 * `?` makes it optional: `reason: text?`. Choices may have titles, and an
 * optional field a value that holds where nothing is said.
 */
export const Field = z.preprocess(
  (raw) => {
    if (Array.isArray(raw)) return { kind: 'choice', choices: raw };
    if (typeof raw === 'string') return raw.endsWith('?') ? { kind: raw.slice(0, -1), optional: true } : { kind: raw };
    return titled(raw);
  },
  z.strictObject({
    kind: z.enum([...KINDS, 'choice']),
    optional: z.boolean().default(false),
    choices: z.array(Name).optional(),
    labels: z.record(Name, Text).optional(),
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
    title: Text.optional(),
    /** One line that helps whoever fills it in. */
    hint: Text.optional(),
    /** Bounds of a number or of days; of `people`, how many. */
    least: z.int().min(0).optional(),
    most: z.int().min(1).optional(),
    /** The rule behind the bounds, which a refusal names. */
    cite: Citation.optional(),
    /** Of `people`: a unit stands for each of its people by name. */
    whole: z.boolean().optional(),
  }).refine((f) => (f.kind === 'choice') === (f.choices !== undefined && f.choices.length > 0), {
    error: 'only a choice has choices, and it has at least one',
  }),
);
export type Field = z.infer<typeof Field>;

/** Choices written with their titles, `{ post: { zh: …, en: … } }`, become choices and labels. */
function titled(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('choices' in raw)) return raw;
  const { choices } = raw;
  if (typeof choices !== 'object' || choices === null || Array.isArray(choices)) return { kind: 'choice', ...raw };
  return { kind: 'choice', ...raw, choices: Object.keys(choices), labels: choices };
}

/** Id of one person of the institution. */
export const Person = z.string().trim().regex(/^[a-z0-9][a-z0-9-]*$/).max(100);

/** Ids of persons of the institution, and units as `unit:civil-affairs`, with blanks or commas between. */
export const People = z.string().trim().regex(/^(unit:)?[a-z0-9][a-z0-9-]*([\s,，、;；]+(unit:)?[a-z0-9][a-z0-9-]*)*$/).max(4000);

/** The receipt of a case. */
export const Receipt = z.string().trim().min(1).max(40).regex(/^[A-Za-z0-9-]+$/);

/** The single ids in a field of kind `people`. */
export const idsIn = (people: string): string[] => [...new Set(people.split(/[\s,，、;；]+/).filter((id) => id !== ''))];

export const FieldName = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a field is named in one word, as in "reportBy"');

export const Fields = z.record(FieldName, Field);
export type Fields = z.infer<typeof Fields>;

export const FieldValue = z.union([z.string(), z.number(), z.boolean()]);
export type FieldValue = z.infer<typeof FieldValue>;

export type Values = Readonly<Record<string, FieldValue>>;

// A pure memo: a schema is a function of the description alone.
const schemas = new WeakMap<Fields, z.ZodType<Record<string, FieldValue | undefined>>>();

/** The schema of an action's fields, from the same description that a form is built of. */
export function schemaOf(fields: Fields): z.ZodType<Record<string, FieldValue | undefined>> {
  let schema = schemas.get(fields);
  if (!schema) {
    const shape: Record<string, z.ZodType<FieldValue | undefined>> = {};
    for (const [name, field] of Object.entries(fields))
      shape[name] = field.optional ? one(field).optional() : one(field);
    schema = z.strictObject(shape);
    schemas.set(fields, schema);
  }
  return schema;
}

function one(field: Field): z.ZodType<FieldValue> {
  switch (field.kind) {
    case 'text':
    case 'paper':
      return z.string().trim().min(1).max(4000);
    case 'role':
      return Name;
    case 'people':
      return People.refine((ids) => within(idsIn(ids).length, field));
    case 'number':
      return z.int().min(0).max(10_000_000).refine((n) => within(n, field));
    case 'unit':
      return Name;
    case 'case':
      return Receipt;
    case 'person':
      return Person;
    case 'date':
      return Day;
    case 'days':
      return z.int().min(1).max(MOST_DAYS).refine((n) => within(n, field));
    case 'yes-no':
      return z.boolean();
    case 'choice':
      return z.enum(field.choices ?? []);
  }
}

/** The most that a field of kind `days` takes. */
export const MOST_DAYS = 3660;

const within = (n: number, { least = 0, most = Infinity }: Field): boolean => n >= least && n <= most;

/** The values that hold at intake: what was told, and the defaults of what was not. */
export function withDefaults(fields: Fields, values: Values): Values {
  const told: Record<string, FieldValue> = {};
  for (const [name, field] of Object.entries(fields)) if (field.default !== undefined) told[name] = field.default;
  return { ...told, ...values };
}
