import { readFile } from 'node:fs/promises';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import type { Text } from '../core/text.ts';
import { Institution } from './institution.ts';

/** One thing wrong in a file, and where. Lines count from 1. */
export interface Problem {
  readonly line: number;
  readonly at: string;
  readonly text: Text;
}

/** The file does not describe an institution. `message` and `text` name the file and each line. */
export class InstitutionError extends Error {
  override name = 'InstitutionError';
  readonly problems: readonly Problem[];
  readonly text: Text;

  constructor(file: string, problems: readonly Problem[]) {
    const say = (lang: keyof Text): string =>
      problems.map((p) => `${file}:${p.line}: ${p.at && `${p.at}: `}${p.text[lang]}`).join('\n');
    super(say('en'));
    this.problems = problems;
    this.text = { en: say('en'), zh: say('zh') };
  }
}

/**
 * Reads an institution from a YAML file.
 * @throws InstitutionError when the file is not one; the system's own error when it cannot be read
 */
export async function loadInstitution(file: string): Promise<Institution> {
  return parseInstitution(await readFile(file, 'utf8'), file);
}

/**
 * @param file names the source in errors
 * @throws InstitutionError
 */
export function parseInstitution(source: string, file: string): Institution {
  const lines = new LineCounter();
  const doc = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  if (doc.errors.length > 0)
    throw new InstitutionError(file, doc.errors.map((e) => ({
      line: lines.linePos(e.pos[0]).line,
      at: '',
      text: { zh: `YAML 语法有误：${e.message}`, en: e.message },
    })));
  const data: unknown = doc.toJS();
  const parsed = Institution.safeParse(data);
  if (parsed.success) return parsed.data;
  const chinese = Institution.safeParse(data, { error: z.locales.zhCN().localeError }).error?.issues ?? [];
  throw new InstitutionError(file, parsed.error.issues.map((issue, i) => ({
    line: lineOf(doc, lines, issue.path),
    at: issue.path.join('.'),
    text: own(issue) ?? { en: issue.message, zh: chinese[i]?.message ?? issue.message },
  })));
}

/** Words of our own where the parser's would not help, or are in one language only. */
function own(issue: z.core.$ZodIssue): Text | undefined {
  if (issue.code === 'invalid_key' || (issue.code === 'invalid_format' && issue.format === 'regex'))
    return { en: 'a name is lower-case words joined by hyphens, as in "unit-head"', zh: '名称须为小写单词，以连字符相连，如 "unit-head"' };
  if (issue.code !== 'custom') return undefined;
  if (issue.params?.['is'] === 'circle') return { en: 'the units above this one come back to it', zh: '上级单位形成了循环' };
  const parent = String(issue.params?.['parent']);
  return { en: `there is no unit "${parent}"`, zh: `没有名为“${parent}”的单位` };
}

/** The line of the node at a path, or of the nearest one around it that exists. */
function lineOf(doc: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let n = path.length; n > 0; n -= 1) {
    const node = doc.getIn(path.slice(0, n), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
