import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, printed } from '../options.ts';

/** The reason for a due date of a case. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '说明某项期限的由来', receipt: '登记号', duty: '义务，如 decide 或 commitment/2' },
    en: { what: 'say why a duty of a case is due when it is', receipt: 'receipt number', duty: 'duty, such as decide or commitment/2' },
  }[lang];
  return new Command('explain')
    .description(words.what)
    .argument('<receipt>', words.receipt)
    .argument('<duty>', words.duty)
    .addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress explain 7Q2M-0KXD-4TFA decide'))
    .action(async (receipt: string, duty: string, o: { json?: boolean }) => {
      const [{ withRedress }, { explanationLines }, { namesOf }] = await Promise.all([
        import('../connect.ts'), import('../explanation.ts'), import('../names.ts'),
      ]);
      await withRedress(async (redress) => {
        const explanation = await redress.explain(receipt, duty);
        if (o.json) return io().out(printed(explanation));
        const names = await namesOf(redress.register, io().lang);
        for (const line of explanationLines(explanation, names.role(explanation.procedure.id, explanation.owes), io().lang)) io().out(line);
      });
    });
}
