import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadCalendar } from '../../src/calendars/load.ts';
import * as core from '../../src/core/index.ts';
import { loadProcedure } from '../../src/procedures/load.ts';
import { readWhen } from '../../src/rehearse/when.ts';

// Tables worked out by hand from the law: what was done when, and which dates the law then gives. The code is held against
// them, never the other way round.

const fields = z.record(z.string(), core.FieldValue).default({});

const Step = z.strictObject({
  /** As in a rehearsal: a day (its noon), a time, or `day 12`. */
  at: z.string().min(1),
  action: z.string().min(1),
  as: z.string().min(1),
  person: z.string().min(1).optional(),
  instance: z.string().min(1).optional(),
  fields,
  /** When it happened, where it is recorded later than that. */
  occurredAt: z.string().min(1).optional(),
  /** The reason for which it is to be refused; the case goes on without it. */
  refused: z.enum(core.REFUSALS).optional(),
});
export type LawStep = z.infer<typeof Step>;

/** What the law says of one instance; `none` where it starts no such duty. */
const Expected = z.union([
  z.literal('none'),
  z.strictObject({
    dueDate: core.Day.optional(),
    actBy: core.Day.optional(),
    dueAt: z.string().min(1).optional(),
    status: core.DutyStatus.optional(),
    late: z.boolean().optional(),
  }).refine((e) => Object.keys(e).length > 0, 'say what the law gives: dueDate, actBy, dueAt, status or late'),
]);

const Row = z.strictObject({
  name: z.string().min(1),
  /** The rule, and how it is counted. */
  law: z.string().min(1),
  how: z.string().min(1),
  receivedAt: z.string().min(1),
  channel: z.string().min(1).optional(),
  /** Id of a calendar, where it is not the procedure's own. */
  calendar: z.string().min(1).optional(),
  fields,
  steps: z.array(Step).default([]),
  expect: z.record(z.string(), Expected).refine((e) => Object.keys(e).length > 0, 'expect at least one duty'),
  /** Where the look is taken, if it is not the day after the last due date that is expected. */
  until: z.string().min(1).optional(),
  /** Run on the engine too, in virtual time. */
  engine: z.boolean().default(false),
});
export type LawRow = z.infer<typeof Row>;

const Table = z.strictObject({ procedure: z.string().min(1), rows: z.array(Row).min(1) })
  .refine(({ rows }) => new Set(rows.map((r) => r.name)).size === rows.length, 'two rows have the same name');
export type LawTable = z.infer<typeof Table>;

export const TABLES = new URL('../law/', import.meta.url);

/** Reads the table of a procedure. @throws with the row and the entry that is wrong */
export function readTable(id: string): LawTable {
  const file = new URL(`${id}.yaml`, TABLES);
  if (!existsSync(file)) throw new Error(`test/law/${id}.yaml is missing`);
  return tableOf(readFileSync(file, 'utf8'), `test/law/${id}.yaml`);
}

