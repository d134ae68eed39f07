import type { Text } from '../core/text.ts';
import type { Fault, Problem, ProblemCode } from './types.ts';

const SHORT = 40;

/** A value as it can be shown in a line: not all of a long one. */
export const shown = (value: string): string => (value.length > SHORT ? `${value.slice(0, SHORT)}…` : value).replaceAll(/\s+/g, ' ');

const WORDS: Readonly<Record<ProblemCode, (value: string) => Text>> = {
  'error-cell': (v) => ({ zh: `单元格是错误值 ${v}；请在原表中改正。`, en: `The cell holds the error ${v}; mend it in the sheet.` }),
  'no-result': (v) => ({ zh: `公式 ${v} 没有计算结果；请用表格软件打开并保存一次，或改填数值。`, en: `The formula ${v} has no result; open the file in a spreadsheet program and save it, or write the value.` }),
  'no-such-date': (v) => ({ zh: `没有“${v}”这一天。`, en: `"${v}" is no day that exists.` }),
  'not-a-date': (v) => ({ zh: `“${v}”不是日期；请写成 2026-01-05、2026年1月5日或 2026-01-05 15:30。`, en: `"${v}" is no date; write it as 2026-01-05 or 2026-01-05 15:30.` }),
  'merged-rows': (v) => ({ zh: `单元格与上面的行合并${v === '' ? '' : `（值“${v}”属于最上一行）`}；请取消合并并逐行填写，或选择向下填充。`, en: `The cell is merged with rows above${v === '' ? '' : ` (its value "${v}" belongs to the top row)`}; undo the merge and fill in each row, or ask for filling down.` }),
  damaged: (v) => ({ zh: `“${v}”中有无法识别的字符；请检查文件编码。`, en: `"${v}" has characters that cannot be read; check the encoding of the file.` }),
  unreadable: (v) => ({ zh: `该行无法读取（${v}）；请检查引号。`, en: `The row cannot be read (${v}); check its quotation marks.` }),
  'unclosed-quote': () => ({ zh: '该行有一个引号没有闭合；请补上或去掉该引号。', en: 'A quotation mark in this row is never closed; close it or take it away.' }),
  'too-many-cells': (v) => ({ zh: `该行比表头多出单元格（“${v}”）；请检查是否有未加引号的逗号，或为该列加上列名。`, en: `The row has more cells than the header ("${v}"); look for a comma without quotation marks, or name the column.` }),
};

export const problemOf = (row: number, column: string, { code, value }: Fault): Problem => ({ row, column, code, text: WORDS[code](shown(value)) });

/** A problem of another room's own making, in the same form. */
export const problem = <Code extends string>(row: number, column: string, code: Code, zh: string, en: string): Problem<Code> => ({ row, column, code, text: { zh, en } });

/** A problem with its place, as one line. */
export const placed = ({ row, column, text }: Problem<string>): Text => ({
  zh: `第 ${row} 行${column === '' ? '' : `“${column}”`}：${text.zh}`,
  en: `Row ${row}${column === '' ? '' : `, "${column}"`}: ${text.en}`,
});
