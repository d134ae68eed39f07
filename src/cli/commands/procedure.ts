import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json } from '../options.ts';

/** What procedures there are, what they say, and what is wrong with one. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '查看和检查程序文件', check: '检查程序文件，逐行指出问题', file: '程序文件，或程序编号', list: '列出现有程序', show: '显示程序的内容', id: '程序编号或文件' },
    en: { what: 'look at procedures and check them', check: 'find what is wrong with a procedure file, by line', file: 'a procedure file, or the id of a procedure', list: 'list the procedures at hand', show: 'show what a procedure says', id: 'id or file of a procedure' },
  }[lang];
  const check = new Command('check').description(words.check).argument('<file>', words.file).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress procedure check procedures/xinfang-2022.yaml'))
    .action(async (file: string, o: { json?: boolean }) => (await import('../procedure-check.ts')).checkProcedure(io(), file, o.json ?? false));
  const list = new Command('list').description(words.list).addOption(json(lang))
    .action(async (o: { json?: boolean }) => (await import('../procedure-list.ts')).procedureList(io(), o.json ?? false));
  const show = new Command('show').description(words.show).argument('<id>', words.id).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress procedure show uk-foi-2000'))
    .action(async (id: string, o: { json?: boolean }) => (await import('../procedure-show.ts')).showProcedure(io(), id, o.json ?? false));
  return new Command('procedure').description(words.what).addCommand(check).addCommand(list).addCommand(show);
}
