import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';
import type { PauseOptions, RunOptions } from '../schedule-run.ts';

/** The cases that the calendar opens. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const w = {
    zh: {
      what: '定期任务：按日历登记的事项', list: '列出定期任务、下几次时间、最近登记的事项', apply: '使引擎中的定期任务与机构文件一致', run: '现在登记一件，或补登漏掉的一次',
      pause: '暂停；暂停期间不登记', resume: '恢复', name: '定期任务的名称',
    },
    en: {
      what: 'cases that the calendar opens', list: 'list the schedules, when they are due next, and what each opened last', apply: "make the engine's schedules equal to those of the institution's file", run: 'open one now, or the one that was missed',
      pause: 'pause it; while it is paused nothing is opened', resume: 'go on', name: 'name of the schedule',
    },
  }[lang];
  const list = new Command('list').description(w.list).addOption(json(lang))
    .action(async (o: { readonly json?: boolean }) => (await import('../schedule-list.ts')).listSchedules(io(), o));
  const apply = new Command('apply').description(w.apply).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress schedule apply'))
    .action(async (o: { readonly json?: boolean }) => (await import('../schedule-apply.ts')).applyNow(io(), o));
  const run = new Command('run').description(w.run).argument('<name>', w.name)
    .addOption(option('--due <when>', lang, '补登这一次：应登记的日期或时刻', 'the one that was due then: a day or a time')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress schedule run weekly-sweep', 'redress schedule run monthly-report --due 2026-11-01'))
    .action(async (name: string, o: RunOptions) => (await import('../schedule-run.ts')).runSchedule(io(), name, o));
  const pause = new Command('pause').description(w.pause).argument('<name>', w.name)
    .addOption(option('--note <text>', lang, '原因', 'why'))
    .action(async (name: string, o: PauseOptions) => (await import('../schedule-run.ts')).pauseSchedule(io(), name, o));
  const resume = new Command('resume').description(w.resume).argument('<name>', w.name)
    .action(async (name: string) => (await import('../schedule-run.ts')).resumeSchedule(io(), name));
  return new Command('schedule').description(w.what).addCommand(list).addCommand(apply).addCommand(run).addCommand(pause).addCommand(resume);
}
