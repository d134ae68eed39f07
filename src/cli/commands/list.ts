import { Command } from 'commander';
import type { CaseFilter } from '../../register/index.ts';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option, whole } from '../options.ts';

type Options = CaseFilter & { readonly json?: boolean };

/** Cases by where they stand. */
export function command(io: () => Io): Command {
  const { lang } = io();
  return new Command('list')
    .description({ zh: '列出信访事项', en: 'list cases' }[lang])
    .addOption(option('--stage <stage>', lang, '只列处于该阶段的', 'only those in this stage'))
    .addOption(option('--unit <unit>', lang, '只列该单位的', 'only those of this unit'))
    .addOption(option('--procedure <id>', lang, '只列适用该程序的', 'only those on this procedure'))
    .addOption(option('--overdue', lang, '只列已逾期的', 'only those with something overdue'))
    .addOption(option('--level <n>', lang, '只列至少报到第 n 级的', 'only those raised to rung n at least').argParser((raw) => whole('--level', raw)))
    .addOption(option('--limit <n>', lang, '最多列多少件（默认 200）', 'how many at most (200)').argParser((raw) => whole('--limit', raw)))
    .addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress list --overdue', 'redress list --unit street --stage received'))
    .action(async (o: Options) => {
      const { caseList } = await import('../case-list.ts');
      await caseList(io(), o);
    });
}
