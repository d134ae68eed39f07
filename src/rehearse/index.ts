export { backtest } from './backtest.ts';
export { type NotTaken, rehearse, type Rehearsal, WATCHED_DAYS } from './engine.ts';
export { type Lab, type LabOptions, openLab, quietWorker } from './lab.ts';
export type { LogRun, LogSummary } from './log-run.ts';
export { AT_ONCE, rehearseLog } from './rehearse-log.ts';
export { readScenario, type Scenario } from './scenario.ts';
export { ScenarioError } from './scenario-error.ts';
export type { CaseVerdict, DutyVerdict } from './verdict.ts';
export type { Absences } from './office.ts';
