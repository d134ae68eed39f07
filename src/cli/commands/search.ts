import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option, whole } from '../options.ts';

export interface SearchOptions {
  readonly petitioner: boolean;
  readonly limit?: number;
  readonly json?: boolean;
}

/** Cases with some words in them. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const t = {
    zh: { what: '查找信访事项：登记号、来信内容、信访人、办理经过、单位、阶段', words: '要找的词，都须出现；可以是词的一部分，一个字也行' },
    en: { what: 'search cases: receipt, petition, petitioner, timeline, unit, stage', words: 'words that must all be there; parts of words will do' },
  }[lang];
  return new Command('search')
    .description(t.what)
    .argument('<words...>', t.words)
    .addOption(option('--no-petitioner', lang, '不查来信内容和信访人信息', 'leave out what the petitioner wrote and who they are'))
    .addOption(option('--limit <n>', lang, '最多列多少件（默认 50）', 'how many at most (50)').argParser((raw) => whole('--limit', raw)))
    .addOption(json(lang))
    .addHelpText('after', help[lang] + examples(lang, 'redress search 拖欠工资', 'redress search 宅基地 2026-118 --no-petitioner'))
    .action(async (words: string[], o: SearchOptions) => {
      const { searchCases } = await import('../figures-search.ts');
      await searchCases(io(), words.join(' '), o);
    });
}

const help = {
  zh: '\n不分大小写和全角半角。结果含信访人的个人信息，只给需要知道的人看。\n',
  en: '\nCapitals and full-width forms make no difference. Results hold personal data: only for those who need it.\n',
} as const;
