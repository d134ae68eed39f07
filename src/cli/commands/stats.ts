import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { gathered, json, option } from '../options.ts';

export interface StatsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly by?: string;
  readonly procedure?: string;
  readonly unit?: string;
  readonly withBelow?: boolean;
  readonly json?: boolean;
  readonly csv?: string;
  readonly xlsx?: string;
  readonly for?: string;
  readonly act?: boolean;
  readonly as?: string;
  readonly person?: string;
  readonly field?: readonly string[];
}

/** What an office reports of its cases: how many, how punctual, how content people were. */
export function command(io: () => Io): Command {
  const { lang } = io();
  return new Command('stats')
    .description({ zh: '统计：收件、及时受理率、按期办结率、群众满意率、参评率、在办', en: 'statistics: received, accepted and finished on time, satisfaction, what is open' }[lang])
    .addOption(option('--from <day>', lang, '统计期的第一天', 'first day of the period'))
    .addOption(option('--to <day>', lang, '统计期的最后一天', 'last day of the period'))
    .addOption(option('--by <what>', lang, '分组：month 月、quarter 季、unit 单位、channel 渠道、leader 领导、procedure 程序，或程序中的选择项，如 subject 问题类别、category 类别、origin 来源', 'grouped by month, quarter, unit, channel, leader or procedure, or by a choice of the procedures such as subject, category or origin'))
    .addOption(option('--procedure <id>', lang, '只统计适用该程序的', 'only cases on this procedure'))
    .addOption(option('--unit <unit>', lang, '只统计该单位的', 'only those of this unit'))
    .addOption(option('--with-below', lang, '连同该单位的各级下级单位', 'with the units below it'))
    .addOption(json(lang).conflicts(['csv', 'xlsx']))
    .addOption(option('--csv <file>', lang, '写成 CSV；- 表示标准输出', 'write a CSV; - is the standard output').conflicts('xlsx'))
    .addOption(option('--xlsx <file>', lang, '写成 XLSX', 'write an XLSX'))
    .addOption(option('--for <receipt>', lang, '按一份定期报告的期间和单位（连同下级），给出其报送操作的各字段', 'the fields of a periodic report, for its period, its unit and those below').conflicts(['by', 'unit', 'withBelow', 'csv', 'xlsx']))
    .addOption(option('--act', lang, '与 --for 一起：随即报送', 'with --for: files it at once'))
    .addOption(option('--as <role>', lang, '与 --for 一起：以何角色报送', 'with --for: the role that files it'))
    .addOption(option('--person <person>', lang, '与 --for 一起：报送人的代号', 'with --for: who files it, by a code'))
    .addOption(option('--field <name=value>', lang, '与 --for 一起：不由统计得出的字段，可重复', 'with --for: a field that is no figure; may be repeated').argParser(gathered))
    .addHelpText('after', help[lang] + examples(lang, 'redress stats --from 2026-01-01 --to 2026-03-31', 'redress stats --by month --xlsx 2026.xlsx', 'redress stats --by subject --unit street --with-below'))
    .action(async (o: StatsOptions) => {
      if (o.for !== undefined) return (await import('../figures-report.ts')).fillReport(io(), o.for, o);
      const stray = (['act', 'as', 'person', 'field'] as const).find((name) => o[name] !== undefined);
      if (stray !== undefined) throw new UsageError(`--${stray}`, { zh: `--${stray} 须与 --for 一起写。`, en: `--${stray} goes with --for.` });
      return (await import('../figures-stats.ts')).showStatistics(io(), o);
    });
}

const help = {
  zh: '\n各项指标的口径和出处见 docs/statistics.md。\n',
  en: '\nWhat each figure means, and where that comes from, is in docs/statistics.md.\n',
} as const;
