import type { EventOf, Unlinked } from './events.ts';
import type { Relation } from './procedure.ts';
import type { Text } from './text.ts';

/** What a linked case is to this one, and what this one is to it. */
const RELATIONS: Readonly<Record<Relation, { readonly other: Text; readonly ours: Text }>> = {
  review: { other: { zh: '复查复核', en: 'review' }, ours: { zh: '被复查复核的事项', en: 'the case under review' } },
  part: { other: { zh: '组成部分', en: 'part' }, ours: { zh: '所属事项', en: 'the case it is part of' } },
  claim: { other: { zh: '诉求', en: 'claim' }, ours: { zh: '提出诉求的来访', en: 'the visit at which it was made' } },
  supervised: { other: { zh: '被督办事项', en: 'the case supervised' }, ours: { zh: '督办', en: 'supervision' } },
  referral: { other: { zh: '转送、交办', en: 'referral' }, ours: { zh: '转送、交办的来源', en: 'where it was referred from' } },
  instruction: { other: { zh: '批示', en: 'instruction' }, ours: { zh: '批示的由来', en: 'what gave rise to it' } },
  finding: { other: { zh: '排查发现的问题', en: 'problem found' }, ours: { zh: '发现问题的排查', en: 'the sweep that found it' } },
  'follow-up': { other: { zh: '前一事项', en: 'the earlier case' }, ours: { zh: '后续事项', en: 'follow-up' } },
  'merged-into': { other: { zh: '并入的事项', en: 'the case it is merged into' }, ours: { zh: '并入本事项的事项', en: 'merged into this case' } },
};

const isRelation = (name: string): name is Relation => Object.hasOwn(RELATIONS, name);

/** What another case is to this one. `from`: it was the other that asked for the link. */
export function relationTo(relation: string, from: boolean): Text {
  if (!isRelation(relation)) return { zh: relation, en: relation };
  return from ? RELATIONS[relation].ours : RELATIONS[relation].other;
}

const UNLINKED: Readonly<Record<Unlinked, Text>> = {
  loop: { zh: '将形成循环关联', en: 'it would lead back to itself' },
  'no-such-case': { zh: '没有该登记号的事项', en: 'there is no such case' },
  'no-such-unit': { zh: '没有可受理的单位', en: 'there is no such unit' },
  'no-procedure': { zh: '没有相应的程序', en: 'there is no such procedure' },
  'not-taken': { zh: '对方程序不予登记', en: 'the other procedure does not take it' },
  closed: { zh: '对方事项已结案', en: 'the other case is closed' },
  'takes-no-part': { zh: '该单位是被反映单位或已回避', en: 'that unit is complained of, or stands aside' },
};

export const linkedText = (e: EventOf<'linked'>): Text => {
  const what = relationTo(e.relation, e.from ?? false);
  return { zh: `已关联${what.zh}：${e.receipt}。`, en: `Linked, ${what.en}: ${e.receipt}.` };
};

export const linkFailedText = (e: EventOf<'link-failed'>, title: Text): Text =>
  ({ zh: `未能关联（${title.zh}）：${UNLINKED[e.reason].zh}。`, en: `Not linked (${title.en}): ${UNLINKED[e.reason].en}.` });

export const untoldText = (e: EventOf<'untold'>): Text =>
  ({ zh: `关联事项 ${e.receipt} 已结案，第 ${e.of} 条未能告知。`, en: `The linked case ${e.receipt} is closed and was not told of event ${e.of}.` });