export function tableOf(text: string, file: string): LawTable {
  const raw: unknown = parse(text);
  const parsed = Table.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${file}: ${placeOf(raw, issue.path)}: ${issue.message}`).join('\n'));
}

/** `row "Spring Festival" → expect.decide.dueDate`. */
function placeOf(raw: unknown, path: readonly PropertyKey[]): string {
  const [first, n, ...rest] = path;
  if (first !== 'rows' || typeof n !== 'number') return path.join('.') || 'the table';
  const rows = Named.safeParse(raw);
  const name = rows.success ? rows.data.rows[n]?.name : undefined;
  return `row ${name === undefined ? n + 1 : `"${name}"`} → ${rest.join('.') || 'the row'}`;
}

const Named = z.object({ rows: z.array(z.object({ name: z.string().optional().catch(undefined) })) });

/** What the case gives for one instance, in the words of the table. */
export interface Given {
  readonly dueDate: core.Day;
  readonly actBy: core.Day;
  readonly dueAt: core.Instant;
  readonly status: core.DutyStatus;
  readonly late: boolean;
}

/** A row ready to be run. */
export interface Ready {
  readonly procedure: core.Procedure;
  readonly calendar: core.Calendar;
  readonly channel: string;
  readonly receivedAt: core.Instant;
  readonly steps: readonly (LawStep & { readonly instant: core.Instant; readonly happened: core.Instant })[];
}

export function readyFor(id: string, row: LawRow): Ready {
  const procedure = loadProcedure(id);
  const calendar = loadCalendar(row.calendar ?? procedure.calendar);
  const receivedAt = moment(calendar, row.receivedAt, 'start', `row "${row.name}" → receivedAt`);
  let before = receivedAt;
  const steps = row.steps.map((step, i) => {
    const where = `row "${row.name}" → steps.${i}`;
    const instant = when(calendar, receivedAt, step.at, 'noon', `${where}.at`);
    if (instant < before) throw new Error(`${where}.at: ${step.at} lies before the step above it`);
    before = instant;
    return { ...step, instant, happened: step.occurredAt === undefined ? instant : when(calendar, receivedAt, step.occurredAt, 'noon', `${where}.occurredAt`) };
  });
  return { procedure, calendar, channel: row.channel ?? Object.keys(procedure.channels)[0] ?? '', receivedAt, steps };
}

function when(calendar: core.Calendar, receivedAt: core.Instant, text: string, bareDay: 'noon' | 'end', where: string): core.Instant {
  const at = readWhen(calendar, receivedAt, text, bareDay);
  if (at === undefined) throw new Error(`${where}: "${text}" is no time that exists`);
  return at;
}

function moment(calendar: core.Calendar, text: string, bareDay: 'start' | 'end', where: string): core.Instant {
  const at = core.readMoment(calendar, text, bareDay);
  if (at === undefined) throw new Error(`${where}: "${text}" is no time that exists`);
  return at;
}

/** Runs a row on the core alone: the clock shows every instant at which something happens. */
export function runRow(id: string, row: LawRow): core.CaseState {
  const { procedure, calendar, channel, receivedAt, steps } = readyFor(id, row);
  const opened = core.open(procedure, core.pin(calendar, receivedAt), { receipt: 'LAW', channel, unit: 'unit', receivedAt, fields: row.fields }, receivedAt);
  if (core.isRefusal(opened)) throw new Error(`row "${row.name}": not opened (${opened.code} ${opened.field}): ${opened.text.en}`);
  let { state } = opened;
  for (const [i, step] of steps.entries()) {
    state = passTo(state, step.instant);
    const taken = core.act(state, actOf(step), step.instant);
    const where = `row "${row.name}" → steps.${i} (${step.action})`;
    if (core.isRefusal(taken)) {
      if (taken.code !== step.refused) throw new Error(`${where}: refused (${taken.code} ${taken.field}): ${taken.text.en}`);
      continue;
    }
    if (step.refused !== undefined) throw new Error(`${where}: was to be refused (${step.refused}), but was taken`);
    state = taken.state;
  }
  const until = untilOf(row, state);
  return until === undefined ? state : passTo(state, until);
}

export const actOf = ({ action, as, person, instance, fields: told, happened }: Ready['steps'][number]): core.ActInput =>
  ({ action, by: { role: as, ...(person === undefined ? {} : { person }) }, fields: told, occurredAt: happened, ...(instance === undefined ? {} : { instance }) });

function passTo(from: core.CaseState, at: core.Instant): core.CaseState {
  let state = from;
  for (let next = core.nextInstant(state); next !== undefined && next <= at; next = core.nextInstant(state)) state = core.tick(state, next, []);
  return core.tick(state, at, []);
}

/**
 * Where the look is taken. Dates alone are as the last step leaves them; what
 * became of a duty is asked a day past the last due date that is expected.
 */
export function untilOf(row: LawRow, state: core.CaseState): core.Instant | undefined {
  if (row.until !== undefined) return when(state.calendar, state.receivedAt, row.until, 'end', `row "${row.name}" → until`);
  const asked = Object.entries(row.expect).flatMap(([instance, e]) => (e !== 'none' && (e.status !== undefined || e.late !== undefined) ? [e.dueDate ?? state.duties[instance]?.due.dueDate] : []));
  const last = asked.filter((day) => day !== undefined).toSorted().at(-1);
  return last === undefined ? undefined : core.endOfDay(state.calendar, core.numberOf(last) + 1);
}

/** Every instance that the row expects, as the case has it; what the row does not ask is left out. */
export function given(row: LawRow, state: core.CaseState): Record<string, Partial<Given> | 'none'> {
  return Object.fromEntries(Object.entries(row.expect).map(([instance, asked]) => {
    const d = state.duties[instance];
    if (!d) return [instance, 'none'];
    const all: Given = { dueDate: d.due.dueDate, actBy: d.due.actBy, dueAt: d.due.dueAt, status: d.status, late: lateness(d) };
    return [instance, asked === 'none' ? all : Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(asked, name)))];
  }));
}

/** Met late, ended while overdue, or still owed after its due date. */
const lateness = (d: core.DutyState): boolean => d.met?.late ?? (d.releasedLate === true || (core.isOpen(d) && d.overdue));

/** What the row says, with its instants as the case writes them. */
export function expected(row: LawRow, calendar: core.Calendar): LawRow['expect'] {
  return Object.fromEntries(Object.entries(row.expect).map(([instance, e]) =>
    [instance, e === 'none' || e.dueAt === undefined ? e : { ...e, dueAt: moment(calendar, e.dueAt, 'end', `row "${row.name}" → expect.${instance}.dueAt`) }]));
}
