export { PaperError, type TemplateProblem } from './error.ts';
export { Letterhead } from '../institution/letter.ts';
export { findOffice, toPdf, toPdfs } from './office.ts';
export { draft, kinds, type Papers, papers } from './papers.ts';
export type { PaperContext } from './scope.ts';
