import type { By, FieldValue, Instant } from '../core/index.ts';
import type { Dirt } from './dirt.ts';

/** One step that a log tells of. */
export interface LogStep {
  readonly row: number;
  readonly action: string;
  readonly at: Instant;
  readonly by: By;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** A case as a log tells it, ready to be run; steps in order of time. */
export interface LogCase {
  readonly judged: true;
  readonly id: string;
  readonly row: number;
  readonly receivedAt: Instant;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly steps: readonly LogStep[];
  readonly dirt: readonly Dirt[];
}

/** A case, or rows that make none, that cannot be judged; `dirt` says why. */
export interface NotJudged {
  readonly judged: false;
  readonly id: string;
  readonly row: number;
  readonly dirt: readonly Dirt[];
}

/** The cells of one case that were mapped, as they stand in the file. */
export interface RawCase {
  readonly id: string;
  readonly row: number;
  readonly steps: readonly RawStep[];
  readonly dirt: readonly Dirt[];
}

export interface RawStep {
  readonly row: number;
  /** The column, or what happened. */
  readonly name: string;
  readonly actions: readonly string[];
  readonly text: string;
  /** The whole row, for fields that are taken from other columns. */
  readonly cells: readonly string[];
}
