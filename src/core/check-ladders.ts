import { type Problem, type Rule, dutiesOf, error, triggers, warning } from './check-problem.ts';

export const ladders: Rule = (p) =>
  Object.entries(p.ladders).flatMap(([name, rungs]) => {
    if (rungs.length === 0)
      return [error(['ladders', name], `“${name}”是空的，逾期后无人可报。请至少写一级。`, `The ladder "${name}" is empty: nobody would be told. Write at least one rung.`)];
    return rungs.flatMap(({ after, repeat }, i) => {
      const [top, out]: [boolean, Problem[]] = [i === rungs.length - 1, []];
      const path = ['ladders', name, i];
      if (top && !repeat)
        out.push(error(path, `“${name}”的最后一级没有 repeat，报到顶就无声了。请写明多久重复一次。`,
          `The last rung of "${name}" has no "repeat", so the ladder goes silent at the top. Say how often it is told again.`));
      if (repeat?.amount === 0)
        out.push(error([...path, 'repeat'], '重复间隔不能为零。', 'It cannot be told again after no time at all.'));
      if (!top && repeat)
        out.push(error([...path, 'repeat'], `“${name}”只有最后一级才重复。请把 repeat 移到最后一级。`,
          `Only the last rung of "${name}" repeats. Move "repeat" there.`));
      if (i > 0 && !after)
        out.push(error(path, `“${name}”的这一级没有 after，不知道前一级之后多久报告。请写明。`,
          `This rung of "${name}" has no "after", so it is not known how long after the one before it is told. Say so.`));
      return out;
    });
  });

export const expiries: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { owes, ladder, expiry }]) => {
    const path = ['duties', d];
    const right = p.roles[owes]?.outside ?? false;
    if (right && ladder !== undefined)
      return [error([...path, 'ladder'], `“${d}”是单位以外的人的权利，不能向领导报告其逾期。请删去 ladder。`,
        `"${d}" is a right of somebody outside, who is not reported to leaders. Take out "ladder".`)];
    if (right && expiry === 'escalates')
      return [error(path, `“${d}”是单位以外的人的权利，届满后应失效。请写 expiry: lapses。`,
        `"${d}" is a right of somebody outside, which ends by itself. Write "expiry: lapses".`)];
    if (expiry === 'passes-on') return [];
    if (expiry === 'escalates' && ladder === undefined)
      return [error(path, `“${d}”逾期后无人可报。请写 ladder，或写明 expiry。`,
        `When "${d}" is overdue nobody is told. Name a "ladder", or say in "expiry" what it means.`)];
    return expiry !== 'escalates' && ladder !== undefined
      ? [warning([...path, 'ladder'], `“${d}”届满即 ${expiry}，不会逐级报告。请删去 ladder。`, `"${d}" ${expiry} when its time is over, so its ladder is never used. Take it out.`)]
      : [];
  });

export const failedNotices: Rule = (p) =>
  triggers(p).some(({ on }) => on === 'notice-failed') ? []
    : [warning(['duties'], '通知送不到时没有人负责补救。请增加一个由 notice-failed 起算的期限。',
        'When a notice cannot be delivered, nobody has to mend it. Add a duty that starts on "notice-failed".')];
