import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { gathered, json, option } from '../options.ts';

/** What somebody says about a step, as written on a command line. */
export interface ActOptions {
  readonly as?: string;
  readonly person?: string;
  readonly at?: string;
  readonly field: readonly string[];
  readonly instance?: string;
  readonly key?: string;
  readonly note?: string;
  readonly json?: boolean;
}

/** Records what somebody did in a case. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '登记一项办理行为；不写操作时，列出现在可以办理的操作及所需字段', receipt: '登记号', action: '操作，如 accept' },
    en: { what: 'record what somebody did in a case; without an action, list what can be done now and what each needs', receipt: 'receipt number', action: 'action, such as accept' },
  }[lang];
  return new Command('act')
    .description(words.what)
    .argument('<receipt>', words.receipt)
    .argument('[action]', words.action)
    .addOption(option('--as <role>', lang, '以何角色办理；只有一个角色可办时可省略', 'role that does it; may be left out where only one may'))
    .addOption(option('--person <person>', lang, '办理人的代号', 'who does it, by a code'))
    .addOption(option('--at <when>', lang, '何时办理；默认现在', 'when it happened; now, where left out'))
    .addOption(option('--field <name=value>', lang, '所需字段，可重复', 'a field that it needs; may be repeated').argParser(gathered).default([]))
    .addOption(option('--instance <instance>', lang, '同类义务有多项时指明哪一项，如 commitment/2', 'which one, where there are several: commitment/2'))
    .addOption(option('--key <key>', lang, '防止重复登记的标识', 'your own key, by which it is recorded once'))
    .addOption(option('--note <text>', lang, '备注，不写个人信息', 'a note; no personal data'))
    .addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress act 7Q2M-0KXD-4TFA', 'redress act 7Q2M-0KXD-4TFA accept --as office --field notice=2026-118', 'redress act 7Q2M-0KXD-4TFA extend --field days=15 --field reason=survey --at "2026-11-20 16:00"'))
    .action(async (receipt: string, action: string | undefined, o: ActOptions) => {
      if (action === undefined) return (await import('../forms.ts')).listForms(io(), receipt, o);
      const { actOn } = await import('../act-on.ts');
      await actOn(io(), receipt, action, o);
    });
}

