import { fold } from './apply.ts';
import { localDay } from './calendar.ts';
import type { Citation } from './citation.ts';
import { happening } from './happening.ts';
import { holds } from './holds.ts';
import type { PaperData, Report } from './effects.ts';
import type { Event } from './events.ts';
import { cited, explain } from './explain.ts';
import type { Fields, Values } from './fields.ts';
import { dayOf } from './instant.ts';
import { own } from './own.ts';
import type { PaperRule } from './procedure.ts';
import { clocked } from './reckon-text.ts';
import { isRight, petitionerOf, ruleOf } from './rules.ts';
import { given, paper, role, say, title } from './say.ts';
import { type CaseState, type DutyState, isOpen, owerOf } from './state.ts';
import type { Text } from './text.ts';

/**
 * The papers that a step of a case has to put on file: those that the procedure
 * asks for, and, whatever it says, a report for each duty that fell overdue and
 * one at the close.
 */
export function reportsOf(state: CaseState, timeline: readonly Event[], events: readonly Event[]): Report[] {
  return events.flatMap((e) => {
    const said = saidWith(timeline, e);
    return kindsFor(state, e, said).map((kind) => report(asOf(state, timeline, e), timeline, e, kind, said));
  });
}

/** The case as it stood when the step of an event was over: a paper that is made late says nothing of what came after. */
function asOf(state: CaseState, timeline: readonly Event[], e: Event): CaseState {
  const last = timeline.findLast((one) => one.recordedAt === e.recordedAt)?.seq ?? e.seq;
  return last >= state.seq ? state : fold(state.procedure, state.calendar, timeline.filter((one) => one.seq <= last));
}

/** A paper of any kind about a case as it stands: for a clerk who wants one now. It is nobody's effect, so it has no number and is not filed. */
export function reportNow(state: CaseState, timeline: readonly Event[], kind: string): Report {
  const last = timeline.findLast((e) => e.type === 'acted' || e.type === 'opened');
  if (!last) throw new Error('a timeline begins with "opened"');
  const { data, ...report_ } = report(state, timeline, last, kind, saidWith(timeline, last));
  return { ...report_, key: `${state.receipt}/draft/${kind}`, data: { ...data, passages: passagesOf(state, timeline), outcomes: outcomesOf(state) } };
}

/** A breach that only a correction shows is reported like one that the clock showed. */
function kindsFor(state: CaseState, e: Event, said: Values): string[] {
  const always = e.type === 'closed' ? ['closing-report'] : e.type === 'fell-overdue' || (e.type === 'due-moved' && e.late === true) ? ['overdue-report'] : [];
  const on = happening(state, e);
  const asked = on === undefined ? [] : Object.entries(state.procedure.papers)
    .filter(([kind, p]) => !always.includes(kind) && p.on.some((t) => t.on === on && holds(state, t.when)))
    .filter(([, p]) => p.needs.every((f) => said[f] !== undefined) && (p.to === undefined || canReach(state, p.to)))
    .map(([kind]) => kind);
  return [...always, ...asked];
}

/** The copies that a step gives: each role with the papers it gets, known when the step is taken and told with it. */
export function copiesOf(state: CaseState, e: Event): { readonly role: string; readonly title: Text }[] {
  const said = e.type === 'acted' || e.type === 'opened' ? e.fields : {};
  return kindsFor(state, e, said).flatMap((kind) =>
    (own(state.procedure.papers, kind)?.copies ?? []).filter((name) => canReach(state, name)).map((name) => ({ role: name, title: paper(state, kind) })));
}

/** What was said with the act that brought an event about. */
function saidWith(timeline: readonly Event[], e: Event): Values {
  const cause = e.type === 'acted' || e.type === 'opened' ? e : 'cause' in e ? timeline.find((one) => one.seq === e.cause) : undefined;
  return cause?.type === 'acted' || cause?.type === 'opened' ? cause.fields : {};
}

/** Nobody writes to somebody who left no address. */
export function canReach(state: CaseState, name: string): boolean {
  const unreachable = state.procedure.roles[name]?.unreachable;
  return !unreachable || !holds(state, unreachable);
}

function report(state: CaseState, timeline: readonly Event[], e: Event, kind: string, said: Values): Report {
  const rule = own(state.procedure.papers, kind);
  const known = paper(state, kind);
  return {
    key: `${state.receipt}/${e.seq}/${kind}`,
    receipt: state.receipt,
    unit: state.unit,
    of: e.seq,
    kind,
    ...(known.zh === kind ? {} : { title: known }),
    at: e.recordedAt,
    ...(rule?.to === undefined ? {} : { to: rule.to }),
    outside: rule?.to !== undefined && (state.procedure.roles[rule.to]?.outside ?? false),
    petitioner: rule?.to === undefined || rule.to === petitionerOf(state.procedure),
    copies: (rule?.copies ?? []).filter((name) => canReach(state, name)),
    ...(rule?.series === undefined ? {} : { series: rule.series }),
    data: dataOf(state, timeline, e, rule, said),
  };
}

