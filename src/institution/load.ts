import { readFile } from 'node:fs/promises';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { Text } from '../core/text.ts';
import { Institution, mistakesOf } from './institution.ts';

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
  const problems = mistakesOf(data).map(({ path, text }): Problem => ({ line: lineOf(doc, lines, path), at: path.join('.'), text }));
  throw new InstitutionError(file, problems.toSorted((a, b) => a.line - b.line));
}

/** The line of the node at a path, or of the nearest one around it that exists. */
function lineOf(doc: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let n = path.length; n > 0; n -= 1) {
    const node = doc.getIn(path.slice(0, n), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
