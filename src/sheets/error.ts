import { basename } from 'node:path';
import { RedressError } from '../errors.ts';

export type SheetErrorCode =
  | 'no-file' | 'not-a-sheet' | 'other-format' | 'password' | 'truncated' | 'damaged' | 'too-large'
  | 'empty' | 'no-such-sheet' | 'repeated-column' | 'bad-header' | 'no-such-column';

/** A file that cannot be read at all. `field` is its name without the folder, or the option that does not fit. */
export class SheetError extends RedressError {
  override name = 'SheetError';

  constructor(code: SheetErrorCode, field: string, zh: string, en: string, cause?: unknown) {
    super(code, field, { zh, en }, cause);
  }
}

const errorIn = (code: SheetErrorCode, zh: string, en: string) => (file: string, cause?: unknown): SheetError =>
  new SheetError(code, basename(file), `${basename(file)}：${zh}`, `${basename(file)}: ${en}`, cause);

export const notASheet = errorIn('not-a-sheet', '这不是表格文件；可以读取 .xlsx、.xls 和 .csv。', 'this is not a spreadsheet; .xlsx, .xls and .csv can be read.');
export const oldFormat = errorIn('other-format', '这不是能读取的旧式文件；若是表格，请用表格软件打开并另存为 .xlsx。', 'this is a file of an old kind that cannot be read; if it is a spreadsheet, open it and save it as .xlsx.');
export const otherFormat = errorIn('other-format', '这是另一种表格（.ods、.xlsb 等）；请用表格软件打开并另存为 .xlsx。', 'this is a spreadsheet of another kind (.ods, .xlsb); open it and save it as .xlsx.');
export const webPage = errorIn('other-format', '这是网页或 XML 文件，不是真正的表格；请用表格软件打开并另存为 .xlsx。', 'this is a web page or XML by its content; open it in a spreadsheet program and save it as .xlsx.');
export const password = errorIn('password', '文件有密码保护；请取消密码后再导入。', 'the file is protected with a password; save it without one.');
export const truncated = errorIn('truncated', '文件不完整，可能没有下载或复制完；请重新取得该文件。', 'the file is cut short, perhaps a copy that did not finish; get it again.');
export const damaged = errorIn('damaged', '文件已损坏，无法读取；请用表格软件打开并重新保存。', 'the file is damaged and cannot be read; open it in a spreadsheet program and save it anew.');
export const tooLarge = errorIn('too-large', '文件解压后过大，不像真正的表格，未予读取。', 'the file unpacks to more than any real sheet and was not read.');
export const empty = errorIn('empty', '表格是空的；第一行应为列名。', 'the table is empty; its first row must name the columns.');

export function cannotOpen(file: string, cause: unknown): SheetError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new SheetError('no-file', basename(file), `无法打开 ${file}（${why}）。`, `${file} cannot be opened (${why}).`, cause);
}

export function noSuchSheet(file: string, asked: string | number, names: readonly string[]): SheetError {
  const all = names.join(', ');
  return new SheetError('no-such-sheet', basename(file), `文件中没有工作表“${asked}”；有：${all}。`, `The file has no sheet "${asked}"; it has ${all}.`);
}

export function noSuchColumn(file: string, asked: string, columns: readonly string[]): SheetError {
  const hint = columns.length < 2 ? { zh: '若列名不在第 1 行，请指明列名所在的行。', en: ' If the names of the columns are not in row 1, say in which.' } : { zh: '', en: '' };
  const all = columns.join(', ');
  return new SheetError('no-such-column', asked, `表中没有“${asked}”这一列；有：${all}。${hint.zh}`, `The table has no column "${asked}"; it has ${all}.${hint.en}`);
}
