import type { z } from 'zod';
import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { explained, pathOf } from './issue.ts';

/** What is wrong with a calendar file, and in which field. */
export interface CalendarProblem {
  readonly path: string;
  readonly text: Text;
}

/** A calendar that cannot be used. Names the file and every field that is wrong. */
export class CalendarError extends RedressError {
  override name = 'CalendarError';
  readonly file: string;
  readonly problems: readonly CalendarProblem[];

  constructor(code: 'no-such-calendar' | 'bad-calendar', file: string, problems: readonly CalendarProblem[]) {
    const all = (lang: keyof Text): string => problems.map((p) => p.text[lang]).join('\n');
    super(code, problems[0]?.path || 'calendar', { zh: all('zh'), en: all('en') });
    this.file = file;
    this.problems = problems;
  }

  static missing(name: string, known: readonly string[]): CalendarError {
    const list = known.join(', ');
    const text = {
      zh: `没有日历“${name}”。现有：${list}；也可写日历文件的路径。`,
      en: `There is no calendar "${name}". There are: ${list}; or give the path of a file.`,
    };
    return new CalendarError('no-such-calendar', name, [{ path: '', text }]);
  }

  static unreadable(file: string, cause: unknown): CalendarError {
    const why = cause instanceof Error ? cause.message : String(cause);
    const text = { zh: `日历文件 ${file} 无法读取：${why}`, en: `The calendar file ${file} cannot be read: ${why}` };
    return new CalendarError('bad-calendar', file, [{ path: '', text }]);
  }

  static invalid(file: string, error: z.ZodError): CalendarError {
    const problems = error.issues.map((issue) => {
      const [path, what] = [pathOf(issue).join('.'), explained(issue)];
      return { path, text: { zh: `日历文件 ${file} 的 ${path}：${what.zh}`, en: `Calendar file ${file}, ${path}: ${what.en}` } };
    });
    return new CalendarError('bad-calendar', file, problems);
  }

  static misfit(overlay: string, over: string, calendar: string): CalendarError {
    const text = {
      zh: `叠加日历“${overlay}”是为“${over}”编写的，不能叠加在“${calendar}”上。`,
      en: `The overlay "${overlay}" is written for "${over}" and cannot be laid on "${calendar}".`,
    };
    return new CalendarError('bad-calendar', overlay, [{ path: 'over', text }]);
  }
}
