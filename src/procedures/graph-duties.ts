import { cited, duration, type Duty, type Procedure, type Rung } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { EXPIRY } from './diff-duties.ts';
import { sideOf } from './diff-limits.ts';
import { conditionText, fieldName, happeningText, roleName, timesText } from './diff-words.ts';
import { type Edge, type Graph, merged, type Node } from './graph-model.ts';
import { headline, START } from './graph-stages.ts';
import { cut } from './graph-text.ts';

const T = {
  zh: {
    duties: '期限', received: '收到并登记', owes: '义务人', met: '完成', overdue: '逾期', ladders: '逾期逐级上报', ladder: (l: string) => `上报 ${l}`, atOnce: '立即', after: (t: string) => `再过 ${t}`, repeat: (t: string) => `每 ${t}重复`,
    extension: (t: string, n: number) => `可延 ${t}${n > 1 ? `，${n} 次` : ''}`, pause: '停计', most: (t: string) => `最长 ${t}`, again: '重新起算', first: '首日计入', night: (t: string) => `夜间 ${t}`, from: '起算', told: '被通知时', and: '、', more: (n: number) => ` 等 ${n} 项`, over: '届满',
    befell: { met: '完成', lapsed: '届满', overdue: '逾期', extended: '延期' },
  },
  en: {
    duties: 'clocks', received: 'received', owes: 'owed by', met: 'met by', overdue: 'overdue', ladders: 'Who is told when it is overdue', ladder: (l: string) => `ladder ${l}`, atOnce: 'at once', after: (t: string) => `${t} later`, repeat: (t: string) => `again every ${t}`,
    extension: (t: string, n: number) => `+${t}${n > 1 ? `, ${n} times` : ''}`, pause: 'stops', most: (t: string) => `at most ${t}`, again: 'begins again', first: 'first day counted', night: (t: string) => `${t} by night`, from: 'starts', told: 'being told', and: ', ', more: (n: number) => ` and ${n} in all`, over: 'time is over',
    befell: { met: 'done', lapsed: 'time is over', overdue: 'overdue', extended: 'extended' },
  },
} as const;

/** Each duty as a card: how long, who, what meets it, what follows when it is late; an arrow from what starts it. */
export function dutiesGraph(p: Procedure, lang: Lang): Graph {
  const letters = new Map(Object.keys(p.ladders).map((name, i) => [name, letter(i)]));
  const cards = Object.entries(p.duties).map(([name, d]) => card(p, name, d, letters, lang));
  const edges = merged(Object.entries(p.duties).flatMap(([name, d]) => startsOf(p, name, d, lang)));
  return {
    title: headline(p, T[lang].duties, lang), across: depth(edges) <= ACROSS,
    nodes: [{ id: START, kind: 'start', title: T[lang].received, lines: [] }, ...cards], edges, frames: [],
    asides: letters.size > 0 ? [{ title: T[lang].ladders, lines: Object.entries(p.ladders).map(([name, rungs]) => `${letters.get(name) ?? name}  ${rungs.map((r) => rung(p, r, lang)).join(' → ')}`) }] : [],
  };
}

/** A longer chain is drawn downward, or nobody could print it. */
const ACROSS = 8;

/** How many duties follow one another at most; what leads back is not followed. */
function depth(edges: readonly Edge[]): number {
  const known = new Map<string, number>();
  const below = (id: string, above: readonly string[]): number => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const next = edges.filter((e) => e.from === id && e.to !== id && !above.includes(e.to));
    const deep = 1 + Math.max(0, ...next.map((e) => below(e.to, [...above, id])));
    known.set(id, deep);
    return deep;
  };
  return Math.max(0, ...[...new Set(edges.map((e) => e.from))].map((id) => below(id, [])));
}

const letter = (i: number): string => String.fromCharCode(65 + (i % 26)) + (i >= 26 ? String(Math.floor(i / 26)) : '');
const dutyId = (name: string): string => `duty-${name}`;

