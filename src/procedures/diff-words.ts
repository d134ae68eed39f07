import { cited, type Citation, type Condition, duration, type Duration, type Duty, type FieldValue, type Link, type Procedure, type Rank, type Rung, type Trigger } from '../core/index.ts';
import { CHANNEL } from '../core/holds.ts';
import { own } from '../core/own.ts';
import { fieldsNamed, isRight } from '../core/rules.ts';
import type { Text } from '../core/text.ts';
import { both, joined } from './diff-change.ts';

// The entries of a procedure as people say them, by the titles that the procedure gives. What has no title is called by its name.

const titled = (found: { readonly title: Text } | undefined, name: string): Text => found?.title ?? both(name, name);
const quoted = (t: Text): Text => both(`“${t.zh}”`, `"${t.en}"`);

export const roleName = (p: Procedure, name: string): Text => titled(p.roles[name], name);
export const stageName = (p: Procedure, name: string): Text => quoted(titled(p.stages[name], name));
export const actionName = (p: Procedure, name: string): Text => quoted(titled(p.actions[name], name));
export const dutyName = (p: Procedure, name: string): Text => quoted(titled(p.duties[name], name));

/** What a field is called, wherever the procedure has one of that name. */
export function fieldName(p: Procedure, name: string): Text {
  const counted = Object.values(p.actions).find((a) => a.counts === name);
  if (name === CHANNEL) return both('渠道', 'the channel');
  if (counted) return both(`“${counted.title.zh}”的次数`, `how often "${counted.title.en}" was done`);
  return fieldsNamed(p, name).flatMap((f) => f.title ?? [])[0] ?? both(name, name);
}

function valueName(p: Procedure, field: string, value: FieldValue | null): Text {
  const label = fieldsNamed(p, field).flatMap((f) => f.labels?.[String(value)] ?? [])[0];
  if (label) return label;
  if (value === null) return both('未说明', 'not told');
  const channel = field === CHANNEL ? own(p.channels, String(value)) : undefined;
  if (channel) return channel;
  return typeof value === 'boolean' ? (value ? both('是', 'yes') : both('否', 'no')) : both(String(value), String(value));
}

/** "origin: referred or assigned". */
export function conditionText(p: Procedure, condition: Condition): Text {
  const each = Object.entries(condition).map(([field, wanted]) => {
    const [name, values] = [fieldName(p, field), [wanted].flat().map((v) => valueName(p, field, v))];
    return both(`${name.zh}为${values.map((v) => v.zh).join('或')}`, `${name.en} is ${values.map((v) => v.en).join(' or ')}`);
  });
  return both(each.map((e) => e.zh).join('且'), each.map((e) => e.en).join(' and '));
}

const BEFELL: Readonly<Record<string, (t: Text) => Text>> = {
  met: (t) => both(`${t.zh}完成`, `${t.en} is done`),
  lapsed: (t) => both(`${t.zh}期限届满`, `the time of ${t.en} is over`),
  overdue: (t) => both(`${t.zh}逾期`, `${t.en} is overdue`),
  extended: (t) => both(`${t.zh}延期`, `${t.en} is extended`),
  appointed: (t) => both(`指定${t.zh}`, `${t.en} is appointed`),
  linked: (t) => both(`${t.zh}已关联`, `${t.en} is linked`),
  failed: (t) => both(`${t.zh}未能关联`, `${t.en} could not be linked`),
};

const ITSELF: Readonly<Record<string, Text>> = {
  opened: both('收到并登记', 'receipt'),
  closed: both('结案', 'the close'),
  linked: both('建立关联', 'the link'),
  'notice-failed': both('通知未能送达', 'a failed notice'),
  'filing-failed': both('文书未能制作', 'a paper that could not be made'),
};

/** What happens, of all that a duty, a paper or a link can listen to. */
export function happeningText(p: Procedure, on: string): Text {
  const [name = '', what] = on.split('.');
  if (what === undefined) return ITSELF[on] && !p.actions[on] ? ITSELF[on] : actionName(p, on);
  const about = what === 'appointed' ? roleName(p, name) : what === 'linked' || what === 'failed' ? quoted(titled(p.links[name], name)) : dutyName(p, name);
  return BEFELL[what]?.(about) ?? both(on, on);
}

/** A start, with its conditions and whose it makes the duty. */
export function triggerText(p: Procedure, { on, when, notTo, owes, for: whose }: Trigger): Text {
  const extra = [
    ...(when === undefined ? [] : [conditionText(p, when)]),
    ...(owes === undefined ? [] : [both(`由${roleName(p, owes).zh}承担`, `owed by ${roleName(p, owes).en}`)]),
    ...(whose === undefined ? [] : [whoseText(p, whose)]),
    ...(notTo === undefined ? [] : [both(`不告知${fieldName(p, notTo).zh}`, `not told to ${fieldName(p, notTo).en}`)]),
  ];
  return aside(happeningText(p, on), extra);
}

function whoseText(p: Procedure, whose: NonNullable<Trigger['for']>): Text {
  if ('same' in whose) return both('由引起它的一方承担', 'whoever’s that was which brought it about');
  if ('each' in whose) return both(`“${fieldName(p, whose.each).zh}”每人一项`, `one for each of ${fieldName(p, whose.each).en}`);
  if ('next' in whose) return both(`“${fieldName(p, whose.next).zh}”中的下一人`, `the next of ${fieldName(p, whose.next).en}`);
  return both(`“${fieldName(p, whose.one).zh}”所写的人`, `whoever ${fieldName(p, whose.one).en} names`);
}

