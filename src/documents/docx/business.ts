import { AlignmentType, BorderStyle, Document, Footer, HeadingLevel, type IParagraphStyleOptions, type IStylesOptions, LineRuleType, PageNumber, Paragraph, Tab, type Table, TextRun } from 'docx';
import type { Sheet } from '../sheet.ts';
import { day } from '../words.ts';
import { FACES } from './fonts.ts';
import { runs } from './runs.ts';
import { table } from './table.ts';
import { mm, pt } from './units.ts';

const MARGIN = mm(25);
const WIDTH = mm(210) - 2 * MARGIN;

const style = (id: string, run: IParagraphStyleOptions['run'], paragraph: IParagraphStyleOptions['paragraph']): IParagraphStyleOptions =>
  ({ id, name: id, basedOn: 'Normal', quickFormat: true, ...(run && { run }), ...(paragraph && { paragraph }) });

const loose = { line: 276, lineRule: LineRuleType.AUTO };
const heading = (size: number) => ({ run: { size, bold: true, color: '000000' }, paragraph: { keepNext: true, spacing: { ...loose, before: pt(8), after: pt(3) } } });

const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: FACES.letter, size: 22, language: { value: 'en-GB', eastAsia: 'zh-CN' } },
      paragraph: { spacing: { ...loose, before: 0, after: pt(6) } },
    },
    title: { run: { size: 30, bold: true, color: '000000', characterSpacing: 0 }, paragraph: { keepNext: true, spacing: { ...loose, before: pt(6), after: pt(8) } } },
    heading1: heading(24),
    heading2: heading(22),
    heading3: heading(22),
  },
  paragraphStyles: [
    style('Letterhead', { size: 32, bold: true }, { spacing: { ...loose, after: pt(2) } }),
    style('LetterheadLine', { size: 18, color: '444444' }, { spacing: { ...loose, after: pt(14) } }),
    style('Close', {}, { spacing: { ...loose, after: 0 } }),
    style('Subject', { bold: true }, { keepNext: true }),
    style('Cell', { size: 19 }, { spacing: { line: 250, lineRule: LineRuleType.AUTO, after: 0 } }),
    style('CellHead', { size: 19, bold: true }, { spacing: { line: 250, lineRule: LineRuleType.AUTO, after: 0 }, keepNext: true }),
    style('PageNumber', { size: 18, color: '444444' }, { alignment: AlignmentType.CENTER, spacing: { ...loose, after: 0 } }),
  ],
};

/** A business letter or a report on A4, in 11 pt. */
export function business(sheet: Sheet): Document {
  const letter = sheet.form === 'letter';
  return new Document({
    title: sheet.title,
    creator: sheet.from.name,
    styles: STYLES,
    sections: [{
      properties: { page: { size: { width: mm(210), height: mm(297) }, margin: { top: mm(22), right: MARGIN, bottom: mm(25), left: MARGIN, footer: mm(12), header: mm(12) } } },
      footers: { default: footer(sheet) },
      children: [...letterhead(sheet), ...(letter ? opening(sheet) : reportHead(sheet)), ...text(sheet), ...attachments(sheet), ...(letter ? close(sheet) : []), ...copies(sheet)],
    }],
  });
}

const para = (styleId: string | undefined, words: string, more: object = {}): Paragraph =>
  new Paragraph({ ...(styleId !== undefined && { style: styleId }), ...more, children: [new TextRun(words)] });

const footer = ({ from, number }: Sheet): Footer =>
  new Footer({ children: [new Paragraph({
    style: 'PageNumber',
    children: [new TextRun({ children: [`${from.name}${number === undefined ? '' : `  ·  ${number}`}  ·  Page `, PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] })],
  })] });

function letterhead({ from, red }: Sheet): Paragraph[] {
  const line = [from.address, from.postcode, from.phone === undefined ? undefined : `Telephone ${from.phone}`].filter((x) => x !== undefined).join('  ·  ');
  const rule = { bottom: { style: BorderStyle.SINGLE, size: 8, color: red ? 'C00000' : '444444', space: 6 } };
  return [para('Letterhead', from.name, line === '' ? { border: rule, spacing: { after: pt(14) } } : { keepNext: true }), ...(line === '' ? [] : [para('LetterheadLine', line, { border: rule })])];
}

function opening(sheet: Sheet): Paragraph[] {
  const { addressee, number, date, title } = sheet;
  const block = addressee ? [...(addressee.named || !addressee.petitioner ? [addressee.name] : []), ...(addressee.address?.split('\n') ?? [])] : [];
  return [
    para('Close', day(date, 'en')),
    ...(number === undefined ? [para('Close', '')] : [para('Close', `Our reference: ${number}`), para('Close', '')]),
    ...block.map((line) => para('Close', line)),
    ...(block.length > 0 ? [para('Close', '')] : []),
    ...(addressee ? [para(undefined, addressee.petitioner ? `Dear ${addressee.name},` : 'Dear colleagues,')] : []),
    para('Subject', title),
  ];
}

function reportHead({ title, number, date, from, addressee }: Sheet): Paragraph[] {
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
    ...labelled('To', addressee?.name), ...labelled('From', from.unit), ...labelled('Reference', number), ...labelled('Date', day(date, 'en')),
    para('Close', ''),
  ];
}

const labelled = (label: string, words: string | undefined): Paragraph[] =>
  words === undefined ? [] : [new Paragraph({ style: 'Close', children: [new TextRun({ text: `${label}: `, bold: true }), new TextRun(words)] })];

const [STRONG, EM] = [{ bold: true }, { italics: true }];
const LEVELS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;

function text({ blocks }: Sheet): (Paragraph | Table)[] {
  return blocks.flatMap((block, i) => {
    const keepNext = i === blocks.length - 1 || blocks[i + 1]?.kind === 'table';
    if (block.kind === 'heading') return [new Paragraph({ heading: LEVELS[block.level - 1] ?? HeadingLevel.HEADING_3, children: runs(block.line, STRONG, EM) })];
    if (block.kind === 'paragraph') return [new Paragraph({ keepNext, children: runs(block.line, STRONG, EM) })];
    if (block.kind === 'item') {
      const left = mm(7) * (block.depth + 1);
      return [new Paragraph({ keepNext, indent: { left, hanging: mm(7) }, spacing: { after: pt(3) }, children: [new TextRun({ children: [block.mark, new Tab()] }), ...runs(block.line, STRONG, EM)] })];
    }
    return [table(block, WIDTH, { cell: 'Cell', head: 'CellHead', rule: '999999', char: pt(11) }), para('Close', '')];
  });
}

const attachments = ({ attachments: list }: Sheet): Paragraph[] =>
  list.length === 0 ? [] : [para(undefined, `Enclosed: ${list.join('; ')}`, { keepNext: true })];

/** "Yours faithfully" to somebody not named, "Yours sincerely" to somebody who is. */
function close({ addressee, from, copies: to }: Sheet): Paragraph[] {
  const signers = [...new Set([from.signer ?? from.unit, from.name])];
  return [
    para('Close', `Yours ${addressee?.named === true ? 'sincerely' : 'faithfully'},`, { keepNext: true, spacing: { before: pt(10), after: pt(36) } }),
    ...signers.slice(0, -1).map((s) => para('Close', s, { keepNext: true })),
    ...signers.slice(-1).map((s) => para('Close', s, { keepNext: to.length > 0 })),
  ];
}

const copies = ({ copies: to }: Sheet): Paragraph[] => (to.length === 0 ? [] : [para(undefined, `Copies to: ${to.join('; ')}`, { spacing: { before: pt(14) } })]);
