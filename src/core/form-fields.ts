import { z } from 'zod';
import type { Citation } from './citation.ts';
import { type Field, type Fields, type FieldValue, schemaOf } from './fields.ts';
import type { Procedure } from './procedure.ts';
import type { Text } from './text.ts';

// What a form asks for, from the description that the schema is made of. There is no second one.

export interface FormChoice {
  readonly value: string;
  readonly title: Text;
}

/** One field of a form. */
export interface FormField {
  readonly name: string;
  readonly kind: Field['kind'];
  readonly title: Text;
  readonly hint?: Text;
  readonly optional: boolean;
  readonly choices?: readonly FormChoice[];
  /** Of numbers and days, the value; of people, how many. What the schema takes, and nothing besides. */
  readonly least?: number;
  readonly most?: number;
  /** The rule behind the bounds. */
  readonly cite?: Citation;
  /** The value that holds where nothing is said. */
  readonly default?: FieldValue;
  /** Of people: a unit stands for each of its people. */
  readonly whole?: boolean;
}

/** What is asked for when a case is opened, besides when it came. */
export interface IntakeForm {
  readonly procedure: { readonly id: string; readonly version: number; readonly title: Text };
  readonly channels: readonly FormChoice[];
  readonly fields: readonly FormField[];
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The fields as a form shows them, in the procedure's order. */
export function formOf(fields: Fields): FormField[] {
  const { properties = {} } = plainSchemaOf(fields);
  return Object.entries(fields).map(([name, field]) => {
    const { title, hint, optional, choices, labels, cite, default: value, whole } = field;
    return {
      name,
      kind: field.kind,
      title: title ?? { zh: name, en: name },
      optional,
      ...(hint ? { hint } : {}),
      ...(choices ? { choices: choices.map((c) => ({ value: c, title: labels?.[c] ?? { zh: c, en: c } })) } : {}),
      ...boundsOf(field, properties[name]),
      ...(cite ? { cite } : {}),
      ...(value === undefined ? {} : { default: value }),
      ...(whole ? { whole } : {}),
    };
  });
}

/** The form with which a case is opened. */
export function intakeForm({ id, version, title, channels, intake }: Procedure): IntakeForm {
  return {
    procedure: { id, version, title },
    channels: Object.entries(channels).map(([value, name]) => ({ value, title: name })),
    fields: formOf(intake),
  };
}

/** The same as JSON Schema, for programs: what it takes, the case takes too. How many people may be named it cannot say. */
export function jsonSchemaOf(fields: Fields): JsonSchema {
  const schema = plainSchemaOf(fields);
  for (const { name, kind, title, hint, least, most } of formOf(fields)) {
    const property = schema.properties?.[name];
    if (typeof property !== 'object') continue;
    if (kind === 'number' || kind === 'days') Object.assign(property, { minimum: least, maximum: most });
    if (kind === 'date') property.format = 'date';
    Object.assign(property, { title: title.en, ...(hint ? { description: hint.en } : {}) });
  }
  return schema;
}

/** As zod writes it: what only a refinement knows is left out. */
const plainSchemaOf = (fields: Fields): JsonSchema => z.toJSONSchema(schemaOf(fields), { io: 'input', unrepresentable: 'any' });

function boundsOf({ kind, least, most }: Field, property: JsonSchema | boolean | undefined): { least?: number; most?: number } {
  if (kind === 'people') return { least: Math.max(1, least ?? 1), ...(most === undefined ? {} : { most }) };
  if ((kind !== 'number' && kind !== 'days') || typeof property !== 'object') return {};
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = property;
  return { least: Math.max(minimum, least ?? minimum), most: Math.min(maximum, most ?? maximum) };
}
