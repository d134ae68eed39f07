import { Command } from 'commander';
import { momentAfter } from '../dates.ts';
import { UsageError } from '../failure.ts';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option, printed, whole } from '../options.ts';

interface Options {
  readonly procedure?: string;
  readonly duty?: string;
  readonly from?: string;
  readonly calendar?: string;
  readonly set?: string;
  readonly role?: string;
  readonly unit?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

/** When a duty would be due, and why; without a procedure, what is owed in the cases that run. */
export function command(io: () => Io): Command {
  const { lang } = io();
  return new Command('due')
    .description({ zh: '计算某项期限及其由来；不带 --procedure 时列出当前待办', en: 'count when a duty would be due, and say why; without --procedure, list what is owed' }[lang])
    .addOption(option('--procedure <id>', lang, '程序编号或文件', 'id or file of a procedure'))
    .addOption(option('--duty <id>', lang, '义务编号', 'id of a duty'))
    .addOption(option('--from <when>', lang, '起算时间：日期或时刻', 'when it starts: a day or an instant'))
    .addOption(option('--calendar <id>', lang, '日历，如 cn+guangxi', 'calendar, such as cn+guangxi'))
    .addOption(option('--set <value>', lang, '由字段指定的到期日，或者期限的倍数', 'the last day, or how many times the limit counts, where a field sets it'))
    .addOption(option('--role <role>', lang, '只列该角色的待办', 'only what this role owes'))
    .addOption(option('--unit <unit>', lang, '只列该单位的待办', 'only what is owed in this unit'))
    .addOption(option('--limit <n>', lang, '最多列多少条（默认 200）', 'how many at most (200)').argParser((raw) => whole('--limit', raw)))
    .addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress due --procedure xinfang-2022 --duty decide --from 2026-09-20', 'redress due --role office'))
    .action(async (o: Options) => {
      if (o.procedure !== undefined) return counted(io(), o, o.procedure);
      for (const [name, value] of [['--duty', o.duty], ['--from', o.from], ['--calendar', o.calendar], ['--set', o.set]] as const)
        if (value !== undefined) throw missing('--procedure', { zh: `用了 ${name}，还须用 --procedure 指明程序。`, en: `${name} needs a procedure; name one with --procedure.` });
      const { workList } = await import('../work-list.ts');
      await workList(io(), o);
    });
}

async function counted(io: Io, o: Options, name: string): Promise<void> {
  const [{ explainRule }, { loadProcedure }, { loadCalendar }, { ruleNamed, limitSet }, { explanationLines }] = await Promise.all([
    import('../../core/explain.ts'), import('../../procedures/load.ts'), import('../../calendars/load.ts'), import('../rule.ts'), import('../explanation.ts'),
  ]);
  if (o.role !== undefined || o.unit !== undefined)
    throw new UsageError(o.role === undefined ? '--unit' : '--role', { zh: '--role 和 --unit 用于列出待办，不能与 --procedure 同时使用。', en: '--role and --unit are for the list of what is owed, and do not go with --procedure.' });
  const procedure = loadProcedure(name);
  const rule = ruleNamed(procedure, o.duty);
  if (o.from === undefined) throw missing('--from', { zh: '请用 --from 写明起算时间，如 --from 2026-11-24。', en: 'Say when it starts with --from, as in --from 2026-11-24.' });
  const calendar = loadCalendar(o.calendar ?? procedure.calendar);
  const set = limitSet(rule, o.set);
  const explanation = explainRule(procedure, calendar, rule.duty, momentAfter('--from', o.from, calendar), set);
  if (o.json) io.out(printed(explanation));
  else for (const line of explanationLines(explanation, procedure.roles[rule.owes]?.title[io.lang] ?? rule.owes, io.lang)) io.out(line);
}

const missing = (field: string, text: UsageError['text']): UsageError => new UsageError(field, text);
