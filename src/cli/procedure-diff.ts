import { existsSync } from 'node:fs';
import type { CaseState, Procedure } from '../core/index.ts';
import { isOpen } from '../core/index.ts';
import { petitionerOf } from '../core/rules.ts';
import type { Lang, Text } from '../core/text.ts';
import { type Change, diffProcedures, SECTIONS, type Section, type Weight, WEIGHTS } from '../procedures/diff.ts';
import { listProcedures, loadProcedure } from '../procedures/load.ts';
import { readReceipt } from '../receipts.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { columns, paint } from './paint.ts';
import { wrap } from './width.ts';

const HEADS: Readonly<Record<Section, Text>> = {
  procedure: { zh: '程序', en: 'The procedure' },
  duty: { zh: '机关的义务和期限', en: 'What the institution owes, and by when' },
  right: { zh: '机关以外的人的权利', en: 'Rights of those outside' },
  ladder: { zh: '逾期逐级上报', en: 'Who is told when something is overdue' },
  action: { zh: '可办的操作', en: 'Who may do what' },
  intake: { zh: '登记', en: 'Intake' },
  part: { zh: '角色、回避和知情范围', en: 'Parts, exclusions, and who may know' },
  paper: { zh: '自动制作的文书', en: 'Papers that are made by themselves' },
  link: { zh: '关联事项', en: 'Linked cases' },
  stage: { zh: '阶段', en: 'Stages' },
  source: { zh: '依据', en: 'Laws and rules' },
  wording: { zh: '措辞', en: 'Wording' },
  other: { zh: '其他', en: 'Other entries' },
};

const T = {
  zh: {
    same: (a: string, b: string) => `${a} 与 ${b} 没有差别。`, other: '所比较的是两个不同的程序。', count: (n: number) => `共 ${n} 处差别`,
    of: (receipt: string) => `事项 ${receipt} 所用版本`, version: (id: string, v: number) => `${id} 第 ${v} 版`, touched: (list: string) => `该事项正在计算、受影响的期限：${list}`, untouched: '该事项正在计算的期限不受影响。',
  },
  en: {
    same: (a: string, b: string) => `${a} and ${b} do not differ.`, other: 'These are two different procedures.', count: (n: number) => `${n} ${n === 1 ? 'difference' : 'differences'}`,
    of: (receipt: string) => `as case ${receipt} has it`, version: (id: string, v: number) => `${id} v${v}`, touched: (list: string) => `Running in this case and touched: ${list}`, untouched: 'Nothing that runs in this case is touched.',
  },
} as const;

/** A procedure, and the case that it is pinned to where one was named. */
interface Side { readonly procedure: Procedure; readonly receipt?: string; readonly state?: CaseState }

/** What a second procedure has otherwise than a first; each an id, a file, or the receipt of a case. */
export async function diff(io: Io, first: string, second: string, json: boolean): Promise<void> {
  const [a, b] = [await side(first), await side(second)];
  const changes = diffProcedures(a.procedure, b.procedure);
  if (json) return io.out(printed({ a: named(a), b: named(b), changes, weights: weights(changes) }));
  for (const line of lines(a, b, changes, io.lang)) io.out(line);
}

async function side(name: string): Promise<Side> {
  const receipt = readReceipt(name);
  const isCase = /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/.test(receipt) && !existsSync(name) && !listProcedures().includes(name);
  if (!isCase) return { procedure: loadProcedure(name) };
  const { withRedress } = await import('./connect.ts');
  const { state } = await withRedress((redress) => redress.story(receipt));
  return { procedure: state.procedure, receipt, state };
}

const named = ({ procedure: { id, version, title }, receipt }: Side) => ({ id, version, title, ...(receipt === undefined ? {} : { receipt }) });

const weights = (changes: readonly Change[]): Record<Weight, number> =>
  ({ stricter: count(changes, 'stricter'), easier: count(changes, 'easier'), more: count(changes, 'more'), less: count(changes, 'less') });
const count = (changes: readonly Change[], weight: Weight): number => changes.filter((c) => c.weight === weight).length;

function lines(a: Side, b: Side, changes: readonly Change[], lang: Lang): string[] {
  const t = T[lang];
  const call = ({ procedure: { id, version }, receipt }: Side): string => `${t.version(id, version)}${receipt === undefined ? '' : lang === 'zh' ? `（${t.of(receipt)}）` : ` (${t.of(receipt)})`}`;
  if (changes.length === 0) return [paint.good(t.same(call(a), call(b)))];
  const words = weightWords(b.procedure, lang);
  return [
    paint.strong(`${call(a)} → ${call(b)}  ${b.procedure.title[lang]}`),
    ...(a.procedure.id === b.procedure.id ? [] : [paint.warn(t.other)]),
    ...SECTIONS.flatMap((section) => sectionLines(section, changes.filter((c) => c.section === section), words, lang)),
    '',
    `${t.count(changes.length)}${WEIGHTS.filter((w) => count(changes, w) > 0).map((w) => `${lang === 'zh' ? '；' : '; '}${words[w]} ${count(changes, w)}`).join('')}${lang === 'zh' ? '。' : '.'}`,
    ...[a, b].flatMap(({ state }) => (state ? [running(state, changes, lang)] : [])),
  ];
}

/** Whom a difference weighs on, with the petitioner called as the procedure calls them. */
function weightWords(p: Procedure, lang: Lang): Record<Weight, string> {
  const who = p.roles[petitionerOf(p) ?? '']?.title[lang] ?? (lang === 'zh' ? '申请人' : 'petitioner');
  return lang === 'zh'
    ? { stricter: '对机关更严', easier: '对机关更宽', more: `对${who}更有利`, less: `对${who}更不利` }
    : { stricter: 'stricter on the institution', easier: 'easier on the institution', more: `kinder to the ${who}`, less: `less for the ${who}` };
}

const SIGN: Readonly<Record<Change['kind'], (text: string) => string>> = {
  changed: () => paint.warn('~'), added: () => paint.good('+'), gone: () => paint.bad('-'),
};

function sectionLines(section: Section, changes: readonly Change[], words: Record<Weight, string>, lang: Lang): string[] {
  if (changes.length === 0) return [];
  const subjects = [...new Set(changes.map((c) => c.subject[lang]))];
  return ['', paint.strong(HEADS[section][lang]), ...subjects.flatMap((subject) => [
    `  ${subject}`,
    ...changes.filter((c) => c.subject[lang] === subject).flatMap((c) => changeLines(c, words, lang)),
  ])];
}

function changeLines(c: Change, words: Record<Weight, string>, lang: Lang): string[] {
  const weight = c.weight === undefined ? '' : lang === 'zh' ? `【${words[c.weight]}】` : ` [${words[c.weight]}]`;
  const [first = '', ...more] = wrap(c.text[lang] + weight, (columns() ?? Infinity) - 6);
  return [`    ${SIGN[c.kind](c.kind)} ${first}`, ...more.map((line) => `      ${line}`)];
}

/** What still runs in a case, of that which differs. */
function running(state: CaseState, changes: readonly Change[], lang: Lang): string {
  const open = [...new Set(Object.values(state.duties).filter(isOpen).map((d) => d.duty))];
  const hit = open.filter((duty) => changes.some((c) => c.path === `duties.${duty}` || c.path.startsWith(`duties.${duty}.`)));
  const list = hit.map((duty) => state.procedure.duties[duty]?.title[lang] ?? duty).join(lang === 'zh' ? '、' : ', ');
  return hit.length > 0 ? paint.warn(T[lang].touched(list)) : T[lang].untouched;
}
