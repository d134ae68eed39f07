import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { logHelp, type LogOptions, procedureOf, runOf, withLogOptions } from '../log-options.ts';

/** Real cases under a procedure, counted by the core alone: which would have been late, and who would have been told. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '用程序核对真实事项的日志（不用引擎）：哪些会逾期，会上报几次', log: 'CSV 日志' },
    en: { what: 'run a log of real cases under a procedure, without the engine: which would have been late, who told, how often', log: 'a CSV log' },
  }[lang];
  return withLogOptions(new Command('backtest').description(words.what).argument('<log>', words.log), lang)
    .addHelpText('after', logHelp(lang) + examples(lang,
      'redress backtest messages.csv --procedure xinfang-2022 --map received=received,accept=replied,issue-opinion=replied,serve=replied',
      'redress backtest fines.csv --procedure examples/procedures/it-fine.yaml --events id,activity,date --map received="Insert Fine Notification",add-penalty="Add penalty"'))
    .action(async (file: string, o: LogOptions) => {
      const [{ backtest }, { logPrinter }, { loadProcedure }, { loadCalendar }, { instantOf }] = await Promise.all([
        import('../../rehearse/backtest.ts'), import('../log-output.ts'), import('../../procedures/load.ts'), import('../../calendars/load.ts'), import('../../core/index.ts'),
      ]);
      const procedure = loadProcedure(procedureOf(o));
      const printer = logPrinter(io(), o.json ?? false, { zh: '核对', en: 'Back-test' });
      printer.end(await backtest(file, runOf(o, procedure, loadCalendar(o.calendar ?? procedure.calendar), instantOf(Date.now())), printer.each));
    });
}
