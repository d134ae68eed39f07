import type { Notice } from './effects.ts';
import type { Event, EventOf } from './events.ts';
import { cited } from './explain.ts';
import { type Hours, tellAt, type Wait } from './hours.ts';
import type { Instant } from './instant.ts';
import { withoutKind } from './instances.ts';
import { own } from './own.ts';
import { isRight, lastsDays, petitionerOf, ruleOf, rungsOf } from './rules.ts';
import { canReach, copiesOf } from './papers.ts';
import { clocked, duration } from './reckon-text.ts';
import { dueIn, role, say, title } from './say.ts';
import { type CaseState, type DutyState, isOpen } from './state.ts';
import type { Text } from './text.ts';

/** Who is to be told of an event, each by role. What a person has just done themselves is no news to them. */
function told(state: CaseState, e: Event): string[] {
  switch (e.type) {
    case 'opened':
      return petitioners(state);
    case 'acted':
      return state.procedure.actions[e.action]?.tell ?? [];
    case 'duty-started':
      return e.about === undefined ? [e.owes ?? ruleOf(state.procedure, e.duty).owes] : [];
    case 'reminded':
      return [e.role];
    case 'escalated':
      // Whoever was told in the place of others knows already.
      return e.why === 'passed-on' ? [] : [e.role];
    case 'unanswered':
      return state.duties[e.instance]?.rung === 0 || e.role === e.to ? [e.to] : [];
    case 'fell-overdue':
    case 'resumed':
    case 'restarted':
      return [owerIn(state, e.instance)];
    case 'lapsed':
      return e.as === 'passes-on' ? [] : [owerIn(state, e.instance)];
    case 'due-moved':
      return [...(state.duties[e.instance]?.status === 'open' || e.late !== undefined ? [owerIn(state, e.instance)] : []), ...toldBefore(state, e.instance)];
    case 'extended':
      return [owerIn(state, e.instance), ...(ruleFor(state, e.instance).extension?.tell ?? [])];
    default:
      return [];
  }
}

const owerIn = (state: CaseState, instance: string): string => state.duties[instance]?.owes ?? ruleFor(state, instance).owes;

/** The rungs that were told of a duty, who hear too when its date comes out differently. */
function toldBefore(state: CaseState, instance: string): string[] {
  return rungsOf(state.procedure, ruleFor(state, instance)).slice(0, state.duties[instance]?.escalations ?? 0).map((r) => r.tell);
}

const petitioners = ({ procedure }: CaseState): string[] => [petitionerOf(procedure)].filter((name) => name !== undefined);

const ruleFor = (state: CaseState, instance: string) => ruleOf(state.procedure, state.duties[instance]?.duty ?? instance);

/**
 * What one step of a case has to tell, one notice for each role, however many
 * events it is about. The key is made of the case, the last event and the role,
 * so the same step gives the same keys whenever it is carried out again.
 * @param hours when the institution's people may be disturbed; at any time, where left out
 */
export function noticesOf(state: CaseState, events: readonly Event[], now?: Instant, hours?: Hours): Notice[] {
  const about = new Map<string, Addressed>();
  const copies = new Map(events.map((e) => [e, copiesOf(state, e)]));
  for (const e of events)
    for (const name of new Set([...told(state, e), ...(copies.get(e) ?? []).map((c) => c.role)])) {
      if (!canReach(state, name)) continue;
      // Nobody has it yet, so there is nobody to tell; but a ladder goes on from there at once, to the next rung.
      if (e.type !== 'escalated' && state.procedure.roles[name]?.byAppointment && state.appointed[name] === undefined && whoseIs(state, e, name) === undefined) continue;
      const whose = whoseIs(state, e, name);
      const key = `${name} ${whose ?? ''}`;
      const list = about.get(key);
      if (list) list.events.push(e);
      else about.set(key, { role: name, whose, events: [e] });
    }
  // What comes with a clock of minutes is as urgent as that clock, whoever is told of it.
  const urgent = events.some((e) => isUrgent(state, e));
  const byTime = !events.some((e) => e.type === 'acted' || e.type === 'opened' || e.type === 'corrected');
  return [...about.values()].map((one) => notice(state, one, copies, { urgent, byTime }, now, hours));
}

