import type { Command } from 'commander';
import type { Lang, Text } from '../core/text.ts';
import { paint } from './paint.ts';
import { widthOf } from './width.ts';

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '全局选项：',
  'Commands:': '命令：',
};

/** Follows what an option is for, where it cannot be left out. */
export const REQUIRED: Text = { zh: '（必填）', en: ' (required)' };

const HELP: Text = { zh: '显示帮助', en: 'show this help' };

/** Gives a command and all below it help in one language, in columns that heed Chinese characters. */
export function inLanguage(command: Command, lang: Lang): Command {
  command.helpOption('-h, --help', HELP[lang]).helpCommand(false);
  command.configureHelp({
    showGlobalOptions: true,
    displayWidth: (text) => widthOf(text),
    styleTitle: (title) => paint.strong(lang === 'zh' ? (TITLES[title] ?? title) : title),
    optionDescription: ({ description, mandatory }) => `${description}${mandatory ? REQUIRED[lang] : ''}`,
    // What a command in between takes is its own: each command below names what it takes itself.
    visibleGlobalOptions: (one) => (one.parent ? rootOf(one).options.filter((option) => !option.hidden) : []),
    argumentDescription: (argument) => argument.description,
  });
  for (const one of command.commands) inLanguage(one, lang);
  return command;
}

const rootOf = (command: Command): Command => (command.parent ? rootOf(command.parent) : command);

/** Lines of example that follow a help text. */
export const examples = (lang: Lang, ...lines: readonly string[]): string =>
  ['', paint.strong(lang === 'zh' ? '示例：' : 'Examples:'), ...lines.map((line) => `  ${line}`)].join('\n');
