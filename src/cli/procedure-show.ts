import { cited, type Action, type Citation, duration, type Duty, type Procedure, type Rung } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { timesText } from '../procedures/diff-words.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { columns, paint } from './paint.ts';
import { pairs, table } from './table.ts';
import { wrap } from './width.ts';

const T = {
  zh: {
    calendar: '日历', inForce: '施行', from: (d: string) => `自 ${d} 起`, until: (d: string) => `至 ${d}`, channels: '渠道', intake: '登记字段', note: '说明', sources: '依据', roles: '角色', outside: '（机关以外）',
    duties: '义务', dutyHead: ['编号', '义务', '期限', '义务人', '依据'], ladders: '逾期逐级上报', actions: '各阶段可办的操作', final: '（终结）', anyStage: '各阶段均可', atOnce: '立即', after: (t: string) => `再过 ${t}`, repeat: (t: string) => `，此后每 ${t} 重复`,
    unconfirmed: '（未核实）', answer: (t: string) => `，须在 ${t}内确认`, appoints: (r: string) => `，并成为${r}`, papers: '自动制作的文书', paperHead: ['编号', '文书', '何时', '给谁'], copy: (r: string) => `抄送${r}`, field: (f: string) => `由 ${f} 指定`, extension: (t: string) => `，可延 ${t}`, night: (t: string, from: string, to: string) => `（夜间 ${from}—${to}：${t}）`, needs: '须填', optional: '可填', none: '无',
  },
  en: {
    calendar: 'Calendar', inForce: 'In force', from: (d: string) => `from ${d}`, until: (d: string) => `to ${d}`, channels: 'Channels', intake: 'At intake', note: 'Note', sources: 'Sources', roles: 'Roles', outside: ' (outside)',
    duties: 'Duties', dutyHead: ['Id', 'Duty', 'Limit', 'Owed by', 'Rule'], ladders: 'Who is told when it is overdue', actions: 'Actions by stage', final: ' (final)', anyStage: 'in every stage', atOnce: 'at once', after: (t: string) => `after ${t}`, repeat: (t: string) => `, again every ${t}`,
    unconfirmed: ' (not confirmed)', answer: (t: string) => `, answers within ${t}`, appoints: (r: string) => `, and becomes ${r}`, papers: 'Papers that are made by themselves', paperHead: ['Id', 'Paper', 'When', 'For'], copy: (r: string) => `copy to ${r}`, field: (f: string) => `set by ${f}`, night: (t: string, from: string, to: string) => ` (by night, ${from} to ${to}: ${t})`, extension: (t: string) => `, +${t}`, needs: 'needs', optional: 'may have', none: 'none',
  },
} as const;

/** What a procedure says, for somebody who will not read its file. */
export function showProcedure(io: Io, name: string, json: boolean): void {
  const p = loadProcedure(name);
  if (json) return io.out(printed(p));
  for (const line of [...head(p, io.lang), ...duties(p, io.lang), ...ladders(p, io.lang), ...papers(p, io.lang), ...actions(p, io.lang)]) io.out(line);
}

function head(p: Procedure, lang: Lang): string[] {
  const t = T[lang];
  const { from, to } = p.inForce ?? {};
  const dates = [...(from ? [t.from(from)] : []), ...(to ? [t.until(to)] : [])].join(' ');
  const fields = Object.entries(p.intake).map(([n, f]) => `${n}${f.optional ? '?' : ''}${f.choices ? `=${f.choices.join('|')}` : ''}`);
  return [
    paint.strong(`${p.title[lang]}  ${p.id} v${p.version}`),
    ...pairs([
      [t.calendar, p.calendar],
      ...(dates ? [[t.inForce, dates] as const] : []),
      [t.channels, Object.entries(p.channels).map(([name, title]) => (title[lang] === name ? name : `${name}${lang === 'zh' ? `（${title.zh}）` : ` (${title.en})`}`)).join(', ')],
      [t.intake, fields.join(', ') || t.none],
      [t.roles, Object.entries(p.roles).map(([id, r]) => `${id}${lang === 'zh' ? `（${r.title.zh}）` : ''}`).join(', ')],
    ]).flatMap(wrapped),
    ...(p.note ? ['', ...wrap(p.note[lang], columns() ?? Infinity)] : []),
  ];
}

function duties(p: Procedure, lang: Lang): string[] {
  const t = T[lang];
  const rows = Object.entries(p.duties).map(([id, d]) => [id, d.title[lang], limitOf(p, d, lang), p.roles[d.owes]?.title[lang] ?? d.owes, cite(p, d.cite, lang)]);
  return ['', paint.strong(t.duties), ...table(t.dutyHead.map((title, i) => ({ title, soft: i === 1 })), rows, 2)];
}

