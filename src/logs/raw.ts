import type { RawCase, RawStep } from './cases.ts';
import { type Dirt, dirt } from './dirt.ts';
import { RECEIVED, type Reading } from './reading.ts';
import { type Row, rowsOf } from './rows.ts';
import { Seen } from './seen.ts';

/** What was read so far. */
export interface Read {
  rows: number;
  /** What happened that no action stands for, and how often. */
  readonly outside: Map<string, number>;
}

/** The cases of a log in the order of the file, one in memory at a time. */
export async function* rawCases(file: string, reading: Reading, read: Read): AsyncGenerator<RawCase | Dirt> {
  const bad: Dirt[] = [];
  const seen = new Seen();
  const rows = rowsOf(file, (d) => bad.push(d), read);
  const found = reading.events ? byEvent(rows, reading, reading.events, read.outside) : byRow(rows, reading);
  for await (const one of found) {
    yield* bad.splice(0);
    if ('code' in one) yield one;
    else yield seen.add(one.id) ? { ...one, dirt: [...one.dirt, dirt.repeatedId(one.row, one.id)] } : one;
  }
  yield* bad;
}

async function* byRow(rows: AsyncGenerator<Row>, { id: idColumn, sources }: Reading): AsyncGenerator<RawCase | Dirt> {
  let header = true;
  for await (const { line: row, cells } of rows) {
    if (header) {
      header = false;
      continue;
    }
    const id = cells[idColumn] ?? '';
    if (id === '') {
      yield dirt.noId(row, '');
      continue;
    }
    const steps: RawStep[] = [];
    const found: Dirt[] = [];
    for (const { name, column, actions } of sources) {
      const text = cells[column] ?? '';
      if (text !== '') steps.push({ row, name, actions, text, cells });
      else if (!actions.includes(RECEIVED)) found.push(dirt.empty(row, id, name));
    }
    yield { id, row, steps, dirt: found };
  }
}

/** Rows of one case follow one another; `Seen` tells of a log in which they do not. */
async function* byEvent(
  rows: AsyncGenerator<Row>, { id: idColumn, sources }: Reading, { activity, date }: NonNullable<Reading['events']>, outside: Map<string, number>,
): AsyncGenerator<RawCase | Dirt> {
  const actionsOf = new Map(sources.map((s) => [s.name, s.actions]));
  let header = true;
  let current: { id: string; row: number; steps: RawStep[]; dirt: Dirt[] } | undefined;
  for await (const { line: row, cells } of rows) {
    if (header) {
      header = false;
      continue;
    }
    const [id, name, text] = [cells[idColumn] ?? '', cells[activity] ?? '', cells[date] ?? ''];
    if (id === '') {
      yield dirt.noId(row, '');
      continue;
    }
    if (current?.id !== id) {
      if (current) yield current;
      current = { id, row, steps: [], dirt: [] };
    }
    const actions = actionsOf.get(name);
    if (!actions) outside.set(name, (outside.get(name) ?? 0) + 1);
    else if (text === '') current.dirt.push(dirt.empty(row, id, name));
    else current.steps.push({ row, name, actions, text, cells });
  }
  if (current) yield current;
}
