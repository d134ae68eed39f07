import { Command } from 'commander';
import { examples, REQUIRED } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';
import type { Check, Handover, Override, Show, Swap } from '../rota-options.ts';

/** Who is on, and what is changed about it. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const w = {
    zh: { what: '查看谁在值班、谁在接访，换班、顶班、交班', rota: '值班表代号', all: '值班表代号；不写则显示全部', swap: '两人互换班次', override: '一段时间内由某人顶班', handover: '从某一时刻起交班给某人', revoke: '撤销一次变更', check: '列出今后若干天的值班空档；有空档时退出码为 1，可由定时任务运行', changes: '列出各次变更', feed: '输出某人的值班与期限日历（iCalendar）', one: '甲方代号', other: '乙方代号', who: '由谁值班', change: '变更编号', person: '人员代号' },
    en: { what: 'show who is on duty and at reception; swap, override and hand over', rota: 'id of a rota', all: 'id of a rota; all of them where left out', swap: 'two persons take each other’s shifts', override: 'put somebody on for a stretch of time', handover: 'somebody takes over from an instant on', revoke: 'take a change back', check: 'list the gaps of the days to come; exits with 1 where there are any, for a timer', changes: 'list the changes', feed: 'print a person’s shifts and deadlines as iCalendar', one: 'id of the one person', other: 'id of the other', who: 'who is on then', change: 'id of a change', person: 'id of a person' },
  }[lang];
  const at = (zh: string, en: string) => option('--at <when>', lang, zh, en);
  const swap = new Command('swap').description(w.swap).argument('<rota>', w.rota).argument('<one>', w.one).argument('<other>', w.other)
    .addOption(at(`甲方班次中的任一时刻${REQUIRED.zh}`, `a time in the shift of the one${REQUIRED.en}`))
    .addOption(option('--for <when>', lang, '乙方班次中的任一时刻', 'a time in the shift of the other').makeOptionMandatory()).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress rota swap duty officer-a officer-c --at "2026-10-01 09:00" --for "2026-10-02 09:00"'))
    .action(async (rota: string, one: string, other: string, _o: object, c: Command) => (await import('../rota-change.ts')).swapShifts(io(), rota, one, other, c.optsWithGlobals<Swap>()));
  const override = new Command('override').description(w.override).argument('<rota>', w.rota).argument('<person>', w.who)
    .addOption(option('--from <when>', lang, '从何时起', 'from when').makeOptionMandatory())
    .addOption(option('--to <when>', lang, '到何时止；写日期则含当日', 'to when; a day is included').makeOptionMandatory())
    .addOption(option('--instead <person>', lang, '只顶替此人的班', 'only the shifts of this person')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress rota override duty officer-c --from 2026-10-01 --to 2026-10-03 --instead officer-a'))
    .action(async (rota: string, person: string, _o: object, c: Command) => (await import('../rota-change.ts')).overrideShifts(io(), rota, person, c.optsWithGlobals<Override>()));
  const handover = new Command('handover').description(w.handover).argument('<rota>', w.rota).argument('<person>', w.who)
    .addOption(at('交班时刻；默认现在', 'when; now, where left out')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress rota handover duty civil-affairs-liaison', 'redress rota handover duty officer-b --at "2026-10-01 14:00"'))
    .action(async (rota: string, person: string, _o: object, c: Command) => (await import('../rota-change.ts')).handOver(io(), rota, person, c.optsWithGlobals<Handover>()));
  const revoke = new Command('revoke').description(w.revoke).argument('<change>', w.change).addOption(json(lang))
    .action(async (change: string, _o: object, c: Command) => (await import('../rota-change.ts')).revokeChange(io(), change, c.optsWithGlobals<{ json?: boolean }>()));
  const changes = new Command('changes').description(w.changes).argument('[rota]', w.all).addOption(json(lang))
    .action(async (rota: string | undefined, _o: object, c: Command) => (await import('../rota-changes.ts')).listChanges(io(), rota, c.optsWithGlobals<{ json?: boolean }>()));
  const feed = new Command('feed').description(w.feed).argument('[person]', w.person)
    .addOption(option('--all <dir>', lang, '为每人各写一个文件到此文件夹', 'write a file for each person into this folder'))
    .addHelpText('after', examples(lang, 'redress rota feed officer-a > officer-a.ics', 'redress rota feed --all calendars'))
    .action(async (person: string | undefined, o: { all?: string }) => (await import('../rota-feed.ts')).feed(io(), person, o));
  const check = new Command('check').description(w.check).argument('[rota]', w.all)
    .addOption(option('--days <n>', lang, '今后几天；默认 14', 'how many days ahead; 14, where left out')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress rota check', 'redress rota check duty --days 30'))
    .action(async (rota: string | undefined, _o: object, c: Command) => (await import('../rota-check.ts')).checkRotas(io(), rota, c.optsWithGlobals<Check>()));
  // What `rota` itself takes is read there, wherever it stands on the line: hence `optsWithGlobals` above.
  return new Command('rota').description(w.what).argument('[rota]', w.all)
    .addOption(at('时刻，或整日；默认现在', 'an instant, or a whole day; now, where left out'))
    .addOption(option('--week', lang, '显示一周', 'show the week')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress rota', 'redress rota duty --week', 'redress rota reception --at 2026-10-14'))
    .action(async (rota: string | undefined, o: Show) => (await import('../rota-show.ts')).showRota(io(), rota, o))
    .addCommand(swap).addCommand(override).addCommand(handover).addCommand(revoke).addCommand(changes).addCommand(check).addCommand(feed);
}
