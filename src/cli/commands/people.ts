import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';

/** Units, people and posts: bring them in, write them out, look at them. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const w = {
    zh: { what: '单位、人员、岗位：导入、导出、检查、查询', import: '导入机构文件（.yaml 或 .xlsx），旧任职保留在历史中', export: '导出机构文件（.yaml 或 .xlsx）', check: '检查机构文件，逐行指出问题，不导入', list: '列出单位和人员', who: '某日某岗位由谁任职', file: '机构文件：.yaml 或 .xlsx', unit: '单位代号', role: '角色代号' },
    en: { what: 'units, people and posts: import, export, check, look up', import: 'bring in an institution’s file (.yaml or .xlsx); earlier holdings stay in history', export: 'write the institution to a file (.yaml or .xlsx)', check: 'find what is wrong with an institution’s file, by row; brings nothing in', list: 'list units and people', who: 'who held a post on a day', file: 'an institution’s file: .yaml or .xlsx', unit: 'id of a unit', role: 'a role' },
  }[lang];
  const bring = new Command('import').description(w.import).argument('<file>', w.file)
    .addOption(option('--since <day>', lang, '变动自何日起生效；默认今天', 'from which day changes hold; today, where left out'))
    .addOption(option('--dry-run', lang, '只显示将有哪些变动', 'only show what would change')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress people import office.xlsx --dry-run', 'redress people import office.xlsx --since 2026-10-01'))
    .action(async (file: string, o: { since?: string; dryRun?: boolean; json?: boolean }) => (await import('../people-import.ts')).importPeople(io(), file, o));
  const write = new Command('export').description(w.export).argument('<file>', w.file)
    .addHelpText('after', examples(lang, 'redress people export office.xlsx'))
    .action(async (file: string) => (await import('../people-export.ts')).exportPeople(io(), file));
  const check = new Command('check').description(w.check).argument('<file>', w.file).addOption(json(lang))
    .action(async (file: string, o: { json?: boolean }) => (await import('../people-check.ts')).checkPeople(io(), file, o.json ?? false));
  const list = new Command('list').description(w.list).addOption(option('--unit <unit>', lang, '只列该单位及其下级的', 'only those of this unit and below')).addOption(json(lang))
    .action(async (o: { unit?: string; json?: boolean }) => (await import('../people-list.ts')).listPeople(io(), o));
  const who = new Command('who').description(w.who).argument('<unit>', w.unit).argument('<role>', w.role)
    .addOption(option('--on <day>', lang, '哪一天；默认今天', 'on which day; today, where left out')).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress people who street leader', 'redress people who civil-affairs leader --on 2027-03-01'))
    .action(async (unit: string, role: string, o: { on?: string; json?: boolean }) => (await import('../people-who.ts')).whoHeld(io(), unit, role, o));
  return new Command('people').description(w.what).addCommand(bring).addCommand(write).addCommand(check).addCommand(list).addCommand(who);
}
