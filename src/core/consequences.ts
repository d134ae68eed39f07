import { answered } from './answers.ts';
import { append } from './apply.ts';
import { dueOf, mostExtended, mostOf } from './clocks.ts';
import type { Event, EventOf, Fact } from './events.ts';
import { idsIn } from './fields.ts';
import { Day, type Instant } from './instant.ts';
import { instanceFor, numbered, openIn, strandOf, whoseOf } from './instances.ts';
import { askLinks } from './link-ask.ts';
import { holds } from './holds.ts';
import { own } from './own.ts';
import type { Duty } from './procedure.ts';
import { isRight, rulesOf } from './rules.ts';
import { type CaseState, dutyOf, type DutyState, isOpen } from './state.ts';

interface Detail {
  /** What tells an instance from the others, and the strand that an instance which brought it about is of. */
  readonly name?: string | undefined;
  readonly strand?: string | undefined;
  /** The instance that brought it about, or that the action was about. */
  readonly about?: string | undefined;
  readonly fields?: EventOf<'acted'>['fields'];
  /** The last instant of a time that ran out. */
  readonly ranOut?: Instant;
}

/** Starts every duty that listens to `trigger`, in the order in which the procedure writes them; then asks for the linked cases that do. */
export function follow(
  state: CaseState, trigger: string, cause: number, at: Instant, now: Instant, onto: Event[],
  detail: Detail = {},
): CaseState {
  let next = state;
  for (const { duty, rule, trigger: t } of rulesOf(state.procedure).starts.get(trigger) ?? []) {
    if (!holds(next, t.when)) continue;
    const excuse = rule.excused.findIndex((x) => holds(next, x.when));
    if (excuse >= 0) {
      next = append(next, { type: 'excused', at, duty, excuse }, now, onto);
      continue;
    }
    const fixed = fixedDay(rule, detail.fields);
    const multiple = multipleOf(next, rule);
    if ((rule.limit.field !== undefined && fixed === undefined) || (rule.limit.times !== undefined && multiple === undefined)) continue;
    const set = { ...(fixed === undefined ? {} : { fixed }), ...(multiple === undefined ? {} : { multiple }) };
    // After a time that ran out the institution counts from its last day; a right, from the day after.
    const from = detail.ranOut === undefined || isRight(state.procedure, rule) ? at : detail.ranOut;
    const counted = { duty, origin: from, extensions: [], pauses: [], ...set };
    const about = t.notTo === undefined ? undefined : detail.fields?.[t.notTo];
    const said = { ...set, ...(t.owes === undefined ? {} : { owes: t.owes }), ...(typeof about === 'string' ? { notTo: idsIn(about) } : {}) };
    for (const { name, ...person } of whoseOf(next, duty, t, detail.name ?? detail.strand, detail.fields, detail.about)) {
      const open = rule.each && name !== undefined ? openIn(next, duty, name) : undefined;
      const running = open === undefined ? Object.values(next.duties).findLast((d) => d.duty === duty && isOpen(d)) : next.duties[open];
      // What one instance brings about is of the same strand; where that has one already, and no new date is set, it is one more.
      // Nor does a new date take back one that was missed: what is overdue stays so, and the new one is owed besides.
      const another = open !== undefined && fixed === undefined && name === detail.strand;
      const missed = fixed !== undefined && running?.status === 'open' && at > running.due.dueAt;
      const instance = another || missed ? numbered(next, rule.each && name !== undefined ? `${duty}/${name}` : duty) : instanceFor(next, duty, rule, name);
      if (instance !== undefined) next = append(next, { type: 'duty-started', at: from, instance, duty, cause, ...dueOf(next, counted), ...said, ...person }, now, onto);
      else if (fixed !== undefined && running && isOpen(running)) next = append(next, newDate(next, running, fixed, cause, at), now, onto);
    }
  }
  return askLinks(next, trigger, cause, at, now, onto, detail.fields);
}

/** Another date set for a duty that runs: the new one holds, and both are on the timeline. */
function newDate(state: CaseState, duty: DutyState, fixed: Day, cause: number, at: Instant): Fact {
  const after = dueOf(state, { ...duty, origin: at, fixed, pauses: [], extensions: [] });
  return { type: 'restarted', at, instance: duty.instance, fixed, cause, before: duty.due, after };
}

function fixedDay(rule: Duty, fields: EventOf<'acted'>['fields'] | undefined): Day | undefined {
  if (rule.limit.field === undefined) return undefined;
  const day = Day.safeParse(fields?.[rule.limit.field]);
  return day.success ? day.data : undefined;
}

/** How many times over the count is taken: a number that the case knows, the starting action's own included. */
function multipleOf({ facts }: CaseState, { limit }: Duty): number | undefined {
  const told = limit.times === undefined ? undefined : own(facts, limit.times);
  return typeof told === 'number' && Number.isInteger(told) && told >= 1 ? told : undefined;
}

