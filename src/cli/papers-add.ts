import { readFile, stat } from 'node:fs/promises';
import { configFrom } from '../config.ts';
import { Name } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { endingOf, filing, type Office, officeOf, startOf, storeOf, zoneOf } from '../filing/index.ts';
import { readReceipt } from '../receipts.ts';
import type { AddOptions } from './commands/papers.ts';
import { withRegister } from './connect.ts';
import { dayAfter } from './dates.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { nameOf, titleOf } from './papers-words.ts';

/** A scan of many pages; what is larger is hardly a paper. */
const LARGEST = 100 * 1024 * 1024;

/** Puts a file on record under a number, once. */
export async function addPaper(io: Io, raw: string, file: string, o: AddOptions): Promise<void> {
  if (!Name.safeParse(o.kind).success) throw new UsageError('--kind', { zh: '--kind 须为小写单词，以连字符相连，如 petition-letter。', en: '--kind is lower-case words joined by hyphens, as in petition-letter.' });
  if (o.title.trim() === '') throw new UsageError('--title', { zh: '--title 不能为空。', en: '--title cannot be empty.' });
  const day = o.date === undefined ? undefined : dayAfter('--date', o.date);
  const receipt = readReceipt(raw);
  const bytes = await contentOf(file);
  await withRegister(async (register) => {
    const view = await register.case(receipt);
    if (!view) throw new RedressError('no-such-case', 'receipt', { zh: `登记簿中没有 ${receipt}。请核对登记号。`, en: `The register has no case ${receipt}. Check the receipt number.` });
    const office = await officeOf(register);
    const at = day === undefined ? undefined : startOf(zoneOf(office), day);
    if (at !== undefined && Date.parse(at) > Date.now()) throw new RedressError('future', '--date', { zh: '--date 在今天之后，请核对。', en: '--date lies in the future. Check it.' });
    const store = storeOf(process.env, configFrom(process.env).home);
    const room = filing({ register, store, draft: () => Promise.reject(new Error('nothing is drafted here')) });
    const title = o.title.trim();
    const paper = await room.add({
      receipt, unit: view.unit, of: view.seq, kind: o.kind, title: { zh: title, en: title }, bytes, ending: endingOf(file), series: seriesOf(office, o.series), at, to: o.to, copies: o.copy,
    });
    if (o.json) return io.out(printed(paper));
    io.out(`${nameOf(paper)}  ${titleOf(paper, io.lang)}  ${paper.path}`);
    io.out(paper.sha256 ?? '');
  });
}

/** The bytes of a file. @throws RedressError naming it where it is empty or too large for a paper */
export async function contentOf(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > LARGEST) throw new RedressError('too-large', 'file', { zh: `${file} 超过 100 MB，不能归档。`, en: `${file} has more than 100 MB and is not filed.` });
  const bytes = await readFile(file);
  if (bytes.length > 0) return bytes;
  throw new RedressError('empty', 'file', { zh: `${file} 是空的。`, en: `${file} is empty.` });
}

/** The series that was asked for, or the only one there is. */
function seriesOf({ numbering = {} }: Office, asked: string | undefined): string | undefined {
  const all = Object.keys(numbering);
  if (asked === 'none') return undefined;
  if (asked !== undefined && !all.includes(asked))
    throw new UsageError('--series', { zh: `机构文件的 numbering 中没有系列“${asked}”；现有：${all.join('、') || '无'}。`, en: `The institution numbers no series "${asked}"; there are: ${all.join(', ') || 'none'}.` });
  if (asked === undefined && all.length > 1)
    throw new UsageError('--series', { zh: `有多个文号系列，请用 --series 指明：${all.join('、')}，或 none。`, en: `There are several series; say which with --series: ${all.join(', ')}, or none.` });
  return asked ?? all[0];
}
