import type { Text } from '../core/text.ts';

/** What a cell holds. A date is text, as the core reads it: `2026-01-05`, `2026-01-05 15:30`, `2026-01-05 15:30:20`. */
export type Cell = string | number | boolean;

/** How the text of a CSV is written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * What can be wrong. Of a cell: `error-cell` (#REF!), `no-result` (a formula
 * that was never computed), `no-such-date`, `not-a-date`, `merged-rows`,
 * `damaged` (characters that cannot be read). Of a row: `unreadable`,
 * `unclosed-quote`, `too-many-cells`.
 */
export type ProblemCode =
  | 'error-cell' | 'no-result' | 'no-such-date' | 'not-a-date' | 'merged-rows' | 'damaged'
  | 'unreadable' | 'unclosed-quote' | 'too-many-cells';

/** What is wrong in a cell, or in a whole row where `column` is empty. A value; never thrown. */
export interface Problem<Code extends string = ProblemCode> {
  /** As a spreadsheet program counts: the first row is 1. */
  readonly row: number;
  readonly column: string;
  readonly code: Code;
  readonly text: Text;
}

export interface Row {
  readonly row: number;
  /** By the names in the header. Empty cells, and those with a problem, are absent. */
  readonly cells: Readonly<Record<string, Cell>>;
  readonly problems: readonly Problem[];
  /** All cells as text, in the order of the header: for a file of refused rows. */
  readonly original: readonly string[];
}

export interface ReadOptions {
  /** The sheet's name, or its number counted from 1. The first, where left out. */
  readonly sheet?: string | number;
  /** The row that names the columns, counted from 1. The first that is not empty, where left out. */
  readonly headerRow?: number;
  /** Columns that hold dates: `2026年1月5日`, `20260105` and their like become text as the core reads it. */
  readonly dates?: readonly string[];
  /** Whether a cell that is merged over several rows gives its value to each of them. */
  readonly fillDown?: boolean;
  readonly encoding?: Encoding;
  readonly delimiter?: string;
  /** Whether blanks around text are cut off, as they are where this is left out. */
  readonly trim?: boolean;
}

/** A table that was opened. */
export interface Sheet {
  readonly format: 'csv' | 'xlsx' | 'xls';
  readonly encoding?: Encoding;
  /** The name of the sheet, and of all sheets beside it; none of a CSV. */
  readonly sheet?: string;
  readonly sheets: readonly string[];
  readonly columns: readonly string[];
  readonly headerRow: number;
  /** Rows without a single value that the last reading has skipped. */
  readonly emptyRows: number;
  /** The rows below the header, one by one; memory does not grow with the file. May be called again. */
  rows(): AsyncGenerator<Row>;
}

/** Why a cell, or a row, cannot be taken; `value` is what stands there. */
export interface Fault {
  readonly code: ProblemCode;
  readonly value: string;
}

export type RawCell = Cell | Fault | undefined;

/** A row as its format gives it, before the header gives it names. */
export interface RawRow {
  readonly row: number;
  readonly cells: readonly RawCell[];
  readonly fault?: Fault;
}

/** One format's way to its rows. */
export interface Source {
  readonly format: Sheet['format'];
  readonly encoding?: Encoding;
  readonly sheet?: string;
  readonly sheets: readonly string[];
  /** The date that a bare number stands for, where the format has such. */
  dateOf(serial: number): string | undefined;
  /** @param below rows up to this one are the header's: what is merged there gives no value to those below */
  rows(below?: number): AsyncGenerator<RawRow>;
}

export const isFault = (cell: RawCell): cell is Fault => typeof cell === 'object';
