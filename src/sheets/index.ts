export { readDate } from './dates.ts';
export { defused, undefused } from './defuse.ts';
export { SheetError, type SheetErrorCode } from './error.ts';
export { placed, problem } from './problems.ts';
export { openSheet, readRows, sheetNames, textOf } from './read.ts';
export type { Cell, Encoding, Problem, ProblemCode, ReadOptions, Row, Sheet } from './types.ts';
export { type Column, type OutRow, writeBook, writeRows } from './write.ts';
