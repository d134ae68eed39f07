import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';

/** Something wrong in a template. Lines count from 1; 0 is the file as a whole. */
export interface TemplateProblem {
  readonly file: string;
  readonly line: number;
  readonly text: Text;
}

/** Templates that cannot be used, with everything that is wrong in them. */
export class TemplateError extends RedressError {
  override name = 'TemplateError';
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly TemplateProblem[]) {
    const say = (lang: keyof Text): string => problems.map((p) => `${p.file}${p.line > 0 ? `:${p.line}` : ''} ${p.text[lang]}`).join('\n');
    super('bad-template', 'notices', { zh: say('zh'), en: say('en') });
    this.problems = problems;
  }
}
