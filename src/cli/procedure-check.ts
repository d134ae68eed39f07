import { inspectProcedure } from '../procedures/load.ts';
import type { FileProblem } from '../procedures/read.ts';
import type { Lang } from '../core/text.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';

const T = {
  zh: { error: '错误', warning: '提醒', fine: (f: string, n: number) => `${f}：没有错误${n > 0 ? `，${n} 处提醒` : ''}。`, bad: (n: number, w: number) => `${n} 处错误${w > 0 ? `，${w} 处提醒` : ''}。` },
  en: {
    error: 'error',
    warning: 'warning',
    fine: (f: string, n: number) => `${f}: no errors${n > 0 ? `, ${count(n, 'warning')}` : ''}.`,
    bad: (n: number, w: number) => `${count(n, 'error')}${w > 0 ? `, ${count(w, 'warning')}` : ''}.`,
  },
} as const;

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Says what is wrong with a procedure, by line. The exit code is 1 where it has errors. */
export function checkProcedure(io: Io, name: string, json: boolean): void {
  const { file, problems } = inspectProcedure(name);
  const errors = problems.filter((p) => p.severity === 'error').length;
  if (errors > 0) process.exitCode = 1;
  if (json) return io.out(printed({ file, ok: errors === 0, problems }));
  for (const problem of problems.toSorted((a, b) => a.line - b.line || a.column - b.column)) io.out(lineOf(problem, io.lang));
  const warnings = problems.length - errors;
  io.out(errors > 0 ? paint.bad(T[io.lang].bad(errors, warnings)) : paint.good(T[io.lang].fine(file, warnings)));
}

function lineOf({ file, line, column, path, severity, text }: FileProblem, lang: Lang): string {
  const kind = severity === 'error' ? paint.bad(T[lang].error) : paint.warn(T[lang].warning);
  return `${file}:${line}:${column}: ${kind}: ${path === '' ? '' : `${path}: `}${text[lang]}`;
}
