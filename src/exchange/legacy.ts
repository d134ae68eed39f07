import { type Calendar, type Instant, type Procedure, readMoment, type Text } from '../core/index.ts';
import { receiptOf } from '../receipts.ts';
import { type Problem, problem, type Row, textOf } from '../sheets/index.ts';
import type { Rejected, Told, ToldStep } from './history.ts';
import { CONTACT, fieldsOf, type Origin, type Plan, RECEIVED } from './plan.ts';
import { named, valueOf } from './values.ts';

/** A row as a case, with who brought it; `columns` names where each step comes from. */
export interface Legacy {
  readonly row: number;
  readonly key: string;
  readonly told: Told;
  readonly columns: readonly string[];
  readonly contact: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface Ground {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  /** The units of the institution by id; none where they are not known. */
  readonly units: Readonly<Record<string, Text>>;
  readonly now: Instant;
}

/** The key under which a matter of an old register is entered: the same for the same number of the same register. */
export const keyOf = (source: string, number: string): string => `import/${source}/${number}`;

/** Reads a row; or all that is wrong with it. */
export function legacyOf(plan: Plan, ground: Ground, row: Row): Legacy | readonly Problem<string>[] {
  const wrong: Problem<string>[] = row.problems.filter((p) => p.column === '' || plan.used.has(p.column));
  const has = (column: string): boolean => !wrong.some((p) => p.column === column || p.column === '');
  const text = (column: string): string => textOf(row.cells[column]);
  const put = (column: string, code: string, zh: string, en: string): void => {
    if (has(column)) wrong.push(problem(row.row, column, code, zh, en));
  };
  const number = text(plan.key).trim();
  if (number === '') put(plan.key, 'no-key', '没有编号；每一行须有自己的编号，再次导入时才不会重复。', 'No number; each row needs its own, so that importing again changes nothing.');
  const moment = (column: string, bareDay: 'start' | 'end'): Instant | undefined => {
    if (text(column) === '') return undefined;
    const [first, at] = [readMoment(ground.calendar, text(column), 'start'), readMoment(ground.calendar, text(column), bareDay)];
    if (first === undefined || at === undefined) put(column, 'no-such-date', `没有“${text(column)}”这个时间。`, `"${text(column)}" is no time that exists.`);
    else if (first > ground.now) put(column, 'in-the-future', `“${text(column)}”尚未到来。`, `"${text(column)}" has not come yet.`);
    else return at > ground.now ? ground.now : at;
    return undefined;
  };
  const receivedAt = moment(plan.received, 'start');
  if (receivedAt === undefined) put(plan.received, 'no-receipt', '没有收到时间。', 'No time of receipt.');
  const steps: (ToldStep & { readonly column: string })[] = [];
  for (const { action, column } of plan.steps) {
    const at = moment(column, 'end');
    if (at !== undefined && receivedAt !== undefined && at < receivedAt)
      put(column, 'before-receipt', `“${text(column)}”早于收到时间“${text(plan.received)}”。`, `"${text(column)}" lies before the receipt, "${text(plan.received)}".`);
    else if (at !== undefined) steps.push({ action, column, at, said: text(column), by: byOf(plan, ground, row, action), fields: fieldsIn(plan, ground, row, action) });
  }
  const unit = idOf(plan.unit, row, ground.units);
  if (unit === undefined) put(columnOf(plan.unit), 'no-such-unit', `机构中没有这个单位；有：${Object.keys(ground.units).join('、')}。`, `The institution has no such unit; it has ${Object.keys(ground.units).join(', ')}.`);
  const channel = idOf(plan.channel, row, ground.procedure.channels);
  if (channel === undefined) put(columnOf(plan.channel), 'no-such-channel', `程序没有这一渠道；有：${Object.keys(ground.procedure.channels).join('、')}。`, `The procedure has no such channel; it has ${Object.keys(ground.procedure.channels).join(', ')}.`);
  if (wrong.length > 0 || receivedAt === undefined || unit === undefined || channel === undefined) return wrong;
  // Of two steps of one instant, a day as a rule, the procedure says which came first; the plan has its order.
  const inTime = steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const key = keyOf(plan.source, number);
  return {
    row: row.row, key,
    told: { receipt: receiptOf(key), unit, channel, receivedAt, fields: fieldsIn(plan, ground, row, RECEIVED), steps: inTime },
    columns: inTime.map((s) => s.column),
    contact: Object.fromEntries(CONTACT.filter((part) => part !== 'summary').flatMap((part) => told(part, plan.contact[part], row))),
    summary: plan.contact.summary === undefined ? '' : text(plan.contact.summary),
  };
}

/** What the procedure does not take, at the cell that says it. */
export function rejection(plan: Plan, { row, told: { steps }, columns }: Legacy, { rejected, step }: Rejected): Problem<string> {
  const action = steps[step]?.action ?? RECEIVED;
  const part = rejected.field.startsWith('fields.') ? rejected.field.slice(7) : rejected.field === 'by.person' ? 'person' : '';
  const from = part === 'person' ? plan.persons.get(action) : plan.fields.get(action)?.find((f) => f.name === part)?.from;
  const column = from && 'column' in from ? from.column : (columns[step] ?? plan.received);
  return problem(row, column, rejected.code, rejected.text.zh, rejected.text.en);
}

const told = (part: string, column: string | undefined, row: Row): [string, string][] => {
  const text = column === undefined ? '' : textOf(row.cells[column]);
  return text === '' ? [] : [[part, text]];
};

const columnOf = (from: Origin): string => ('column' in from ? from.column : '');

const cellOf = (from: Origin, row: Row) => ('column' in from ? row.cells[from.column] : from.value);

function idOf(from: Origin, row: Row, titles: Readonly<Record<string, Text>>): string | undefined {
  const text = textOf(cellOf(from, row)).trim();
  return Object.keys(titles).length === 0 ? text || undefined : named(text, titles);
}

function byOf(plan: Plan, { procedure }: Ground, row: Row, action: string): ToldStep['by'] {
  const from = plan.persons.get(action);
  const person = from === undefined ? '' : textOf(cellOf(from, row)).trim();
  return { role: procedure.actions[action]?.by[0] ?? action, ...(person === '' ? {} : { person }) };
}

function fieldsIn(plan: Plan, { procedure }: Ground, row: Row, action: string): ToldStep['fields'] {
  const fields: ToldStep['fields'] = {};
  for (const { name, from } of plan.fields.get(action) ?? []) {
    const field = fieldsOf(procedure, action)[name];
    const value = field && valueOf(field, cellOf(from, row), procedure);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}
