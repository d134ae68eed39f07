import type { Fields } from '../core/fields.ts';
import type { Lang } from '../core/text.ts';
import type { Figures, Punctuality } from './statistics.ts';

/** What a report says of its period, from which its fields are filled. */
export interface Reported {
  readonly total: Figures;
  /** How many cases were received of each subject that there is, also none. */
  readonly subjects: ReadonlyMap<string, number>;
}

const T = {
  zh: { cases: (n: number) => `${n} 件`, share: (percent: string, part: number, of: number) => `${percent}%（${part}/${of}）`, none: '本期无到期事项' },
  en: { cases: (n: number) => (n === 1 ? '1 case' : `${n} cases`), share: (percent: string, part: number, of: number) => `${percent}% (${part}/${of})`, none: 'nothing came due' },
} as const;

const share = (rate: number | undefined, part: number, of: number, lang: Lang): string | undefined =>
  rate === undefined ? undefined : T[lang].share((Math.round(rate * 1000) / 10).toFixed(1), part, of);

const punctual = ({ rate, onTime, due }: Punctuality, lang: Lang): string => share(rate, onTime, due, lang) ?? T[lang].none;

/** The fields of a report by their names: a text field that is called so holds this figure, in whatever procedure. */
const SAYS: Readonly<Record<string, (figures: Figures, lang: Lang) => string | undefined>> = {
  received: (f, lang) => T[lang].cases(f.received),
  acceptedOnTime: (f, lang) => punctual(f.accepted, lang),
  finishedOnTime: (f, lang) => punctual(f.finished, lang),
  satisfaction: ({ satisfaction: s }, lang) => share(s.rate, s.satisfied + s.basicallySatisfied, s.rated, lang),
  evaluated: ({ answered: a }, lang) => share(a.rate, a.rated, a.asked, lang),
  open: (f, lang) => T[lang].cases(f.open.cases),
};

/** Whether an action reports figures: it takes in words how many cases were received. */
export const reportsFigures = (fields: Fields): boolean => fields['received']?.kind === 'text';

/** The text fields that figures fill: by the name of the figure, or of the subject of which they are the number. The rest is left to people. */
export function filledFrom(fields: Fields, { total, subjects }: Reported, lang: Lang): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, { kind }]): [string, string][] => {
    if (kind !== 'text') return [];
    const received = subjects.get(name);
    const said = Object.hasOwn(SAYS, name) ? SAYS[name]?.(total, lang) : received === undefined ? undefined : T[lang].cases(received);
    return said === undefined ? [] : [[name, said]];
  }));
}
