import type { Lang } from '../core/text.ts';
import { AGES, type Days, type Figures, type Punctuality, type Statistics } from '../figures/statistics.ts';
import { FIGURES, passedWords, percent } from './figures-words.ts';
import { pairs, table } from './table.ts';

const NONE = '-';

const share = (rate: number | undefined, part: number, of: number): string => (rate === undefined ? NONE : `${percent(rate)?.toFixed(1)}% (${part}/${of})`);

const T = {
  zh: {
    names: { received: '收件', accepted: '及时受理率', finished: '按期办结率', satisfaction: '群众满意率', answered: '参评率', acceptedDays: '受理用时', finishedDays: '办结用时', escalations: '逾期上报', extensions: '延期', passedOver: '通知跳过', open: '在办' },
    cases: (n: number) => `${n} 件`,
    days: (d: Days) => `中位数 ${d.median} 天，九成在 ${d.ninetieth} 天以内（${d.cases} 件）`,
    rung: (rung: string, n: number) => `第 ${rung} 级 ${n} 次`,
    extended: (n: number, cases: number) => `${n} 次，涉及 ${cases} 件`,
    times: (n: number) => `${n} 次`,
    ages: (age: string, n: number) => `${age === '181+' ? '180 天以上' : `${age} 天`} ${n}`,
    comma: '，', head: ['收件', '及时受理率', '按期办结率', '满意率', '参评率', '受理用时', '办结用时', '上报', '延期', '在办'],
  },
  en: {
    names: { received: 'Received', accepted: 'Accepted on time', finished: 'Finished on time', satisfaction: 'Satisfied', answered: 'Evaluated', acceptedDays: 'To acceptance', finishedDays: 'To the finish', escalations: 'Raised', extensions: 'Extended', passedOver: 'Passed over', open: 'Open' },
    cases: (n: number) => (n === 1 ? '1 case' : `${n} cases`),
    days: (d: Days) => `median ${d.median} days, nine in ten within ${d.ninetieth} days (${d.cases} ${d.cases === 1 ? 'case' : 'cases'})`,
    rung: (rung: string, n: number) => `rung ${rung}: ${n}`,
    extended: (n: number, cases: number) => `${n}, in ${cases === 1 ? '1 case' : `${cases} cases`}`,
    times: (n: number) => String(n),
    ages: (age: string, n: number) => `${age === '181+' ? 'over 180' : age} days ${n}`,
    comma: ', ', head: ['Received', 'Accepted on time', 'Finished on time', 'Satisfied', 'Evaluated', 'To acceptance', 'To finish', 'Raised', 'Extended', 'Open'],
  },
} as const;

/** The figures of one period, line by line. */
export function figureLines(f: Figures, lang: Lang): string[] {
  const t = T[lang];
  const list = (entries: readonly (readonly [string, number])[], say: (name: string, n: number) => string): string => (entries.length === 0 ? NONE : entries.map(([name, n]) => say(name, n)).join(t.comma));
  const { satisfaction: s, answered: a } = f;
  const opinions = (['satisfied', 'basicallySatisfied', 'dissatisfied'] as const).map((key) => `${FIGURES[key][lang]} ${s[key]}`).join(t.comma);
  return pairs([
    [t.names.received, t.cases(f.received)],
    [t.names.accepted, punctual(f.accepted, lang)],
    [t.names.finished, punctual(f.finished, lang)],
    [t.names.satisfaction, s.rated === 0 ? NONE : `${share(s.rate, s.satisfied + s.basicallySatisfied, s.rated)}  ${opinions}`],
    [t.names.answered, share(a.rate, a.rated, a.asked)],
    [t.names.acceptedDays, f.days.accepted.cases === 0 ? NONE : t.days(f.days.accepted)],
    [t.names.finishedDays, f.days.finished.cases === 0 ? NONE : t.days(f.days.finished)],
    [t.names.escalations, list(Object.entries(f.escalations), t.rung)],
    [t.names.extensions, f.extensions.granted === 0 ? NONE : t.extended(f.extensions.granted, f.extensions.cases)],
    [t.names.passedOver, list(Object.entries(f.passedOver), (why, n) => `${passedWords(why, lang)} ${t.times(n)}`)],
    [t.names.open, f.open.cases === 0 ? t.cases(0) : `${t.cases(f.open.cases)}  ${AGES.map((age) => t.ages(age, f.open.ages[age])).join(t.comma)}`],
  ]);
}

/** A rate with both its numbers, and then what else became of the duties, as far as there is any. */
function punctual(p: Punctuality, lang: Lang): string {
  const others = (['late', 'overdue', 'lapsed', 'notDue', 'released', 'excused'] as const).filter((key) => p[key] > 0);
  const rest = others.map((key) => `${FIGURES[key][lang]} ${p[key]}`).join(T[lang].comma);
  return `${share(p.rate, p.onTime, p.due)}${rest === '' ? '' : `  ${rest}`}`;
}

const shortly = (d: Days): string => (d.cases === 0 ? NONE : `${d.median} / ${d.ninetieth}`);

const row = (name: string, f: Figures): string[] => [
  name, String(f.received), share(f.accepted.rate, f.accepted.onTime, f.accepted.due), share(f.finished.rate, f.finished.onTime, f.finished.due),
  share(f.satisfaction.rate, f.satisfaction.satisfied + f.satisfaction.basicallySatisfied, f.satisfaction.rated), share(f.answered.rate, f.answered.rated, f.answered.asked),
  shortly(f.days.accepted), shortly(f.days.finished), String(Object.values(f.escalations).reduce((sum, n) => sum + n, 0)), String(f.extensions.granted), String(f.open.cases),
];

/** A row for each group in which anything has happened, and the total. All figures are in the CSV and the XLSX. */
export function groupLines({ groups, total }: Statistics, group: string, nameOf: (group: string) => string, lang: Lang): string[] {
  const some = groups.filter(({ figures: f }) => f.received + f.accepted.due + f.finished.due + f.satisfaction.rated + f.open.cases + Object.keys(f.escalations).length > 0);
  return table([{ title: group, soft: true }, ...T[lang].head.map((title) => ({ title, right: true }))], [...some.map((g) => row(nameOf(g.group), g.figures)), row(FIGURES.total[lang], total)]);
}