/** Who is told, of what: a role, and in it the person or the unit whose the matter is, where it is somebody's. */
interface Addressed {
  readonly role: string;
  readonly whose: string | undefined;
  readonly events: Event[];
}

/** The person by name who owes what an event is about, where they are the one that is told; or the unit, whoever in it is told. */
function whoseIs(state: CaseState, e: Event, to: string): string | undefined {
  const duty = dutyIn(state, e);
  if (!duty || duty.about !== undefined || duty.person === undefined || e.type === 'acted') return undefined;
  return duty.person.startsWith('unit:') || owerIn(state, duty.instance) === to ? duty.person : undefined;
}

/** The papers of which a step gives copies, by event. */
type Copies = ReadonlyMap<Event, ReturnType<typeof copiesOf>>;

const isUrgent = (state: CaseState, e: Event): boolean => {
  const duty = dutyIn(state, e);
  return duty !== undefined && !lastsDays(ruleOf(state.procedure, duty.duty));
};

function notice(state: CaseState, { role: to, whose, events }: Addressed, copies: Copies, wait: Wait, now: Instant | undefined, hours: Hours | undefined): Notice {
  const of = events.at(-1)?.seq ?? state.seq;
  const outside = state.procedure.roles[to]?.outside ?? false;
  // What is one person's by name, nobody answers for in their place.
  const only = whose?.startsWith('unit:') ? undefined : whose;
  const lines = events.flatMap((e) => [e.type === 'opened' ? received(state) : say(state, e.type === 'acted' ? wordless(state, e) : e), ...(copies.get(e) ?? []).filter((c) => c.role === to).map(copied)]);
  const first = pressing(events);
  const about = outside ? [] : aboutOf(state, to, events);
  const wanted = answerWanted(state, about);
  if (wanted) lines.push(wanted);
  const duty = first && dutyIn(state, first);
  const headed = subject(state, first);
  const at = now ?? events.at(-1)?.recordedAt ?? state.openedAt;
  const notBefore = first?.type === 'opened' ? at : tellAt(state.calendar, hours, at, wait);
  const silent = events.flatMap((e) => (e.type === 'unanswered' && e.role === to ? own(state.duties, e.instance)?.silent ?? [] : []));
  return {
    key: `${state.receipt}/${of}/${to}${whose === undefined ? '' : `/${withoutKind(whose)}`}`, receipt: state.receipt, unit: whose?.startsWith('unit:') ? withoutKind(whose) : state.unit, of, role: to, outside, petitioner: !outside || to === petitionerOf(state.procedure),
    subject: headed, body: body(state, to, outside, lines), kind: first ? KIND[first.type] ?? 'done' : 'done', at, urgent: wait.urgent, line: joined(headed, wanted),
    ...(notBefore > at ? { notBefore } : {}),
    ...(duty ? { clock: clockOf(state, duty) } : {}),
    about,
    ...(only === undefined ? {} : { only }),
    onward: outside || only !== undefined ? [] : rungsAbove(state, to, duty),
    ...(outside || only !== undefined || state.procedure.lastResort === undefined ? {} : { lastResort: state.procedure.lastResort }),
    excluded: outside ? {} : { ...Object.fromEntries((duty?.notTo ?? []).map((id) => [id, 'conflict'] as const)), ...state.excluded },
    appointed: outside ? {} : only === undefined ? state.appointed : { ...state.appointed, [to]: only },
    unanswered: silent,
  };
}

const KIND: Partial<Record<Event['type'], Notice['kind']>> = {
  opened: 'received', 'duty-started': 'due', reminded: 'reminder', 'fell-overdue': 'overdue', escalated: 'raised', unanswered: 'unanswered',
  lapsed: 'lapsed', extended: 'changed', restarted: 'changed', resumed: 'changed', 'due-moved': 'changed',
};

