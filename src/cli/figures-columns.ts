import type { Lang } from '../core/text.ts';
import { AGES, type Days, type Figures, type Punctuality, type Statistics } from '../figures/statistics.ts';
import type { Column, OutRow } from '../sheets/index.ts';
import { FIGURES as F, passedWords, percent } from './figures-words.ts';

type Value = number | undefined;

interface Cell {
  readonly key: string;
  readonly title: string;
  readonly of: (figures: Figures) => Value;
}

/** All figures as columns of a sheet: those of rungs and of reasons as far as there are any. */
export function columnsOf(statistics: Statistics, lang: Lang): readonly Cell[] {
  const all = [statistics.total, ...statistics.groups.map((g) => g.figures)];
  const keys = (of: (f: Figures) => Readonly<Record<string, number>>): string[] => [...new Set(all.flatMap((f) => Object.keys(of(f))))].toSorted((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  const colon = lang === 'zh' ? '：' : ': ';
  const w: Words = (...parts) => parts.map((part) => F[part][lang]).join(colon);
  const rated: Words = (of) => (lang === 'zh' ? `${F[of].zh}率（%）` : `${F[of].en}: %`);
  return [
    { key: 'received', title: w('received'), of: (f) => f.received },
    ...(['accepted', 'finished'] as const).flatMap((of) => punctuality(of, w, rated, (f) => f[of])),
    { key: 'satisfaction.rate', title: rated('satisfaction'), of: (f) => percent(f.satisfaction.rate) },
    ...(['satisfied', 'basicallySatisfied', 'dissatisfied', 'rated'] as const).map((key): Cell => ({ key: `satisfaction.${key}`, title: w('evaluation', key), of: (f) => f.satisfaction[key] })),
    { key: 'answered.rate', title: rated('answered'), of: (f) => percent(f.answered.rate) },
    { key: 'answered.rated', title: w('answered', 'rated'), of: (f) => f.answered.rated },
    { key: 'answered.asked', title: w('answered', 'asked'), of: (f) => f.answered.asked },
    ...days('accepted', 'acceptedDays', w, (f) => f.days.accepted),
    ...days('finished', 'finishedDays', w, (f) => f.days.finished),
    ...keys((f) => f.escalations).map((rung): Cell => ({ key: `escalations.${rung}`, title: lang === 'zh' ? `上报：第${rung}级` : `Raised: rung ${rung}`, of: (f) => f.escalations[rung] ?? 0 })),
    { key: 'extensions.granted', title: w('extensions', 'granted'), of: (f) => f.extensions.granted },
    { key: 'extensions.cases', title: w('extensions', 'cases'), of: (f) => f.extensions.cases },
    ...keys((f) => f.passedOver).map((why): Cell => ({ key: `passedOver.${why}`, title: `${w('passedOver')}${colon}${passedWords(why, lang)}`, of: (f) => f.passedOver[why] ?? 0 })),
    { key: 'open.cases', title: w('open', 'cases'), of: (f) => f.open.cases },
    ...AGES.map((age): Cell => ({ key: `open.${age}`, title: `${w('open')}${colon}${age === '181+' && lang === 'zh' ? '180天以上' : `${age} ${w('days')}`}`, of: (f) => f.open.ages[age] })),
  ];
}

type Words = (...parts: [keyof typeof F, ...(keyof typeof F)[]]) => string;

function punctuality(of: 'accepted' | 'finished', w: Words, rated: Words, from: (f: Figures) => Punctuality): Cell[] {
  return [
    { key: `${of}.rate`, title: rated(of), of: (f) => percent(from(f).rate) },
    ...(['onTime', 'due', 'late', 'overdue', 'lapsed', 'notDue', 'released', 'excused'] as const).map((key): Cell => ({ key: `${of}.${key}`, title: w(of, key), of: (f) => from(f)[key] })),
  ];
}

function days(of: string, title: keyof typeof F, w: Words, from: (f: Figures) => Days): Cell[] {
  return (['cases', 'median', 'ninetieth'] as const).map((key) => ({ key: `days.${of}.${key}`, title: w(title, key), of: (f) => from(f)[key] }));
}

/** Statistics as a sheet: a row for each group, and the total last. */
export function sheetOf(statistics: Statistics, group: string, nameOf: (group: string) => string, lang: Lang): { columns: Column[]; rows: OutRow[] } {
  const cells = columnsOf(statistics, lang);
  const row = (name: string, figures: Figures): OutRow => ({ group: name, ...Object.fromEntries(cells.map((c) => [c.key, c.of(figures)])) });
  return {
    columns: [{ key: 'group', title: group, kind: 'text' }, ...cells.map(({ key, title }): Column => ({ key, title, kind: 'number' }))],
    rows: [...statistics.groups.map((g) => row(nameOf(g.group), g.figures)), row(F.total[lang], statistics.total)],
  };
}
