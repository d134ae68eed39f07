import type { Text } from '../core/index.ts';
import { RedressError } from '../errors.ts';

/** Something wrong in a scenario: the line, the entry, and what to do. */
export interface ScenarioProblem {
  readonly line: number;
  readonly path: string;
  readonly text: Text;
}

/** A scenario that cannot be run, or that did not go as it says. Names the file, and the line of each problem. */
export class ScenarioError extends RedressError {
  override name = 'ScenarioError';
  readonly problems: readonly ScenarioProblem[];

  constructor(file: string, problems: readonly ScenarioProblem[], code: 'bad-scenario' | 'unexpected-outcome' = 'bad-scenario') {
    const all = (lang: keyof Text): string => problems.map((p) => `${file}:${p.line} ${p.path === '' ? '' : `${p.path}: `}${p.text[lang]}`).join('\n');
    super(code, problems[0]?.path ?? '', { zh: all('zh'), en: all('en') });
    this.problems = problems;
  }
}
