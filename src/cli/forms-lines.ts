import { cited, type DutyView, onDay, type Procedure } from '../core/index.ts';
import type { ActionForm, FormChoice, FormField } from '../core/forms.ts';
import type { Lang, Text } from '../core/text.ts';
import { columns, paint } from './paint.ts';
import { padEnd, widthOf, wrap } from './width.ts';

const KINDS: Readonly<Record<FormField['kind'], Text>> = {
  text: { zh: '文字', en: 'text' },
  date: { zh: '日期', en: 'date' },
  days: { zh: '天数', en: 'days' },
  number: { zh: '数目', en: 'number' },
  'yes-no': { zh: '是/否', en: 'yes or no' },
  paper: { zh: '文书编号', en: 'a paper' },
  role: { zh: '角色', en: 'role' },
  people: { zh: '人员代号（可多个）', en: 'persons' },
  person: { zh: '人员代号', en: 'person' },
  unit: { zh: '单位代号', en: 'unit' },
  case: { zh: '登记号', en: 'receipt of a case' },
  choice: { zh: '选项', en: 'one of' },
};

const T = {
  zh: {
    by: (roles: string) => `（${roles}）`, meets: (duty: string, day: string) => `完成“${duty}”，${day}截止`, overdue: '，已逾期', paused: '，停计中', soonest: '最先到期', about: '可指明：', must: '须指明：',
    least: (n: number) => `最少 ${n}`, most: (n: number) => `最多 ${n}`, law: (l: string) => `（${l}）`, unless: (v: string) => `未填为 ${v}`, whole: '写 unit:单位 即其全部人员', comma: '，', none: '（无须填写）', other: '其他', optional: '可不填',
  },
  en: {
    by: (roles: string) => ` (${roles})`, meets: (duty: string, day: string) => `meets "${duty}", due ${day}`, overdue: ', overdue', paused: ', stopped', soonest: 'due first', about: 'may name: ', must: 'must name: ',
    least: (n: number) => `${n} at least`, most: (n: number) => `${n} at most`, law: (l: string) => ` (${l})`, unless: (v: string) => `${v} where left out`, whole: 'unit:NAME stands for each of its people', comma: ', ', none: '(nothing to fill in)', other: 'Other', optional: 'may be left out',
  },
} as const;

/** The fields of a form, one below the other: its name, what kind of thing it takes, and what it is. */
export function fieldLines(procedure: Procedure, fields: readonly FormField[], lang: Lang, indent = 6): string[] {
  if (fields.length === 0) return [' '.repeat(indent) + paint.faint(T[lang].none)];
  const rows = fields.map((f) => [f.optional ? `[${f.name}]` : f.name, KINDS[f.kind][lang], saying(procedure, f, lang)] as const);
  const [names, kinds] = [Math.max(...rows.map((r) => widthOf(r[0]))), Math.max(...rows.map((r) => widthOf(r[1])))];
  const left = indent + names + kinds + 4;
  return rows.flatMap(([name, kind, said]) => {
    const [first = '', ...rest] = wrap(said, Math.max(20, (columns() ?? Infinity) - left));
    return [`${' '.repeat(indent)}${padEnd(name, names)}  ${paint.faint(padEnd(kind, kinds))}  ${first}`, ...rest.map((more) => ' '.repeat(left) + more)];
  });
}

function saying(procedure: Procedure, { title, hint, choices, least, most, cite, kind, default: value, whole }: FormField, lang: Lang): string {
  const t = T[lang];
  const bounded = cite !== undefined || kind === 'people';
  const more = [
    ...(bounded && least !== undefined && least > 1 ? [t.least(least)] : []),
    ...(bounded && most !== undefined ? [t.most(most) + (cite ? t.law(cited(procedure, cite)[lang]) : '')] : []),
    ...(whole ? [t.whole] : []),
    ...(value === undefined ? [] : [t.unless(String(value))]),
    ...(hint ? [hint[lang]] : []),
  ];
  return [title[lang], ...more].join(t.comma) + (choices ? `${lang === 'zh' ? '：' : ': '}${choicesOf(choices, lang)}` : '');
}

const choicesOf = (choices: readonly FormChoice[], lang: Lang): string =>
  choices.map(({ value, title }) => (title[lang] === value ? value : `${value}${lang === 'zh' ? `（${title.zh}）` : ` (${title.en})`}`)).join(lang === 'zh' ? '、' : ', ');

/** The forms of a case, in order, each under its heading; what is owed soonest is marked. */
export function formLines(procedure: Procedure, forms: readonly ActionForm[], lang: Lang): string[] {
  const t = T[lang];
  return underHeadings(procedure, forms.map(({ group, ...form }) => ({ group: group?.id, form })), lang, ({ form }) => {
    const about = form.instances.length > 0 ? [`      ${paint.faint(form.instanceNeeded ? t.must : t.about)}${form.instances.map((d) => `${d.instance} (${d.dueDate})`).join(t.comma)}`] : [];
    const [first] = form.meets;
    const mark = form.soonest ? paint.warn(` ← ${t.soonest}`) : '';
    return [
      `  ${paint.strong(form.action)}  ${form.title[lang]}${paint.faint(t.by(form.by.map((r) => r.value).join(lang === 'zh' ? '、' : ', ')))}${mark}`,
      ...(first ? [`      ${meeting(form.owed ?? first, lang)}`] : []),
      ...about,
      ...fieldLines(procedure, form.fields, lang),
    ];
  });
}

function meeting({ title, dueDate, overdue, status }: DutyView, lang: Lang): string {
  const t = T[lang];
  return t.meets(title[lang], onDay(dueDate)[lang]) + (overdue ? paint.bad(t.overdue) : '') + (status === 'paused' ? t.paused : '');
}

/** Lines of each, with the heading of its group before the first of it; without groups there are none. */
export function underHeadings<F extends { readonly group?: string | undefined }>({ groups }: Procedure, all: readonly F[], lang: Lang, lines: (one: F) => string[]): string[] {
  const some = all.some((f) => f.group !== undefined);
  let last: string | undefined | null = null;
  return all.flatMap((one) => {
    const heading = some && one.group !== last ? ['', paint.strong(one.group === undefined ? T[lang].other : (groups[one.group]?.[lang] ?? one.group))] : [];
    last = one.group;
    return [...heading, ...lines(one)];
  });
}
