import type { Action, Procedure } from '../core/index.ts';
import type { Lang, Text } from '../core/text.ts';
import { relationName, stageList } from './diff-words.ts';
import { type Edge, type Frame, type Graph, merged, type Node } from './graph-model.ts';

const T = {
  zh: { stages: '阶段与操作', received: '收到并登记', any: '多数阶段', beside: '多个阶段均可办理、不改变阶段的操作' },
  en: { stages: 'stages and actions', received: 'received', any: 'most stages', beside: 'Possible in many stages, and moving nothing' },
} as const;

/** Stages, and what leads from one to another. What can be done nearly everywhere and moves nothing is listed beside. */
export function stagesGraph(p: Procedure, lang: Lang): Graph {
  const t = T[lang];
  const all = entries(p);
  const [moving, still] = [all.filter(moves), all.filter((e) => !moves(e))];
  const frames = framesOf(moving.filter(({ from }) => !isMost(p, from)).map(({ from }) => from));
  // What leads back into a frame begins at the stages themselves.
  const place = (from: readonly string[], to?: string): string[] =>
    (isMost(p, from) ? [ANY] : split(from, to === undefined ? frames : frames.filter((f) => !f.nodes.includes(to))));
  const edges = merged([
    { from: START, to: p.opens, lines: [t.received] },
    ...moving.flatMap(({ title, rule, from }) => place(from, rule.to).map((at) => ({ from: at, to: rule.to ?? '', lines: [title[lang]] }))),
    ...linkEdges(p, lang, place),
  ]).filter((e) => e.from !== e.to);
  const here = (name: string): string[] => still.filter(({ from }) => !isBeside(p, from) && split(from, frames).includes(name)).map(({ title }) => title[lang]);
  const nodes: Node[] = [
    { id: START, kind: 'start', title: '', lines: [] },
    ...Object.entries(p.stages).map(([name, s]): Node => ({ id: name, kind: s.final ? 'final' : 'stage', title: s.title[lang], lines: here(name).map(bullet) })),
    ...(edges.some((e) => e.from === ANY) ? [{ id: ANY, kind: 'any', title: t.any, lines: [] } as const] : []),
    ...linkNodes(p, lang),
  ];
  const beside = still.filter(({ from }) => isBeside(p, from)).map((e) => besideLine(p, e, lang));
  return {
    title: headline(p, t.stages, lang), across: false, nodes, edges,
    frames: frames.map((f) => ({ ...f, lines: here(f.id).map(bullet) })),
    asides: beside.length > 0 ? [{ title: t.beside, lines: beside }] : [],
  };
}

export const START = 'start';
const ANY = 'any';
const bullet = (line: string): string => `· ${line}`;
export const headline = (p: Procedure, what: string, lang: Lang): string => (lang === 'zh' ? `${p.title.zh}（${p.id} 第 ${p.version} 版）：${what}` : `${p.title.en} (${p.id} v${p.version}): ${what}`);

const moves = ({ rule, from }: Entry): boolean => rule.to !== undefined && !(from.length === 1 && from[0] === rule.to);

interface Entry { readonly title: Text; readonly rule: Action; readonly from: readonly string[] }

const entries = (p: Procedure): Entry[] => Object.values(p.actions).map((rule) => ({ title: rule.title, rule, from: fromOf(p, rule) }));

const fromOf = (p: Procedure, { from }: Action): string[] => (from ?? Object.keys(p.stages).filter((s) => !p.stages[s]?.final)).filter((s) => p.stages[s]);

/** More than half of the stages, and more than a few. */
const isMost = (p: Procedure, from: readonly string[]): boolean => from.length > 4 && from.length * 2 > Object.keys(p.stages).length;

/** What moves nothing is repeated in no more than two stages. */
const isBeside = (p: Procedure, from: readonly string[]): boolean => from.length > 2 && from.length * 2 >= Object.keys(p.stages).length;

/** What is listed beside says who may do it, and where, unless that is everywhere. */
function besideLine(p: Procedure, { title, rule, from }: Entry, lang: Lang): string {
  const who = rule.by.map((r) => p.roles[r]?.title[lang] ?? r).join(lang === 'zh' ? '、' : ', ');
  if (from.length === Object.keys(p.stages).length) return lang === 'zh' ? `${title.zh}：${who}` : `${title.en}: ${who}`;
  const where = stageList(p, from)[lang];
  return lang === 'zh' ? `${title.zh}：${who}（${where}）` : `${title.en}: ${who} (${where})`;
}

/** Sets of stages that several actions leave together, in or apart from each other; those that save the most edges first. */
function framesOf(sets: readonly (readonly string[])[]): Frame[] {
  const found = new Map<string, { nodes: readonly string[]; saved: number }>();
  for (const nodes of sets)
    if (nodes.length > 1) {
      const key = nodes.toSorted().join(' ');
      const saved = (sets.filter((s) => nodes.every((n) => s.includes(n))).length - 1) * (nodes.length - 1);
      if (saved > 0) found.set(key, { nodes, saved });
    }
  const frames: Frame[] = [];
  for (const { nodes } of [...found.values()].toSorted((x, y) => y.saved - x.saved))
    if (frames.every((f) => fit(f.nodes, nodes))) frames.push({ id: `frame-${frames.length + 1}`, lines: [], nodes });
  return frames;
}

/** Whether two sets are apart, or one is part of the other. */
function fit(a: readonly string[], b: readonly string[]): boolean {
  const shared = a.filter((n) => b.includes(n)).length;
  return shared === 0 || shared === a.length || shared === b.length;
}

/** A set of stages as the frames that it covers and the stages that are left. */
function split(from: readonly string[], frames: readonly Frame[]): string[] {
  const covered = frames.filter((f) => f.nodes.every((n) => from.includes(n)));
  const whole = covered.filter((f) => !covered.some((g) => g !== f && f.nodes.every((n) => g.nodes.includes(n))));
  return [...whole.map((f) => f.id), ...from.filter((s) => !whole.some((f) => f.nodes.includes(s)))];
}

function linkNodes(p: Procedure, lang: Lang): Node[] {
  return Object.entries(p.links).map(([name, { title, relation, opens, unit }]) => ({
    id: `link-${name}`, kind: 'link', title: title[lang],
    lines: [...(opens === undefined ? [] : [opens]), relationName(relation)[lang], ...(unit === 'superior' ? [lang === 'zh' ? '上一级单位' : 'the unit above'] : [])],
  }));
}

function linkEdges(p: Procedure, lang: Lang, place: (from: readonly string[]) => string[]): Edge[] {
  return Object.entries(p.links).flatMap(([name, link]) => [
    ...link.on.flatMap(({ on }) => {
      const rule = p.actions[on];
      if (!rule) return on === 'opened' ? [{ from: p.opens, to: `link-${name}`, lines: [], dashed: true }] : [];
      const at = rule.to === undefined ? place(fromOf(p, rule)) : [rule.to];
      return at.map((from) => ({ from, to: `link-${name}`, lines: rule.to === undefined ? [rule.title[lang]] : [], dashed: true }));
    }),
    ...Object.values(link.hears).flatMap(({ act }) => {
      const rule = p.actions[act];
      return rule?.to === undefined ? [] : [{ from: `link-${name}`, to: rule.to, lines: [rule.title[lang]], dashed: true }];
    }),
  ]);
}
