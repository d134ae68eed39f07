import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCalendar } from '../../src/calendars/load.ts';
import { instantOf } from '../../src/core/index.ts';
import { loadProcedure } from '../../src/procedures/load.ts';
import { backtest, type CaseVerdict, type LogRun } from '../../src/rehearse/index.ts';

/** The present of these tests, so that they say the same in any year. */
export const NOW = instantOf(Date.UTC(2026, 11, 31));

/** Writes a log, gives its path to the work, and takes it away again. */
export async function withLog<T>(rows: Iterable<string>, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'redress-log-'));
  try {
    const file = join(folder, 'log.csv');
    await writeFile(file, [...rows, ''].join('\n'));
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type Flags = Omit<LogRun, 'procedure' | 'calendar' | 'now'>;

export function runUnder(id: string, flags: Flags = {}): LogRun {
  const procedure = loadProcedure(id);
  return { procedure, calendar: loadCalendar(procedure.calendar), now: NOW, ...flags };
}

/** A whole back-test, its cases kept. */
export const tested = (rows: Iterable<string>, id: string, flags: Flags = {}) =>
  withLog(rows, async (file) => {
    const cases: CaseVerdict[] = [];
    return { cases, summary: await backtest(file, runUnder(id, flags), (c) => cases.push(c)) };
  });
