import { type Day, instantOf } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { type Loaded, loadRules } from '../figures/load.ts';
import { type Asked, BREAKDOWNS, isBreakdown } from '../figures/statistics.ts';
import { above } from '../institution/index.ts';
import type { Register } from '../register/index.ts';
import type { StatsOptions } from './commands/stats.ts';
import { dayAfter } from './dates.ts';
import { UsageError } from './failure.ts';

/** The period between two options. @throws UsageError */
export function periodOf(o: Pick<StatsOptions, 'from' | 'to'>): { from?: Day; to?: Day } {
  const from = o.from === undefined ? undefined : dayAfter('--from', o.from);
  const to = o.to === undefined ? undefined : dayAfter('--to', o.to);
  if (from !== undefined && to !== undefined && from > to)
    throw new UsageError('--to', { zh: `--to ${to} 早于 --from ${from}；请对调。`, en: `--to ${to} lies before --from ${from}; change them round.` });
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** What is to be counted, and the rules that it is counted by. @throws RedressError or UsageError naming the option */
export async function askedOf(register: Register, o: StatsOptions): Promise<{ asked: Asked; rules: Loaded }> {
  const period = periodOf(o);
  const used = await register.figures.rules();
  const rules = loadRules(used);
  if (o.by !== undefined) knownBreakdown(o.by, rules);
  if (o.procedure !== undefined && used.procedures.length > 0 && !used.procedures.includes(o.procedure))
    throw missing('--procedure', o.procedure, used.procedures, { zh: '有事项的程序', en: 'procedure with a case' });
  const units = await unitsOf(register, o);
  const asked: Asked = {
    ...period, asOf: instantOf(Date.now()), definitions: rules.definitions, zones: rules.zones,
    ...(o.by === undefined ? {} : { by: o.by }),
    ...(o.procedure === undefined ? {} : { procedures: [o.procedure] }),
    ...(units === undefined ? {} : { units }),
  };
  return { asked, rules };
}

/** What is asked for must be there: a misspelt unit has no cases, and that would look like a figure. */
async function unitsOf(register: Register, { unit, withBelow }: StatsOptions): Promise<string[] | undefined> {
  if (unit === undefined) {
    if (withBelow) throw new UsageError('--with-below', { zh: '--with-below 须与 --unit 一起写。', en: '--with-below goes with --unit.' });
    return undefined;
  }
  const units = (await register.institution())?.units ?? {};
  if (Object.keys(units).length > 0 && !Object.hasOwn(units, unit)) throw missing('--unit', unit, Object.keys(units), { zh: '单位', en: 'unit' });
  return withBelow ? [unit, ...unitsBelow(units, unit)] : [unit];
}

/** The units below one, at whatever depth. */
export const unitsBelow = (units: Parameters<typeof above>[0], unit: string): string[] =>
  Object.keys(units).filter((name) => name !== unit && above(units, name).includes(unit));

/** Without a case nothing is known, and nothing can be wrong. */
function knownBreakdown(by: string, { definitions }: Loaded): void {
  const choices = [...new Set(definitions.flatMap((d) => d.choices))].toSorted();
  if (isBreakdown(by) || choices.includes(by) || definitions.length === 0) return;
  throw new UsageError('--by', {
    zh: `--by 没有“${by}”；可写 ${BREAKDOWNS.join('、')}，或登记簿中各程序的选择项：${choices.join('、')}。`,
    en: `--by has no "${by}"; write ${BREAKDOWNS.join(', ')}, or a choice of the procedures in the register: ${choices.join(', ')}.`,
  });
}

const missing = (field: string, name: string, known: readonly string[], what: Text): RedressError =>
  new RedressError('bad-field', field, { zh: `没有“${name}”这个${what.zh}；现有：${known.join('、')}。`, en: `There is no ${what.en} "${name}"; there are ${known.join(', ')}.` });