/** That an answer is owed, and how soon, where a rung or a duty asks for one. */
function answerWanted(state: CaseState, about: Notice['about']): Text | undefined {
  for (const { instance, rung } of about) {
    const duty = own(state.duties, instance);
    const rule = duty && ruleOf(state.procedure, duty.duty);
    const asked = rule && (rung > 0 ? rungsOf(state.procedure, rule)[rung - 1]?.acknowledge : rule.acknowledge);
    const count = asked === undefined ? undefined : ruleOf(state.procedure, asked).limit.count;
    if (count) return { zh: `请在 ${duration(count).zh}内确认收到，逾时将转报他人。`, en: `Please acknowledge within ${duration(count).en}, or it goes on to somebody else.` };
  }
  return undefined;
}

const joined = (a: Text, b: Text | undefined): Text => (b ? { zh: `${a.zh}。${b.zh}`, en: `${a.en}. ${b.en}` } : a);

/** The duty that an event is about, where it is about one that the case has. */
const dutyIn = (state: CaseState, e: Event): DutyState | undefined => ('instance' in e && e.instance !== undefined ? own(state.duties, e.instance) : undefined);

function clockOf(state: CaseState, { instance, due, duty }: DutyState): NonNullable<Notice['clock']> {
  const rule = ruleOf(state.procedure, duty);
  const minute = lastsDays(rule) ? {} : { dueAt: clocked(state.calendar, due.dueAt) };
  return { title: title(state, instance), dueDate: due.dueDate, actBy: due.actBy, law: cited(state.procedure, rule.cite), ...minute };
}

/** The duties on whose rungs a role is told, and those that it is told it owes. */
function aboutOf(state: CaseState, to: string, events: readonly Event[]): Notice['about'] {
  return events.flatMap((e) => {
    if (e.type === 'escalated') return [{ instance: e.instance, rung: e.rung }];
    if (e.type === 'duty-started' && e.about === undefined) return [{ instance: e.instance, rung: 0 }];
    const duty = e.type === 'unanswered' ? own(state.duties, e.instance) : undefined;
    return duty ? [{ instance: duty.instance, rung: rungsOf(state.procedure, ruleOf(state.procedure, duty.duty)).findIndex((r) => r.tell === to) + 1 }] : [];
  });
}

/** Where a notice goes on to when nobody can be told: the rungs above, of the ladder of the duty or else of one on which the role stands. */
function rungsAbove(state: CaseState, to: string, duty: DutyState | undefined): string[] {
  const { ladders, duties } = state.procedure;
  const byOwner = Object.values(duties).find((d) => d.owes === to && d.ladder !== undefined)?.ladder;
  const theirs = duty ? rungsOf(state.procedure, ruleOf(state.procedure, duty.duty)) : [];
  const rungs = theirs.length > 0 ? theirs
    : Object.values(ladders).find((l) => l.some((r) => r.tell === to)) ?? ladders[byOwner ?? ''] ?? [];
  const from = rungs.findIndex((r) => r.tell === to);
  return [...new Set(rungs.slice(from + 1).map((r) => r.tell))].filter((one) => one !== to);
}

/** An act without what somebody wrote about it: that is in the papers, for those who may read them. */
function wordless(state: CaseState, e: EventOf<'acted'>): EventOf<'acted'> {
  const described = own(state.procedure.actions, e.action)?.fields ?? {};
  return { ...e, fields: Object.fromEntries(Object.entries(e.fields).filter(([name]) => own(described, name)?.kind !== 'text')) };
}

const copied = (one: { readonly title: Text }): Text => ({ zh: `抄送您：${one.title.zh}。`, en: `A copy for you is on file: ${one.title.en}.` });

function received(state: CaseState): Text {
  return {
    zh: `您的来件已收到并登记，登记号 ${state.receipt}。`,
    en: `What you sent has arrived and is registered under ${state.receipt}.`,
  };
}

/** The most pressing event gives the subject. */
const pressing = (events: readonly Event[]): Event | undefined => events.toSorted((a, b) => rank(a) - rank(b))[0];

/** One line without personal data: it may stand in a group's chat or a short message. */
function subject(state: CaseState, first: Event | undefined): Text {
  const [zh, en] = [`【${state.receipt}】`, `[${state.receipt}] `];
  if (!first) return { zh, en };
  const text = 'instance' in first && first.instance !== undefined && first.type !== 'acted' ? headline(state, first, first.instance) : plain(state, first);
  return { zh: zh + text.zh, en: en + text.en };
}