/** All that an action brings about: clocks resumed, begun again, extended, met, released, paused and started. */
export function consequences(state: CaseState, acted: EventOf<'acted'>, now: Instant, onto: Event[]): CaseState {
  let next = state;
  // Only what was owed before the action: what it starts itself is not met by it, wherever it stands in the file.
  const owed = Object.keys(state.duties);
  const done = new Set<string>();
  for (const { duty, rule } of rulesOf(state.procedure).listens.get(acted.action) ?? [])
    for (const instance of owed) {
      const d = dutyOf(next, instance);
      if (d.duty !== duty || !(isOpen(d) || d.status === 'lapsed')) continue;
      if (rule.each && !concerns(acted.instance, d, rule)) continue;
      for (const decide of [resumed, restarted, extended, met, released, paused]) {
        const fact = decide(next, dutyOf(next, instance), rule, acted);
        if (!fact) continue;
        next = append(next, fact, now, onto);
        const settledBy = next.seq;
        if (fact.type === 'met' || fact.type === 'released') next = answered(next, instance, acted.seq, acted.action, acted.at, now, onto);
        if (fact.type === 'extended') next = follow(next, `${duty}.extended`, settledBy, acted.at, now, onto, { strand: strandOf(instance), about: instance });
        // The dates that were set for one thing are met together, and what follows from that follows once.
        const thing = rule.limit.field === undefined ? instance : `${duty}/${rule.each ? strandOf(instance) : ''}`;
        if (fact.type === 'met' && !done.has(thing)) next = follow(next, `${duty}.met`, settledBy, acted.at, now, onto, { strand: strandOf(instance), about: instance });
        if (fact.type === 'met') done.add(thing);
      }
    }
  return follow(next, acted.action, acted.seq, acted.at, now, onto, { fields: acted.fields, strand: strandOf(acted.instance ?? ''), about: acted.instance });
}

/** An act about one instance is about no other of that duty, but for dates that were set for the same thing, and about those of other duties that are of its strand. */
const concerns = (about: string | undefined, { instance, duty }: DutyState, rule: Duty): boolean =>
  about === undefined || about === instance ||
  ((about.split('/')[0] !== duty || rule.limit.field !== undefined) && strandOf(about) !== undefined && strandOf(about) === strandOf(instance));

type Decide = (state: CaseState, duty: DutyState, rule: Duty, acted: EventOf<'acted'>) => Fact | undefined;

const resumed: Decide = (state, duty, rule, { action, at, seq }) => {
  const open = duty.pauses.at(-1);
  if (!isOpen(duty) || !open || rule.pauses[open.rule]?.until !== action) return undefined;
  // A pause that ran to its most while its true end was not recorded is cut to that end.
  const ranOut = open.to !== undefined && open.until === undefined && open.most !== undefined && at < open.to;
  if (open.to !== undefined && !ranOut) return undefined;
  const to = at > open.from ? at : open.from;
  const pauses = duty.pauses.map((p) => (p === open ? { ...p, to, until: seq } : p));
  return { type: 'resumed', at: to, instance: duty.instance, cause: seq, after: dueOf(state, { ...duty, pauses }) };
};

const restarted: Decide = (state, duty, rule, { action, at, seq }) => {
  if (!isOpen(duty) || !rule.restarts.some((r) => r.on === action)) return undefined;
  // Nor does a clock that has run out begin again.
  if (duty.status === 'open' && at > duty.due.dueAt) return undefined;
  const due = dueOf(state, { ...duty, origin: at, pauses: [], extensions: [] });
  return { type: 'restarted', at, instance: duty.instance, cause: seq, before: duty.due, after: due };
};

const extended: Decide = (state, duty, rule, { action, at, seq, fields }) => {
  const { extension } = rule;
  if (!isOpen(duty) || extension?.by !== action) return undefined;
  const asked = extension.field === undefined ? mostExtended(extension, duty).amount : fields[extension.field];
  if (typeof asked !== 'number') return undefined;
  const due = dueOf(state, { ...duty, extensions: [...duty.extensions, { by: asked, cause: seq, at }] });
  const reason = fields[extension.reason];
  return { type: 'extended', at, instance: duty.instance, by: asked, ...(typeof reason === 'string' ? { reason } : {}), cause: seq, before: duty.due, after: due };
};

const met: Decide = (state, duty, rule, { action, at, seq, fields, instance: about }) => {
  // A right that was used in time and recorded afterwards was used.
  if (!isOpen(duty) && !(duty.status === 'lapsed' && at <= duty.due.dueAt)) return undefined;
  const how = rule.met.find((m) => m.by === action && (m.with === undefined || fields[m.with] !== undefined) && holds(state, m.when));
  if (!how) return undefined;
  // What was asked for again after it was done, and recorded later still, is done as soon as it is asked for.
  const again = rule.each && about !== duty.instance && about?.split('/')[0] === duty.duty;
  const done = again && at < duty.origin ? duty.origin : at;
  return { type: 'met', at: done, instance: duty.instance, action, cause: seq, late: duty.status !== 'paused' && done > duty.due.dueAt };
};

const released: Decide = (_, duty, rule, { action, at, seq }) =>
  isOpen(duty) && rule.ends.includes(action) ? { type: 'released', at, instance: duty.instance, action, cause: seq, late: duty.overdue } : undefined;

const paused: Decide = (state, duty, rule, { action, at, seq }) => {
  const n = rule.pauses.findIndex((p) => p.on === action);
  const pause = rule.pauses[n];
  if (!isOpen(duty) || !pause) return undefined;
  // A clock that stands already, or has run out, is not stopped: that would hide lateness.
  if (duty.status === 'paused' || at > duty.due.dueAt)
    return { type: 'not-paused', at, instance: duty.instance, pause: n, cause: seq };
  const most = mostOf(state, duty, n, at);
  if (most === at) return { type: 'not-paused', at, instance: duty.instance, pause: n, cause: seq };
  const until = most === undefined ? {} : { until: most };
  return { type: 'paused', at, instance: duty.instance, pause: n, cause: seq, ...until };
};
