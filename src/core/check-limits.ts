import { type Problem, type Rule, dutiesOf, error, triggers, warning } from './check-problem.ts';
import { beyond, stagesFrom, takenIn } from './check-reach.ts';
import { longestIn } from './duration.ts';
import { type Field, MOST_DAYS } from './fields.ts';
import type { Procedure } from './procedure.ts';
import { duration } from './reckon-text.ts';
import { fieldsNamed } from './rules.ts';

export const dated: Rule = (p) =>
  triggers(p).flatMap(({ duty, rule, on }) => {
    const { field } = rule.limit;
    if (field === undefined) return [];
    const path = ['duties', duty, 'limit', 'field'];
    const found = (on === 'opened' ? p.intake : p.actions[on]?.fields)?.[field];
    if (found?.kind !== 'date')
      return [error(path, `“${on}”没有日期字段“${field}”，无法确定“${duty}”的期限。请加上：${field}: date。`,
        `"${on}" has no date field "${field}" to set the last day of "${duty}". Add it: "${field}: date".`)];
    // At intake a date left out says that none was set; an action that sets a limit must name it.
    return found.optional && on !== 'opened'
      ? [warning(path, `操作“${on}”的日期“${field}”可以不填；不填时“${duty}”不起算。建议改为必填。`,
          `The date "${field}" may be left out of "${on}", and then "${duty}" does not start. Better make it required.`)]
      : [];
  });

/** The fields that may have told a number when an action starts something: its own where it must be given, else all of that name. None where it may be unknown then. */
function tellers(p: Procedure, on: string, name: string): readonly Field[] {
  const [own, first] = [p.actions[on]?.fields[name], p.intake[name]];
  if (own && isNumber(own) && !own.optional) return [own];
  const all = on === 'opened' ? [first ?? []].flat() : fieldsNamed(p, name);
  return first && (!first.optional || Number.isInteger(first.default)) && all.every(isNumber) ? all : [];
}

const isNumber = ({ kind }: Field): boolean => kind === 'number' || kind === 'days';

/** The least and the most that a number can be, what holds where nothing is said included. */
const rangeOf = ({ kind, least = 0, most = kind === 'days' ? MOST_DAYS : Infinity, default: silent }: Field): number[] =>
  [kind === 'days' ? Math.max(least, 1) : least, most, ...(typeof silent === 'number' ? [silent] : [])];

/** The number by which a count is taken so many times must be known at every start, and be at least one. */
export const multiplied: Rule = (p) =>
  triggers(p).flatMap(({ duty, rule, on }) => {
    const { times } = rule.limit;
    if (times === undefined) return [];
    const path = ['duties', duty, 'limit', 'times'];
    const range = tellers(p, on, times).flatMap(rangeOf);
    if (range.length === 0)
      return [error(path, `“${on}”和登记时都没有必填（或者有默认值）的数字字段“${times}”，无法确定“${duty}”的期限。请加上：${times}: { kind: number, least: 1 }。`,
        `Neither "${on}" nor intake has a number "${times}" that must be given (or has a default) to set how long "${duty}" lasts. Add it: "${times}: { kind: number, least: 1 }".`)];
    const { count, night } = rule.limit;
    if ([count, night?.count].some((c) => c && c.amount * Math.max(...range) > longestIn(c.unit)))
      return [error(path, `“${times}”没有合适的上限，误填一个大数便会无休止地计算。请写 most。`, `"${times}" has no bound that is small enough, so a typing error would be counted for ever. Write "most".`)];
    return Math.min(...range) < 1
      ? [error(path, `“${times}”可以为 0，“${duty}”便没有期限。请写 least: 1。`, `"${times}" may be 0, and then "${duty}" has no time at all. Write "least: 1".`)]
      : [];
  });

export const extensions: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { limit, extension }]) => {
    if (!extension) return [];
    const out: Problem[] = [];
    const { upTo, by, field } = extension;
    if (!limit.count)
      out.push(error(['duties', d, 'extension'], `“${d}”的期限是指定日期，不能按天延长；请由该操作另行指定日期。`,
        `The last day of "${d}" is set by a date, so days cannot be added; have a new date set instead.`));
    else if (upTo.unit !== limit.count.unit)
      out.push(error(['duties', d, 'extension', 'upTo'],
        `延期 ${duration(upTo).zh} 与期限 ${duration(limit.count).zh} 的单位不同。请用同一单位。`,
        `An extension in ${upTo.unit} cannot be added to a limit in ${limit.count.unit}. Use one unit.`));
    const action = p.actions[by];
    const days = field === undefined ? undefined : action?.fields[field];
    if (field !== undefined && action && (days?.kind !== 'days' || days.optional))
      out.push(error(['duties', d, 'extension', 'field'], `操作“${by}”没有必填的 days 字段“${field}”。请加上：${field}: days。`,
        `The action "${by}" has no required field "${field}" of kind days. Add it: "${field}: days".`));
    return out;
  });

export const pauses: Rule = (p, map) =>
  dutiesOf(p).flatMap(([d, duty]) => duty.pauses.flatMap(({ on, until, atMost }, i) => {
    if (!p.actions[on] || !p.actions[until] || beyond(p, map, on)) return [];
    const path = ['duties', d, 'pauses', i];
    if (!duty.limit.count)
      return [error(path, `“${d}”的期限是指定日期，停计不会改变它。请删去 pauses，需要时另行指定日期。`,
        `The last day of "${d}" is set by a date, which a pause does not move. Take out "pauses"; have a new date set where needed.`)];
    if (atMost?.unit === 'months')
      return [error([...path, 'atMost'], '停计的上限请写日数、工作日、小时或分钟，不能写月。', 'The most that a pause may last is written in days, hours or minutes, not in months.')];
    const after = p.actions[on].to === undefined ? takenIn(p, on) : [p.actions[on].to];
    const reached = new Set(after.filter((s) => map.stages.has(s)).flatMap((s) => [...stagesFrom(p, s)]));
    if (!takenIn(p, until).some((s) => reached.has(s)))
      return [error([...path, 'until'], `“${on}”之后办理不到“${until}”，“${d}”一经停计便不再恢复。`,
        `After "${on}", "${until}" can never be taken, so the clock of "${d}" would stand for ever.`)];
    const watched = dutiesOf(p).some(([other, { starts: s }]) => other !== d && s.some((t) => t.on === on));
    if (atMost || watched) return [];
    return [warning(path, `“${d}”停计没有最长时间，也没有别的期限随之起算，可能永远停着。请写 atMost，或让另一期限自“${on}”起算。`,
      `The clock of "${d}" may stand for ever: the pause has no "atMost", and no other duty starts with "${on}". Add either.`)];
  }));

export const reminders: Rule = (p) =>
  dutiesOf(p).flatMap(([d, { limit, reminders: list }]) => list.flatMap((r, i) =>
    limit.count && limit.times === undefined && limit.count.unit === r.unit && r.amount >= limit.count.amount
      ? [warning(['duties', d, 'reminders', i], `期限只有 ${duration(limit.count).zh}，提前 ${duration(r).zh} 的提醒不会发出。`,
          `The limit is only ${duration(limit.count).en}, so a reminder ${duration(r).en} before is never sent.`)]
      : []));
