import { type CaseState, formsOf, type Instant, instantOf } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { fieldsNamed } from '../core/rules.ts';
import { loadRules } from '../figures/load.ts';
import { daysOf, type Period } from '../figures/period.ts';
import { filledFrom, type Reported, reportsFigures } from '../figures/reported.ts';
import type { Asked } from '../figures/statistics.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { Register } from '../register/index.ts';
import { actOn } from './act-on.ts';
import type { StatsOptions } from './commands/stats.ts';
import { withRedress } from './connect.ts';
import { UsageError } from './failure.ts';
import { periodOf, unitsBelow } from './figures-asked.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { pairs } from './table.ts';
import { pairsOf } from './values.ts';

const T = {
  zh: {
    head: (action: string, { from, to }: Period, units: number) => `${action}：${from} 至 ${to}，${units === 1 ? '本单位' : `本单位及下级共 ${units} 个单位`}`,
    file: (receipt: string, by: string, more: string) => `核对后报送：redress stats --for ${receipt} --act --as ${by} --person 代号${more}`, missing: (names: string) => `须另行填写：${names}`, comma: '、',
  },
  en: {
    head: (action: string, { from, to }: Period, units: number) => `${action}: ${from} to ${to}, ${units === 1 ? 'the unit itself' : `${units} units, with those below`}`,
    file: (receipt: string, by: string, more: string) => `When it is checked, file it: redress stats --for ${receipt} --act --as ${by} --person ID${more}`, missing: (names: string) => `To be filled in by hand: ${names}`, comma: ', ',
  },
} as const;

interface Filled extends Period {
  readonly receipt: string;
  readonly action: string;
  readonly title: string;
  readonly by: string;
  readonly units: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
  readonly titles: Readonly<Record<string, string>>;
  /** Fields that must be there and are no figure. */
  readonly missing: readonly string[];
}

/** The figures of a report, for its period, its unit and those below, as the fields of the action that files it; files it where that is asked for. */
export async function fillReport(io: Io, receipt: string, o: StatsOptions): Promise<void> {
  const period = periodOf(o);
  const filled = await withRedress(async (redress) => fill(redress.register, (await redress.story(receipt)).state, period, o, io.lang));
  const { action, by, units, fields, titles, title, from, to, missing } = filled;
  if (o.act)
    return actOn(io, receipt, action, {
      field: Object.entries(fields).map(([name, value]) => `${name}=${value}`), as: o.as ?? by,
      ...(o.person === undefined ? {} : { person: o.person }), ...(o.json ? { json: true } : {}),
    });
  if (o.json) return io.out(printed({ receipt: filled.receipt, action, from, to, units, fields, missing }));
  io.out(paint.strong(T[io.lang].head(title, { from, to }, units.length)));
  for (const line of pairs(Object.entries(fields).map(([name, value]) => [titles[name] ?? name, value]))) io.out(line);
  const t = T[io.lang];
  if (missing.length > 0) io.out(t.missing(missing.map((name) => titles[name] ?? name).join(t.comma)));
  io.out(t.file(filled.receipt, by, missing.map((name) => ` --field ${name}=…`).join('')));
}

async function fill(register: Register, state: CaseState, given: Partial<Period>, o: StatsOptions, lang: Lang): Promise<Filled> {
  const { receipt, procedure, unit } = state;
  const asOf = instantOf(Date.now());
  const form = formsOf(state, asOf, { role: o.as, person: o.person }).find((f) => reportsFigures(procedure.actions[f.action]?.fields ?? {}));
  const rule = form && procedure.actions[form.action];
  if (!form || !rule) throw nothingToFill(receipt, o.as);
  const { from, to } = periodIn(state, given);
  const units = [unit, ...unitsBelow((await register.institution())?.units ?? {}, unit)];
  const reported = await reportedOf(register, { from, to, units, asOf }, o.procedure);
  const titles = Object.fromEntries(form.fields.map((f) => [f.name, f.title?.[lang] ?? f.name]));
  const fields = { ...filledFrom(rule.fields, reported, lang), ...pairsOf(o.field ?? []) };
  const missing = form.fields.filter((f) => !f.optional && !Object.hasOwn(fields, f.name)).map((f) => f.name);
  return { receipt, action: form.action, title: form.title[lang], by: o.as ?? form.by[0]?.value ?? '', from, to, units, fields, titles, missing };
}

/** Matters of petitioners: of a procedure that says which duty decides whether they are taken up. A report or a sweep is none. */
async function reportedOf(register: Register, scope: Period & { readonly units: readonly string[]; readonly asOf: Instant }, only: string | undefined): Promise<Reported> {
  const { definitions, zones } = loadRules(await register.figures.rules());
  const procedures = only === undefined ? definitions.filter((d) => d.accepted.length > 0).map((d) => d.procedure) : [only];
  const asked: Asked = { ...scope, procedures, definitions, zones };
  const { total, groups } = await register.figures.statistics({ ...asked, by: 'subject' });
  const known = procedures.flatMap((id) => fieldsNamed(loadProcedure(id), 'subject')).flatMap((f) => f.choices ?? []);
  return { total, subjects: new Map([...known.map((subject) => [subject, 0] as const), ...groups.map((g) => [g.group, g.figures.received] as const)]) };
}

/** @throws UsageError where the case does not say which days it is about, and nobody else does */
function periodIn({ receipt, facts }: CaseState, { from, to }: Partial<Period>): Period {
  if (from !== undefined && to !== undefined) return { from, to };
  const name = typeof facts['period'] === 'string' ? facts['period'] : '';
  const found = daysOf(name);
  if (found) {
    const period = { from: from ?? found.from, to: to ?? found.to };
    periodOf(period);
    return period;
  }
  throw new UsageError('--from', {
    zh: `${receipt} 的期间“${name}”看不出起止日期；请用 --from、--to 写明。期间写成 2026-W47、2026-11、2026-Q4 或 2026 的，自动得出。`,
    en: `The period "${name}" of ${receipt} does not tell its days; give --from and --to. One written 2026-W47, 2026-11, 2026-Q4 or 2026 does.`,
  });
}

function nothingToFill(receipt: string, role: string | undefined): UsageError {
  const [zh, en] = role === undefined ? ['', ''] : [`由 ${role} `, ` by ${role}`];
  return new UsageError('--for', {
    zh: `${receipt} 现在没有可以${zh}报送统计数字的操作；可办的操作见 redress act ${receipt}。`,
    en: `In ${receipt} no figures can be filed${en} now; what can be done is shown by redress act ${receipt}.`,
  });
}
