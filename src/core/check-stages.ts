import { type Rule, actionsOf, error } from './check-problem.ts';
import { beyond, stagesFrom, takenIn } from './check-reach.ts';

export const stages: Rule = (p, map) => {
  const out = map.cutOff.map((s) =>
    error(['stages', s], `没有任何操作能使事项进入“${s}”阶段。请在某个操作中写 to: ${s}，或删去该阶段。`,
      `No action leads to the stage "${s}". Write "to: ${s}" in an action, or take the stage out.`));
  const ends = (s: string): boolean => [...stagesFrom(p, s)].some((to) => p.stages[to]?.final);
  if (p.stages[p.opens]?.final)
    out.push(error(['opens'], '事项一登记就处于终结阶段。请换一个起始阶段。', 'A case would begin in a final stage. Open it in another one.'));
  if (!ends(p.opens))
    out.push(error(['stages'], '从起始阶段到不了任何终结阶段，事项永远不能结案。请给某个能到达的阶段写 final: true。',
      'No final stage can be reached, so no case could ever be closed. Mark a stage that can be reached with "final: true".'));
  else
    for (const s of map.stages)
      if (p.stages[s] && !ends(s))
        out.push(error(['stages', s], `进入“${s}”阶段后再也到不了终结阶段。请增加一个从它出发的操作。`,
          `From the stage "${s}" no final stage can be reached. Add an action that leads on from it.`));
  return out;
};

export const actions: Rule = (p, map) =>
  actionsOf(p).flatMap(([a, { by }]) => {
    if (by.length === 0)
      return [error(['actions', a, 'by'], `没有人可以办理“${a}”。请在 by 中写明角色。`, `Nobody may take "${a}". Name a role in "by".`)];
    return map.actions.has(a) || (beyond(p, map, a) && !takenIn(p, a).some((s) => map.cutOff.includes(s))) ? []
      : [error(['actions', a, 'from'], `“${a}”永远办理不到：没有操作能使事项进入它的 from 阶段。`,
          `"${a}" can never be taken: no action leads to a stage in its "from".`)];
  });

export const channels: Rule = (p) =>
  Object.keys(p.channels).length > 0 ? [] : [error(['channels'], '没有渠道，无法登记事项。请至少写一个。', 'There is no channel, so no case can be opened. Name at least one.')];
