import type { Liquid } from 'liquidjs';
import type { Text } from '../core/text.ts';
import type { TemplateProblem } from './error.ts';

/** What went wrong while a template was tried out. */
export const renderProblem = (error: unknown, file: string): TemplateProblem => ({ file: fileOf(error) ?? file, line: lineIn(error), text: both(plain(error), '试填失败：', 'It fails when it is tried out: ') });

/** What is wrong with how a template is written. */
export function parseProblem(error: unknown, file: string, engine: Liquid): TemplateProblem {
  const message = plain(error);
  const at = { file: fileOf(error) ?? file, line: lineIn(error) };
  const [, filter] = /undefined filter: (\S+)/.exec(message) ?? [];
  if (filter !== undefined) return { ...at, text: noFilter(filter, Object.keys(engine.filters).toSorted()) };
  const [, tag] = /tag "(.*?)" not found/.exec(message) ?? [];
  if (tag !== undefined) return { ...at, text: noTag(tag, Object.keys(engine.tags).toSorted()) };
  const [, part] = /ENOENT: Failed to lookup "(.*?)"/.exec(message) ?? [];
  if (part !== undefined) return { ...at, text: noPart(part) };
  if (/call stack/.test(message)) return { ...at, text: { zh: '引用的片段又引用了自己。', en: 'What is included includes itself again.' } };
  return { ...at, text: both(message, '模板语法有误：', 'This is no template: ') };
}

export const noField = (path: string, known: readonly string[]): Text => ({
  zh: `没有字段“${path}”${known.length > 0 ? `，可用的有：${known.join(', ')}` : ''}。`,
  en: `There is no field "${path}"${known.length > 0 ? `; there are: ${known.join(', ')}` : ''}.`,
});
const noFilter = (name: string, all: readonly string[]): Text => ({ zh: `没有过滤器“${name}”，可用的有：${all.join(', ')}。`, en: `There is no filter "${name}"; there are: ${all.join(', ')}.` });
const noTag = (name: string, all: readonly string[]): Text => ({ zh: `没有标签“${name}”，可用的有：${all.join(', ')}。`, en: `There is no tag "${name}"; there are: ${all.join(', ')}.` });
const noPart = (name: string): Text => ({ zh: `文件夹中没有可引用的“${name}.liquid”。`, en: `The folder has no "${name}.liquid" to include.` });
export const COMPUTED: Text = { zh: '引用的文件名须写成引号中的固定文字。', en: 'The name of what is included must stand in quotation marks.' };
const both = (message: string, zh: string, en: string): Text => ({ zh: `${zh}${message}`, en: `${en}${message}` });

/** The library's message without the place, which is told apart. */
const plain = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/, file:.*$/s, '').replace(/, line:\d+, col:\d+$/, '');

interface Placed { getPosition(): number[]; readonly file?: string }

function tokenOf(error: unknown): Placed | undefined {
  const token: unknown = error instanceof Error ? Reflect.get(error, 'token') : undefined;
  return isPlaced(token) ? token : undefined;
}
const isPlaced = (x: unknown): x is Placed => typeof x === 'object' && x !== null && 'getPosition' in x && typeof x.getPosition === 'function';
const lineIn = (error: unknown): number => tokenOf(error)?.getPosition()[0] ?? 0;
const fileOf = (error: unknown): string | undefined => tokenOf(error)?.file;
