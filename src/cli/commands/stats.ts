import { Command } from 'commander';
import { BREAKDOWNS, type Breakdown } from '../../figures/statistics.ts';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';

export interface StatsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly by?: Breakdown;
  readonly procedure?: string;
  readonly unit?: string;
  readonly json?: boolean;
  readonly csv?: string;
  readonly xlsx?: string;
}

/** What an office reports of its cases: how many, how punctual, how content people were. */
export function command(io: () => Io): Command {
  const { lang } = io();
  return new Command('stats')
    .description({ zh: '统计：收件、及时受理率、按期办结率、群众满意率、参评率、在办', en: 'statistics: received, accepted and finished on time, satisfaction, what is open' }[lang])
    .addOption(option('--from <day>', lang, '统计期的第一天', 'first day of the period'))
    .addOption(option('--to <day>', lang, '统计期的最后一天', 'last day of the period'))
    .addOption(option('--by <what>', lang, '分组：month 月、quarter 季、unit 单位、channel 渠道、category 类别、leader 领导、procedure 程序、origin 来源', 'grouped by month, quarter, unit, channel, category, leader, procedure or origin').choices(BREAKDOWNS))
    .addOption(option('--procedure <id>', lang, '只统计适用该程序的', 'only cases on this procedure'))
    .addOption(option('--unit <unit>', lang, '只统计该单位的', 'only those of this unit'))
    .addOption(json(lang).conflicts(['csv', 'xlsx']))
    .addOption(option('--csv <file>', lang, '写成 CSV；- 表示标准输出', 'write a CSV; - is the standard output').conflicts('xlsx'))
    .addOption(option('--xlsx <file>', lang, '写成 XLSX', 'write an XLSX'))
    .addHelpText('after', help[lang] + examples(lang, 'redress stats --from 2026-01-01 --to 2026-03-31', 'redress stats --by month --xlsx 2026.xlsx'))
    .action(async (o: StatsOptions) => {
      const { showStatistics } = await import('../figures-stats.ts');
      await showStatistics(io(), o);
    });
}

const help = {
  zh: '\n各项指标的口径和出处见 docs/statistics.md。\n',
  en: '\nWhat each figure means, and where that comes from, is in docs/statistics.md.\n',
} as const;
