import { cited, type Field, type Fields, type Procedure } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { type About, both, type Change, joined, listed, moved, names, same } from './diff-change.ts';
import { aside } from './diff-words.ts';

const KIND: Readonly<Record<Field['kind'], Text>> = {
  text: both('文字', 'text'), date: both('日期', 'a date'), days: both('日数', 'a number of days'), number: both('数字', 'a number'), 'yes-no': both('是否', 'yes or no'),
  paper: both('文书', 'a paper'), role: both('角色', 'a role'), people: both('人员', 'people'), person: both('一人', 'one person'), unit: both('单位', 'a unit'),
  case: both('登记号', 'the receipt of a case'), choice: both('选项', 'a choice'),
};

/** What differs in what an action, or the intake, asks for. */
export function fields(a: Procedure, b: Procedure, before: Fields, after: Fields, about: About, key = 'fields'): Change[] {
  const { came, went, stayed } = names(before, after);
  const at = (name: string): About => ({ ...about, path: `${about.path === '' ? '' : `${about.path}.`}${key}.${name}` });
  return [
    ...came.flatMap((name) => moved(at(name), '', both('填写项', 'field'), undefined, whole(b, name, after[name]))),
    ...went.flatMap((name) => moved(at(name), '', both('填写项', 'field'), whole(a, name, before[name]), undefined)),
    ...stayed.flatMap((name) => (before[name] && after[name] ? field(a, b, name, before[name], after[name], at(name)) : [])),
  ];
}

const title = (name: string, f: Field | undefined): Text => f?.title ?? both(name, name);
const must = (f: Field): Text => (f.optional ? both('可不填', 'may be left out') : both('必填', 'required'));

const label = (f: Field) => (choice: string): Text => f.labels?.[choice] ?? both(choice, choice);
const value = (f: Field): Text | undefined => (f.default === undefined ? undefined : label(f)(String(f.default)));
const limit = (p: Procedure, f: Field): Text | undefined => (f.least === undefined && f.most === undefined ? undefined : joined(bounds(p, f)));

function whole(p: Procedure, name: string, f: Field | undefined): Text | undefined {
  if (!f) return undefined;
  const list = (f.choices ?? []).map(label(f));
  return aside(title(name, f), [must(f), list.length > 0 ? joined(list) : KIND[f.kind], ...bounds(p, f)]);
}

function field(a: Procedure, b: Procedure, name: string, before: Field, after: Field, about: About): Change[] {
  const called = title(name, after);
  const on = (zh: string, en: string): Text => both(`“${called.zh}”${zh}`, `"${called.en}": ${en}`);
  return [
    ...(before.optional === after.optional ? [] : moved(about, 'optional', on('', 'whether it must be given'), must(before), must(after))),
    ...(before.kind === after.kind ? [] : moved(about, 'kind', on('的类型', 'kind'), KIND[before.kind], KIND[after.kind])),
    ...listed(about, 'choices', on('的选项', 'choice'), before.choices ?? [], after.choices ?? [], [label(before), label(after)]),
    ...(same(before.default, after.default) ? [] : moved(about, 'default', on('不填时的值', 'value where nothing is said'), value(before), value(after))),
    ...moved(about, 'most', on('的限度', 'bounds'), limit(a, before), limit(b, after)),
    ...(before.whole === after.whole ? [] : moved(about, 'whole', on('中的单位', 'a unit'), units(before), units(after))),
  ];
}

const units = (f: Field): Text => (f.whole ? both('按其全部人员', 'stands for each of its people') : both('按单位', 'stands for itself'));

function bounds(p: Procedure, { least, most, cite }: Field): Text[] {
  const law = cite ? [cited(p, cite)] : [];
  return [
    ...(least === undefined ? [] : [both(`至少 ${least}`, `at least ${least}`)]),
    ...(most === undefined ? [] : [aside(both(`最多 ${most}`, `at most ${most}`), law)]),
  ];
}
