import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option, whole } from '../options.ts';

export interface LedgerOptions {
  readonly receipt?: string;
  readonly unit?: string;
  readonly person?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly json?: boolean;
  readonly csv?: string;
  readonly xlsx?: string;
}

export interface ExplainOptions {
  readonly as: string;
  readonly person?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** Duties that were missed: who owed them, who was told, who took over, and what was said to it. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const ledger = new Command('ledger')
    .description({ zh: '问责台账：逾期的义务、责任人、逐级报告、接手和说明', en: 'accountability ledger: duties missed, who owed them, who was told, who took over, and explanations' }[lang])
    .addOption(option('--receipt <number>', lang, '只列这一件，并列明详情', 'only this case, in detail'))
    .addOption(option('--unit <unit>', lang, '只列该单位的', 'only those of this unit'))
    .addOption(option('--person <person>', lang, '只列与此人有关的：应办、被告知、跳过、接手或说明', 'only where this person owed it, was told, passed over, took over or explained'))
    .addOption(option('--from <day>', lang, '从这一天到期的起', 'missed on this day or later'))
    .addOption(option('--to <day>', lang, '到这一天到期的止', 'missed on this day or before'))
    .addOption(option('--limit <n>', lang, '最多列多少条（默认 200；导出时全部）', 'how many at most (200; all in a file)').argParser((raw) => whole('--limit', raw)))
    .addOption(json(lang).conflicts(['csv', 'xlsx']))
    .addOption(option('--csv <file>', lang, '写成 CSV；- 表示标准输出', 'write a CSV; - is the standard output').conflicts('xlsx'))
    .addOption(option('--xlsx <file>', lang, '写成 XLSX', 'write an XLSX'))
    .addHelpText('after', help[lang] + examples(lang, 'redress ledger --unit street --from 2026-01-01', 'redress ledger --receipt 7Q2M-0KXD-4TFA', 'redress ledger explain 7Q2M-0KXD-4TFA decide --as office --person officer-a 当日系统停机，次日补办。'))
    .action(async (o: LedgerOptions) => {
      const { showLedger } = await import('../figures-ledger.ts');
      await showLedger(io(), o);
    });
  return ledger.addCommand(explain(io));
}

function explain(io: () => Io): Command {
  const { lang } = io();
  const t = {
    zh: { what: '为台账中的一条加上说明；说明不能修改、删除', receipt: '登记号', instance: '义务，如 decide、commitment/2', text: '说明，不写信访人的个人信息' },
    en: { what: 'add an explanation to an entry; it can be neither changed nor removed', receipt: 'receipt number', instance: 'the duty, such as decide or commitment/2', text: 'the explanation; no personal data of the petitioner' },
  }[lang];
  return new Command('explain').description(t.what)
    .argument('<receipt>', t.receipt).argument('<instance>', t.instance).argument('<text...>', t.text)
    .addOption(option('--as <role>', lang, '以何角色说明', 'role of whoever explains').makeOptionMandatory())
    .addOption(option('--person <person>', lang, '说明人的代号', 'who explains, by a code'))
    .addOption(option('--key <key>', lang, '防止重复登记的标识', 'your own key, by which it is recorded once'))
    .action(async (receipt: string, instance: string, text: string[], _: unknown, c: Command) => {
      const { explainEntry } = await import('../figures-ledger.ts');
      // The list has --person and --json too, and takes them wherever they stand.
      await explainEntry(io(), receipt, instance, text.join(' '), c.optsWithGlobals<ExplainOptions>());
    });
}

const help = {
  zh: '\n台账由办理经过生成，任何人不能增删条目；更正后视为按时的，仍列在台账中并注明。\n',
  en: '\nThe ledger is made from the timelines: nobody adds or removes an entry. One that a correction cleared stays, and says so.\n',
} as const;
