import { type Liquid, LiquidError, type Template as Parsed } from 'liquidjs';
import type { Lang } from '../core/text.ts';
import { strangers } from './check.ts';
import { engine } from './engine.ts';
import { PaperError, type TemplateProblem } from './error.ts';
import { type Front, parted } from './front.ts';
import type { Scope } from './scope.ts';

/** A template of a paper, read and checked. */
export interface Template {
  readonly kind: string;
  readonly lang: Lang;
  readonly file: string;
  readonly front: Front;
  /** The title, the attachments and the Markdown for a case. Throws PaperError where the case lacks what the paper needs. */
  readonly fill: (scope: Scope) => Filled;
}

export interface Filled {
  readonly title: string;
  readonly attachments: readonly string[];
  readonly markdown: string;
}

const ENGINES: Readonly<Record<Lang, Liquid>> = { zh: engine('zh'), en: engine('en') };

/** Reads a template. What is wrong with it comes back as problems. */
export function template(source: string, kind: string, lang: Lang, file: string): Template | TemplateProblem[] {
  const parts = parted(source, file);
  if ('length' in parts) return parts;
  const { front, body, lineOf } = parts;
  const problems: TemplateProblem[] = [];
  const read = (text: string, lineAt: (row: number) => number): Parsed[] => {
    try {
      const parsed = ENGINES[lang].parse(text);
      for (const problem of strangers(ENGINES[lang], parsed, text, file, lineAt)) problems.push(problem);
      return parsed;
    } catch (error) {
      problems.push({ file, line: lineAt(rowOf(error)), text: unreadable(error) });
      return [];
    }
  };
  const title = read(front.title, () => lineOf('title'));
  const attachments = front.attachments.map((a) => read(a, () => lineOf('attachments')));
  const text = read(withoutTagLines(body), (row) => row);
  if (problems.length > 0) return problems;
  const render = (parsed: Parsed[], scope: Scope): string => filled(parsed, scope, { kind, lang, file });
  return {
    kind, lang, file, front,
    fill: (scope: Scope) => ({
      title: render(title, scope),
      attachments: attachments.map((a) => render(a, scope)),
      markdown: render(text, scope).replace(TAG_LINE_END, ''),
    }),
  };
}

const TAG_LINE = /^[ \t]*(?:\{%(?:[^%]|%(?!\}))*%\}[ \t]*)+$/gm;
const TAG_LINE_END = /\uFDD2\n?/g;

/** A line of tags alone leaves no line behind: rows of a table written by a loop would not be one table otherwise. */
const withoutTagLines = (body: string): string => body.replace(TAG_LINE, (line) => `${line.trim()}\uFDD2`);

function filled(parsed: Parsed[], scope: Scope, of: { kind: string; lang: Lang; file: string }): string {
  try {
    return String(ENGINES[of.lang].renderSync(parsed, scope));
  } catch (error) {
    const cause: unknown = LiquidError.is(error) ? error.originalError : undefined;
    if (isUndefined(cause)) throw PaperError.missing(of.kind, `${of.file}:${rowOf(error)}`, String(cause.variableName));
    throw PaperError.template([{ file: of.file, line: rowOf(error), text: unreadable(error) }]);
  }
}

const isUndefined = (cause: unknown): cause is { variableName: unknown } =>
  cause instanceof Error && cause.name === 'InternalUndefinedVariableError' && 'variableName' in cause;

function rowOf(error: unknown): number {
  return LiquidError.is(error) ? (error.token.getPosition()[0] ?? 1) : 1;
}

/** The words of the template language, without the place, which stands before them. */
function unreadable(error: unknown): TemplateProblem['text'] {
  const said = (error instanceof Error ? error.message : String(error)).replace(/, (?:file:|line:\d).*$/s, '');
  return { zh: `模板写法有误：${said}`, en: `The template cannot be read: ${said}` };
}
