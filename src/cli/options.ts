import { Option } from 'commander';
import type { Lang, Text } from '../core/text.ts';
import { UsageError } from './failure.ts';

const JSON_TEXT: Text = { zh: '输出 JSON', en: 'print JSON' };

/** `--json`, which every reading command takes. */
export const json = (lang: Lang): Option => new Option('--json', JSON_TEXT[lang]);

export const option = (flags: string, lang: Lang, zh: string, en: string): Option => new Option(flags, lang === 'zh' ? zh : en);

export const printed = (value: unknown): string => JSON.stringify(value, undefined, process.stdout.isTTY ? 2 : undefined);

/** What an option gathers that may be repeated. */
export const gathered = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** A whole number after an option. @throws UsageError */
export function whole(name: string, raw: string): number {
  if (/^\d{1,6}$/.test(raw)) return Number(raw);
  throw new UsageError(name, { zh: `${name} 应为整数，而不是“${raw}”。`, en: `${name} takes a whole number, not "${raw}".` });
}
