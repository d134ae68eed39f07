import { DAY_MS, instantOf, msOf } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { type Gap, gapsOf, knownRota, type Organisation, titleOf } from '../people/index.ts';
import { withRegister } from './connect.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { printed, whole } from './options.ts';
import { paint } from './paint.ts';
import type { Check } from './rota-options.ts';
import { stretchText, thisMinute } from './rota-when.ts';
import { table } from './table.ts';

/** Days ahead, where nobody says how many, and the most that a rota is looked at. */
export const [AHEAD, FURTHEST] = [14, 366];

const T = {
  zh: {
    none: (days: number) => `今后 ${days} 天各值班表没有空档。`, some: (n: number, days: number) => `今后 ${days} 天有 ${n} 处空档；补班用 redress rota override。`,
    head: ['值班表', '时间', '人员', '原因'], why: { 'on-leave': '请假，无人顶班', left: '已不在人员名册', 'no-shift': '无人排班' },
  },
  en: {
    none: (days: number) => `No rota has a gap in the next ${days} days.`, some: (n: number, days: number) => `${n} ${n === 1 ? 'gap' : 'gaps'} in the next ${days} days; to fill one: redress rota override.`,
    head: ['Rota', 'Time', 'Person', 'Why'], why: { 'on-leave': 'on leave, and nobody instead', left: 'no longer among the people', 'no-shift': 'nobody has the shift' },
  },
} as const;

/** Lists when nobody will be on. The exit code is 1 where there is any such time, so that a timer can say so. */
export async function checkRotas(io: Io, asked: string | undefined, o: Check): Promise<void> {
  const days = daysAhead(o.days);
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    if (asked !== undefined) knownRota(organisation, 'rota', asked);
    const from = thisMinute();
    const to = instantOf(msOf(from) + days * DAY_MS);
    const gaps = gapsOf(organisation, from, to, asked);
    if (gaps.length > 0) process.exitCode = 1;
    if (o.json) return io.out(printed({ zone: organisation.zone, from, to, gaps }));
    const t = T[io.lang];
    if (gaps.length === 0) return io.out(paint.good(t.none(days)));
    for (const line of table(t.head.map((title) => ({ title })), gaps.map((gap) => row(organisation, gap, io.lang)))) io.out(line);
    io.out(paint.bad(t.some(gaps.length, days)));
  });
}

function daysAhead(raw: string | undefined): number {
  const days = raw === undefined ? AHEAD : whole('--days', raw);
  if (days >= 1 && days <= FURTHEST) return days;
  throw new UsageError('--days', { zh: `--days 应为 1 至 ${FURTHEST}。`, en: `--days takes 1 to ${FURTHEST}.` });
}

const row = (o: Organisation, { rota, from, to, person, why }: Gap, lang: Lang): string[] =>
  [titleOf(o, rota)[lang], stretchText(from, to, o.zone, lang), person === undefined ? '-' : (o.people[person]?.name ?? person), paint.bad(T[lang].why[why])];
