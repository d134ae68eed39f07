import { Document, Footer, HeadingLevel, AlignmentType, LineRuleType, PageNumber, Paragraph, type Table, TextRun } from 'docx';
import type { Block } from '../blocks.ts';
import type { Sheet } from '../sheet.ts';
import { FACES } from './fonts.ts';
import { end } from './gongwen-end.ts';
import { head } from './gongwen-head.ts';
import { GONGWEN } from './gongwen-styles.ts';
import { plain, runs } from './runs.ts';
import { table } from './table.ts';
import { AREA, LINE, mm, pt } from './units.ts';

/** A paper in the layout of GB/T 9704-2012. */
export function gongwen(sheet: Sheet): Document {
  return new Document({
    title: sheet.title,
    creator: sheet.from.name,
    evenAndOddHeaderAndFooters: true,
    styles: GONGWEN,
    sections: [{
      properties: {
        page: {
          size: { width: mm(210), height: mm(297) },
          // 7.5: the page number stands 7 mm below the type area.
          margin: { top: AREA.top, right: AREA.right, bottom: AREA.bottom, left: AREA.left, footer: mm(23), header: mm(15) },
        },
        // No more than a hint: every style has its own exact line, and a grid that lines snap to would pull tables apart.
        grid: { linePitch: LINE },
      },
      footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) },
      children: [...head(sheet), ...addressee(sheet), ...text(sheet), ...end(sheet)],
    }],
  });
}

/** 7.5: "— 1 —", right on odd pages and left on even ones, one character in. */
const footer = (alignment: (typeof AlignmentType)['LEFT' | 'RIGHT']): Footer =>
  new Footer({ children: [new Paragraph({ style: 'PageNumber', alignment, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'] })] })] });

/** 7.3.2: one line below the title, flush left, with a colon. */
function addressee(sheet: Sheet): Paragraph[] {
  if (!sheet.addressee) return [new Paragraph({ children: [] })];
  return [new Paragraph({ style: 'Addressee', children: [new TextRun(`${sheet.addressee.name}：`)] })];
}

/** Between a table and the line above it. */
const GAP = pt(6);

/** A closing word such as 特此报告, which goes with what it closes. */
const isShort = (block: Block | undefined): boolean => block?.kind === 'paragraph' && plain(block.line).length < 20;

const [STRONG, EM] = [{ font: FACES.heading }, { font: FACES.subheading }];

function text({ blocks }: Sheet): (Paragraph | Table)[] {
  const count = [0, 0, 0];
  const numbered = [1, 2].map((level) => blocks.filter((b) => b.kind === 'heading' && b.level === level).length > 1);
  return blocks.flatMap((block, i) => {
    if (block.kind === 'heading') {
      const level = Math.min(block.level, 3) - 1;
      count[level] = (count[level] ?? 0) + 1;
      count.fill(0, level + 1);
      return [heading(block, level, level === 2 || numbered[level] ? numberOf(level, count[level] ?? 1) : '', blocks[i + 1]?.kind === 'table')];
    }
    // So that the signature never stands on a page of its own, nor a table without what announces it.
    const before = blocks[i + 1]?.kind === 'table';
    const keepNext = before || i === blocks.length - 1 || (i === blocks.length - 2 && isShort(blocks[i + 1]));
    const form = { style: 'Text', keepNext, ...(before && { spacing: { after: GAP } }) };
    if (block.kind === 'paragraph') return [new Paragraph({ ...form, children: runs(block.line, STRONG, EM) })];
    // Reasons hold times and zones that no line breaks in: spread to the margin they could not be read.
    if (block.kind === 'item') return [new Paragraph({ ...form, alignment: AlignmentType.LEFT, children: [new TextRun(markOf(block)), ...runs(block.line, STRONG, EM)] })];
    return [table(block, AREA.width, { cell: 'Cell', head: 'CellHead', rule: '000000', char: pt(12) }), new Paragraph({ spacing: { line: Math.round(LINE / 2), lineRule: LineRuleType.EXACT }, children: [] })];
  });
}

const LEVELS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;

function heading({ line }: Extract<Block, { kind: 'heading' }>, level: number, number: string, beforeTable: boolean): Paragraph {
  const typed = /^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])/.test(plain(line));
  return new Paragraph({ heading: LEVELS[level] ?? HeadingLevel.HEADING_3, ...(beforeTable && { spacing: { after: GAP } }), children: [new TextRun(typed ? '' : number), ...runs(line, {}, {})] });
}

/** 7.3.3: 一、（一）1. */
function numberOf(level: number, n: number): string {
  return [`${chinese(n)}、`, `（${chinese(n)}）`, `${n}. `][level] ?? '';
}

const DIGITS = '零一二三四五六七八九';
const chinese = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  if (tens === 0) return DIGITS[ones] ?? '';
  return `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十${ones === 0 ? '' : (DIGITS[ones] ?? '')}`;
};

const markOf = ({ mark, depth }: Extract<Block, { kind: 'item' }>): string => {
  if (mark === '•') return '';
  return depth === 0 ? `${mark} ` : `（${mark.slice(0, -1)}）`;
};

