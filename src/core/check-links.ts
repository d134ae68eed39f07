import { unfit } from './check-handed.ts';
import { actionsOf, dutiesOf, error, factNames, type Known, type Path, type Problem, type Rule, warning } from './check-problem.ts';
import { unknown } from './check-unknown.ts';
import type { Link, Passing, Procedure } from './procedure.ts';
import { fieldsNamed } from './rules.ts';

const kindsOf = (p: Procedure, field: string): string[] => fieldsNamed(p, field).map((f) => f.kind);

/** The links as far as this procedure goes, and as the procedure that each opens says, where it is at hand. */
export const links: Rule = (p, _, known) => Object.entries(p.links).flatMap(([name, link]) => [...ours(p, name, link), ...theirs(p, name, link, known)]);

function ours(p: Procedure, name: string, link: Link): Problem[] {
  const path: Path = ['links', name];
  const { to, each, unit, hands, tells, hears, on } = link;
  const fields = [to, each, typeof unit === 'string' ? undefined : unit.field].flatMap((f) => (f === undefined ? [] : [f]));
  return [
    ...(on.length === 0 ? [error([...path, 'on'], '没有写明何时关联。请写 on。', 'It does not say when. Write "on".')] : []),
    ...unknown('field', factNames(p), fields.map((f) => [path, f] as const)),
    ...(to !== undefined && kindsOf(p, to).some((k) => k !== 'case') ? [error([...path, 'to'], `字段“${to}”应为 case 类型（另一事项的登记号）。`, `The field "${to}" must be of kind case, the receipt of another case.`)] : []),
    ...unknown('field', factNames(p), Object.entries(hands).map(([theirs_, f]) => [[...path, 'hands', theirs_], f] as const)),
    ...Object.keys(tells).flatMap((h) => (h === 'linked' ? [] : happens(p, h, [...path, 'tells', h]))),
    ...Object.entries(tells).flatMap(([h, { fields: f }]) => unknown('field', factNames(p), Object.entries(f).map(([k, v]) => [[...path, 'tells', h, 'fields', k], v] as const))),
    ...Object.entries(hears).flatMap(([h, passing]) => takes(p, passing, [...path, 'hears', h])),
  ];
}

/** The links that are asked for as soon as a case is opened, each with the procedure that it opens. */
const atOnce = (p: Procedure): [string, string][] => Object.entries(p.links).flatMap(([l, { opens, on }]) => (opens !== undefined && on.some((t) => t.on === 'opened') ? [[l, opens]] : []));

/** Procedures whose cases open each other as soon as they are opened. */
export const endless: Rule = (p, _, { procedure }) => {
  const leadsHere = (id: string, seen: readonly string[]): boolean => {
    if (id === p.id) return true;
    const other = seen.includes(id) ? undefined : procedure?.(id);
    return other !== undefined && other !== 'missing' && atOnce(other).some(([, next]) => leadsHere(next, [...seen, id]));
  };
  return atOnce(p).filter(([, id]) => leadsHere(id, [])).map(([l]) =>
    error(['links', l, 'on'], '事项一登记就再登记同类事项，永无止境。请改写 on。', 'Each case would at once open another of its kind, without end. Change "on".'));
};

function theirs(p: Procedure, name: string, link: Link, { procedure }: Known): Problem[] {
  const path: Path = ['links', name];
  if (link.opens === undefined || !procedure) return [];
  const other = link.opens === p.id ? p : procedure(link.opens);
  if (other === 'missing') return [warning([...path, 'opens'], `没有程序“${link.opens}”，关联时将失败。`, `There is no procedure "${link.opens}", so the link will fail.`)];
  if (!other) return [];
  const given = [...Object.keys(link.hands), ...Object.keys(link.sets)];
  const lacks = Object.entries(other.intake).filter(([f, { optional }]) => !optional && !given.includes(f)).map(([f]) => f);
  return [
    ...(link.channel !== undefined && !other.channels[link.channel] ? [error([...path, 'channel'], `“${link.opens}”没有“${link.channel}”这一渠道；可用：${Object.keys(other.channels).join(', ')}。`, `"${link.opens}" has no channel "${link.channel}"; it has ${Object.keys(other.channels).join(', ')}.`)] : []),
    ...unknown('field', Object.keys(other.intake), given.map((f) => [path, f] as const)),
    ...(lacks.length > 0 ? [error([...path, 'hands'], `“${link.opens}”登记时必须有 ${lacks.join('、')}。请在 hands 或 sets 中写明。`, `"${link.opens}" must be told ${lacks.join(', ')} at intake. Give them in "hands" or "sets".`)] : []),
    ...unfit(p, other.intake, link.hands, [...path, 'hands']),
    ...Object.entries(link.tells).flatMap(([h, passing]) => [...takes(other, passing, [...path, 'tells', h]), ...unfit(p, other.actions[passing.act]?.fields ?? {}, passing.fields, [...path, 'tells', h, 'fields'])]),
    ...Object.keys(link.hears).flatMap((h) => happens(other, h, [...path, 'hears', h])),
    ...Object.entries(link.hears).flatMap(([h, { act, fields }]) => [
      ...unknown('field', factNames(other), Object.entries(fields).map(([k, v]) => [[...path, 'hears', h, 'fields', k], v] as const)),
      ...unfit(other, p.actions[act]?.fields ?? {}, fields, [...path, 'hears', h, 'fields']),
    ]),
  ];
}

