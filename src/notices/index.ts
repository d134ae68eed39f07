export { TemplateError, type TemplateProblem } from './error.ts';
export { byUrgency } from './order.ts';
export { type Rendered, type Templates, templates } from './templates.ts';
export { isBrief, type NoticeView } from './view.ts';
