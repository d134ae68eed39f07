// How wide words are in a picture. The layout runs without fonts and knows nothing of Chinese, so it is told.

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6“”‘’—…·]/u;
const NARROW = /[ilj.,:;'|!()[\]1 ]/;

/** The width of a text in units of its own size, rather too much than too little. */
export function ems(text: string): number {
  let width = 0;
  for (const sign of text) width += WIDE.test(sign) ? 1.03 : NARROW.test(sign) ? 0.36 : /[A-Z@%mwMW]/.test(sign) ? 0.78 : 0.58;
  return width;
}

const CLINGS = /^[，。；：、！？）》〕”’,.;:!?)\]】]/u;
const PIECES = new RegExp(`[（“‘《〔【]*${WIDE.source}|[^\\s]+?(?=\\s|$|${WIDE.source})|\\s+`, 'gu');

/** Breaks a text into lines of at most so many ems, between words or between Chinese characters; a little more where one sign would be left over. */
export function broken(text: string, most: number): string[] {
  const lines = wrapped(text, most);
  return lines.length > 1 && ems(lines.at(-1) ?? '') < ORPHAN ? wrapped(text, most + ORPHAN) : lines;
}
const ORPHAN = 2.2;

/** As much of a text as fits into so many ems. */
export function cut(text: string, most: number): string {
  if (ems(text) <= most) return text;
  let kept = '';
  for (const sign of text) {
    if (ems(kept + sign) > most - 1) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? [text]) {
    if (line !== '' && ems(line + piece.trimEnd()) > most && !CLINGS.test(piece)) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()].filter((l) => l !== '');
}