/** Something that can happen in a case of this procedure. */
function happens(p: Procedure, on: string, path: Path): Problem[] {
  const [name = '', what] = on.split('.');
  if (on === 'closed') return [];
  return what === undefined ? unknown('action', Object.keys(p.actions), [[path, name]]) : unknown('duty', Object.keys(p.duties), [[path, name]]);
}

/** Whether what is told can be taken: the action is there, the role may take it, and it gets the fields that it must have. */
function takes(p: Procedure, { act, by, fields }: Passing, path: Path): Problem[] {
  const action = p.actions[act];
  if (!action) return unknown('action', Object.keys(p.actions), [[[...path, 'act'], act]]);
  const lacks = Object.entries(action.fields).filter(([f, { optional }]) => !optional && fields[f] === undefined).map(([f]) => f);
  return [
    ...(by !== undefined && !action.by.includes(by) ? [error([...path, 'by'], `“${by}”不能办理“${act}”；可以：${action.by.join(', ')}。`, `"${by}" may not take "${act}"; these may: ${action.by.join(', ')}.`)] : []),
    ...unknown('field', Object.keys(action.fields), Object.keys(fields).map((f) => [[...path, 'fields', f], f] as const)),
    ...(lacks.length > 0 ? [error([...path, 'fields'], `“${act}”必须有 ${lacks.join('、')}，这里没有给出。`, `"${act}" must have ${lacks.join(', ')}, which is not given here.`)] : []),
  ];
}

/** Whose a duty is to be: the field must be there and name people, and many need instances of their own. */
export const whose: Rule = (p) =>
  dutiesOf(p).flatMap(([d, duty]) => duty.starts.flatMap(({ for: of }, i) => {
    if (!of) return [];
    const path: Path = ['duties', d, 'starts', i, 'for'];
    const fields = 'same' in of ? [] : ['each' in of ? of.each : 'next' in of ? of.next : of.one];
    return [
      ...unknown('field', factNames(p), fields.map((field) => [path, field])),
      ...fields.flatMap((field) => (kindsOf(p, field).some((k) => !['people', 'person', 'unit'].includes(k)) ? [error(path, `字段“${field}”应为 people、person 或 unit 类型。`, `The field "${field}" must be of kind people, person or unit.`)] : [])),
      ...(!('one' in of) && !duty.each ? [error(['duties', d, 'each'], `“${d}”按人分别起算。请写 each: true。`, `"${d}" is owed by several. Write "each: true".`)] : []),
    ];
  }));

/** Only of a duty with many instances can it be said about which one something is, and only of one such duty at a time. */
export const aboutOne: Rule = (p) =>
  actionsOf(p).flatMap(([a, { about }]) => {
    const path: Path = ['actions', a, 'about'];
    const which = dutiesOf(p).filter(([d, rule]) => about.includes(d) || (rule.each && rule.met.some((m) => m.by === a))).map(([d]) => d);
    return [
      ...about.flatMap((d, i) => (p.duties[d] && !p.duties[d].each
        ? [error([...path, i], `“${d}”只有一项，不必指明。请删去 about，或给该期限写 each: true。`, `There is only one "${d}". Leave "about" out, or write "each: true" there.`)] : [])),
      ...(about.length > 0 && which.length > 1 ? [error(path, `不能同时涉及多项期限：${which.join('、')}。about 只写一项，且该操作不再完成其他分项的期限。`, `It cannot be about several at once: ${which.join(', ')}. Name one in "about", and let the action meet no other of many.`)] : []),
    ];
  });

/** What is possible only after a duty has lapsed needs one that can. */
export const lapses: Rule = (p) =>
  actionsOf(p).flatMap(([a, { lapsed }]) => lapsed.flatMap((d, i) => (p.duties[d] && p.duties[d].expiry === 'escalates'
    ? [error(['actions', a, 'lapsed', i], `“${d}”逾期后继续督促，不会失效。请改用 expiry: lapses 的期限。`, `"${d}" does not lapse, it escalates. Name a duty with "expiry: lapses".`)] : [])));
