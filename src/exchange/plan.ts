import type { Field, Fields, Procedure } from '../core/index.ts';
import { pairs } from '../logs/flags.ts';
import { ExchangeError } from './error.ts';

/** The flags that say what the columns of a legacy register are. */
export interface ImportFlags {
  /** The column with the number that the old register gave each matter. */
  readonly key: string;
  /** `ACTION=COLUMN,…`: when each action was taken; `received` says when the matter came. */
  readonly map: readonly string[];
  /** `ACTION.FIELD=COLUMN`, `ACTION.person=COLUMN`, or `FIELD=COLUMN` of the intake. */
  readonly mapField?: readonly string[];
  /** `ACTION.FIELD=VALUE`: the same for every row. */
  readonly field?: readonly string[];
  /** `name=COLUMN,phone=COLUMN,…`: goes into the table of intakes and nowhere else. */
  readonly mapContact?: readonly string[];
  /** An id, or `@COLUMN`. */
  readonly unit: string;
  readonly channel?: string | undefined;
  /** Keeps apart the numbers of several old registers. */
  readonly source?: string | undefined;
}

export const RECEIVED = 'received';
export const SOURCE = 'legacy';

/** Where a value comes from: a column, or the same for all. */
export type Origin = { readonly column: string } | { readonly value: string };

export interface FieldPlan {
  readonly name: string;
  readonly field: Field;
  readonly from: Origin;
}

export interface StepPlan {
  readonly action: string;
  readonly column: string;
}

export const CONTACT = ['name', 'email', 'address', 'phone', 'summary'] as const;
export type ContactPart = (typeof CONTACT)[number];

/** How a row of a legacy register becomes a case. */
export interface Plan {
  readonly source: string;
  readonly key: string;
  readonly received: string;
  /** In the order of the procedure. */
  readonly steps: readonly StepPlan[];
  readonly fields: ReadonlyMap<string, readonly FieldPlan[]>;
  readonly persons: ReadonlyMap<string, Origin>;
  readonly contact: Readonly<Partial<Record<ContactPart, string>>>;
  readonly unit: Origin;
  readonly channel: Origin;
  /** Columns that hold dates, and all columns that are used. */
  readonly dates: readonly string[];
  readonly used: ReadonlySet<string>;
}

/** @throws ExchangeError naming the flag that does not fit the procedure, or what it still needs */
export function planOf(flags: ImportFlags, procedure: Procedure): Plan {
  const mapped = flags.map.flatMap((text) => pairs('--map', text)).map(([action, column]) => ({ action, column }));
  for (const { action } of mapped) if (action !== RECEIVED && !procedure.actions[action]) throw noAction(action, procedure);
  const received = mapped.find((m) => m.action === RECEIVED)?.column;
  if (received === undefined) throw new ExchangeError('--map', '请用 --map received=列名 指明收到时间在哪一列。', 'Say with --map received=COLUMN when a matter came.');
  const order = Object.keys(procedure.actions);
  const steps = mapped.filter((m) => m.action !== RECEIVED).toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
  const given: [string, Origin][] = [
    ...flags.field?.flatMap((text) => pairs('--field', text)).map(([name, value]): [string, Origin] => [name, value.startsWith('@') ? { column: value.slice(1) } : { value }]) ?? [],
    ...flags.mapField?.flatMap((text) => pairs('--map-field', text)).map(([name, column]): [string, Origin] => [name, { column }]) ?? [],
  ];
  const actions = [...new Set([RECEIVED, ...steps.map((s) => s.action)])];
  const { fields, persons } = placed(given, actions, procedure);
  complete(actions, fields, persons, procedure);
  const contact = contactOf(flags.mapContact ?? []);
  const [unit, channel] = [originOf(flags.unit), originOf(flags.channel ?? Object.keys(procedure.channels)[0] ?? '')];
  const all = [...fields.values()].flat();
  const dates = [received, ...steps.map((s) => s.column), ...all.flatMap(({ field, from }) => (field.kind === 'date' && 'column' in from ? [from.column] : []))];
  const columns = [...all.map((f) => f.from), ...persons.values(), unit, channel].flatMap((from) => ('column' in from ? [from.column] : []));
  return {
    source: flags.source ?? SOURCE, key: flags.key, received, steps, fields, persons, contact, unit, channel,
    dates: [...new Set(dates)], used: new Set([flags.key, ...dates, ...columns, ...Object.values(contact)]),
  };
}

