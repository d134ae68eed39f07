import { BorderStyle, HeadingLevel, LineRuleType, Paragraph, Tab, TabStopType, TextRun } from 'docx';
import type { Sheet } from '../sheet.ts';
import { AREA, CHAR, LINE, mm, pt, widthOf } from './units.ts';

/** The head of a paper, down to the line before the addressee. */
export function head(sheet: Sheet): Paragraph[] {
  return sheet.red ? redHead(sheet) : plainHead(sheet);
}

/** 7.2: the name of the institution in red 35 mm below the top of the type area, the number two lines below, the red rule 4 mm below that. */
function redHead(sheet: Sheet): Paragraph[] {
  const minutes = sheet.form === 'minutes';
  const name = minutes ? sheet.title : sheet.from.name;
  const size = Math.max(22, Math.min(46, Math.floor(AREA.width / 20 / widthOf(name))));
  return [
    new Paragraph({ style: 'RedHead', spacing: { before: mm(35), line: pt(size * 1.3), lineRule: LineRuleType.EXACT }, children: [new TextRun({ text: name, size: size * 2 })] }),
    numberLine(sheet),
    ...(minutes ? [new Paragraph({ children: [] })] : [title(sheet.title, 2 * LINE)]),
  ];
}

function numberLine({ number = '', upward }: Sheet): Paragraph {
  const border = { bottom: { style: BorderStyle.SINGLE, size: 16, color: 'FF0000', space: 5 } };
  const spacing = { before: 2 * LINE };
  if (!upward) return new Paragraph({ style: 'Number', border, spacing, children: [new TextRun(number)] });
  // 7.2.6: on what goes upward the number stands left, and who signs it for issue right, one character in each; the
  // name is written by hand, in the three characters left for it.
  return new Paragraph({
    border, spacing,
    tabStops: [{ type: TabStopType.LEFT, position: CHAR }, { type: TabStopType.RIGHT, position: AREA.width - 4 * CHAR }],
    children: [new TextRun({ children: [new Tab(), number, new Tab(), '签发人：'] })],
  });
}

function plainHead(sheet: Sheet): Paragraph[] {
  const { number, from } = sheet;
  return [
    ...(sheet.form === 'minutes' || sheet.title.includes(from.name) ? [] : [title(from.name, 0)]),
    title(sheet.title, 0),
    ...(number === undefined ? [] : [new Paragraph({ style: 'Number', spacing: { before: pt(8) }, children: [new TextRun(number)] })]),
  ];
}

const title = (text: string, before: number): Paragraph =>
  new Paragraph({ heading: HeadingLevel.TITLE, spacing: { before }, children: [new TextRun(text)] });
