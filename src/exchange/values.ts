import type { Field, FieldValue, Procedure, Text } from '../core/index.ts';
import { type Cell, textOf } from '../sheets/index.ts';

const YES = /^(true|yes|y|1|是|有|√)$/i;
const NO = /^(false|no|n|0|否|无|×)$/i;

/** A cell as the kind of field that it fills. What does not fit stays as written, for the case to refuse it by name. */
export function valueOf(field: Field, cell: Cell | undefined, procedure: Procedure): FieldValue | undefined {
  const text = textOf(cell).trim();
  if (text === '') return undefined;
  switch (field.kind) {
    case 'days':
    case 'number':
      return /^\d+$/.test(text) ? Number(text) : text;
    case 'yes-no':
      return YES.test(text) ? true : NO.test(text) ? false : text;
    case 'date':
      return text.slice(0, 10);
    case 'choice':
      return named(text, Object.fromEntries((field.choices ?? []).map((c) => [c, field.labels?.[c] ?? { zh: c, en: c }]))) ?? text;
    case 'role':
      return named(text, Object.fromEntries(Object.entries(procedure.roles).map(([id, r]) => [id, r.title]))) ?? text;
    case 'text':
    case 'paper':
    case 'people':
    case 'person':
    case 'unit':
    case 'case':
      return text;
  }
}

/** The id of what somebody wrote by its id or by one of its titles. */
export function named(text: string, titles: Readonly<Record<string, Text>>): string | undefined {
  if (Object.hasOwn(titles, text)) return text;
  const asked = text.toLowerCase();
  return Object.keys(titles).find((id) => [titles[id]?.zh, titles[id]?.en].some((t) => t?.toLowerCase() === asked));
}