const originOf = (text: string): Origin => (text.startsWith('@') ? { column: text.slice(1) } : { value: text });

export const fieldsOf = (procedure: Procedure, action: string): Fields => (action === RECEIVED ? procedure.intake : (procedure.actions[action]?.fields ?? {}));

/** Puts each given value to the action that takes it. */
function placed(given: readonly [string, Origin][], actions: readonly string[], procedure: Procedure) {
  const fields = new Map<string, FieldPlan[]>();
  const persons = new Map<string, Origin>();
  for (const [name, from] of given) {
    const dot = name.indexOf('.');
    const [action, part] = dot < 0 ? [RECEIVED, name] : [name.slice(0, dot), name.slice(dot + 1)];
    if (!actions.includes(action)) throw action === RECEIVED || procedure.actions[action] ? notMapped(action) : noAction(action, procedure);
    const field = fieldsOf(procedure, action)[part];
    if (field) fields.set(action, [...(fields.get(action) ?? []), { name: part, field, from }]);
    else if (part === 'person' && action !== RECEIVED) persons.set(action, from);
    else throw noField(action, part, procedure);
  }
  return { fields, persons };
}

/** What an action cannot be taken without: nothing of it is made up. */
function complete(actions: readonly string[], fields: ReadonlyMap<string, readonly FieldPlan[]>, persons: ReadonlyMap<string, Origin>, procedure: Procedure): void {
  const named = new Set(Object.entries(procedure.actions).flatMap(([name, a]) => (a.otherThan.length > 0 ? [name, ...a.otherThan] : [])));
  const missing: string[] = [];
  for (const action of actions) {
    for (const [name, field] of Object.entries(fieldsOf(procedure, action)))
      if (!field.optional && !fields.get(action)?.some((f) => f.name === name)) missing.push(`${action}.${name} (${field.choices?.join(' | ') ?? field.kind})`);
    if (named.has(action) && !persons.has(action)) missing.push(`${action}.person`);
  }
  if (missing.length === 0) return;
  throw new ExchangeError('--map-field', `还需要：${missing.join('、')}。登记簿里有的，请写 --map-field 名称=列名；没有的，请写 --field 名称=值。`, `Still needed: ${missing.join(', ')}. Say --map-field NAME=COLUMN for what the register has, and --field NAME=VALUE for what it has not.`);
}

function contactOf(texts: readonly string[]): Partial<Record<ContactPart, string>> {
  const contact: Partial<Record<ContactPart, string>> = {};
  for (const [name, column] of texts.flatMap((text) => pairs('--map-contact', text))) {
    const part = CONTACT.find((c) => c === name);
    if (!part) throw new ExchangeError('--map-contact', `没有“${name}”这一项；有：${CONTACT.join('、')}。`, `There is no "${name}"; there are ${CONTACT.join(', ')}.`);
    contact[part] = column;
  }
  return contact;
}

function noAction(action: string, procedure: Procedure): ExchangeError {
  const all = [RECEIVED, ...Object.keys(procedure.actions)];
  return new ExchangeError('--map', `程序 ${procedure.id} 没有“${action}”这一操作；有：${all.join('、')}。`, `The procedure ${procedure.id} has no action "${action}"; it has ${all.join(', ')}.`);
}

const notMapped = (action: string): ExchangeError =>
  new ExchangeError('--map-field', `${action} 没有对应的列；请先用 --map ${action}=列名 指明。`, `${action} has no column; say with --map ${action}=COLUMN when it was taken.`);

function noField(action: string, part: string, procedure: Procedure): ExchangeError {
  const all = [...Object.keys(fieldsOf(procedure, action)), ...(action === RECEIVED ? [] : ['person'])];
  return new ExchangeError('--map-field', `${action} 没有字段 ${part}；有：${all.join('、') || '无'}。`, `${action} has no field ${part}; it has ${all.join(', ') || 'none'}.`);
}
