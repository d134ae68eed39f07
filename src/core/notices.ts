import { holds } from './consequences.ts';
import type { Notice } from './effects.ts';
import type { Event } from './events.ts';
import { isRight, ruleOf } from './rules.ts';
import { onDay, role, say, title } from './say.ts';
import { type CaseState, isOpen } from './state.ts';
import type { Text } from './text.ts';

/** Who is to be told of an event, each by role. What a person has just done themselves is no news to them. */
function told(state: CaseState, e: Event): string[] {
  switch (e.type) {
    case 'opened':
      return petitioners(state);
    case 'acted':
      return state.procedure.actions[e.action]?.tell ?? [];
    case 'duty-started':
      return [ruleOf(state.procedure, e.duty).owes];
    case 'reminded':
    case 'escalated':
      return [e.role];
    case 'fell-overdue':
    case 'resumed':
    case 'restarted':
    case 'lapsed':
      return [ruleFor(state, e.instance).owes];
    case 'due-moved':
      return [...(state.duties[e.instance]?.status === 'open' || e.late !== undefined ? [ruleFor(state, e.instance).owes] : []), ...toldBefore(state, e.instance)];
    case 'extended': {
      const rule = ruleFor(state, e.instance);
      return [rule.owes, ...(rule.extension?.tell ?? [])];
    }
    default:
      return [];
  }
}

/** The rungs that were told of a duty, who hear too when its date comes out differently. */
function toldBefore(state: CaseState, instance: string): string[] {
  const ladder = state.procedure.ladders[ruleFor(state, instance).ladder ?? ''] ?? [];
  return ladder.slice(0, state.duties[instance]?.escalations ?? 0).map((r) => r.tell);
}

const petitioners = (state: CaseState): string[] =>
  Object.entries(state.procedure.roles).filter(([, r]) => r.outside).map(([name]) => name).slice(0, 1);

const ruleFor = (state: CaseState, instance: string) => ruleOf(state.procedure, state.duties[instance]?.duty ?? instance);

/**
 * What one step of a case has to tell, one notice for each role, however many
 * events it is about. The key is made of the case, the last event and the role,
 * so the same step gives the same keys whenever it is carried out again.
 */
export function noticesOf(state: CaseState, events: readonly Event[]): Notice[] {
  const about = new Map<string, Event[]>();
  for (const e of events)
    for (const name of new Set(told(state, e))) {
      const unreachable = state.procedure.roles[name]?.unreachable;
      if (unreachable && holds(state, unreachable)) continue;
      const list = about.get(name);
      if (list) list.push(e);
      else about.set(name, [e]);
    }
  return [...about].map(([name, list]) => notice(state, name, list));
}

function notice(state: CaseState, to: string, events: readonly Event[]): Notice {
  const last = events.at(-1);
  const of = last?.seq ?? state.seq;
  const outside = state.procedure.roles[to]?.outside ?? false;
  const lines = events.map((e) => (e.type === 'opened' ? received(state) : say(state, e)));
  return { key: `${state.receipt}/${of}/${to}`, receipt: state.receipt, unit: state.unit, of, role: to, outside, subject: subject(state, events), body: body(state, to, outside, lines) };
}

function received(state: CaseState): Text {
  return {
    zh: `您的来件已收到并登记，登记号 ${state.receipt}。`,
    en: `What you sent has arrived and is registered under ${state.receipt}.`,
  };
}

/** The most pressing event gives the subject. */
function subject(state: CaseState, events: readonly Event[]): Text {
  const first = events.toSorted((a, b) => rank(a) - rank(b))[0];
  const [zh, en] = [`【${state.receipt}】`, `[${state.receipt}] `];
  if (!first) return { zh, en };
  const text = 'instance' in first && first.instance !== undefined && first.type !== 'acted' ? headline(state, first, first.instance) : plain(state, first);
  return { zh: zh + text.zh, en: en + text.en };
}

const RANK: readonly Event['type'][] = ['escalated', 'fell-overdue', 'reminded', 'lapsed', 'opened', 'extended', 'restarted', 'resumed', 'due-moved', 'duty-started', 'acted'];
const rank = (e: Event): number => (RANK.includes(e.type) ? RANK.indexOf(e.type) : RANK.length);

function headline(state: CaseState, e: Event, instance: string): Text {
  const t = title(state, instance);
  switch (e.type) {
    case 'escalated':
      return { zh: `逾期督促（第 ${e.rung} 级）：${t.zh}`, en: `Overdue, raised to you (rung ${e.rung}): ${t.en}` };
    case 'fell-overdue':
      return { zh: `已逾期：${t.zh}`, en: `Overdue: ${t.en}` };
    case 'reminded':
      return { zh: `提醒：${t.zh}，最迟于 ${e.actBy}（含）完成`, en: `Reminder: ${t.en}, act by ${e.actBy}` };
    case 'duty-started':
      return { zh: `${t.zh}，截止 ${e.dueDate}`, en: `${t.en}, due ${e.dueDate}` };
    default:
      return t;
  }
}

function plain(state: CaseState, e: Event): Text {
  if (e.type === 'opened') return { zh: '已收到并登记', en: 'received and registered' };
  if (e.type === 'acted') return state.procedure.actions[e.action]?.title ?? { zh: e.action, en: e.action };
  return state.procedure.title;
}

function body(state: CaseState, to: string, outside: boolean, lines: readonly Text[]): Text {
  const who = role(state, to);
  // A petitioner sees the clocks that the office sees; an official sees what is owed in the same case.
  const clocks = Object.values(state.duties).filter((d) => (outside ? isOpen(d) : d.overdue && d.status === 'open')).map((d) => {
    const [t, owes, due] = [title(state, d.instance), role(state, ruleFor(state, d.instance).owes), onDay(d.due.dueDate)];
    if (d.status === 'paused') return { zh: `· ${t.zh}（${owes.zh}）：停计中`, en: `- ${t.en} (${owes.en}): the clock stands` };
    return { zh: `· ${t.zh}（${owes.zh}）：${due.zh}${d.overdue ? '，已逾期' : ''}`, en: `- ${t.en} (${owes.en}): ${due.en}${d.overdue ? ', overdue' : ''}` };
  });
  const head = isRightHolder(state, to) ? { zh: '期限一览', en: 'The clocks of your case' } : { zh: '本事项的逾期义务', en: 'Overdue in this case' };
  const all = (lang: keyof Text): string =>
    [who[lang] + (lang === 'zh' ? '：' : ':'), '', ...lines.map((l) => l[lang]), ...(clocks.length ? ['', head[lang], ...clocks.map((c) => c[lang])] : [])].join('\n');
  return { zh: all('zh'), en: all('en') };
}

const isRightHolder = (state: CaseState, to: string): boolean =>
  (state.procedure.roles[to]?.outside ?? false) || Object.values(state.procedure.duties).some((d) => d.owes === to && isRight(state.procedure, d));
