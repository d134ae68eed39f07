export type { LogCase, LogStep, NotJudged } from './cases.ts';
export { type Dirt, type DirtCode, refusedStep } from './dirt.ts';
export { LogError } from './error.ts';
export { type Bounds, lastInstant, type Log, openLog } from './log.ts';
export type { LogFlags } from './reading.ts';