/** Whether a paper tells the whole story: the two that are always made do. */
const isWhole = (e: Event): boolean => e.type === 'closed' || e.type === 'fell-overdue' || e.type === 'due-moved';

function dataOf(state: CaseState, timeline: readonly Event[], e: Event, rule: PaperRule | undefined, said: Values): PaperData {
  const { procedure, calendar } = state;
  const acted = e.type === 'acted' ? { action: procedure.actions[e.action]?.title ?? { zh: e.action, en: e.action }, by: role(state, e.by.role) } : {};
  const duty = 'instance' in e && e.instance !== undefined ? own(state.duties, e.instance) : undefined;
  const duties = Object.values(state.duties);
  return {
    procedure: procedure.title,
    channel: procedure.channels[state.channel] ?? { zh: state.channel, en: state.channel },
    unit: state.unit,
    receivedOn: dayOf(localDay(calendar, state.receivedAt)),
    day: dayOf(localDay(calendar, e.at)),
    ...acted,
    facts: factsOf(state, said),
    ...(rule?.cite ? { law: lawOf(state, rule.cite) } : {}),
    ...(duty ? { duty: { ...line(state, duty), reasons: (explain(state, duty.instance)?.steps ?? []).map((s) => s.text) } } : {}),
    clocks: duties.filter(isOpen).map((d) => ({ ...line(state, d), right: isRight(procedure, ruleOf(procedure, d.duty)), overdue: d.overdue, internal: ruleOf(procedure, d.duty).internal })),
    outcomes: isWhole(e) ? outcomesOf(state) : [],
    passages: isWhole(e) ? passagesOf(state, timeline.filter((p) => p.seq <= e.seq)) : [],
  };
}

const outcomesOf = (state: CaseState): PaperData['outcomes'] => Object.values(state.duties).map((d) => ({ ...line(state, d), outcome: outcome(state, d) }));

const passagesOf = (state: CaseState, timeline: readonly Event[]): PaperData['passages'] =>
  timeline.map((p) => ({ seq: p.seq, at: clocked(state.calendar, p.at), text: say(state, p) }));

const line = (state: CaseState, d: DutyState) => ({
  title: title(state, d.instance),
  owes: role(state, owerOf(state, d)),
  dueDate: d.due.dueDate,
  law: lawOf(state, ruleOf(state.procedure, d.duty).cite),
});

/** The rule as a letter names it. Whether somebody has checked the text is the house's own affair. */
const lawOf = ({ procedure }: CaseState, cite: Citation): Text => ({
  zh: cited(procedure, { ...cite, confirmed: true }).zh,
  en: `${procedure.sources[cite.source]?.title.en ?? cite.source}, ${cite.article.en}`,
});

/** The newest value of each field, with what the procedure calls it. Words are those of this act: another's are not this paper's. */
function factsOf(state: CaseState, said: Values): PaperData['facts'] {
  const { procedure } = state;
  const described: Fields = {};
  for (const fields of [...Object.values(procedure.actions).map((a) => a.fields), procedure.intake]) Object.assign(described, fields);
  return Object.fromEntries(
    Object.entries({ ...state.facts, ...said })
      .filter(([name]) => said[name] !== undefined || !WORDS.has(own(described, name)?.kind ?? 'text') || procedure.intake[name])
      .map(([name, value]) => [name, { ...given(own(described, name), name, value), code: String(value) }]),
  );
}

const WORDS: ReadonlySet<string> = new Set(['text', 'paper', 'people', 'person']);

function outcome(state: CaseState, d: DutyState): Text {
  if (d.met) {
    const at = clocked(state.calendar, d.met.at);
    return d.met.late ? { zh: `逾期完成，${at.zh}`, en: `done late, ${at.en}` } : { zh: `按期完成，${at.zh}`, en: `done in time, ${at.en}` };
  }
  if (d.releasedLate) return { zh: '逾期未完成，后不再需要', en: 'overdue and not done; no longer owed afterwards' };
  if (d.status === 'lapsed') return { zh: '期限届满', en: 'lapsed' };
  if (isOpen(d)) return d.overdue ? { zh: '逾期，尚未完成', en: 'overdue, still owed' } : { zh: '尚未完成', en: 'still owed' };
  return { zh: '不再需要', en: 'no longer owed' };
}
