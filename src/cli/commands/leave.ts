import { Command, Option } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';
import type { AddLeave, CancelLeave, ListLeave } from '../people-leave.ts';

/** Who is away, and from when to when. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const w = {
    zh: { what: '登记、查看、取消请假', add: '登记请假', list: '列出请假', cancel: '取消请假，或提前销假', person: '人员代号', kind: '类别：leave 休假、travel 公出、training 学习、other 其他；不记事由' },
    en: { what: 'enter, list and cancel leave', add: 'enter leave', list: 'list leave', cancel: 'cancel leave, or the rest of it', person: 'id of a person', kind: 'kind of leave; no reason is kept' },
  }[lang];
  const from = (zh: string, en: string): Option => option('--from <when>', lang, zh, en);
  const to = (zh: string, en: string): Option => option('--to <when>', lang, zh, en);
  const add = new Command('add').description(w.add).argument('<person>', w.person)
    .addOption(from('从何时起：日期或时刻', 'from when: a day or a time').makeOptionMandatory())
    .addOption(to('到何时止；写日期则含当日', 'to when; a day is included').makeOptionMandatory())
    .addOption(new Option('--kind <kind>', w.kind).choices(['leave', 'travel', 'training', 'other']).default('leave')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress leave add leader-a --from 2026-10-08 --to 2026-10-10', 'redress leave add leader-a --from "2026-10-08 14:00" --to "2026-10-08 18:00" --kind travel'))
    .action(async (person: string, o: AddLeave) => (await import('../people-leave.ts')).addLeave(io(), person, o));
  const list = new Command('list').description(w.list).argument('[person]', w.person)
    .addOption(from('只列此时之后的；默认现在', 'only what is not over by then; now, where left out')).addOption(to('只列此时之前开始的', 'only what begins before')).addOption(json(lang))
    .action(async (person: string | undefined, o: ListLeave) => (await import('../people-leave.ts')).listLeave(io(), person, o));
  const cancel = new Command('cancel').description(w.cancel).argument('<person>', w.person)
    .addOption(from('从何时起取消；默认现在', 'from when; now, where left out')).addOption(to('到何时止；默认以后全部', 'to when; all that follows, where left out')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress leave cancel leader-a', 'redress leave cancel leader-a --from 2026-10-09'))
    .action(async (person: string, o: CancelLeave) => (await import('../people-leave.ts')).cancelLeave(io(), person, o));
  return new Command('leave').description(w.what).addCommand(add).addCommand(list).addCommand(cancel);
}
