import { duration, type Procedure } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { excluded } from './diff-actions.ts';
import { type About, both, type Change, joined, listed, moved, names, same, type Section } from './diff-change.ts';
import { fields } from './diff-fields.ts';
import { conditionText, dutyName, fieldName, rankName, roleList, roleName, stageName } from './diff-words.ts';

const at = (section: Section, path: string, zh: string, en: string): About => ({ section, path, subject: both(zh, en) });
const word = (value: string | number | undefined): Text | undefined => (value === undefined ? undefined : both(String(value), String(value)));

/** What differs in the procedure as a whole. */
export function procedure(a: Procedure, b: Procedure): Change[] {
  const about = at('procedure', '', '整体', 'as a whole');
  const top = (key: string, zh: string, en: string, before: Text | undefined, after: Text | undefined): Change[] =>
    moved({ ...about, path: key }, '', both(zh, en), before, after);
  return [
    ...top('id', '编号', 'id', word(a.id), word(b.id)),
    ...top('version', '版本', 'version', word(a.version), word(b.version)),
    ...top('inForce', '施行时间', 'time in force', force(a), force(b)),
    ...top('calendar', '计算期限的日历', 'calendar that limits are counted on', word(a.calendar), word(b.calendar)),
    ...top('lingers', '办完后保持开放', 'how long a case stays open after the end', a.lingers && duration(a.lingers), b.lingers && duration(b.lingers)),
    ...top('statistics.accepted', '及时受理率所指的义务', 'duties that "accepted in time" means', figures(a, 'accepted'), figures(b, 'accepted')),
    ...top('statistics.finished', '按期办结率所指的义务', 'duties that "finished in time" means', figures(a, 'finished'), figures(b, 'finished')),
  ];
}

const force = (p: Procedure): Text | undefined => p.inForce && both(`自 ${p.inForce.from} 起${p.inForce.to ? `至 ${p.inForce.to}` : ''}`, `from ${p.inForce.from}${p.inForce.to ? ` to ${p.inForce.to}` : ''}`);
const figures = (p: Procedure, key: 'accepted' | 'finished'): Text | undefined => (p.statistics && p.statistics[key].length > 0 ? joined(p.statistics[key].map((d) => dutyName(p, d))) : undefined);

/** What differs in who has a part, who has none, and who may know the petitioner. */
export function people(a: Procedure, b: Procedure): Change[] {
  const { came, went, stayed } = names(a.roles, b.roles);
  const about = at('part', 'roles', '角色', 'roles');
  const known = at('part', 'identity', '可以知道申请人身份的角色', 'who may know the petitioner');
  return [
    ...(came.length > 0 ? moved({ ...about, path: 'roles' }, '', both('角色', 'role'), undefined, roleList(b, came)) : []),
    ...(went.length > 0 ? moved({ ...about, path: 'roles' }, '', both('角色', 'role'), roleList(a, went), undefined) : []),
    ...stayed.flatMap((r) => role(a, b, r)),
    ...(same(a.excludes, b.excludes) ? [] : moved(at('part', 'excludes', '不参与的人', 'who takes no part'), '', both('回避', 'exclusion'), excluded(a, a.excludes), excluded(b, b.excludes))),
    ...(same(a.appoints, b.appoints) ? [] : moved(at('part', 'appoints', '登记时指定', 'given at intake'), '', both('指定', 'appointment'), appointed(a), appointed(b))),
    ...moved(known, '', both('身份', 'identity'), first(a, a.identity ?? []) ?? anybody, first(b, b.identity ?? []) ?? anybody, identityWeight(a, b)),
    ...moved(at('part', 'lastResort', '各级都不能通知时', 'when nobody on a ladder may be told'), '', both('最后告知', 'last resort'), first(a, one(a.lastResort)), first(b, one(b.lastResort))),
    ...moved(at('part', 'corrects', '更正时间', 'putting a date right'), '', both('可以更正的角色', 'who may'), first(a, a.corrects), first(b, b.corrects)),
  ];
}

const first = (p: Procedure, list: readonly string[]): Text | undefined => (list.length > 0 ? roleList(p, list) : undefined);
const anybody = both('办理事项的人', 'whoever handles the case');
const one = (name: string | undefined): string[] => (name === undefined ? [] : [name]);

/** Fewer who know the petitioner is kinder to them. */
function identityWeight(a: Procedure, b: Procedure): Change['weight'] {
  if (same(a.identity, b.identity)) return undefined;
  return within(b.identity, a.identity) ? 'more' : within(a.identity, b.identity) ? 'less' : undefined;
}

