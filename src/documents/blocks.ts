import { marked, type Token, type Tokens } from 'marked';
import type { Lang } from '../core/text.ts';
import { unwrapped } from './engine.ts';

/** Words of one look. */
export interface Run {
  readonly text: string;
  readonly strong?: boolean;
  readonly em?: boolean;
}

/** One paragraph's words. */
export type Line = readonly Run[];

/** What papers are made of. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly line: Line }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'item'; readonly mark: string; readonly depth: number; readonly line: Line }
  | { readonly kind: 'table'; readonly head: readonly Line[]; readonly rows: readonly (readonly (readonly Line[])[])[] };

/** A sign of Markdown that papers have no form for. Its message is the template's own text, values left out. */
export class UnknownMark extends Error {
  override name = 'UnknownMark';

  constructor(token: Token) {
    super(token.raw.trim().replace(/\uFDD0[0-9a-f]*\uFDD1/g, '…').slice(0, 40));
  }
}

/** The blocks of a filled template. A line end within a value begins a paragraph of the same form. */
export function blocksOf(markdown: string, lang: Lang): Block[] {
  return marked.lexer(markdown, { gfm: true }).flatMap((token) => blockOf(token, lang, 0));
}

// The lexer's own union has a member for extensions that would take any type, so each is told by its own look.
const is = <T extends Token>(token: Token, type: T['type']): token is T => token.type === type;

function blockOf(token: Token, lang: Lang, depth: number): Block[] {
  if (is<Tokens.Space>(token, 'space')) return [];
  if (is<Tokens.Heading>(token, 'heading'))
    return lines(token.tokens, lang).slice(0, 1).map((line) => ({ kind: 'heading', level: Math.max(1, token.depth - 1), line }));
  if (is<Tokens.Paragraph>(token, 'paragraph')) return lines(token.tokens, lang).map((line) => ({ kind: 'paragraph', line }));
  if (is<Tokens.Text>(token, 'text')) return lines(token.tokens ?? [token], lang).map((line) => ({ kind: 'paragraph', line }));
  if (is<Tokens.List>(token, 'list')) return itemsOf(token, lang, depth);
  if (is<Tokens.Table>(token, 'table')) {
    return [{
      kind: 'table',
      head: token.header.map((cell) => lines(cell.tokens, lang).flat()),
      rows: token.rows.map((row) => row.map((cell) => lines(cell.tokens, lang))),
    }];
  }
  throw new UnknownMark(token);
}

/** The first paragraph of an item takes its number; what follows stands below it as paragraphs. */
function itemsOf(list: Tokens.List, lang: Lang, depth: number): Block[] {
  const first = typeof list.start === 'number' ? list.start : 1;
  return list.items.flatMap((item, i) => {
    const [head, ...rest] = item.tokens.filter((t) => t.type !== 'space').flatMap((t) => blockOf(t, lang, depth + 1));
    if (head === undefined) return [];
    const mark = list.ordered ? `${first + i}.` : '•';
    return [head.kind === 'paragraph' ? { kind: 'item' as const, mark, depth, line: head.line } : head, ...rest];
  });
}

/** The paragraphs that inline tokens make: one, or more where a value has line ends. */
function lines(tokens: readonly Token[], lang: Lang): Line[] {
  const out: Run[][] = [[]];
  for (const run of tokens.flatMap((t) => runsOf(t, lang, {}))) {
    for (const [i, piece] of run.text.split('\n').entries()) {
      if (i > 0) out.push([]);
      out.at(-1)?.push({ ...run, text: piece });
    }
  }
  return out.map(trimmed).filter((line) => line.length > 0);
}

type Look = Omit<Run, 'text'>;

function runsOf(token: Token, lang: Lang, look: Look): Run[] {
  const within = (tokens: readonly Token[], more: Look): Run[] => tokens.flatMap((t) => runsOf(t, lang, { ...look, ...more }));
  if (is<Tokens.Strong>(token, 'strong')) return within(token.tokens, { strong: true });
  if (is<Tokens.Em>(token, 'em')) return within(token.tokens, { em: true });
  if (is<Tokens.Link>(token, 'link')) return within(token.tokens, {});
  if (is<Tokens.Escape>(token, 'escape')) return [{ ...look, text: token.text }];
  if (is<Tokens.Br>(token, 'br')) return [{ ...look, text: '\n' }];
  if (is<Tokens.Text>(token, 'text')) {
    if (token.tokens) return within(token.tokens, {});
    // Stars that mark nothing, as in **出席：**某某: a mark must not end in punctuation with a word right after it.
    if (/\*\*|__/.test(token.text)) throw new UnknownMark(token);
    return [{ ...look, text: unwrapped(joined(token.text, lang)) }];
  }
  throw new UnknownMark(token);
}

/** Lines of a template that are one paragraph: Chinese needs no blank between them, other words do. */
const joined = (text: string, lang: Lang): string =>
  lang === 'en' ? text.replace(/\s*\n\s*/g, ' ') : text.replace(/([\x21-\x7e]?)\s*\n\s*([\x21-\x7e]?)/g, (_, a: string, b: string) => (a && b ? `${a} ${b}` : a + b));

/** Without the blanks that somebody typed to indent a paragraph, ideographic ones included. */
function trimmed(line: readonly Run[]): Run[] {
  const runs = line.filter((r) => r.text !== '');
  const [first] = runs;
  if (first) runs[0] = { ...first, text: first.text.trimStart() };
  const last = runs.at(-1);
  if (last) runs[runs.length - 1] = { ...last, text: last.text.trimEnd() };
  const left = runs.filter((r) => r.text !== '');
  return left.length === runs.length ? left : trimmed(left);
}
