import { dutiesOf, error, factNames, type Path, type Rule } from './check-problem.ts';
import { unknown } from './check-unknown.ts';
import { CHANNEL } from './holds.ts';
import type { Citation } from './citation.ts';
import type { Condition, Procedure } from './procedure.ts';
import { fieldsNamed } from './rules.ts';

function conditions(p: Procedure): { path: Path; when: Condition }[] {
  const actions = Object.entries(p.actions).flatMap(([a, { when }]) => (when ? [{ path: ['actions', a, 'when'], when }] : []));
  const links = Object.entries(p.links).flatMap(([l, { on }]) => on.flatMap(({ when }, i) => (when ? [{ path: ['links', l, 'on', i, 'when'], when }] : [])));
  return [...actions, ...links, ...dutiesOf(p).flatMap(([d, { starts: s, met, excused }]) => [
    ...s.flatMap(({ when }, i) => (when ? [{ path: ['duties', d, 'starts', i, 'when'], when }] : [])),
    ...met.flatMap(({ when }, i) => (when ? [{ path: ['duties', d, 'met', i, 'when'], when }] : [])),
    ...excused.map(({ when }, i) => ({ path: ['duties', d, 'excused', i, 'when'], when })),
  ])];
}

export const facts: Rule = (p) => {
  const names = factNames(p);
  return conditions(p).flatMap(({ path, when }) => [
    ...unknown('field', names, Object.keys(when).filter((f) => f !== CHANNEL).map((f) => [[...path, f], f] as const)),
    ...unknown('channel', Object.keys(p.channels), [when[CHANNEL] ?? []].flat().map((c) => [[...path, CHANNEL], String(c)] as const)),
    ...Object.entries(when).flatMap(([f, wanted]) => {
      const kinds = fieldsNamed(p, f);
      const choices = kinds.flatMap((k) => k.choices ?? []);
      if (choices.length === 0 || kinds.some((k) => k.kind !== 'choice')) return [];
      const odd = [wanted].flat().filter((w) => w !== null && !choices.includes(String(w)));
      return odd.map((w) => error([...path, f], `字段“${f}”没有选项“${w}”；可选：${choices.join(', ')}。`,
        `The field "${f}" has no choice "${w}"; it has ${choices.join(', ')}.`));
    }),
  ]);
};

export const citations: Rule = (p) => {
  const all = dutiesOf(p).flatMap(([d, duty]): (readonly [Path, Citation])[] => [
    [['duties', d, 'cite'], duty.cite],
    ...duty.excused.map(({ cite }, i) => [['duties', d, 'excused', i, 'cite'], cite] as const),
    ...(duty.extension ? [[['duties', d, 'extension', 'cite'], duty.extension.cite] as const] : []),
    ...duty.pauses.map(({ cite }, i) => [['duties', d, 'pauses', i, 'cite'], cite] as const),
    ...duty.restarts.map(({ cite }, i) => [['duties', d, 'restarts', i, 'cite'], cite] as const),
  ]);
  for (const [k, { cite }] of Object.entries(p.papers)) if (cite) all.push([['papers', k, 'cite'], cite]);
  return [
    ...unknown('source', Object.keys(p.sources), all.map(([path, { source }]) => [[...path, 'source'], source] as const)),
    ...all.filter(([, { article }]) => article.zh.trim() === '' || article.en.trim() === '').map(([path]) =>
      error([...path, 'article'], '没有写明条款。请写明依据的条款。', 'No article is named. Say where the rule is written.')),
  ];
};
