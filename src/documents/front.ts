import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { TemplateProblem } from './error.ts';

/** What a template says of itself, above its text. */
export const Front = z.strictObject({
  title: z.string().min(1),
  /** `letter` is addressed and signed, `report` goes on file or upward, `minutes` has the head of minutes. */
  layout: z.enum(['letter', 'report', 'minutes']),
  addressee: z.enum(['petitioner', 'to', 'to-if-any', 'none']).default('none'),
  /** What a petitioner who gave no name is called. */
  called: z.string().min(1).optional(),
  /** May carry a red head; it does where the letterhead says so too. */
  red: z.boolean().default(false),
  /** Goes to a higher authority: names who signs it for issue (签发人). */
  upward: z.boolean().default(false),
  /** Is stamped, so that the name stands centred over the date, four characters in (GB/T 9704, 7.3.5). */
  seal: z.boolean().default(true),
  attachments: z.array(z.string().min(1)).default([]),
});
export type Front = z.infer<typeof Front>;

export interface Parts {
  readonly front: Front;
  /** The text, with as many empty lines before it as the head took: its line numbers are those of the file. */
  readonly body: string;
  /** The line of each entry of the head. */
  readonly lineOf: (entry: string) => number;
}

const HEAD = /^---\n([\s\S]*?)\n---(\n|$)/;

/** The head and the text of a template. */
export function parted(source: string, file: string): Parts | TemplateProblem[] {
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const head = HEAD.exec(text);
  if (!head) {
    return [{ file, line: 1, text: {
      zh: '开头缺少以 --- 围起的说明（title、layout 等）。',
      en: 'The head between two lines of --- is missing (title, layout and so on).',
    } }];
  }
  const lines = new LineCounter();
  const doc = parseDocument(head[1] ?? '', { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => lines.linePos(offset).line + 1;
  if (doc.errors.length > 0) {
    return doc.errors.map((e) => ({ file, line: lineAt(e.pos[0]), text: { zh: `YAML 语法有误：${e.message}`, en: `This is no YAML: ${e.message}` } }));
  }
  const lineOf = (entry: string): number => {
    const node = isMap(doc.contents) ? doc.get(entry, true) : undefined;
    return isNode(node) && node.range ? lineAt(node.range[0]) : 2;
  };
  const data: unknown = doc.toJS();
  const parsed = Front.safeParse(data);
  if (parsed.success) return { front: parsed.data, body: '\n'.repeat(head[0].split('\n').length - 1) + text.slice(head[0].length), lineOf };
  const chinese = Front.safeParse(data, { error: z.locales.zhCN().localeError }).error?.issues ?? [];
  return parsed.error.issues.map((issue, i) => {
    const path = issue.path.join('.');
    const at = path === '' ? '' : `${path}: `;
    return { file, line: lineOf(String(issue.path[0] ?? '')), text: { zh: `${at}${chinese[i]?.message ?? issue.message}`, en: `${at}${issue.message}` } };
  });
}
