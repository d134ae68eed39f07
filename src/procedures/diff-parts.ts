import { cited, type Duty, duration, type Procedure } from '../core/index.ts';
import { type About, both, type Change, joined, listed, moved, names, same } from './diff-change.ts';
import { binds, helps, longer } from './diff-limits.ts';
import { actionName, aside, conditionText, fieldName, optional, roleList } from './diff-words.ts';

// What moves the date of a duty, or calls it to mind: reminders, extensions, pauses, new starts, excuses.

interface Two { readonly a: Procedure; readonly b: Procedure; readonly before: Duty; readonly after: Duty; readonly about: About }

export const parts = (two: Two): Change[] => [...reminders(two), ...extension(two), ...pauses(two), ...restarts(two), ...excuses(two)];

function reminders({ b, before, after, about }: Two): Change[] {
  const [fewer, more] = [after.reminders.length < before.reminders.length, after.reminders.length > before.reminders.length];
  const right = binds(b, after)(true) === 'more';
  return moved(about, 'reminders', both('提醒', 'reminders'), remindersText(before.reminders), remindersText(after.reminders), right && (fewer || more) ? (more ? 'more' : 'less') : undefined);
}

function extension({ a, b, before, after, about }: Two): Change[] {
  const [x, y] = [before.extension, after.extension];
  if (!x && !y) return [];
  const at = { ...about, path: `${about.path}.extension` };
  if (!x || !y) return moved(about, 'extension', both('延期', 'extension'), x && extensionText(a, x), y && extensionText(b, y), helps(b, after)(y !== undefined));
  const sign = longer(x.upTo, y.upTo);
  const weigh = (up: boolean) => helps(b, after)(up);
  return [
    ...(same(x.upTo, y.upTo) ? [] : moved(at, 'upTo', both('延期上限', 'most that it may be extended'), duration(x.upTo), duration(y.upTo), sign === undefined || sign === 0 ? undefined : weigh(sign > 0))),
    ...(x.times === y.times ? [] : moved(at, 'times', both('可延期的次数', 'how often it may be extended'), times(x.times), times(y.times), weigh(y.times > x.times))),
    ...(x.by === y.by ? [] : moved(at, 'by', both('延期的操作', 'what extends it'), actionName(a, x.by), actionName(b, y.by))),
    ...(x.field === y.field ? [] : moved(at, 'field', both('延长多少由哪个字段定', 'field that says by how much'), x.field === undefined ? undefined : fieldName(a, x.field), y.field === undefined ? undefined : fieldName(b, y.field))),
    ...(x.reason === y.reason ? [] : moved(at, 'reason', both('理由字段', 'field with the reason'), fieldName(a, x.reason), fieldName(b, y.reason))),
    ...(x.afterDue === y.afterDue ? [] : moved(at, 'afterDue', both('期限届满后能否延期', 'extension after the limit has ended'), yes(x.afterDue), yes(y.afterDue), weigh(y.afterDue))),
    ...(same(x.tell, y.tell) ? [] : moved(at, 'tell', both('延期须告知', 'who is told of an extension'), x.tell.length > 0 ? roleList(a, x.tell) : undefined, y.tell.length > 0 ? roleList(b, y.tell) : undefined)),
    ...citation({ a, b }, at, x.cite, y.cite),
  ];
}

const remindersText = (list: Duty['reminders']) => (list.length === 0 ? undefined : joined(list.map((d) => both(`提前 ${duration(d).zh}`, `${duration(d).en} before`))));
const extensionText = (p: Procedure, e: NonNullable<Duty['extension']>) => aside(both(`最多延 ${duration(e.upTo).zh}`, `up to ${duration(e.upTo).en}`), [actionName(p, e.by), times(e.times)]);
const times = (n: number) => both(`${n} 次`, n === 1 ? 'once' : `${n} times`);
const yes = (x: boolean) => (x ? both('可以', 'possible') : both('不可以', 'not possible'));

function pauses({ a, b, before, after, about }: Two): Change[] {
  const [x, y] = [keyed(before.pauses), keyed(after.pauses)];
  const at = { ...about, path: `${about.path}.pauses` };
  const { came, went, stayed } = names(x, y);
  const label = both('停计', 'pause');
  return [
    ...came.flatMap((k) => (y[k] ? moved(at, '', label, undefined, pauseText(b, y[k]), helps(b, after)(true)) : [])),
    ...went.flatMap((k) => (x[k] ? moved(at, '', label, pauseText(a, x[k]), undefined, helps(b, after)(false)) : [])),
    ...stayed.flatMap((k) => {
      const [p, q] = [x[k], y[k]];
      if (!p || !q) return [];
      const most = both('停计最长', 'longest pause');
      const sign = p.atMost && q.atMost ? longer(p.atMost, q.atMost) : p.atMost ? 1 : -1;
      const weight = sign === undefined || sign === 0 ? undefined : helps(b, after)(sign > 0);
      return [
        ...(same(p.atMost, q.atMost) ? [] : moved(at, '', most, optional(p.atMost) ?? NO_MOST, optional(q.atMost) ?? NO_MOST, weight)),
        ...(p.days === q.days ? [] : moved(at, '', both('停计首尾两日', 'first and last day of the pause'), wholeDays(p.days), wholeDays(q.days), helps(b, after)(q.days === 'whole'))),
        ...moved(at, '', both('停计事由', 'ground of the pause'), p.ground, q.ground),
        ...citation({ a, b }, at, p.cite, q.cite),
      ];
    }),
  ];
}

const keyed = (list: Duty['pauses']) => Object.fromEntries(list.map((p) => [`${p.on} ${p.until}`, p]));
const pauseText = (p: Procedure, { on, until, ground, atMost }: Duty['pauses'][number]) => aside(ground, [
  both(`自${actionName(p, on).zh}至${actionName(p, until).zh}`, `from ${actionName(p, on).en} to ${actionName(p, until).en}`),
  ...(atMost ? [both(`最长 ${duration(atMost).zh}`, `at most ${duration(atMost).en}`)] : []),
]);
const NO_MOST = both('不限', 'without a most');
const wholeDays = (days: 'between' | 'whole') => (days === 'whole' ? both('也不计', 'left out too') : both('首日照计', 'counted up to the first'));

function restarts({ a, b, before, after, about }: Two): Change[] {
  return listed(about, 'restarts', both('重新起算的事由', 'what begins the limit again'), before.restarts, after.restarts, [restartText(a), restartText(b)], helps(b, after));
}

const restartText = (p: Procedure) => (r: Duty['restarts'][number]) => aside(actionName(p, r.on), [cited(p, r.cite)]);
const excuseText = (p: Procedure) => (x: Duty['excused'][number]) => aside(conditionText(p, x.when), [cited(p, x.cite)]);

function excuses({ a, b, before, after, about }: Two): Change[] {
  return listed(about, 'excused', both('免除', 'excuse'), before.excused, after.excused, [excuseText(a), excuseText(b)], helps(b, after));
}

/** A citation that differs: in what it cites, or in that somebody has now read it. */
export function citation({ a, b }: Pick<Two, 'a' | 'b'>, about: About, before: Duty['cite'] | undefined, after: Duty['cite'] | undefined): Change[] {
  if (same(before, after)) return [];
  return moved(about, 'cite', both('依据', 'rule'), citationText(a, before), citationText(b, after));
}

const citationText = (p: Procedure, c: Duty['cite'] | undefined) => c && aside(cited(p, c), c.note ? [c.note] : []);
