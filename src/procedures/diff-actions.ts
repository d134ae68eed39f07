import type { Action, Procedure } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { type About, both, type Change, joined, listed, moved, names, same, type Weigh } from './diff-change.ts';
import { fields } from './diff-fields.ts';
import { actionName, aside, conditionText, dutyName, fieldName, roleList, roleName, stageList, stageName } from './diff-words.ts';

/** What differs in who may do what, and when. */
export function actions(a: Procedure, b: Procedure): Change[] {
  const { came, went, stayed } = names(a.actions, b.actions);
  return [
    ...stayed.flatMap((name) => (a.actions[name] && b.actions[name] ? action(a, b, name, a.actions[name], b.actions[name]) : [])),
    ...came.flatMap((name) => (b.actions[name] ? whole(b, name, b.actions[name], 'added') : [])),
    ...went.flatMap((name) => (a.actions[name] ? whole(a, name, a.actions[name], 'gone') : [])),
  ];
}

const about = (name: string, { title }: Action): About => ({ section: 'action', path: `actions.${name}`, subject: title });

const outside = (p: Procedure, role: string): boolean => p.roles[role]?.outside ?? false;
/** What the petitioner may do, or is told, is theirs; of others nothing is said. */
const theirs = (p: Procedure, roles: readonly string[]): Weigh => (came) => (roles.some((r) => outside(p, r)) ? (came ? 'more' : 'less') : undefined);

const from = (p: Procedure, { from: stages }: Action): Text => stageList(p, stages);

/** Where it may be taken: stage by stage where they are few, else in few words. Stages that the procedure did not have are no news here. */
function places(a: Procedure, b: Procedure, before: Action, after: Action, at: About): Change[] {
  if (same(before.from, after.from)) return [];
  const [x, y] = [before.from, after.from];
  const few = x && y && x.length < 6 && y.length < 6;
  if (few) return listed(at, 'from', both('可办理的阶段', 'stage in which it may be taken'), x, y, [(s) => stageName(a, s), (s) => stageName(b, s)]);
  return moved(at, 'from', both('可办理的阶段', 'stages in which it may be taken'), from(a, before), from(b, after));
}

function whole(p: Procedure, name: string, rule: Action, kind: 'added' | 'gone'): Change[] {
  const [who, where] = [roleList(p, rule.by), from(p, rule)];
  const to = rule.to === undefined ? both('', '') : both(`，转入${stageName(p, rule.to).zh}`, `, to ${stageName(p, rule.to).en}`);
  const weight = theirs(p, rule.by)(kind === 'added');
  const [zh, en] = kind === 'added' ? ['新增操作', 'new action'] : ['取消操作', 'no such action any more'];
  return [{
    kind, ...about(name, rule), ...(weight === undefined ? {} : { weight }),
    text: both(`${zh}：${who.zh}可在${where.zh}办理${to.zh}`, `${en}: ${who.en}, in ${where.en}${to.en}`),
  }];
}

function action(a: Procedure, b: Procedure, name: string, before: Action, after: Action): Change[] {
  const at = about(name, after);
  const roles = (key: 'by' | 'tell' | 'relieves', zh: string, en: string): Change[] =>
    listed(at, key, both(zh, en), before[key], after[key], [(r) => roleName(a, r), (r) => roleName(b, r)]).map((c) => weighed(c, c.kind === 'added' ? b : a, key, before[key], after[key]));
  const duties = (key: 'during' | 'settled' | 'lapsed', zh: string, en: string): Change[] =>
    listed(at, key, both(zh, en), before[key], after[key], [(d) => dutyName(a, d), (d) => dutyName(b, d)]);
  return [
    ...roles('by', '可办理的角色', 'role that may take it'),
    ...places(a, b, before, after, at),
    ...(before.to === after.to ? [] : moved(at, 'to', both('转入的阶段', 'stage it leads to'), stage(a, before.to), stage(b, after.to))),
    ...moved(at, 'when', both('条件', 'condition'), when(a, before), when(b, after)),
    ...fields(a, b, before.fields, after.fields, at),
    ...listed(at, 'otherThan', both('须由他人办理的', 'not by whoever took'), before.otherThan, after.otherThan, [(o) => actionName(a, o), (o) => actionName(b, o)], (came) => (came ? 'stricter' : 'easier')),
    ...duties('during', '前提（须在其期限内）', 'condition that this runs'),
    ...duties('settled', '前提（须先完成）', 'condition that this is settled'),
    ...duties('lapsed', '前提（须已届满）', 'condition that this has lapsed'),
    ...(before.times === after.times ? [] : moved(at, 'times', both('同一事项中可办次数', 'how often in one case'), times(before), times(after))),
    ...roles('tell', '办理后被告知的角色', 'role that is told'),
    ...(same(before.appoints, after.appoints) ? [] : moved(at, 'appoints', both('指定', 'appointment'), appointed(a, before), appointed(b, after))),
    ...roles('relieves', '免除的角色', 'role that is relieved'),
    ...(same(before.excludes, after.excludes) ? [] : moved(at, 'excludes', both('回避', 'exclusion'), excluded(a, before.excludes), excluded(b, after.excludes))),
    ...(before.counts === after.counts ? [] : moved(at, 'counts', both('计次', 'count kept'), called(before.counts), called(after.counts))),
  ];
}

function weighed(change: Change, p: Procedure, key: string, before: readonly string[], after: readonly string[]): Change {
  const touched = change.kind === 'added' ? after.filter((r) => !before.includes(r)) : before.filter((r) => !after.includes(r));
  const weight = key === 'relieves' ? undefined : theirs(p, touched)(change.kind === 'added');
  return weight === undefined ? change : { ...change, weight };
}

const stage = (p: Procedure, name: string | undefined): Text => (name === undefined ? both('不变', 'none, it stays') : stageName(p, name));
const times = ({ times: n }: Action): Text => (n === undefined ? both('不限', 'as often as need be') : both(`${n} 次`, n === 1 ? 'once' : `${n} times`));
const called = (name: string | undefined): Text | undefined => (name === undefined ? undefined : both(name, name));
const when = (p: Procedure, rule: Action): Text | undefined => rule.when && conditionText(p, rule.when);

function appointed(p: Procedure, { appoints }: Action): Text | undefined {
  const all = Object.entries(appoints).map(([role, who]) => both(
    `${who === 'by' ? '办理人' : `“${fieldName(p, who).zh}”所写的人`}为${roleName(p, role).zh}`,
    `${who === 'by' ? 'whoever takes it' : `whom ${fieldName(p, who).en} names`} becomes ${roleName(p, role).en}`,
  ));
  return all.length > 0 ? joined(all) : undefined;
}

/** Who takes no part, and why. */
export function excluded(p: Procedure, rule: Action['excludes']): Text | undefined {
  if (!rule) return undefined;
  const why = rule.why === 'named' ? both('被反映对象', 'complained of') : both('有利害关系', 'conflict of interest');
  return aside(both(`“${fieldName(p, rule.field).zh}”所写的人不参与`, `whom ${fieldName(p, rule.field).en} names takes no part`), [why, ...(rule.when ? [conditionText(p, rule.when)] : [])]);
}
