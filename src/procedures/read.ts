import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { explained, pathOf } from '../calendars/issue.ts';
import { check, type Known, type Problem } from '../core/check.ts';
import { Procedure } from '../core/procedure.ts';
import type { Text } from '../core/text.ts';
import { placeOf, positionAt, type Position } from './place.ts';

/** Something wrong in a procedure file, at the line where it is to be put right. */
export interface FileProblem extends Position {
  readonly file: string;
  /** The entry, as in `duties.decide.cite`. */
  readonly path: string;
  readonly severity: Problem['severity'];
  readonly text: Text;
}

/** A procedure, unless the file has errors; warnings come along with it. */
export interface ProcedureRead {
  readonly file: string;
  readonly procedure?: Procedure;
  readonly problems: readonly FileProblem[];
}

/** Reads the text of a procedure file: first as YAML, then entry by entry, then as a whole. */
export function readProcedure(text: string, file: string, known: Known = {}): ProcedureRead {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = [...doc.errors, ...doc.warnings].map((e) => ofYaml(e, file, lines));
  if (doc.errors.length > 0) return { file, problems: syntax };
  const parsed = Procedure.safeParse(doc.toJS());
  if (!parsed.success)
    return { file, problems: parsed.error.issues.map((i) => at(file, doc, lines, pathOf(i), 'error', explained(i))) };
  const found = check(parsed.data, known).map((p) => at(file, doc, lines, p.path, p.severity, p.text));
  const problems = [...syntax, ...found];
  return problems.some((p) => p.severity === 'error') ? { file, problems } : { file, procedure: parsed.data, problems };
}

const at = (
  file: string, doc: Document, lines: LineCounter, path: Problem['path'], severity: Problem['severity'], text: Text,
): FileProblem => ({ file, ...placeOf(doc, lines, path), path: path.join('.'), severity, text });

const YAML: Readonly<Record<string, Text>> = {
  DUPLICATE_KEY: { zh: '同一个名称写了两次，后一个会盖掉前一个。请删去或改名。', en: 'The same name is written twice. Take one out or give it another name.' },
  BAD_INDENT: { zh: '缩进有误：同一层的各行应左对齐。', en: 'The indentation is wrong: entries of one level begin in one column.' },
  TAB_AS_INDENT: { zh: '不能用制表符缩进，请改用空格。', en: 'A tab cannot indent; use spaces.' },
  BLOCK_AS_IMPLICIT_KEY: { zh: '这一行有两个冒号；含冒号的文字请加引号。', en: 'There are two colons in this line; put words with a colon in quotation marks.' },
};

const OPEN_BRACKET: Text = { zh: '括号没有闭合。请补上 ] 或 }。', en: 'A bracket is not closed. Put in the ] or }.' };

function ofYaml(error: YAMLError, file: string, lines: LineCounter): FileProblem {
  const bracket = error.code === 'BAD_INDENT' && error.message.startsWith('Flow');
  const text = (bracket ? OPEN_BRACKET : YAML[error.code]) ?? { zh: `YAML 语法有误：${error.message}`, en: `This is no YAML: ${error.message}` };
  return { file, ...positionAt(lines, error.pos[0]), path: '', severity: error.name === 'YAMLWarning' ? 'warning' : 'error', text };
}
