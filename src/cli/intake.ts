import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import type { Lang } from '../core/text.ts';
import { RedressError, Refused } from '../errors.ts';
import { placeOf, positionAt } from '../procedures/place.ts';

/** What somebody wrote down, and where in it each field stands. */
export interface Written {
  readonly data: Readonly<Record<string, unknown>>;
  /** The same error with the file's name and the line of the field that it is about. */
  located(error: unknown): unknown;
}

/** Reads YAML, of which JSON is a part. @throws RedressError naming file and line */
export function readIntake(source: string, file: string): Written {
  const lines = new LineCounter();
  const doc = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const name = file === '-' ? 'stdin' : file;
  const broken = doc.errors[0];
  if (broken) {
    const { line, column } = positionAt(lines, broken.pos[0]);
    throw new RedressError('bad-syntax', file, {
      zh: `${name}:${line}:${column}: 语法有误，请检查括号、引号、冒号和缩进（${broken.message.split('\n')[0] ?? ''}）。`,
      en: `${name}:${line}:${column}: this is neither YAML nor JSON: ${broken.message.split('\n')[0] ?? ''}`,
    });
  }
  if (!isMap(doc.contents))
    throw new RedressError('bad-intake', file, {
      zh: `${name}: 应写成“字段: 值”的形式，如 procedure、unit、channel；范例见 examples/petition.yaml。`,
      en: `${name}: fields and their values are expected, such as procedure, unit and channel; see examples/petition.yaml.`,
    });
  return {
    data: plainly(doc, name),
    located(error) {
      if (!(error instanceof RedressError) || error.field === '') return error;
      const path = error.field.split('.').map((step) => step.trim());
      if (!doc.hasIn(path) && !doc.hasIn(path.slice(0, 1)) && !REQUIRED.has(error.field)) return error;
      const { line, column } = placeOf(doc, lines, path);
      const { code, field, text } = error;
      const at = (lang: Lang, colon: string): string => `${name}:${line}:${column}: ${text[lang].includes(field) ? '' : `${field}${colon}`}${text[lang]}`;
      const Kind = error instanceof Refused ? Refused : RedressError;
      return new Kind(code, field, { zh: at('zh', '：'), en: at('en', ': ') }, error);
    },
  };
}

/** Fields that a file may lack altogether, which is then wrong in the file and nowhere in it. */
const REQUIRED = new Set(['procedure', 'unit', 'channel']);

/** Anchors that refer to anchors can make a page of text into gigabytes; YAML gives up on them, and so do we. */
function plainly(doc: Document, name: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = doc.toJS({ maxAliasCount: 50 });
    return typeof data === 'object' && data !== null ? Object.fromEntries(Object.entries(data)) : {};
  } catch (error) {
    throw new RedressError('bad-intake', name, {
      zh: `${name}: 引用（& 与 *）过多，请直接写出内容。`,
      en: `${name}: there are too many references (& and *); write things out.`,
    }, error);
  }
}
