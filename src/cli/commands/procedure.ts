import { Command, Option } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';

/** What procedures there are, what they say, and what is wrong with one. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '查看和检查程序文件', check: '检查程序文件，逐行指出问题', file: '程序文件，或程序编号', list: '列出现有程序', show: '显示程序的内容', id: '程序编号或文件', diff: '比较两个程序，或同一程序的两个版本', a: '程序编号、文件，或事项的登记号', b: '与之比较的另一个', graph: '画出程序的阶段或期限', svg: '写成 SVG 图，存入文件；不写则输出 Mermaid', graphWhat: '画什么：stages 阶段（默认）、duties 期限' },
    en: { what: 'look at procedures and check them', check: 'find what is wrong with a procedure file, by line', file: 'a procedure file, or the id of a procedure', list: 'list the procedures at hand', show: 'show what a procedure says', id: 'id or file of a procedure', diff: 'compare two procedures, or two versions of one', a: 'id or file of a procedure, or the receipt of a case', b: 'the other to compare it with', graph: 'draw the stages or the clocks of a procedure', svg: 'write it to a file, as SVG; Mermaid is printed where left out', graphWhat: 'what to draw: stages (if not said), or duties' },
  }[lang];
  const check = new Command('check').description(words.check).argument('<file>', words.file).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress procedure check procedures/xinfang-2022.yaml'))
    .action(async (file: string, o: { json?: boolean }) => (await import('../procedure-check.ts')).checkProcedure(io(), file, o.json ?? false));
  const list = new Command('list').description(words.list).addOption(json(lang))
    .action(async (o: { json?: boolean }) => (await import('../procedure-list.ts')).procedureList(io(), o.json ?? false));
  const show = new Command('show').description(words.show).argument('<id>', words.id).addOption(json(lang))
    .addOption(option('--forms', lang, '列出登记和各项操作所需的字段', 'list what intake and each action ask for'))
    .addHelpText('after', examples(lang, 'redress procedure show uk-foi-2000', 'redress procedure show xinfang-2022 --forms'))
    .action(async (id: string, o: { json?: boolean; forms?: boolean }) =>
      o.forms ? (await import('../forms.ts')).procedureForms(io(), id, o.json ?? false) : (await import('../procedure-show.ts')).showProcedure(io(), id, o.json ?? false));
  const diff = new Command('diff').description(words.diff).argument('<a>', words.a).argument('<b>', words.b).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress procedure diff xinfang-2022 my-xinfang.yaml', 'redress procedure diff 7Q2M-0KXD-4TFA xinfang-2022'))
    .action(async (a: string, b: string, o: { json?: boolean }) => (await import('../procedure-diff.ts')).diff(io(), a, b, o.json ?? false));
  const graph = new Command('graph').description(words.graph).argument('<id>', words.id)
    .addOption(new Option('--what <what>', words.graphWhat).choices(['stages', 'duties']).default('stages')).option('--svg <file>', words.svg)
    .addHelpText('after', examples(lang, 'redress procedure graph xinfang-2022', 'redress procedure graph xinfang-2022 --what duties --svg duties.svg'))
    .action(async (id: string, o: { what: 'stages' | 'duties'; svg?: string }) => (await import('../procedure-graph.ts')).graph(io(), id, o.what, o.svg));
  return new Command('procedure').description(words.what).addCommand(check).addCommand(list).addCommand(show).addCommand(diff).addCommand(graph);
}
