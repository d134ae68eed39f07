import type { Problem } from '../sheets/index.ts';

/** How an import went. */
export interface ImportTally {
  /** Rows with any value below the header, and rows without one that were skipped. */
  rows: number;
  emptyRows: number;
  /** Cases that are new on the register; in a dry run, that would be. */
  entered: number;
  /** Rows that had been imported before, and say the same as then. */
  again: number;
  refused: number;
  /** Of those entered: closed, open, and overdue among the open. */
  closed: number;
  open: number;
  overdue: number;
  /** Open cases that the engine runs from now on. */
  started: number;
  /** What was wrong, by kind. */
  readonly problems: Record<string, number>;
  /** The first of the problems. */
  readonly examples: Problem<string>[];
}

/** Problems kept in memory and printed; the file of refused rows has all of them. */
export const KEPT = 1000;

export const emptyTally = (): ImportTally => ({ rows: 0, emptyRows: 0, entered: 0, again: 0, refused: 0, closed: 0, open: 0, overdue: 0, started: 0, problems: {}, examples: [] });

export function countRefused(tally: ImportTally, problems: readonly Problem<string>[]): void {
  tally.refused += 1;
  for (const p of problems) {
    tally.problems[p.code] = (tally.problems[p.code] ?? 0) + 1;
    if (tally.examples.length < KEPT) tally.examples.push(p);
  }
}