function limitOf(p: Procedure, { limit, extension }: Duty, lang: Lang): string {
  const t = T[lang];
  const base = limit.count ? timesText(p, duration(limit.count), limit.times)[lang] : t.field(limit.field ?? '');
  const more = extension ? t.extension(timesText(p, duration(extension.upTo), limit.times)[lang]) : '';
  const night = limit.night ? t.night(duration(limit.night.count)[lang], limit.night.from, limit.night.to) : '';
  return base + night + more;
}

const cite = (p: Procedure, c: Citation, lang: Lang): string =>
  `${cited(p, { ...c, confirmed: true })[lang]}${c.confirmed ? '' : paint.warn(T[lang].unconfirmed)}`;

function ladders(p: Procedure, lang: Lang): string[] {
  const t = T[lang];
  const lines = Object.entries(p.ladders).flatMap(([id, rungs]) => [
    `  ${id}`,
    ...rungs.map((r, i) => {
      const who = p.roles[r.tell]?.title[lang] ?? r.tell;
      const when = r.after ? t.after(duration(r.after)[lang]) : t.atOnce;
      return `    ${i + 1}. ${who}${lang === 'zh' ? '：' : ': '}${when}${r.repeat ? t.repeat(duration(r.repeat)[lang]) : ''}${extras(p, r, lang)}`;
    }),
  ]);
  return lines.length > 0 ? ['', paint.strong(t.ladders), ...lines] : [];
}

/** What being told on a rung brings with it. */
function extras(p: Procedure, { acknowledge, appoints }: Rung, lang: Lang): string {
  const t = T[lang];
  const answer = acknowledge === undefined ? undefined : p.duties[acknowledge]?.limit.count;
  return (answer ? t.answer(duration(answer)[lang]) : '') + (appoints === undefined ? '' : t.appoints(p.roles[appoints]?.title[lang] ?? appoints));
}

/** The papers that are made by themselves: when, to whom, with copies to whom. */
function papers(p: Procedure, lang: Lang): string[] {
  const t = T[lang];
  const name = (role: string): string => p.roles[role]?.title[lang] ?? role;
  const rows = Object.entries(p.papers).map(([id, { title, on, needs, to, copies }]) =>
    [id, title[lang], on.map((o) => o.on).join(', ') + (needs.length > 0 ? ` + ${needs.join(', ')}` : ''), [...(to === undefined ? [] : [name(to)]), ...copies.map((c) => t.copy(name(c)))].join(lang === 'zh' ? '、' : ', ')]);
  return rows.length > 0 ? ['', paint.strong(t.papers), ...table(t.paperHead.map((column, i) => ({ title: column, soft: i === 1 })), rows, 2)] : [];
}

/** Columns of an action; they need no heading. */
const ACTION = [{ title: '' }, { title: '', soft: true }, { title: '' }, { title: '' }];

/** The actions by stage; those that every stage before the end allows are told once. */
function actions(p: Procedure, lang: Lang): string[] {
  const t = T[lang];
  const stages = Object.entries(p.stages);
  const allowed = ([id, stage]: (typeof stages)[number], a: Action): boolean => (a.from ? a.from.includes(id) : !stage.final);
  const everywhere = (a: Action): boolean => stages.every((s) => s[1].final || allowed(s, a));
  const lines = (all: [string, Action][]): string[] =>
    all.length === 0 ? [`    ${t.none}`] : table(ACTION, all.map(([name, a]) => [name, a.title[lang], a.by.join(', '), fieldsOf(a, lang)]), 4).slice(1);
  const own = Object.entries(p.actions).filter(([, a]) => !everywhere(a));
  return [
    '',
    paint.strong(t.actions),
    `  ${paint.strong(t.anyStage)}`,
    ...lines(Object.entries(p.actions).filter(([, a]) => everywhere(a))),
    ...stages.flatMap((s) => [`  ${paint.strong(s[1].title[lang])} [${s[0]}]${s[1].final ? t.final : ''}`, ...lines(own.filter(([, a]) => allowed(s, a)))]),
  ];
}

function fieldsOf({ fields }: Action, lang: Lang): string {
  const say = (name: string, f: (typeof fields)[string]): string => (f.choices ? `${name}=${f.choices.join('|')}` : `${name}=<${f.kind}>`);
  const all = Object.entries(fields).map(([name, f]) => (f.optional ? `[${say(name, f)}]` : say(name, f)));
  return all.length > 0 ? all.join(' ') : paint.faint(`(${T[lang].none})`);
}

function wrapped(line: string): string[] {
  const width = columns();
  if (width === undefined) return [line];
  const [first = '', ...rest] = wrap(line, width);
  return [first, ...rest.map((more) => `    ${more}`)];
}
