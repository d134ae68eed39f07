import type { MadeCase } from '../../bench/figures-cases.ts';
import * as core from '../../src/core/index.ts';
import { definitionOf } from '../../src/figures/definitions.ts';
import type { Age, Asked, Figures, Punctuality, Statistics } from '../../src/figures/statistics.ts';

// The figures counted anew, case by case, from what the core makes of each timeline. Nothing is shared with the SQL but
// the words of docs/statistics.md.

interface Known {
  readonly state: core.CaseState;
  readonly events: readonly core.Event[];
  readonly day: (at: core.Instant) => core.Day;
  readonly received: core.Day;
  readonly definition: ReturnType<typeof definitionOf>;
  readonly group: string;
}

export function recount(cases: readonly MadeCase[], asked: Asked): Statistics {
  const { from, to, by, asOf } = asked;
  const known = cases.map((c) => knownOf(c, by)).filter(({ state }) =>
    (asked.procedures === undefined || asked.procedures.includes(state.procedure.id)) && (asked.units === undefined || asked.units.includes(state.unit)));
  const head = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(by === undefined ? {} : { by }), asOf };
  const fits = (day: core.Day): boolean => (from === undefined || day >= from) && (to === undefined || day <= to);
  const total = figures(known, fits, to, asOf);
  if (by === undefined) return { ...head, total, groups: [] };
  if (by === 'month' || by === 'quarter') return { ...head, total, groups: byTime(known, by, fits, asked) };
  const groups = [...Map.groupBy(known, (k) => k.group)].map(([group, some]) => ({ group, figures: figures(some, fits, to, asOf) }));
  return { ...head, total, groups: sorted(groups) };
}

const sorted = (groups: Statistics['groups']): Statistics['groups'] =>
  groups.filter((g) => somethingIn(g.figures)).toSorted((a, b) => (a.group === '' ? 1 : b.group === '' ? -1 : a.group < b.group ? -1 : 1));

const somethingIn = (x: unknown): boolean => (typeof x === 'number' ? x > 0 : typeof x === 'object' && x !== null && Object.values(x).some(somethingIn));

