import type { Report } from './effects.ts';
import type { Event } from './events.ts';
import { explain } from './explain.ts';
import { clocked } from './reckon-text.ts';
import { ruleOf } from './rules.ts';
import { onDay, paper, role, say, title } from './say.ts';
import type { CaseState } from './state.ts';
import type { Lang, Text } from './text.ts';

/** The papers that a step of a case has to put on file: a report for each duty that fell overdue, and one at the close. */
export function reportsOf(state: CaseState, timeline: readonly Event[], events: readonly Event[]): Report[] {
  const reports: Report[] = [];
  for (const e of events) {
    // A breach that only a correction shows is reported like one that the clock showed.
    const found = e.type === 'due-moved' && e.late === true;
    if (e.type !== 'fell-overdue' && e.type !== 'closed' && !found) continue;
    const kind = e.type === 'closed' ? 'closing-report' : 'overdue-report';
    const body: Text =
      e.type === 'closed'
        ? { zh: closing(state, timeline, 'zh'), en: closing(state, timeline, 'en') }
        : { zh: overdue(state, timeline, e.instance, 'zh'), en: overdue(state, timeline, e.instance, 'en') };
    reports.push({ key: `${state.receipt}/${e.seq}/${kind}`, receipt: state.receipt, of: e.seq, kind, body });
  }
  return reports;
}

const T = {
  zh: { receipt: '登记号', procedure: '程序', unit: '单位', received: '收到', due: '截止日', owes: '义务人', reason: '日期由来', timeline: '办理经过', duties: '各项期限', duty: '事项', state: '结果', colon: '：' },
  en: { receipt: 'Receipt', procedure: 'Procedure', unit: 'Unit', received: 'Received', due: 'Due', owes: 'Owed by', reason: 'The reason for the date', timeline: 'What happened', duties: 'Duties', duty: 'Duty', state: 'Outcome', colon: ': ' },
} as const;

function head(state: CaseState, kind: string, lang: Lang): string[] {
  const t = T[lang];
  const line = (label: string, value: string): string => `- ${label}${t.colon}${value}`;
  return [
    `# ${paper(kind)[lang][0]?.toUpperCase() ?? ''}${paper(kind)[lang].slice(1)}`,
    '',
    line(t.receipt, state.receipt),
    line(t.procedure, `${state.procedure.title[lang]} (${state.procedure.id} v${state.procedure.version})`),
    line(t.unit, state.unit),
    line(t.received, clocked(state.calendar, state.receivedAt)[lang]),
  ];
}

function overdue(state: CaseState, timeline: readonly Event[], instance: string, lang: Lang): string {
  const t = T[lang];
  const duty = state.duties[instance];
  const reason = explain(state, instance)?.steps ?? [];
  return [
    ...head(state, 'overdue-report', lang),
    `- ${t.duty}${t.colon}${title(state, instance)[lang]}`,
    `- ${t.owes}${t.colon}${role(state, ruleOf(state.procedure, duty?.duty ?? instance).owes)[lang]}`,
    `- ${t.due}${t.colon}${duty ? onDay(duty.due.dueDate)[lang] : ''}`,
    '',
    `## ${t.reason}`,
    '',
    ...reason.map((s, i) => `${i + 1}. ${s.text[lang]}`),
    '',
    ...passages(state, timeline, lang),
    '',
  ].join('\n');
}

function closing(state: CaseState, timeline: readonly Event[], lang: Lang): string {
  const t = T[lang];
  const rows = Object.values(state.duties).map((d) => `| ${title(state, d.instance)[lang]} | ${role(state, ruleOf(state.procedure, d.duty).owes)[lang]} | ${d.due.dueDate} | ${outcome(state, d.instance, lang)} |`);
  return [
    ...head(state, 'closing-report', lang),
    '',
    `## ${t.duties}`,
    '',
    `| ${t.duty} | ${t.owes} | ${t.due} | ${t.state} |`,
    '|---|---|---|---|',
    ...rows,
    '',
    ...passages(state, timeline, lang),
    '',
  ].join('\n');
}

function outcome(state: CaseState, instance: string, lang: Lang): string {
  const d = state.duties[instance];
  if (d?.met) {
    const at = clocked(state.calendar, d.met.at)[lang];
    return d.met.late ? { zh: `逾期完成 ${at}`, en: `done late, ${at}` }[lang] : { zh: `按期完成 ${at}`, en: `done in time, ${at}` }[lang];
  }
  if (d?.releasedLate) return { zh: '逾期未完成，后不再需要', en: 'overdue and not done; no longer owed afterwards' }[lang];
  return d?.status === 'lapsed' ? { zh: '期限届满', en: 'lapsed' }[lang] : { zh: '不再需要', en: 'no longer owed' }[lang];
}

function passages(state: CaseState, timeline: readonly Event[], lang: Lang): string[] {
  return [`## ${T[lang].timeline}`, '', ...timeline.map((e) => `${e.seq}. ${clocked(state.calendar, e.at)[lang]} ${say(state, e)[lang]}`)];
}
