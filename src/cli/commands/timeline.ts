import { Command } from 'commander';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { json, printed } from '../options.ts';

const RECEIPT = { zh: '登记号', en: 'receipt number' } as const;

/** All that has happened in a case. */
export function command(io: () => Io): Command {
  const { lang } = io();
  return new Command('timeline')
    .description({ zh: '显示一件信访事项的办理经过', en: 'show what has happened in a case' }[lang])
    .argument('<receipt>', RECEIPT[lang])
    .addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress timeline 7Q2M-0KXD-4TFA'))
    .action(async (receipt: string, o: { json?: boolean }) => {
      const [{ withRedress }, { timelineLines, headingOf }, { namesOf }] = await Promise.all([
        import('../connect.ts'), import('../timeline-lines.ts'), import('../names.ts'),
      ]);
      await withRedress(async (redress) => {
        if (o.json) {
          const events = await redress.timeline(receipt);
          return io().out(printed({ receipt: events[0]?.type === 'opened' ? events[0].receipt : receipt, events }));
        }
        const { state, events } = await redress.story(receipt);
        const names = await namesOf(redress.register, io().lang);
        for (const line of headingOf(state, names.unit(state.unit), io().lang)) io().out(line);
        io().out('');
        for (const line of timelineLines(state, events, io().lang)) io().out(line);
      });
    });
}
