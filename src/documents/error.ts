import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';

/** One thing wrong in a template, and where. Lines count from 1. */
export interface TemplateProblem {
  readonly file: string;
  readonly line: number;
  readonly text: Text;
}

/** A paper that cannot be drafted. No word of it comes from the case itself. */
export class PaperError extends RedressError {
  override name = 'PaperError';
  readonly problems: readonly TemplateProblem[];

  constructor(code: 'no-such-paper' | 'bad-template' | 'missing-field' | 'not-of-one-case', field: string, text: Text, problems: readonly TemplateProblem[] = []) {
    super(code, field, text);
    this.problems = problems;
  }

  static unknown(kind: string, known: readonly string[]): PaperError {
    return new PaperError('no-such-paper', 'kind', {
      zh: `没有名为“${kind}”的文书模板。现有：${known.join('、')}。`,
      en: `There is no template for a paper "${kind}". There are: ${known.join(', ')}.`,
    });
  }

  static template(problems: readonly TemplateProblem[]): PaperError {
    const all = (lang: keyof Text): string => problems.map((p) => `${p.file}:${p.line}: ${p.text[lang]}`).join('\n');
    return new PaperError('bad-template', 'template', { zh: all('zh'), en: all('en') }, problems);
  }

  static missing(kind: string, file: string, field: string): PaperError {
    return new PaperError('missing-field', field, {
      zh: `文书“${kind}”不能没有“${field}”，而本事项没有这一项（${file}）。请在出具文书的那一步填写。`,
      en: `The paper "${kind}" cannot do without "${field}", and the case has none (${file}). Give it with the step that issues the paper.`,
    });
  }

  static notOfOneCase(kind: string): PaperError {
    return new PaperError('not-of-one-case', 'period', {
      zh: `文书“${kind}”汇总一个时期的全部事项，不能由一件事项生成。统计数据用 redress stats 得出，并须给出统计期“period”。`,
      en: `The paper "${kind}" sums up all cases of a period and is not made from one case. Take the figures from redress stats, and give their "period".`,
    });
  }
}
