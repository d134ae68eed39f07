import type { Field, FieldValue, Fields } from '../core/fields.ts';
import { UsageError } from './failure.ts';

const YES = new Set(['true', 'yes', 'y', '是']);
const NO = new Set(['false', 'no', 'n', '否']);

/** A value as the kind of its field wants it. What does not fit stays as written, for the case to refuse it by name. */
export function typed(field: Field | undefined, raw: string): FieldValue {
  const text = raw.trim();
  if ((field?.kind === 'days' || field?.kind === 'number') && /^\d+$/.test(text)) return Number(text);
  if (field?.kind === 'yes-no' && YES.has(text.toLowerCase())) return true;
  if (field?.kind === 'yes-no' && NO.has(text.toLowerCase())) return false;
  return raw;
}

/** `k=v` pairs from a command line. @throws UsageError for one without `=`, or one given twice */
export function pairsOf(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = {};
  for (const pair of given) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at < 1)
      throw new UsageError('--field', { zh: `--field 应写成 名称=值，而不是“${pair}”。`, en: `--field takes name=value, not "${pair}".` });
    if (Object.hasOwn(pairs, name))
      throw new UsageError('--field', { zh: `字段 ${name} 写了两次。`, en: `The field ${name} is given twice.` });
    pairs[name] = pair.slice(at + 1);
  }
  return pairs;
}

export const typedAll = (fields: Fields, given: Readonly<Record<string, string>>): Record<string, FieldValue> =>
  Object.fromEntries(Object.entries(given).map(([name, raw]) => [name, typed(fields[name], raw)]));
