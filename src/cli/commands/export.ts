import { Command, Option } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';

export interface ExportOptions {
  readonly format: 'csv' | 'xlsx' | 'xes' | 'ocel';
  readonly receipt?: string;
  readonly procedure?: string;
  readonly unit?: string;
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
  readonly withText?: boolean;
  readonly json?: boolean;
}

/** Timelines for other programs. */
export function command(io: () => Io): Command {
  const { lang } = io();
  return new Command('export')
    .description({ zh: '导出办理经过（CSV、XLSX、XES、OCEL）', en: 'export timelines (CSV, XLSX, XES, OCEL)' }[lang])
    .addOption(new Option('--format <format>', { zh: '格式：csv、xlsx 每个事件一行；xes 即 IEEE 1849；ocel 即 OCEL 2.0（JSON）', en: 'csv or xlsx, one row for each event; xes is IEEE 1849, ocel is OCEL 2.0 (JSON)' }[lang]).choices(['csv', 'xlsx', 'xes', 'ocel']).makeOptionMandatory())
    .addOption(option('--receipt <number>', lang, '只导出这一件', 'only this case'))
    .addOption(option('--procedure <id>', lang, '只导出适用该程序的', 'only cases on this procedure'))
    .addOption(option('--unit <unit>', lang, '只导出该单位的', 'only those of this unit'))
    .addOption(option('--from <day>', lang, '从这一天收到的起', 'received on this day or later'))
    .addOption(option('--to <day>', lang, '到这一天收到的止', 'received on this day or before'))
    .addOption(option('--out <file>', lang, '写入文件；默认写到标准输出', 'the file; standard output, where left out'))
    .addOption(option('--with-text', lang, '连同文字内容和被反映的人员（默认不导出）', 'with free text, and with who is complained of, which are left out otherwise'))
    .addOption(json(lang))
    .addHelpText('after', help[lang] + examples(lang, 'redress export --format xes --procedure xinfang-2022 --out log.xes', 'redress export --format csv --receipt 7Q2M-0KXD-4TFA'))
    .action(async (o: ExportOptions) => {
      const { exportTo } = await import('../export-timelines.ts');
      await exportTo(io(), o);
    });
}

const help = {
  zh: `
信访人的姓名、联系方式和来信内容从不导出。表格中以 = + - @ 开头的文字前加撇号，以免被当作公式。
  --json 在 --out 之后输出件数和事件数。
`,
  en: `
The petitioner's name, contact and words are never exported. Text in tables that begins with = + - @ gets an apostrophe in
front, so that nobody's program computes it.
  With --out, --json prints how many cases and events there were.
`,
} as const;
