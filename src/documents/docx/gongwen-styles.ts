import { AlignmentType, type IParagraphStyleOptions, type IStylesOptions, LineRuleType } from 'docx';
import { FACES } from './fonts.ts';
import { CHAR, CLOSER, LINE, pt } from './units.ts';

const exact = (line: number) => ({ line, lineRule: LineRuleType.EXACT });

const style = (id: string, run: IParagraphStyleOptions['run'], paragraph: IParagraphStyleOptions['paragraph']): IParagraphStyleOptions =>
  ({ id, name: id, basedOn: 'Normal', quickFormat: true, ...(run && { run }), ...(paragraph && { paragraph }) });

const heading = (run: IParagraphStyleOptions['run']) =>
  ({ ...(run && { run: { color: '000000', size: 32, ...run } }), paragraph: { keepNext: true, spacing: { ...exact(LINE), before: 0, after: 0 }, indent: { firstLine: 2 * CHAR } } });

/** GB/T 9704-2012, 5.2 and 7: 三号仿宋 on 22 lines a page, title 二号小标宋, headings 黑体, 楷体, 仿宋. */
export const GONGWEN: IStylesOptions = {
  default: {
    document: {
      run: { font: FACES.body, size: 32, characterSpacing: CLOSER, language: { value: 'en-US', eastAsia: 'zh-CN' } },
      paragraph: { spacing: { ...exact(LINE), before: 0, after: 0 } },
    },
    title: { run: { font: FACES.title, size: 44, bold: false, color: '000000', characterSpacing: 0 }, paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: exact(pt(34)) } },
    heading1: heading({ font: FACES.heading, bold: false }),
    heading2: heading({ font: FACES.subheading, bold: false }),
    heading3: heading({ font: FACES.body, bold: true }),
  },
  paragraphStyles: [
    style('Text', {}, { indent: { firstLine: 2 * CHAR }, alignment: AlignmentType.BOTH }),
    style('RedHead', { font: FACES.title, color: 'FF0000', characterSpacing: 0 }, { alignment: AlignmentType.CENTER }),
    style('Number', {}, { alignment: AlignmentType.CENTER }),
    style('Addressee', {}, { spacing: { ...exact(LINE), before: LINE }, keepNext: true }),
    style('Attachment', {}, {}),
    style('Signature', {}, { alignment: AlignmentType.RIGHT, keepNext: true, keepLines: true }),
    style('Contact', {}, { indent: { firstLine: 2 * CHAR } }),
    style('Cell', { size: 24, characterSpacing: 0 }, { spacing: exact(pt(18)) }),
    style('CellHead', { font: FACES.heading, size: 24, characterSpacing: 0 }, { spacing: exact(pt(18)), alignment: AlignmentType.CENTER, keepNext: true }),
    style('Record', { size: 28, characterSpacing: 0 }, { spacing: exact(pt(24)), indent: { left: pt(14), right: pt(14) } }),
    style('PageNumber', { font: FACES.page, size: 28, characterSpacing: 0 }, { spacing: exact(pt(14)), indent: { left: pt(14), right: pt(14) } }),
  ],
};
