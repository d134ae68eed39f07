import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import type { FileProblem } from './read.ts';

/** A procedure that cannot be used, with everything that is wrong in its file. */
export class ProcedureError extends RedressError {
  override name = 'ProcedureError';
  readonly problems: readonly FileProblem[];

  constructor(code: 'no-such-procedure' | 'bad-procedure', text: Text, problems: readonly FileProblem[] = []) {
    super(code, 'procedure', text);
    this.problems = problems;
  }

  static missing(name: string, known: readonly string[]): ProcedureError {
    const list = known.join(', ');
    return new ProcedureError('no-such-procedure', {
      zh: `没有程序“${name}”。现有：${list}；也可写程序文件的路径。`,
      en: `There is no procedure "${name}". There are: ${list}; or give the path of a file.`,
    });
  }

  static invalid(problems: readonly FileProblem[]): ProcedureError {
    const all = (lang: keyof Text): string => problems.map((p) => said(p, lang)).join('\n');
    return new ProcedureError('bad-procedure', { zh: all('zh'), en: all('en') }, problems);
  }
}

/** "visits.yaml:12:5 duties.decide.cite: This entry is missing." */
export const said = ({ file, line, column, path, text }: FileProblem, lang: keyof Text): string =>
  `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${text[lang]}`;