function byTime(known: readonly Known[], by: 'month' | 'quarter', fits: (day: core.Day) => boolean, { from, to, asOf }: Asked): Statistics['groups'] {
  const name = (day: string): string => (by === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`);
  const first = known.map((k) => (from !== undefined && from > k.received ? from : k.received)).toSorted()[0];
  const today = known.map((k) => k.day(asOf)).toSorted().at(-1);
  const last = to !== undefined && today !== undefined && to < today ? to : today;
  // Every day from the first receipt until what is due last: which of them has anything is seen then.
  const names = new Set<string>();
  for (let n = core.numberOf(core.Day.parse('2024-01-01')); n < core.numberOf(core.Day.parse('2029-01-01')); n += 1) names.add(name(core.dayOf(n)));
  return sorted([...names].map((group) => {
    const within = (day: core.Day): boolean => fits(day) && name(day) === group;
    const all = Array.from({ length: 100 }, (_, i) => core.dayOf(core.numberOf(startOf(group)) + i)).filter((day) => name(day) === group);
    const [begin, end] = [all[0], all.at(-1)];
    const reached = first !== undefined && last !== undefined && begin !== undefined && group >= name(first) && begin <= last;
    return { group, figures: figures(known, within, reached && end !== undefined ? (to !== undefined && to < end ? to : end) : core.Day.parse('1999-01-01'), asOf) };
  }));
}

const startOf = (group: string): core.Day => core.Day.parse(group.includes('Q') ? `${group.slice(0, 4)}-${String(Number(group.slice(6)) * 3 - 2).padStart(2, '0')}-01` : `${group}-01`);

function knownOf({ events, state: made }: MadeCase, by: Asked['by']): Known {
  const state = core.fold(made.procedure, made.calendar, events);
  const day = (at: core.Instant): core.Day => core.dayOf(core.localDay(state.calendar, at));
  return { state, events, day, received: day(state.receivedAt), definition: definitionOf(state.procedure), group: groupOf(state, events, by) };
}

function groupOf(state: core.CaseState, events: readonly core.Event[], by: Asked['by']): string {
  switch (by) {
    case 'unit': return state.unit;
    case 'channel': return state.channel;
    case 'procedure': return state.procedure.id;
    case 'leader': {
      const named = state.appointed['responsible-leader'];
      if (named !== undefined) return `person:${named}`;
      let highest: core.EventOf<'escalated'> | undefined;
      for (const e of events) if (e.type === 'escalated' && (!highest || e.rung >= highest.rung)) highest = e;
      return highest ? `role:${highest.role}` : '';
    }
    case 'month': case 'quarter': case undefined: return '';
    default: return definitionOf(state.procedure).choices.includes(by) ? String(state.facts[by] ?? '') : '';
  }
}

function figures(known: readonly Known[], fits: (day: core.Day) => boolean, end: core.Day | undefined, asOf: core.Instant): Figures {
  const satisfaction = { satisfied: 0, basicallySatisfied: 0, dissatisfied: 0, rated: 0 };
  const answered = { asked: 0, rated: 0 };
  const [escalations, passedOver]: [Record<string, number>, Record<string, number>] = [{}, {}];
  const extensions = { granted: 0, cases: 0 };
  const open: { cases: number; ages: Record<Age, number> } = { cases: 0, ages: { '0-15': 0, '16-30': 0, '31-60': 0, '61-90': 0, '91-180': 0, '181+': 0 } };
  for (const k of known) {
    const { state, events, day } = k;
    const rating = events.findLast((e) => e.type === 'acted' && e.fields['satisfaction'] !== undefined);
    if (rating?.type === 'acted' && fits(day(state.times[rating.seq] ?? rating.at))) {
      const said = rating.fields['satisfaction'];
      satisfaction.rated += 1;
      if (said === 'satisfied') satisfaction.satisfied += 1;
      if (said === 'basically-satisfied') satisfaction.basicallySatisfied += 1;
      if (said === 'dissatisfied') satisfaction.dissatisfied += 1;
    }
    const finished = firstDone(k, k.definition.finished);
    const waiting = dutiesOf(k, k.definition.window).some((d) => core.isOpen(d));
    if (finished !== undefined && fits(finished) && (rating || !waiting)) {
      answered.asked += 1;
      if (rating) answered.rated += 1;
    }
    let extended = 0;
    for (const e of events) {
      if (e.type === 'escalated' && fits(day(e.at))) escalations[e.rung] = (escalations[e.rung] ?? 0) + 1;
      if (e.type === 'passed-over' && fits(day(e.at))) passedOver[e.why] = (passedOver[e.why] ?? 0) + 1;
      if (e.type === 'extended' && fits(day(state.times[e.cause] ?? e.at))) extended += 1;
    }
    extensions.granted += extended;
    if (extended > 0) extensions.cases += 1;
    const on = end === undefined || end > day(asOf) ? day(asOf) : end;
    if (!isOpenOn(k, on)) continue;
    open.cases += 1;
    open.ages[ageOf(core.numberOf(on) - core.numberOf(k.received))] += 1;
  }
  return {
    received: known.filter((k) => fits(k.received)).length,
    accepted: punctuality(known, 'accepted', fits, asOf), finished: punctuality(known, 'finished', fits, asOf),
    satisfaction: { ...rate(satisfaction.satisfied + satisfaction.basicallySatisfied, satisfaction.rated), ...satisfaction },
    answered: { ...rate(answered.rated, answered.asked), ...answered },
    days: { accepted: days(known, 'accepted', fits), finished: days(known, 'finished', fits) },
    escalations: inOrder(escalations), extensions, passedOver: inOrder(passedOver), open,
  };
}

const rate = (part: number, of: number): { rate?: number } => (of > 0 ? { rate: part / of } : {});

const inOrder = (counts: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const ageOf = (age: number): Age => (age <= 15 ? '0-15' : age <= 30 ? '16-30' : age <= 60 ? '31-60' : age <= 90 ? '61-90' : age <= 180 ? '91-180' : '181+');

const dutiesOf = ({ state }: Known, names: readonly string[]): core.DutyState[] => Object.values(state.duties).filter((d) => names.includes(d.duty));

function punctuality(known: readonly Known[], of: 'accepted' | 'finished', fits: (day: core.Day) => boolean, asOf: core.Instant): Punctuality {
  const count = { onTime: 0, late: 0, overdue: 0, lapsed: 0, notDue: 0, released: 0, excused: 0 };
  for (const k of known) {
    for (const d of dutiesOf(k, k.definition[of])) if (fits(d.due.dueDate)) count[outcome(d, asOf)] += 1;
    for (const e of k.events) if (e.type === 'excused' && k.definition[of].includes(e.duty) && fits(k.day(e.at))) count.excused += 1;
  }
  const due = count.onTime + count.late + count.overdue + count.lapsed;
  return { ...rate(count.onTime, due), ...count, due };
}

function outcome(d: core.DutyState, asOf: core.Instant): 'onTime' | 'late' | 'overdue' | 'lapsed' | 'notDue' | 'released' {
  if (d.status === 'released') return d.releasedLate ? 'late' : 'released';
  if (d.status === 'paused' || d.due.dueAt >= asOf) return 'notDue';
  if (d.status === 'met') return d.met?.late ? 'late' : 'onTime';
  return d.status === 'lapsed' ? 'lapsed' : 'overdue';
}

const firstDone = (k: Known, names: readonly string[]): core.Day | undefined =>
  dutiesOf(k, names).flatMap((d) => (d.status === 'met' && d.met ? [k.day(d.met.at)] : [])).toSorted()[0];

function days(known: readonly Known[], of: 'accepted' | 'finished', fits: (day: core.Day) => boolean): Figures['days']['accepted'] {
  const all = known.flatMap((k) => {
    const done = firstDone(k, k.definition[of]);
    return done !== undefined && fits(done) ? [core.numberOf(done) - core.numberOf(k.received)] : [];
  }).toSorted((a, b) => a - b);
  if (all.length === 0) return { cases: 0 };
  const [low, high] = [all[Math.floor((all.length - 1) / 2)] ?? 0, all[Math.ceil((all.length - 1) / 2)] ?? 0];
  return { cases: all.length, median: (low + high) / 2, ninetieth: all[Math.ceil(all.length * 0.9) - 1] ?? 0 };
}

/** In no final stage at the end of a day, and not closed: by the last of the steps that had been taken then. */
function isOpenOn({ state, events, day, received }: Known, on: core.Day): boolean {
  if (received > on) return false;
  let stage = state.procedure.opens;
  for (const e of events) {
    if (e.type === 'acted' && e.stage !== undefined && day(state.times[e.seq] ?? e.at) <= on) stage = e.stage;
    if (e.type === 'closed' && day(e.at) <= on) return false;
  }
  return !(state.procedure.stages[stage]?.final ?? false);
}
