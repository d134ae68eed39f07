import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { logHelp, type LogOptions, whole, withLogOptions } from '../log-options.ts';
import { option } from '../options.ts';

export interface RehearseOptions extends LogOptions {
  readonly atOnce?: number;
}

/** One scenario, or real cases, on the real engine in virtual time. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '在真实引擎的虚拟时间里演练一个方案，或真实事项的日志', file: '方案（.yaml）或日志（.csv）' },
    en: { what: 'rehearse a scenario, or a log of real cases, on the real engine in virtual time', file: 'a scenario (.yaml) or a log (.csv)' },
  }[lang];
  return withLogOptions(new Command('rehearse').description(words.what).argument('<file>', words.file), lang)
    .addOption(option('--at-once <n>', lang, '同时演练的件数（默认 16）', 'cases of a log on the engine at one time (default: 16)').argParser((raw) => whole(raw, lang)))
    .addHelpText('after', scenarioHelp[lang] + logHelp(lang) + examples(lang,
      'redress rehearse examples/rehearsals/untouched-national-day.yaml',
      'redress rehearse messages.csv --procedure xinfang-2022 --limit 50 --json'))
    .action(async (file: string, o: RehearseOptions) => {
      const { runLog, runScenario } = await import('../run-rehearsal.ts');
      if (/\.csv$/i.test(file)) return runLog(io(), file, o);
      const given = [['--procedure', o.procedure], ['--calendar', o.calendar], ['--until', o.until], ['--events', o.events], ['--id', o.id], ['--channel', o.channel], ['--limit', o.limit], ['--at-once', o.atOnce], ['--map', o.map[0]], ['--field', o.field[0]]] as const;
      const [extra] = given.find(([, value]) => value !== undefined) ?? [];
      if (extra !== undefined) throw new UsageError(extra, { zh: `${extra} 只用于 .csv 日志；方案在文件里写明这些内容。`, en: `${extra} is for a log that ends in .csv; a scenario says this in its file.` });
      await runScenario(io(), file, o.json ?? false);
    });
}

const scenarioHelp = {
  zh: `
方案：YAML，写明 procedure、receivedAt（任何日期，过去或将来）、steps 和 until。
  每步写 at（日期取正午；或时刻；或 day 12，收到之日为 day 0）、action、as（角色），可写 person、fields、occurredAt、
  instance、expect（如 refused out-of-turn）。另可按角色写 vacant（空缺）、onLeave（请假）、named（被反映）、
  deputies（有副职），以及 hours（何时可以打扰：workingHours、quiet）。不写 until 时看到结案，或最后一步之后 180 日。
  环境变量 REDRESS_REHEARSAL_ENGINE 可指定一台允许跳时的引擎（host:port）；默认自行启动一台，用完即停。
`,
  en: `
A scenario is a YAML file: procedure, receivedAt (any date, past or future), steps, until; and calendar, unit,
channel and fields where they matter. Of roles: vacant (nobody holds them), onLeave, named (complained of), deputies (there
is one); hours (when people may be disturbed: workingHours, quiet).
  A step has at (a day, which is its noon; a time; or "day 12", the day of receipt being day 0), action and as (the
  role), and may have person, fields, occurredAt, instance, and expect, as in "refused out-of-turn". Without until,
  it is watched until it is closed, or for 180 days after the last step.
  REDRESS_REHEARSAL_ENGINE names an engine that skips time (host:port); else one is started, and stopped at the end.
`,
} as const;
