/** Characters that a terminal shows two columns wide: Chinese, its punctuation, full-width forms, pictures. */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Characters that take no column: colours, marks on the letter before, control characters. */
// oxlint-disable-next-line no-control-regex
const NONE = /\x1b\[[0-9;]*m|[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/gu;

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text.replace(NONE, '')) width += WIDE.test(sign) ? 2 : 1;
  return width;
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** As much of a text as fits into so many columns. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const sign of text) {
    used += widthOf(sign);
    if (used > width) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** Punctuation that must not begin a line. */
const CLINGS = /^[，。；：、！？）》〕”’,.;:!?)\]]/u;

/** Breaks a text into lines of at most so many columns: between words, or between Chinese characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? []) {
    if (line !== '' && widthOf(line + piece.trimEnd()) > width && !CLINGS.test(piece)) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()];
}

/** A Chinese character, with the opening mark before it, which must not end a line; a word; blanks. */
const PIECES = new RegExp(`[（“‘《〔]*${WIDE.source}\\s*|(?:(?!${WIDE.source})\\S)+\\s*|\\s+`, 'gu');
