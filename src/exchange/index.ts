export { entering, type Start } from './enter.ts';
export { ExchangeError } from './error.ts';
export { importRegister, type ImportRun, openRegisterSheet } from './import.ts';
export type { ImportFlags, Plan } from './plan.ts';
export { type Refused, refusedRows } from './refused.ts';
export { starter } from './start.ts';
export type { ImportTally } from './tally.ts';
export { type ExportRun, exportTimelines, type Format, FORMATS } from './export/export.ts';
