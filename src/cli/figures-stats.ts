import { type Day, instantOf } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { loadRules } from '../figures/load.ts';
import type { Asked, Statistics } from '../figures/statistics.ts';
import type { Register } from '../register/index.ts';
import type { StatsOptions } from './commands/stats.ts';
import { withRegister } from './connect.ts';
import { dayAfter } from './dates.ts';
import { UsageError } from './failure.ts';
import { sheetOf } from './figures-columns.ts';
import { groupNames } from './figures-groups.ts';
import { figureLines, groupLines } from './figures-lines.ts';
import { written } from './figures-sheet.ts';
import { BREAKDOWN, FIGURES } from './figures-words.ts';
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
  const period = periodOf(o);
  await withRegister(async (register) => {
    const used = await register.figures.rules();
    const rules = loadRules(used);
    const asked: Asked = {
      ...period, asOf: instantOf(Date.now()), definitions: rules.definitions, zones: rules.zones,
      ...(o.by === undefined ? {} : { by: o.by }), ...(await scopeOf(register, used.procedures, o)),
    };
    const statistics = await register.figures.statistics(asked);
    const unknown = rules.undefined.filter((id) => o.procedure === undefined || o.procedure === id);
    if (unknown.length > 0)
      note(io, {
        zh: `${unknown.join('、')} 没有注明哪些义务算受理、哪些算办结（程序文件中的 statistics），其事项不计入及时受理率和按期办结率。`,
        en: `${unknown.join(', ')} does not say which duties mean accepted and finished ("statistics" in the procedure file), so its cases are not in those two rates.`,
      });
    if (o.json) return io.out(printed(statistics));
    const nameOf = await groupNames(register, rules.definitions.map((d) => d.procedure), o.by, io.lang);
    const group = o.by === undefined ? FIGURES.group[io.lang] : BREAKDOWN[o.by][io.lang];
    const { columns, rows } = sheetOf(statistics, group, nameOf, io.lang);
    if (await written(io, o, io.lang === 'zh' ? '统计' : 'Statistics', columns, rows)) return;
    for (const line of lines(statistics, group, nameOf, io.lang)) io.out(line);
  });
}

function lines(statistics: Statistics, group: string, nameOf: (group: string) => string, lang: Lang): string[] {
  const { from, to, total, by } = statistics;
  const head = paint.strong(T[lang].period(from, to));
  if (total.received === 0 && total.open.cases === 0 && total.accepted.due === 0) return [head, T[lang].none];
  return [head, ...(by === undefined ? figureLines(total, lang) : groupLines(statistics, group, nameOf, lang))];
}

function periodOf(o: StatsOptions): { from?: Day; to?: Day } {
  const from = o.from === undefined ? undefined : dayAfter('--from', o.from);
  const to = o.to === undefined ? undefined : dayAfter('--to', o.to);
  if (from !== undefined && to !== undefined && from > to)
    throw new UsageError('--to', { zh: `--to ${to} 早于 --from ${from}；请对调。`, en: `--to ${to} lies before --from ${from}; change them round.` });
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** What is asked for must be there: a misspelt unit has no cases, and that would look like a figure. */
async function scopeOf(register: Register, procedures: readonly string[], { unit, procedure }: StatsOptions): Promise<Pick<Asked, 'unit' | 'procedure'>> {
  const units = Object.keys((await register.institution())?.units ?? {});
  if (unit !== undefined && units.length > 0 && !units.includes(unit)) throw missing('--unit', unit, units, { zh: '单位', en: 'unit' });
  if (procedure !== undefined && procedures.length > 0 && !procedures.includes(procedure)) throw missing('--procedure', procedure, procedures, { zh: '有事项的程序', en: 'procedure with a case' });
  return { ...(unit === undefined ? {} : { unit }), ...(procedure === undefined ? {} : { procedure }) };
}

const missing = (field: string, name: string, known: readonly string[], what: { zh: string; en: string }): RedressError =>
  new RedressError('bad-field', field, { zh: `没有“${name}”这个${what.zh}；现有：${known.join('、')}。`, en: `There is no ${what.en} "${name}"; there are ${known.join(', ')}.` });
