import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';

export const refusal = (code: string, field: string, zh: string, en: string): RedressError => new RedressError(code, field, { zh, en });

export const noSuchPaper = (which: string): RedressError =>
  refusal('no-such-paper', 'number', `没有文号或编号为“${which}”的文书。用 redress papers 查看全部文书。`, `There is no paper "${which}". See: redress papers`);

export const isVoid = (name: string, reason: string | undefined): RedressError =>
  refusal('void', 'number', `${name} 已作废${reason ? `（${reason}）` : ''}，文号不再使用。`, `${name} is void${reason ? ` (${reason})` : ''}; its number is not used again.`);

export const notFiled = (name: string): RedressError =>
  refusal('not-filed', 'number', `${name} 尚未归档，请稍后再试，或先作废。`, `${name} is not filed yet. Try again later, or give it up.`);

export const alreadyFiled = (name: string): RedressError =>
  refusal('filed', 'number', `${name} 已归档，不能作废；请用 redress papers correct 更正。`, `${name} is filed and cannot be given up; correct it with: redress papers correct`);

/** Two series are written alike, or a scheme of today writes what one of last year wrote. */
export const clash = (series: string, number: string): RedressError =>
  refusal('number-clash', `numbering.${series}`,
    `文号 ${number} 已被另一系列使用。请在机构文件的 numbering.${series} 中改用不同的写法。`,
    `The number ${number} was given in another series. Write numbering.${series} in the institution's file differently.`);

export const needed = (field: string, what: Text): RedressError => refusal('needed', field, `${field}：${what.zh}`, `${field}: ${what.en}`);