const within = (x: string[] | undefined, y: string[] | undefined): boolean => y === undefined || (x !== undefined && x.every((r) => y.includes(r)));

function role(a: Procedure, b: Procedure, name: string): Change[] {
  const [x, y] = [a.roles[name], b.roles[name]];
  if (!x || !y) return [];
  const about: About = { section: 'part', path: `roles.${name}`, subject: y.title };
  const held = (r: typeof x): Text => (r.byAppointment ? both('由事项指定', 'given by the case') : both('职务', 'a post'));
  const side = (r: typeof x): Text => (r.outside ? both('机关以外', 'outside the institution') : both('机关内部', 'inside the institution'));
  return [
    ...moved(about, 'outside', both('归属', 'side'), side(x), side(y)),
    ...moved(about, 'byAppointment', both('产生方式', 'how it is held'), held(x), held(y)),
    ...(same(x.unreachable, y.unreachable) ? [] : moved(about, 'unreachable', both('无从通知的情形', 'when it cannot be reached'), x.unreachable && conditionText(a, x.unreachable), y.unreachable && conditionText(b, y.unreachable))),
  ];
}

function appointed(p: Procedure): Text | undefined {
  const all = Object.entries(p.appoints).map(([r, f]) => both(`“${fieldName(p, f).zh}”所写的人为${roleName(p, r).zh}`, `whom ${fieldName(p, f).en} names is ${roleName(p, r).en}`));
  return all.length > 0 ? joined(all) : undefined;
}

const final = (p: Procedure, s: string): Text => (p.stages[s]?.final ? both('终结', 'an end') : both('未终结', 'not an end'));
const only = (p: Procedure, other: Procedure): Text[] => Object.entries(p.channels).filter(([key]) => !Object.hasOwn(other.channels, key)).map(([, title]) => title);

/** What differs in how a case comes, and where it can stand. */
export function shape(a: Procedure, b: Procedure): Change[] {
  const stages = at('stage', 'stages', '阶段', 'stages');
  const { came, went, stayed } = names(a.stages, b.stages);
  return [
    ...(came.length > 0 ? moved(stages, '', both('阶段', 'stage'), undefined, joined(came.map((s) => stageName(b, s)))) : []),
    ...(went.length > 0 ? moved(stages, '', both('阶段', 'stage'), joined(went.map((s) => stageName(a, s))), undefined) : []),
    ...stayed.flatMap((s) => moved({ ...stages, path: `stages.${s}`, subject: stageName(b, s) }, 'final', both('是否终结', 'whether the case ends there'), final(a, s), final(b, s))),
    ...(a.opens === b.opens ? [] : moved({ ...stages, path: 'opens' }, '', both('起始阶段', 'stage it opens in'), stageName(a, a.opens), stageName(b, b.opens))),
    ...listed(at('intake', 'channels', '来源渠道', 'channels'), '', both('渠道', 'channel'), only(a, b), only(b, a), [(t) => t, (t) => t]),
    ...fields(a, b, a.intake, b.intake, at('intake', '', '登记', 'intake'), 'intake'),
  ];
}

const law = (p: Procedure, key: string): Text => p.sources[key]?.title ?? both(key, key);
function dates(p: Procedure, key: string): Text | undefined {
  const { from, to } = p.sources[key] ?? {};
  return from === undefined && to === undefined ? undefined : both(`${from ?? ''}–${to ?? ''}`, `${from ?? ''}–${to ?? ''}`);
}

/** What differs in the laws and rules that it rests on. */
export function sources(a: Procedure, b: Procedure): Change[] {
  const { came, went, stayed } = names(a.sources, b.sources);
  const about = at('source', 'sources', '依据', 'sources');
  return [
    ...came.flatMap((k) => moved({ ...about, path: `sources.${k}` }, '', both('依据', 'source'), undefined, law(b, k))),
    ...went.flatMap((k) => moved({ ...about, path: `sources.${k}` }, '', both('依据', 'source'), law(a, k), undefined)),
    ...stayed.flatMap((k) => [
      ...moved({ ...about, path: `sources.${k}`, subject: law(b, k) }, 'rank', both('效力等级', 'rank'), rankName(a.sources[k]?.rank), rankName(b.sources[k]?.rank)),
      ...moved({ ...about, path: `sources.${k}`, subject: law(b, k) }, '', both('施行时间', 'time in force'), dates(a, k), dates(b, k)),
    ]),
  ];
}
