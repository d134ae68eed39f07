import { type Calendar, dayOf, type Field, type Fields, type FieldValue, localDay, type Procedure, readMoment } from '../core/index.ts';
import { LogError } from './error.ts';
import { RECEIVED, type Reading } from './reading.ts';

/** What a log cannot tell and an action must have: taken from `--field`, else the least that the field accepts. */
export interface Filler {
  fields(action: string, cells: readonly string[]): Record<string, FieldValue>;
  /** Set only where the procedure wants another person than before; then each action has its own. */
  person(action: string): string | undefined;
  /** What was filled in, for the summary: `accept.notice` → `log`. */
  readonly filled: Readonly<Record<string, string>>;
}

type Fill = (cells: readonly string[]) => FieldValue | undefined;

/** Who stands in a field for a person, where a log does not say who. */
export const SOMEBODY = 'person-0';

/** @throws LogError for a date, which nothing may invent */
export function fillerOf(reading: Reading, procedure: Procedure, calendar: Calendar): Filler {
  const filled: Record<string, string> = {};
  const fills = new Map<string, [string, Fill][]>();
  for (const action of new Set(reading.sources.flatMap((s) => s.actions))) {
    const list: [string, Fill][] = [];
    for (const [name, field] of Object.entries(fieldsOf(procedure, action))) {
      const given = reading.fields.find((f) => f.action === action && f.field === name)?.value;
      if (given === undefined && field.optional && !needed(procedure, action, name)) continue;
      if (given === undefined && field.kind === 'date') {
        // Of a log of events, only one in which it happens need tell when.
        if (!reading.events) noDate(action, name);
        list.push([name, () => noDate(action, name)]);
        continue;
      }
      const from = given?.startsWith('@') ? reading.header.indexOf(given.slice(1)) : -1;
      const value = given === undefined ? least(procedure, action, name, field) : valued(field, given, calendar);
      list.push([name, from < 0 ? () => value : (cells) => valued(field, cells[from] ?? '', calendar)]);
      filled[`${action}.${name}`] = from < 0 ? String(value) : (given ?? '');
    }
    fills.set(action, list);
  }
  const persons = personsOf(procedure);
  return {
    filled,
    person: (action) => persons.get(action),
    fields(action, cells) {
      const fields: Record<string, FieldValue> = {};
      for (const [name, fill] of fills.get(action) ?? []) {
        const value = fill(cells);
        if (value !== undefined) fields[name] = value;
      }
      return fields;
    },
  };
}

const fieldsOf = (procedure: Procedure, action: string): Fields =>
  action === RECEIVED ? procedure.intake : (procedure.actions[action]?.fields ?? {});

/** Whether a duty is met only with this field, though the action may be taken without it. */
const needed = (procedure: Procedure, action: string, field: string): boolean =>
  Object.values(procedure.duties).some((d) => d.met.some((m) => m.by === action && m.with === field));

function least(procedure: Procedure, action: string, name: string, field: Field): FieldValue {
  switch (field.kind) {
    case 'text':
    case 'paper':
      return 'log';
    case 'yes-no':
      return true;
    case 'people':
    case 'person':
      return SOMEBODY;
    case 'unit':
    case 'case':
      return 'log';
    case 'number':
      return field.least ?? 1;
    case 'role':
      return Object.keys(procedure.roles)[0] ?? 'role';
    case 'choice':
      return field.choices?.[0] ?? '';
    case 'days':
      return Object.values(procedure.duties).find((d) => d.extension?.by === action)?.extension?.upTo.amount ?? 1;
    case 'date':
      return noDate(action, name);
  }
}

/** @throws LogError always: nothing may invent a date */
function noDate(action: string, name: string): never {
  throw new LogError('--field', `${action} 需要日期 ${name}，不能凭空填写；请写 --field ${action}.${name}=@列名。`, `${action} needs the date ${name}, which cannot be made up; give --field ${action}.${name}=@COLUMN.`);
}

/** A cell or a flag as the kind of field that it fills; what does not fit is left for the core to refuse. */
function valued(field: Field, text: string, calendar: Calendar): FieldValue | undefined {
  if (text === '') return undefined;
  if (field.kind === 'days' || field.kind === 'number') return /^\d+$/.test(text) ? Number(text) : text;
  if (field.kind === 'yes-no') return /^(true|yes|1|是)$/i.test(text) ? true : /^(false|no|0|否)$/i.test(text) ? false : text;
  if (field.kind !== 'date') return text;
  const at = readMoment(calendar, text, 'end');
  return at === undefined ? text : dayOf(localDay(calendar, at));
}

function personsOf(procedure: Procedure): Map<string, string> {
  const actions = Object.entries(procedure.actions);
  const named = new Set(actions.flatMap(([name, a]) => (a.otherThan.length > 0 ? [name, ...a.otherThan] : [])));
  return new Map([...named].map((action, i) => [action, `person-${i + 1}`]));
}
