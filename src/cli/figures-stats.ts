import type { Lang } from '../core/text.ts';
import type { Statistics } from '../figures/statistics.ts';
import type { StatsOptions } from './commands/stats.ts';
import { withRegister } from './connect.ts';
import { askedOf } from './figures-asked.ts';
import { sheetOf } from './figures-columns.ts';
import { type Grouping, groupingOf } from './figures-groups.ts';
import { figureLines, groupLines } from './figures-lines.ts';
import { written } from './figures-sheet.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { note } from './terminal.ts';

const T = {
  zh: {
    period: (from?: string, to?: string) => (from === undefined && to === undefined ? '统计期：全部' : `统计期：${from ?? '最早'} 至 ${to ?? '今日'}`),
    none: '登记簿中没有符合条件的事项。',
  },
  en: {
    period: (from?: string, to?: string) => (from === undefined && to === undefined ? 'Period: all' : `Period: ${from ?? 'the first'} to ${to ?? 'today'}`),
    none: 'The register has no case that fits.',
  },
} as const;

/** Counts what was asked for and shows it, or writes it to a file. */
export async function showStatistics(io: Io, o: StatsOptions): Promise<void> {
  await withRegister(async (register) => {
    const { asked, rules } = await askedOf(register, o);
    const statistics = await register.figures.statistics(asked);
    const unknown = rules.undefined.filter((id) => o.procedure === undefined || o.procedure === id);
    if (unknown.length > 0)
      note(io, {
        zh: `${unknown.join('、')} 没有注明哪些义务算受理、哪些算办结（程序文件中的 statistics），其事项不计入及时受理率和按期办结率。`,
        en: `${unknown.join(', ')} does not say which duties mean accepted and finished ("statistics" in the procedure file), so its cases are not in those two rates.`,
      });
    if (o.json) return io.out(printed(statistics));
    const grouping = await groupingOf(register, rules.definitions.map((d) => d.procedure), o.by, io.lang);
    const { columns, rows } = sheetOf(statistics, grouping.title, grouping.nameOf, io.lang);
    if (await written(io, o, io.lang === 'zh' ? '统计' : 'Statistics', columns, rows)) return;
    for (const line of lines(statistics, grouping, io.lang)) io.out(line);
  });
}

function lines(statistics: Statistics, { title, nameOf }: Grouping, lang: Lang): string[] {
  const { from, to, total, by } = statistics;
  const head = paint.strong(T[lang].period(from, to));
  if (total.received === 0 && total.open.cases === 0 && total.accepted.due === 0) return [head, T[lang].none];
  return [head, ...(by === undefined ? figureLines(total, lang) : groupLines(statistics, title, nameOf, lang))];
}
