import { type Command, InvalidArgumentError, type Option } from 'commander';
import type { Calendar, Instant, Lang, Procedure } from '../core/index.ts';
import type { LogRun } from '../rehearse/log-run.ts';
import { UsageError } from './failure.ts';
import { gathered, json, option } from './options.ts';

/** The options of a command that runs a log of real cases. */
export interface LogOptions {
  readonly procedure?: string;
  readonly calendar?: string;
  readonly map: readonly string[];
  readonly events?: string;
  readonly id?: string;
  readonly field: readonly string[];
  readonly channel?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

export function withLogOptions(command: Command, lang: Lang): Command {
  const list: Option[] = [
    option('--procedure <id>', lang, '程序编号或文件', 'id or file of a procedure'),
    option('--calendar <id>', lang, '日历；默认用程序的日历', 'calendar; that of the procedure, where left out'),
    option('--map <action=column,…>', lang, '各操作的时间在哪一列；received 是收到；可重复', 'the column that holds the time of each action; received opens the case; may be repeated').argParser(gathered).default([]),
    option('--events <id,activity,date>', lang, '日志每行一个事件：三个列名；此时 --map 写 操作="事件名"', 'the log has one row per event: its three columns; --map is then ACTION="what happened"'),
    option('--id <column>', lang, '事项编号所在的列（默认 id）', 'the column that names the case (default: id)'),
    option('--field <action.field=value,…>', lang, '操作所需字段的值；@列名 表示取自该列；可重复', 'value of a field that an action needs; @COLUMN takes it from there; may be repeated').argParser(gathered).default([]),
    option('--channel <channel>', lang, '渠道；默认用程序的第一个', "channel; the procedure's first, where left out"),
    option('--until <when>', lang, '未办结事项看到何时；默认到日志的最后时刻', "where open cases are left; the log's last instant, where left out"),
    option('--limit <n>', lang, '只取前 n 件', 'only the first n cases').argParser((raw) => whole(raw, lang)),
    json(lang),
  ];
  for (const one of list) command.addOption(one);
  return command;
}

/** What follows the help of both commands: how a log is read and what becomes of dirt in it. */
export const logHelp = (lang: Lang): string => ({
  zh: `
日志：CSV，首行为列名。每行一件（编号、收到、各步骤的时间）或每行一个事件。
  不写 --map 时，与操作同名的列即该操作；只有 replied、ended 之类一列时，它代表直至答复的各步。
  没有时区的时间按程序所在时区；只有日期的，收到取当日零点，其他取当日 23:59。
  没有任何已对应操作能完成的义务不作评判，摘要中列明；操作所需而日志没有的字段按最低要求填写，摘要中列明。
日志中的问题按行报告并计数：
  不评判该件：bad-row no-id no-receipt bad-date in-the-future before-receipt
  按未办评判：empty after-until refused      照原样评判：same-day within-a-minute received-again repeated-id
`,
  en: `
A log is a CSV file whose first row names the columns: one row per case (its id, when it was received, when each
step was taken) or one row per event.
  Without --map, a column named as an action is that action; a single column such as replied or ended stands for
  every step up to the answer. Several actions may share a column.
  Times without a zone are in the procedure's zone; a day alone is its start for the receipt, else 23:59.
  A duty that no mapped action meets is not judged, and the summary names it. Fields that an action needs and the
  log does not have are filled with the least that is accepted, and the summary names them.
Dirt is reported by line and counted:
  the case is not judged        bad-row no-id no-receipt bad-date in-the-future before-receipt
  judged as not done by the end empty after-until refused
  judged as it stands           same-day within-a-minute received-again repeated-id
`,
})[lang];

/** The run that the options ask for. */
export function runOf(o: LogOptions, procedure: Procedure, calendar: Calendar, now: Instant): LogRun {
  const { map, events, id, field, channel, until, limit } = o;
  return {
    procedure, calendar, now, map, field,
    ...(events === undefined ? {} : { events }),
    ...(id === undefined ? {} : { id }),
    ...(channel === undefined ? {} : { channel }),
    ...(until === undefined ? {} : { until }),
    ...(limit === undefined ? {} : { limit }),
  };
}

export function procedureOf({ procedure }: LogOptions): string {
  if (procedure !== undefined) return procedure;
  throw new UsageError('--procedure', { zh: '请用 --procedure 指明按哪个程序评判，如 --procedure xinfang-2022。', en: 'Say under which procedure with --procedure, as in --procedure xinfang-2022.' });
}

export function whole(raw: string, lang: Lang): number {
  if (/^[1-9]\d{0,8}$/.test(raw)) return Number(raw);
  throw new InvalidArgumentError({ zh: '应为正整数。', en: 'It must be a whole number, 1 or more.' }[lang]);
}
