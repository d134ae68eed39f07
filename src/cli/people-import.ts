import type { Lang } from '../core/text.ts';
import type { Holding } from '../people/organisation.ts';
import { changesDays, isIdle, type Plan, type Sorted } from '../people/plan.ts';
import type { Register } from '../register/index.ts';
import { withRegister } from './connect.ts';
import { dayAfter } from './dates.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { formOf, institutionIn } from './people-file.ts';
import { remarksOn, remarkText } from './people-remarks.ts';
import { thisMinute } from './rota-when.ts';
import { note } from './terminal.ts';

const T = {
  zh: {
    same: '与登记簿一致，没有变动。', would: (day: string) => `将自 ${day} 起生效（仅预览，未导入）：`, did: (day: string) => `已导入，自 ${day} 起生效：`,
    units: '单位', people: '人员', posts: '岗位', rotas: '值班表', added: '新增', changed: '修改', removed: '撤去', as: { holder: '任职', deputy: '代理' },
    from: (day: string) => `自 ${day}`, to: (day: string) => `至 ${day}`, never: '未生效', more: (n: number) => ` 等 ${n} 项`, colon: '：', comma: '、',
  },
  en: {
    same: 'The register says the same; nothing changes.', would: (day: string) => `Would hold from ${day} (a preview, nothing was brought in):`, did: (day: string) => `Brought in; holds from ${day}:`,
    units: 'units', people: 'people', posts: 'posts', rotas: 'rotas', added: 'new', changed: 'changed', removed: 'gone', as: { holder: 'holder', deputy: 'deputy' },
    from: (day: string) => `from ${day}`, to: (day: string) => `to ${day}`, never: 'never in force', more: (n: number) => `, … ${n} in all`, colon: ': ', comma: ', ',
  },
} as const;

/** Brings an institution in, or says what that would change. Nothing of a file with a mistake is brought in. */
export async function importPeople(io: Io, file: string, { since, dryRun, json }: { since?: string; dryRun?: boolean; json?: boolean }): Promise<void> {
  formOf(file);
  const day = since === undefined ? undefined : dayAfter('--since', since);
  await withRegister(async (register) => {
    const { institution, ignored } = await institutionIn(file, await frameOf(register));
    if (ignored.length > 0) note(io, { zh: `未读取的工作表：${ignored.join('、')}`, en: `Sheets that were not read: ${ignored.join(', ')}` });
    const warnings = remarksOn(institution, thisMinute());
    const plan = dryRun ? await register.people.plan(institution, day) : await register.importInstitution(institution, { since: day });
    if (!plan) return;
    if (json) return io.out(printed({ dryRun: dryRun ?? false, ...plan, warnings }));
    for (const one of warnings) note(io, remarkText(one));
    for (const line of planLines(plan, io.lang, dryRun ?? false)) io.out(line);
  });
}

/** What the register says of the institution itself, for a workbook without a sheet for it. */
export async function frameOf(register: Register) {
  const entered = await register.institution();
  if (!entered) return undefined;
  const { units: _units, ...frame } = entered;
  return frame;
}

function planLines(plan: Plan, lang: Lang, isPreview: boolean): string[] {
  const t = T[lang];
  if (isIdle(plan)) return [t.same];
  const rotas: Sorted = {
    added: plan.rotas.opened.filter((r) => !plan.rotas.closed.some((c) => c.id === r.id)).map((r) => r.id),
    changed: [...plan.rotas.opened.filter((r) => plan.rotas.closed.some((c) => c.id === r.id)), ...plan.rotas.replaced].map((r) => r.id),
    removed: plan.rotas.closed.filter((r) => !plan.rotas.opened.some((c) => c.id === r.id)).map((r) => r.id),
  };
  return [
    (isPreview ? t.would : t.did)(plan.since),
    ...([['units', plan.units], ['people', plan.people], ['posts', plan.posts], ['rotas', rotas]] as const).flatMap(([what, sorted]) => sortedLines(t[what], sorted, lang)),
    ...plan.opened.map((h) => `  + ${held(h, lang)} ${t.from(h.from)}${h.to === undefined ? '' : ` ${t.to(h.to)}`}`),
    ...plan.altered.filter(changesDays).map(({ before, after }) => changeLine(before, after, lang)),
  ];
}

const MOST = 12;

function sortedLines(what: string, sorted: Sorted, lang: Lang): string[] {
  const t = T[lang];
  return (['added', 'changed', 'removed'] as const).flatMap((kind) => {
    const names = sorted[kind];
    if (names.length === 0) return [];
    const shown = names.slice(0, MOST).join(t.comma);
    return [`  ${what} ${t[kind]} ${names.length}${t.colon}${paint.faint(names.length > MOST ? `${shown}${t.more(names.length)}` : shown)}`];
  });
}

const held = ({ unit, role, person, as }: Holding, lang: Lang): string => `${unit}/${role} ${person} ${T[lang].as[as]}`;

function changeLine(before: Holding, after: Holding, lang: Lang): string {
  const t = T[lang];
  const span = ({ from, to }: Holding): string => (to !== undefined && to < from ? t.never : `${from}–${to ?? ''}`);
  return `  ~ ${held(after, lang)} ${paint.faint(span(before))} → ${span(after)}`;
}
