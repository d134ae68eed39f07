import { dayOf, type Instant, numberOf, weekdayOf } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { knownRota, localOf, onDuty, type Organisation, rotaOf, type Shift, shiftsOf, titleOf } from '../people/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import type { Show } from './rota-options.ts';
import { stretchText, thisMinute, whenAfter } from './rota-when.ts';
import { table } from './table.ts';

const T = {
  zh: {
    none: '还没有值班表；请用 redress people import 导入。', head: ['值班表', '人员', '时间', '电话', '说明'], nobody: '此时没有班次', gap: '请假，无人顶班',
    because: { plan: '', override: '顶班', swap: '换班', handover: '交班' }, instead: (name: string) => `，原为${name}`,
  },
  en: {
    none: 'There is no rota yet; bring one in with redress people import.', head: ['Rota', 'Person', 'Time', 'Phone', 'Note'], nobody: 'no shift then', gap: 'on leave, and nobody instead',
    because: { plan: '', override: 'override', swap: 'swap', handover: 'handover' }, instead: (name: string) => ` for ${name}`,
  },
} as const;

/** Who is on at an instant, on a day or in a week; all rotas, or one. */
export async function showRota(io: Io, asked: string | undefined, { at, week, json }: Show): Promise<void> {
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    if (asked !== undefined) knownRota(organisation, 'rota', asked);
    const { zone } = organisation;
    const when = at === undefined ? { from: thisMinute(), to: thisMinute() } : whenAfter('--at', at, zone);
    const { from, to } = week ? weekOf(when.from, zone) : when;
    const rotas = (asked === undefined ? Object.keys(organisation.rotas) : [asked]).map((id) => ({ id, shifts: shiftsIn(organisation, id, from, to) }));
    if (json) return io.out(printed({ zone, from, ...(to > from && { to }), rotas: rotas.map(({ id, shifts }) => ({ rota: id, title: titleOf(organisation, id), shifts: shifts.map((s) => ({ ...s, name: organisation.people[s.person]?.name })) })) }));
    if (rotas.length === 0) return io.out(T[io.lang].none);
    const rows = rotas.flatMap(({ id, shifts }) => (shifts.length > 0 ? shifts.map((s) => row(organisation, s, io.lang)) : [[titleOf(organisation, id)[io.lang], '-', '', '', paint.faint(T[io.lang].nobody)]]));
    for (const line of table(T[io.lang].head.map((title, i) => ({ title, soft: i === 4 })), rows)) io.out(line);
  });
}

function shiftsIn(organisation: Organisation, id: string, from: Instant, to: Instant): Shift[] {
  const rota = rotaOf(organisation, id);
  if (to > from) return shiftsOf(rota, organisation.changes, organisation.leave, from, to);
  const now = onDuty(rota, organisation.changes, organisation.leave, from);
  return now ? [now] : [];
}

/** The week, Monday to Sunday, in which an instant lies. */
function weekOf(at: Instant, zone: string): { from: Instant; to: Instant } {
  const day = numberOf(localOf(at, zone).day);
  const monday = day - weekdayOf(day) + 1;
  return { from: whenAfter('--week', dayOf(monday), zone).from, to: whenAfter('--week', dayOf(monday + 6), zone).to };
}

function row(o: Organisation, { rota, from, to, person, planned, because, gap }: Shift, lang: Lang): string[] {
  const t = T[lang];
  const name = (id: string): string => o.people[id]?.name ?? id;
  const change = because === 'plan' ? '' : `${t.because[because]}${planned === undefined || planned === person ? '' : t.instead(name(planned))}`;
  return [titleOf(o, rota)[lang], gap ? paint.bad(name(person)) : name(person), stretchText(from, to, o.zone, lang), o.people[person]?.phone ?? '', gap ? paint.bad(t.gap) : change];
}