const RANK: readonly Event['type'][] = ['escalated', 'unanswered', 'fell-overdue', 'reminded', 'lapsed', 'opened', 'extended', 'restarted', 'resumed', 'due-moved', 'duty-started', 'acted'];
const rank = (e: Event): number => (RANK.includes(e.type) ? RANK.indexOf(e.type) : RANK.length);

function headline(state: CaseState, e: Event, instance: string): Text {
  // The line may be read by a group: it does not say whose among several it is.
  const duty = own(state.duties, instance);
  const t = duty?.person === undefined || duty.about !== undefined ? title(state, instance) : ruleOf(state.procedure, duty.duty).title;
  switch (e.type) {
    case 'escalated':
      return { zh: `逾期督促（第 ${e.rung} 级）：${t.zh}`, en: `Overdue, raised to you (rung ${e.rung}): ${t.en}` };
    case 'fell-overdue':
      return { zh: `已逾期：${t.zh}`, en: `Overdue: ${t.en}` };
    case 'reminded':
      return { zh: `提醒：${t.zh}，最迟于 ${e.actBy}（含）完成`, en: `Reminder: ${t.en}, act by ${e.actBy}` };
    case 'unanswered':
      return { zh: `无人确认，转请处理：${t.zh}`, en: `Not answered, passed on to you: ${t.en}` };
    case 'duty-started':
      return { zh: `${t.zh}，截止 ${whenDue(state, e).zh}`, en: `${t.en}, due ${whenDue(state, e).en}` };
    default:
      return t;
  }
}

/** The day, or the minute where minutes count. */
function whenDue(state: CaseState, e: EventOf<'duty-started'>): Text {
  return lastsDays(ruleOf(state.procedure, e.duty)) ? { zh: e.dueDate, en: e.dueDate } : clocked(state.calendar, e.dueAt);
}

function plain(state: CaseState, e: Event): Text {
  if (e.type === 'opened') return { zh: '已收到并登记', en: 'received and registered' };
  if (e.type === 'acted') return state.procedure.actions[e.action]?.title ?? { zh: e.action, en: e.action };
  return state.procedure.title;
}

/** Lines of other clocks that a notice bears. */
const MOST = 12;

function body(state: CaseState, to: string, outside: boolean, lines: readonly Text[]): Text {
  const who = role(state, to);
  // A petitioner sees the clocks that the office sees; an official sees what is owed in the same case.
  const clocks = Object.values(state.duties).filter((d) => (outside ? isOpen(d) && !ruleOf(state.procedure, d.duty).internal && (to === petitionerOf(state.procedure) || owerIn(state, d.instance) === to) : d.overdue && d.status === 'open')).map((d) => {
    const [t, owes, due] = [title(state, d.instance), role(state, owerIn(state, d.instance)), dueIn(state, d.duty, d.due)];
    if (d.status === 'paused') return { zh: `· ${t.zh}（${owes.zh}）：停计中`, en: `- ${t.en} (${owes.en}): the clock stands` };
    return { zh: `· ${t.zh}（${owes.zh}）：${due.zh}${d.overdue ? '，已逾期' : ''}`, en: `- ${t.en} (${owes.en}): ${due.en}${d.overdue ? ', overdue' : ''}` };
  });
  const more = clocks.splice(MOST);
  if (more.length > 0) clocks.push({ zh: `· 另有 ${more.length} 项`, en: `- and ${more.length} more` });
  const head = isRightHolder(state, to) ? { zh: '期限一览', en: 'The clocks of your case' } : { zh: '本事项的逾期义务', en: 'Overdue in this case' };
  const all = (lang: keyof Text): string =>
    [who[lang] + (lang === 'zh' ? '：' : ':'), '', ...lines.map((l) => l[lang]), ...(clocks.length ? ['', head[lang], ...clocks.map((c) => c[lang])] : [])].join('\n');
  return { zh: all('zh'), en: all('en') };
}

const isRightHolder = (state: CaseState, to: string): boolean =>
  (state.procedure.roles[to]?.outside ?? false) || Object.values(state.procedure.duties).some((d) => d.owes === to && isRight(state.procedure, d));
