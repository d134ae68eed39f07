import type { Problem, Row } from '../sheets/index.ts';
import type { History } from './history.ts';
import type { Legacy } from './legacy.ts';
import type { Plan } from './plan.ts';

/** A row that can go in. */
export interface Ready {
  readonly row: Row;
  readonly legacy: Legacy;
  readonly history: History;
}

/** What became of a batch. */
export interface Entered {
  readonly fresh: readonly Ready[];
  /** On the register before, with the same content. */
  readonly again: readonly Ready[];
  readonly refused: readonly (readonly [Row, readonly Problem<string>[]])[];
  readonly started: number;
}

/** Puts a batch of cases where they belong. */
export type Entering = (batch: readonly Ready[], plan: Plan) => Promise<Entered>;