/** Something with what is to be said of it in brackets. */
export function aside(t: Text, extra: readonly Text[]): Text {
  return extra.length === 0 ? t : both(`${t.zh}（${extra.map((e) => e.zh).join('，')}）`, `${t.en} (${extra.map((e) => e.en).join(', ')})`);
}

/** "8 working hours × days allowed", where a field says how many times over a count is taken. */
export function timesText(p: Procedure, count: Text, times: string | undefined): Text {
  if (times === undefined) return count;
  const name = fieldName(p, times);
  return both(`${count.zh} × ${name.zh}`, `${count.en} × ${name.en}`);
}

/** How long a duty lasts, and all that says how it is counted. */
export function limitText(p: Procedure, duty: Duty): Text {
  const { count, times, field, night, firstDay, ends } = duty.limit;
  const base = count ? timesText(p, duration(count), times) : both(`由“${fieldName(p, field ?? '').zh}”指定的日期`, `the date that ${fieldName(p, field ?? '').en} sets`);
  return aside(base, [
    ...(night ? [both(`夜间（${night.from}–${night.to}）${duration(night.count).zh}`, `${duration(night.count).en} by night, ${night.from}-${night.to}`)] : []),
    ...(firstDay === 'included' ? [both('首日计入', 'the first day counted')] : []),
    ...(rolls(p, duty) ? [both('末日为休息日的顺延', 'a last day of rest moves on')] : []),
    ...(ends === 'end-of-day' ? [] : [ends === 'close-of-business' ? both('至下班时', 'to the close of business') : both(`至 ${ends}`, `to ${ends}`)]),
  ]);
}

/** Whether a last day of rest moves on: as it says, or as it is where the law is silent. */
export const rolls = (p: Procedure, duty: Duty): boolean => (duty.limit.lastDay ?? (isRight(p, duty) ? 'rolls' : 'stays')) === 'rolls';

export const optional = (d: Duration | undefined): Text | undefined => (d ? duration(d) : undefined);

export const citationText = (p: Procedure, c: Citation): Text => cited(p, c);

/** A rung: who is told, after how long, how often again, and what being told brings. */
export function rungText(p: Procedure, { tell, after, repeat, acknowledge, appoints }: Rung): Text {
  const who = roleName(p, tell);
  return aside(who, [
    after ? both(`再过 ${duration(after).zh}`, `${duration(after).en} later`) : both('立即', 'at once'),
    ...(repeat ? [both(`此后每 ${duration(repeat).zh} 重复`, `again every ${duration(repeat).en}`)] : []),
    ...(acknowledge === undefined ? [] : [both(`须${dutyName(p, acknowledge).zh}`, `owes ${dutyName(p, acknowledge).en}`)]),
    ...(appoints === undefined ? [] : [both(`成为${roleName(p, appoints).zh}`, `becomes ${roleName(p, appoints).en}`)]),
  ]);
}

export const ladderText = (p: Procedure, rungs: readonly Rung[]): Text => {
  const all = rungs.map((r) => rungText(p, r));
  return both(all.map((r) => r.zh).join(' → '), all.map((r) => r.en).join(' → '));
};

/** Stages, in few words where they are nearly all. */
export function stageList(p: Procedure, names: readonly string[] | undefined): Text {
  const all = Object.keys(p.stages);
  const before = all.filter((s) => !p.stages[s]?.final);
  const those = names ?? before;
  if (all.every((s) => those.includes(s))) return both('所有阶段', 'every stage');
  if (those.length === before.length && before.every((s) => those.includes(s))) return both('终结前的各阶段', 'every stage before the end');
  const missing = all.filter((s) => !those.includes(s));
  if (missing.length > 3 || those.length < 6) return joined(those.map((s) => stageName(p, s)));
  const but = joined(missing.map((s) => stageName(p, s)));
  return both(`除${but.zh}外的各阶段`, `every stage but ${but.en}`);
}

export const roleList = (p: Procedure, names: readonly string[]): Text => joined(names.map((n) => roleName(p, n)));

const RELATIONS: Readonly<Record<Link['relation'], Text>> = {
  review: both('复查、复核', 'a review of it'), part: both('其中一部分', 'a part of it'), claim: both('其中一项诉求', 'a claim out of it'), supervised: both('被督办的事项', 'the case it supervises'),
  referral: both('转送、交办', 'a referral of it'), instruction: both('批示的落实', 'what an instruction asked for'), finding: both('排查发现', 'a finding of it'), 'follow-up': both('后续', 'its follow-up'),
  'merged-into': both('所并入的事项', 'the case it was merged into'),
};
export const relationName = (relation: Link['relation']): Text => RELATIONS[relation];

const RANKS: Readonly<Record<Rank, Text>> = {
  statute: both('法律、法规', 'statute'), 'party-state-regulation': both('党政联合法规', 'regulation of party and state'), 'ministry-rule': both('部门规章、文件', 'rule of a ministry'),
  'local-rule': both('地方规定', 'local rule'), practice: both('实践做法', 'practice'), house: both('本单位规则', 'house rule'),
};
export const rankName = (rank: Rank | undefined): Text | undefined => rank && RANKS[rank];
