import { CommanderError } from 'commander';
import type { Text } from '../core/text.ts';
import { UsageError } from './failure.ts';

type Words = (first: string, second: string) => Text;

/** What commander found wrong, by its code; the words in quotation marks are taken from its own message. */
const WORDS: Readonly<Record<string, Words>> = {
  'commander.unknownCommand': (name) => ({ zh: `没有“${name}”这个命令。`, en: `There is no command "${name}".` }),
  'commander.unknownOption': (name) => ({ zh: `没有“${name}”这个选项。`, en: `There is no option "${name}".` }),
  'commander.missingArgument': (name) => ({ zh: `缺少参数 ${name}。`, en: `The argument ${name} is missing.` }),
  'commander.optionMissingArgument': (name) => ({ zh: `选项 ${name} 后面缺少值。`, en: `The option ${name} lacks its value.` }),
  'commander.missingMandatoryOptionValue': (name) => ({ zh: `缺少选项 ${name}。`, en: `The option ${name} is missing.` }),
  'commander.conflictingOption': (one, other) => ({ zh: `${one} 与 ${other} 不能同时使用。`, en: `${one} and ${other} cannot be used together.` }),
  'commander.excessArguments': () => ({ zh: '参数过多。', en: 'There are too many arguments.' }),
};

/** Codes with which commander has shown what was asked for, and nothing is wrong. */
const SHOWN = new Set(['commander.helpDisplayed', 'commander.version', 'commander.help']);

export const isShown = (error: unknown): boolean => error instanceof CommanderError && SHOWN.has(error.code);

/** An error of parsing as one of ours, which has words in both languages. Others stay as they are. */
export function usageOf(error: unknown, command: string): unknown {
  if (!(error instanceof CommanderError)) return error;
  const [first = '', second = ''] = [...error.message.matchAll(/'([^']*)'/g)].map((m) => m[1] ?? '');
  const field = first.split(/[ ,|]+/).find((word) => word.startsWith('--')) ?? first;
  const words = WORDS[error.code]?.(first, second) ?? invalid(error);
  const like = /Did you mean (?:one of )?(.+)\?\)/.exec(error.message)?.[1];
  const hint: Text = like === undefined
    ? { zh: `用法见：redress ${command}--help`, en: `See: redress ${command}--help` }
    : { zh: `是否想用：${like}？`, en: `Did you mean ${like}?` };
  return new UsageError(field, { zh: words.zh + hint.zh, en: `${words.en} ${hint.en}` });
}

/** A value that an option or an argument does not take. */
function invalid(error: CommanderError): Text {
  const said = /^error: (?:option|command-argument) '([^']+)' (?:argument|value) '([^']*)' is invalid\. (.*)$/.exec(error.message);
  const [, option = '', value = '', reason = error.message.replace(/^error: /, '')] = said ?? [];
  const choices = /^Allowed choices are (.+)\.$/.exec(reason)?.[1];
  if (choices !== undefined) return { zh: `${option} 只能是：${choices}。`, en: `${option} must be one of: ${choices}.` };
  return said ? { zh: `${option} 不能是“${value}”：${reason}`, en: `${option} cannot be "${value}": ${reason}` } : { zh: reason, en: reason };
}