function rung(p: Procedure, { tell, after, repeat }: Rung, lang: Lang): string {
  const t = T[lang];
  const when = [after ? t.after(duration(after)[lang]) : t.atOnce, ...(repeat ? [t.repeat(duration(repeat)[lang])] : [])].join(lang === 'zh' ? '，' : ', ');
  return `${roleName(p, tell)[lang]}${lang === 'zh' ? `（${when}）` : ` (${when})`}`;
}

function card(p: Procedure, name: string, d: Duty, letters: ReadonlyMap<string, string>, lang: Lang): Node {
  const t = T[lang];
  const [colon, semicolon] = lang === 'zh' ? ['：', '；'] : [': ', '; '];
  const { count, times, field, night, firstDay } = d.limit;
  const met = [...new Set(d.met.map(({ by }) => p.actions[by]?.title[lang] ?? by))];
  const own = d.starts.flatMap((s) => (sourceOf(p, name, s.on) === undefined ? [happeningText(p, s.on)[lang]] : []));
  const counted = [
    ...(firstDay === 'included' ? [t.first] : []),
    ...(night ? [t.night(duration(night.count)[lang])] : []),
    ...(d.extension ? [t.extension(timesText(p, duration(d.extension.upTo), times)[lang], d.extension.times)] : []),
    ...d.pauses.map(({ ground, atMost }) => `${t.pause}${colon}${ground[lang]}${atMost ? (lang === 'zh' ? `（${t.most(duration(atMost).zh)}）` : ` (${t.most(duration(atMost).en)})`) : ''}`),
    ...(d.restarts.length > 0 ? [`${t.again}${colon}${d.restarts.map(({ on }) => p.actions[on]?.title[lang] ?? on).join(t.and)}`] : []),
  ];
  const side = sideOf(p, d);
  const ladder = d.ladder === undefined || d.expiry !== 'escalates' ? undefined : letters.get(d.ladder);
  const end = `${side === 'institution' && d.expiry === 'escalates' ? t.overdue : t.over}${colon}${ladder === undefined ? EXPIRY[d.expiry][lang] : t.ladder(ladder)}`;
  return {
    id: dutyId(name), kind: side === 'institution' ? (d.internal ? 'inside' : 'duty') : 'right', title: d.title[lang],
    badge: count ? timesText(p, duration(count), times)[lang] : fieldName(p, field ?? '')[lang],
    lines: [
      ...(own.length > 0 || d.starts.length === 0 ? [`${t.from}${colon}${own.length > 0 ? own.join(t.and) : t.told}`] : []),
      ...counted,
      `${t.owes}${colon}${roleName(p, d.owes)[lang]}${semicolon}${end}`,
      `${t.met}${colon}${met.slice(0, 4).join(t.and)}${met.length > 4 ? t.more(met.length) : ''}`,
      cited(p, d.cite)[lang],
    ],
  };
}

/** The node at which a start is drawn: the receipt, a duty that is met by it, or one that it befell. None where it comes of itself. */
function sourceOf(p: Procedure, name: string, on: string): string | undefined {
  const [about = '', what] = on.split('.');
  if (what !== undefined) return p.duties[about] && what !== 'appointed' ? dutyId(about) : undefined;
  if (on === 'opened') return START;
  const met = Object.entries(p.duties).filter(([other, o]) => other !== name && o.met.some((m) => m.by === on));
  const [first] = met.toSorted(([, x], [, y]) => Number(x.internal) - Number(y.internal));
  return first && dutyId(first[0]);
}

function startsOf(p: Procedure, name: string, d: Duty, lang: Lang): Edge[] {
  return d.starts.flatMap(({ on, when }) => {
    const from = sourceOf(p, name, on);
    if (from === undefined) return [];
    const [, what] = on.split('.');
    const word = what === undefined ? (on === 'opened' ? [] : [p.actions[on]?.title[lang] ?? on]) : [befell(what, lang)];
    return [{ from, to: dutyId(name), lines: [...word, ...(when ? [short(conditionText(p, when)[lang])] : [])] }];
  });
}

/** A condition in a few words; all of it is in the file. */
const short = (words: string): string => cut(words, 25);

function befell(what: string, lang: Lang): string {
  const words: Readonly<Record<string, string>> = T[lang].befell;
  return words[what] ?? what;
}
