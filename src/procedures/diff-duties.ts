import type { Duty, Procedure } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { type About, both, type Change, joined, listed, moved, names, same } from './diff-change.ts';
import { binds, helps, limits, sideOf } from './diff-limits.ts';
import { citation, parts } from './diff-parts.ts';
import { actionName, aside, citationText, conditionText, fieldName, limitText, roleName, triggerText } from './diff-words.ts';

/** What differs in what is owed, and in the rights of those outside. */
export function duties(a: Procedure, b: Procedure): Change[] {
  const { came, went, stayed } = names(a.duties, b.duties);
  return [
    ...stayed.flatMap((name) => (a.duties[name] && b.duties[name] ? duty(a, b, name, a.duties[name], b.duties[name]) : [])),
    ...came.flatMap((name) => (b.duties[name] ? whole(b, name, b.duties[name], 'added') : [])),
    ...went.flatMap((name) => (a.duties[name] ? whole(a, name, a.duties[name], 'gone') : [])),
  ];
}

const about = (p: Procedure, name: string, d: Duty): About =>
  ({ section: sideOf(p, d) === 'institution' ? 'duty' : 'right', path: `duties.${name}`, subject: d.title });

/** A duty or a right that is new, or is no more, with what it says. */
function whole(p: Procedure, name: string, d: Duty, kind: 'added' | 'gone'): Change[] {
  const [who, limit, law] = [roleName(p, d.owes), limitText(p, d), citationText(p, d.cite)];
  const begun = joined(d.starts.map((t) => triggerText(p, t)));
  const what = sideOf(p, d) === 'institution' ? both('义务', 'duty') : both('权利', 'right');
  const [zh, en] = kind === 'added' ? ['新增', 'new'] : ['取消', 'no more'];
  const from = d.starts.length > 0 ? both(`，自${begun.zh}起算`, `, from ${begun.en}`) : both('', '');
  const weight = binds(p, d)(kind === 'added');
  return [{
    kind, ...about(p, name, d), ...(weight === undefined ? {} : { weight }),
    text: both(`${zh}${what.zh}：${who.zh}，${limit.zh}${from.zh}。${law.zh}`, `${en} ${what.en}: ${who.en}, ${limit.en}${from.en}. ${law.en}`),
  }];
}

function duty(a: Procedure, b: Procedure, name: string, before: Duty, after: Duty): Change[] {
  const at = about(b, name, after);
  const [help, bind] = [helps(b, after), binds(b, after)];
  return [
    ...limits(a, b, before, after, at),
    ...(before.owes === after.owes ? [] : moved(at, 'owes', both('义务人', 'who owes it'), roleName(a, before.owes), roleName(b, after.owes))),
    ...starts(a, b, before, after, at),
    ...listed(at, 'met', both('完成方式', 'way to meet it'), before.met, after.met, [(m) => metText(a, m), (m) => metText(b, m)], help),
    ...listed(at, 'ends', both('不再需要的情形', 'what ends it'), before.ends, after.ends, [(e) => actionName(a, e), (e) => actionName(b, e)], (came) => bind(!came)),
    ...parts({ a, b, before, after, about: at }),
    ...(before.expiry === after.expiry ? [] : moved(at, 'expiry', both('期限届满的后果', 'what it means when time runs out'), EXPIRY[before.expiry], EXPIRY[after.expiry], before.expiry === 'escalates' ? help(true) : after.expiry === 'escalates' ? help(false) : undefined)),
    ...(before.ladder === after.ladder ? [] : moved(at, 'ladder', both('逾期逐级上报', 'ladder'), ladder(before.ladder), ladder(after.ladder), before.ladder === undefined ? help(false) : after.ladder === undefined ? help(true) : undefined)),
    ...(before.internal === after.internal ? [] : moved(at, 'internal', both('给申请人的文书是否写明', 'in letters to the petitioner'), shown(before), shown(after), after.internal ? 'less' : 'more')),
    ...(before.each === after.each ? [] : moved(at, 'each', both('每次起算', 'each start'), instances(before), instances(after))),
    ...(before.acknowledge === after.acknowledge ? [] : moved(at, 'acknowledge', both('被通知后须确认', 'answer that being told asks for'), ladder(before.acknowledge), ladder(after.acknowledge))),
    ...citation({ a, b }, at, before.cite, after.cite),
  ];
}

const metText = (p: Procedure, m: Duty['met'][number]): Text => aside(actionName(p, m.by), [
  ...(m.with === undefined ? [] : [both(`须附${fieldName(p, m.with).zh}`, `with ${fieldName(p, m.with).en}`)]), ...(m.when ? [conditionText(p, m.when)] : []),
]);

const of = (d: Duty, on: string): Duty['starts'] => d.starts.filter((t) => t.on === on);
const always = (list: Duty['starts']): boolean => list.some((t) => t.when === undefined);

/** What starts it: what is new, what is no more, and what starts it on other conditions. */
function starts(a: Procedure, b: Procedure, before: Duty, after: Duty, at: About): Change[] {
  const bind = binds(b, after);
  const shared = [...new Set(after.starts.map((t) => t.on))].filter((on) => of(before, on).length > 0);
  const only = (d: Duty): Duty['starts'] => d.starts.filter((t) => !shared.includes(t.on));
  return [
    ...listed(at, 'starts', both('起算事由', 'start'), only(before), only(after), [(t) => triggerText(a, t), (t) => triggerText(b, t)], bind),
    ...shared.flatMap((on) => {
      const [x, y] = [of(before, on), of(after, on)];
      if (same(x, y)) return [];
      const weight = always(x) === always(y) ? undefined : bind(always(y));
      return moved(at, 'starts', both('起算事由', 'start'), joined(x.map((t) => triggerText(a, t))), joined(y.map((t) => triggerText(b, t))), weight);
    }),
  ];
}

const ladder = (name: string | undefined): Text | undefined => (name === undefined ? undefined : both(name, name));
const shown = (d: Duty): Text => (d.internal ? both('不写明', 'left out') : both('写明', 'told'));
const instances = (d: Duty): Text => (d.each ? both('各为一项', 'opens one of its own') : both('只有一项', 'is of the one'));

export const EXPIRY: Readonly<Record<Duty['expiry'], Text>> = {
  escalates: both('逐级上报', 'it is raised to leaders'),
  lapses: both('失效', 'it lapses'),
  'deemed-accepted': both('视为同意', 'deemed accepted'),
  'deemed-refused': both('视为拒绝', 'deemed refused'),
  'deemed-abandoned': both('视为放弃', 'deemed abandoned'),
  'passes-on': both('转报下一人', 'it passes on to the next'),
};
