import type { Procedure } from '../core/procedure.ts';
import { LogError } from './error.ts';
import { type EventColumns, type FieldFlag, type Mapping, readEvents, readFields, readMap } from './flags.ts';
import { presetOf, presetOfEvents } from './presets.ts';

/** The flags that say how a log is to be read. */
export interface LogFlags {
  readonly map?: readonly string[];
  /** The log has one row per event: its columns `ID,ACTIVITY,DATE`. */
  readonly events?: string;
  /** The column that names the case, of a log with one row per case. */
  readonly id?: string;
  readonly field?: readonly string[];
}

/** The name under which `--map` says when a case was received. */
export const RECEIVED = 'received';

/** How a log is read. Columns are numbers, counted from 0. */
export interface Reading {
  readonly header: readonly string[];
  readonly id: number;
  /** Of a log of events: what happened, and when. */
  readonly events?: { readonly activity: number; readonly date: number };
  /** What each column, or each thing that happened, stands for; several actions may share one. */
  readonly sources: readonly Source[];
  readonly fields: readonly FieldFlag[];
}

export interface Source {
  readonly name: string;
  readonly column: number;
  readonly actions: readonly string[];
}

const DEFAULT_EVENTS = { id: 'id', activity: 'activity', date: 'date' };

/**
 * How a log with this header is read with these flags; what they leave open is
 * taken from the names of the columns.
 * @throws LogError naming the flag or the column that does not fit
 */
export function readingOf(header: readonly string[], flags: LogFlags, procedure: Procedure): Reading {
  const actions = Object.keys(procedure.actions);
  const events = eventsOf(header, flags);
  const map = flags.map?.length ? readMap(flags.map) : events ? presetOfEvents(procedure.id, actions) : presetOf(procedure.id, actions, header);
  const fields = readFields(flags.field ?? []);
  for (const { action } of [...map, ...fields]) known(action, procedure);
  for (const f of fields) fits(f, header, procedure);
  const column = (flag: string, name: string): number => columnOf(header, flag, name);
  if (!map.some((m) => m.action === RECEIVED)) throw unreceived(header);
  if (map.every((m) => m.action === RECEIVED)) throw stepless(header, procedure);
  const id = events ? column('--events', events.id) : column('--id', flags.id ?? 'id');
  const sources = grouped(map).map((s) => ({ ...s, column: events ? -1 : column('--map', s.name) }));
  return { header, id, sources, fields, ...(events ? { events: { activity: column('--events', events.activity), date: column('--events', events.date) } } : {}) };
}

function eventsOf(header: readonly string[], flags: LogFlags): EventColumns | undefined {
  if (flags.events !== undefined) return readEvents(flags.events);
  const usual = Object.values(DEFAULT_EVENTS).every((c) => header.includes(c));
  return usual && flags.id === undefined && !header.includes(RECEIVED) ? DEFAULT_EVENTS : undefined;
}

function grouped(map: readonly Mapping[]): { name: string; actions: string[] }[] {
  const byName = new Map<string, string[]>();
  for (const { action, from } of map) byName.set(from, [...(byName.get(from) ?? []), action]);
  return [...byName].map(([name, actions]) => ({ name, actions }));
}

function columnOf(header: readonly string[], flag: string, name: string): number {
  const at = header.indexOf(name);
  if (at >= 0) return at;
  const all = header.join(', ');
  throw new LogError(flag, `日志中没有“${name}”这一列；有：${all}。`, `The log has no column "${name}"; it has ${all}.`);
}

function known(action: string, procedure: Procedure): void {
  if (action === RECEIVED || procedure.actions[action]) return;
  const all = [RECEIVED, ...Object.keys(procedure.actions)].join(', ');
  throw new LogError('--map', `程序 ${procedure.id} 没有“${action}”这一操作；有：${all}。`, `The procedure ${procedure.id} has no action "${action}"; it has ${all}.`);
}

function fits({ action, field, value }: FieldFlag, header: readonly string[], procedure: Procedure): void {
  const fields = action === RECEIVED ? procedure.intake : (procedure.actions[action]?.fields ?? {});
  if (!fields[field]) {
    const all = Object.keys(fields).join(', ');
    throw new LogError('--field', `${action} 没有字段 ${field}；有：${all || '无'}。`, `${action} has no field ${field}; it has ${all || 'none'}.`);
  }
  if (value.startsWith('@')) columnOf(header, '--field', value.slice(1));
}

function unreceived(header: readonly string[]): LogError {
  const all = header.join(', ');
  return new LogError('--map', `请用 --map received=… 指明事项何时收到；日志的列：${all}。`, `Say with --map received=… when a case was received; the log has ${all}.`);
}

function stepless(header: readonly string[], procedure: Procedure): LogError {
  const [all, actions] = [header.join(', '), Object.keys(procedure.actions).join(', ')];
  return new LogError('--map', `请用 --map 操作=列名 指明日志各列对应的操作。列：${all}；操作：${actions}。`, `Say with --map ACTION=COLUMN what the columns stand for. Columns: ${all}; actions: ${actions}.`);
}
