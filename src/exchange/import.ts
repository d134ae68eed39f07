import type { Calendar, Instant, Procedure, Text } from '../core/index.ts';
import { noSuchColumn } from '../sheets/error.ts';
import { openSheet, type Problem, problem, type ReadOptions, type Row, type Sheet } from '../sheets/index.ts';
import { ExchangeError } from './error.ts';
import { historian } from './history.ts';
import { legacyOf, rejection } from './legacy.ts';
import { type ImportFlags, type Plan, planOf } from './plan.ts';
import type { Entering, Ready } from './ready.ts';
import { countRefused, emptyTally, type ImportTally } from './tally.ts';

export interface ImportRun {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly flags: ImportFlags;
  readonly read?: Omit<ReadOptions, 'dates'>;
  /** The units of the institution; none where they are not known. */
  readonly units: Readonly<Record<string, Text>>;
  readonly now: Instant;
  /** Where cases go. Nowhere in a dry run. */
  readonly into: Entering | undefined;
  /** Is given each row that is refused, with all that is wrong with it. */
  readonly refuse: (row: Row, problems: readonly Problem<string>[]) => Promise<void>;
  readonly progress: (tally: Readonly<ImportTally>) => void;
}

/** Cases in one statement. */
const BATCH = 200;

/**
 * Imports a legacy register, row by row: each becomes a case that is wholly in
 * the register or not at all, and one bad row stops no other. A row that was
 * imported before changes nothing.
 * @param sheet opened with `openRegisterSheet`
 */
export async function importRegister(sheet: Sheet, plan: Plan, run: ImportRun): Promise<ImportTally> {
  const tally = emptyTally();
  const historyOf = historian(run.procedure, run.calendar, run.now);
  const seen = new Map<string, number>();
  const refuse = async (row: Row, problems: readonly Problem<string>[]): Promise<void> => {
    countRefused(tally, problems);
    await run.refuse(row, problems);
  };
  const readyOf = (row: Row): Ready | readonly Problem<string>[] => {
    const legacy = legacyOf(plan, run, row);
    if (!('told' in legacy)) return legacy;
    const first = seen.get(legacy.key);
    if (first !== undefined) return [problem(row.row, plan.key, 'repeated-key', `编号与第 ${first} 行相同。`, `Row ${first} has the same number.`)];
    seen.set(legacy.key, row.row);
    const history = historyOf(legacy.told);
    return 'rejected' in history ? [rejection(plan, legacy, history)] : { row, legacy, history };
  };
  let batch: Ready[] = [];
  let underWay = Promise.resolve();
  // The next rows are read while these are written; one batch at a time.
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = [];
    await underWay;
    underWay = put(run, plan, full, tally, refuse);
    underWay.catch(() => undefined);
    run.progress(tally);
  };
  for await (const row of sheet.rows()) {
    tally.rows += 1;
    const ready = readyOf(row);
    if ('history' in ready) batch.push(ready);
    else await refuse(row, ready);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await underWay;
  tally.emptyRows = sheet.emptyRows;
  run.progress(tally);
  return tally;
}

/** Opens the table and sees that it has the columns. @throws SheetError, ExchangeError */
export async function openRegisterSheet(file: string, run: Pick<ImportRun, 'flags' | 'procedure' | 'read' | 'units'>): Promise<{ sheet: Sheet; plan: Plan }> {
  const plan = planOf(run.flags, run.procedure);
  fits('--unit', plan.unit, run.units);
  fits('--channel', plan.channel, run.procedure.channels);
  const sheet = await openSheet(file, { ...run.read, dates: plan.dates });
  for (const column of plan.used) if (!sheet.columns.includes(column)) throw noSuchColumn(file, column, sheet.columns);
  return { sheet, plan };
}

function fits(flag: string, from: Plan['unit'], titles: Readonly<Record<string, Text>>): void {
  if ('column' in from || Object.keys(titles).length === 0 || Object.hasOwn(titles, from.value)) return;
  const all = Object.keys(titles);
  throw new ExchangeError(flag, `没有“${from.value}”；有：${all.join('、')}。取自某列的写 @列名。`, `There is no "${from.value}"; there are ${all.join(', ')}. Write @COLUMN to take it from a column.`);
}

async function put(run: ImportRun, plan: Plan, batch: readonly Ready[], tally: ImportTally, refuse: ImportRun['refuse']): Promise<void> {
  if (batch.length === 0) return;
  const done = run.into ? await run.into(batch, plan) : { fresh: batch, again: [], refused: [], started: 0 };
  for (const { history: { view } } of done.fresh) {
    tally.entered += 1;
    if (view.closedAt !== undefined) tally.closed += 1;
    else {
      tally.open += 1;
      if (view.overdue) tally.overdue += 1;
    }
  }
  tally.again += done.again.length;
  tally.started += done.started;
  for (const [row, problems] of done.refused) await refuse(row, problems);
}
