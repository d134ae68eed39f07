export { caseWorkflow } from './case.ts';
export { openingWorkflow } from './opening.ts';
