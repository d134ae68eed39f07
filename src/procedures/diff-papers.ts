import type { Link, PaperRule, Passing, Procedure } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { type About, both, type Change, joined, listed, moved, names, same } from './diff-change.ts';
import { citation } from './diff-parts.ts';
import { actionName, aside, fieldName, happeningText, relationName, roleList, roleName, triggerText } from './diff-words.ts';

/** What differs in the papers that are made by themselves. */
export function papers(a: Procedure, b: Procedure): Change[] {
  const { came, went, stayed } = names(a.papers, b.papers);
  const label = both('文书', 'paper');
  return [
    ...stayed.flatMap((k) => (a.papers[k] && b.papers[k] ? paper(a, b, k, a.papers[k], b.papers[k]) : [])),
    ...came.flatMap((k) => (b.papers[k] ? moved(paperAt(k, b.papers[k]), '', label, undefined, wholePaper(b, b.papers[k])) : [])),
    ...went.flatMap((k) => (a.papers[k] ? moved(paperAt(k, a.papers[k]), '', label, wholePaper(a, a.papers[k]), undefined) : [])),
  ];
}

const paperAt = (kind: string, { title }: PaperRule): About => ({ section: 'paper', path: `papers.${kind}`, subject: title });
const on = (p: Procedure, list: PaperRule['on']): Text[] => list.map((t) => triggerText(p, t));
const asked = both('按需制作', 'made when asked for');

const wholePaper = (p: Procedure, rule: PaperRule): Text => aside(rule.title, [
  rule.on.length > 0 ? joined(on(p, rule.on)) : asked, ...(rule.to === undefined ? [] : [both(`送${roleName(p, rule.to).zh}`, `to ${roleName(p, rule.to).en}`)]),
]);

function paper(a: Procedure, b: Procedure, kind: string, before: PaperRule, after: PaperRule): Change[] {
  const at = paperAt(kind, after);
  return [
    ...listed(at, 'on', both('制作时机', 'occasion on which it is made'), before.on, after.on, [(t) => triggerText(a, t), (t) => triggerText(b, t)]),
    ...listed(at, 'needs', both('须填写的项', 'field it needs'), before.needs, after.needs, [(f) => fieldName(a, f), (f) => fieldName(b, f)]),
    ...(before.to === after.to ? [] : moved(at, 'to', both('主送', 'addressee'), addressee(a, before.to), addressee(b, after.to))),
    ...listed(at, 'copies', both('抄送', 'copy'), before.copies, after.copies, [(r) => roleName(a, r), (r) => roleName(b, r)]),
    ...(before.series === after.series ? [] : moved(at, 'series', both('文号系列', 'series of numbers'), named(before.series), named(after.series))),
    ...citation({ a, b }, at, before.cite, after.cite),
  ];
}

const addressee = (p: Procedure, name: string | undefined): Text | undefined => (name === undefined ? undefined : roleName(p, name));
const named = (name: string | undefined): Text | undefined => (name === undefined ? undefined : both(name, name));

/** What differs in the cases that this one opens, or tells. */
export function links(a: Procedure, b: Procedure): Change[] {
  const { came, went, stayed } = names(a.links, b.links);
  const label = both('关联事项', 'linked case');
  return [
    ...stayed.flatMap((n) => (a.links[n] && b.links[n] ? link(a, b, linkAt(n, b.links[n]), a.links[n], b.links[n]) : [])),
    ...came.flatMap((n) => (b.links[n] ? moved(linkAt(n, b.links[n]), '', label, undefined, wholeLink(b, b.links[n])) : [])),
    ...went.flatMap((n) => (a.links[n] ? moved(linkAt(n, a.links[n]), '', label, wholeLink(a, a.links[n]), undefined) : [])),
  ];
}

const linkAt = (name: string, { title }: Link): About => ({ section: 'link', path: `links.${name}`, subject: title });
const wholeLink = (p: Procedure, l: Link): Text => aside(target(p, l), [joined(on(p, l.on)), where(p, l.unit)]);
const target = (p: Procedure, l: Link): Text => (l.opens === undefined ? both(`“${fieldName(p, l.to ?? '').zh}”所指的事项`, `the case that ${fieldName(p, l.to ?? '').en} names`) : both(`另立 ${l.opens}`, `opens ${l.opens}`));

function where(p: Procedure, unit: Link['unit']): Text {
  if (typeof unit !== 'string') return both(`交“${fieldName(p, unit.field).zh}”所写的单位`, `for the unit that ${fieldName(p, unit.field).en} names`);
  return unit === 'same' ? both('本单位', 'the same unit') : both('上一级单位', 'the unit above');
}

function link(a: Procedure, b: Procedure, at: About, before: Link, after: Link): Change[] {
  return [
    ...moved(at, 'opens', both('另一事项', 'other case'), target(a, before), target(b, after)),
    ...(before.relation === after.relation ? [] : moved(at, 'relation', both('关系', 'relation'), relationName(before.relation), relationName(after.relation))),
    ...listed(at, 'on', both('关联的时机', 'occasion of the link'), before.on, after.on, [(t) => triggerText(a, t), (t) => triggerText(b, t)]),
    ...moved(at, 'unit', both('办理单位', 'unit'), where(a, before.unit), where(b, after.unit)),
    ...(before.each === after.each ? [] : moved(at, 'each', both('逐一分立', 'one for each of'), named(before.each), named(after.each))),
    ...(before.many === after.many ? [] : moved(at, 'many', both('可否多件', 'several at once'), several(before), several(after))),
    ...(before.petitioner === after.petitioner ? [] : moved(at, 'petitioner', both('申请人信息', 'who the petitioner is'), known(before), known(after))),
    ...(before.channel === after.channel ? [] : moved(at, 'channel', both('来源渠道', 'channel'), named(before.channel), named(after.channel))),
    ...listed(at, 'hands', both('随附的情况', 'fact that goes along'), Object.entries(before.hands), Object.entries(after.hands), [fact, fact]),
    ...listed(at, 'sets', both('设定的情况', 'fact that is set'), Object.entries(before.sets), Object.entries(after.sets), [fact, fact]),
    ...listed(at, 'tells', both('告知对方', 'what the other case is told'), Object.entries(before.tells), Object.entries(after.tells), [said(a), said(b)]),
    ...listed(at, 'hears', both('获知', 'what is heard from it'), Object.entries(before.hears), Object.entries(after.hears), [said(a), said(b)]),
  ];
}

const said = (p: Procedure) => ([what, how]: readonly [string, Passing]): Text => passing(p, what, how);
const fact = ([k, v]: readonly [string, unknown]): Text => both(`${k}：${String(v)}`, `${k}: ${String(v)}`);
const several = (l: Link): Text => (l.many ? both('可以', 'yes') : both('不可以', 'no'));
const known = (l: Link): Text => (l.petitioner ? both('随附', 'goes along') : both('不随附', 'stays here'));

function passing(p: Procedure, what: string, { act, by, fields }: Passing): Text {
  const extra = [...(by === undefined ? [] : [p.roles[by] ? roleList(p, [by]) : both(by, by)]), ...Object.entries(fields).map(([k, v]) => (same(k, v) ? both(k, k) : both(`${k}=${v}`, `${k}=${v}`)))];
  return aside(both(`${happeningText(p, what).zh} → ${actionName(p, act).zh}`, `${happeningText(p, what).en} → ${actionName(p, act).en}`), extra);
}
