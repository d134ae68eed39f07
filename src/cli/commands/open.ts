import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, option } from '../options.ts';

/** Opens a case from a file or from what is piped in. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '登记一件信访事项', file: 'YAML 或 JSON 文件；- 表示标准输入' },
    en: { what: 'open a case', file: 'file of YAML or JSON; - reads the standard input' },
  }[lang];
  return new Command('open')
    .description(words.what)
    .argument('<file>', words.file)
    .addOption(option('--key <key>', lang, '防止重复登记的标识：同一标识只登记一次', 'your own key: opening again with the same one gives the same case'))
    .addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress open examples/petition.yaml', 'cat examples/petition.yaml | redress open - --key letter-118'))
    .action(async (file: string, o: { key?: string; json?: boolean }) => {
      const { openCase } = await import('../open-case.ts');
      await openCase(io(), file, o);
    });
}
