import * as core from '../../src/core/index.ts';
import { holdsIn, type Model } from './walk-model.ts';
import { must, same } from './walk-must.ts';

/** What has been seen of a case so far, by which it is judged. */
export interface Ledger {
  /** Instances that were started, and how each ended. */
  readonly started: Map<string, string>;
  readonly ended: Map<string, core.EventType>;
  readonly asked: Set<string>;
  readonly linked: Set<string>;
  readonly told: Set<string>;
  last: number;
}

export const newLedger = (): Ledger => ({ started: new Map(), ended: new Map(), asked: new Set(), linked: new Set(), told: new Set(), last: 0 });

interface Seen {
  readonly procedure: core.Procedure;
  readonly state: core.CaseState;
  readonly now: core.Instant;
  readonly ledger: Ledger;
}

/** What must hold after everything that happens. */
export function sound(m: Model, w: Seen, fresh: readonly core.Event[]): void {
  for (const e of fresh) {
    same('the number of the next event', e.seq, w.ledger.last + 1);
    w.ledger.last = e.seq;
    enter(w.ledger, e);
    if (e.type === 'acted' || e.type === 'opened') followed(m, w, fresh, e);
  }
  const { state } = w;
  same('the stage', state.stage, m.stage);
  same('what is told', { ...state.facts }, m.facts);
  same('whether it is closed', state.closedAt !== undefined, m.closed);
  same('who holds a role', { ...state.appointed }, Object.fromEntries(m.appointed));
  for (const person of m.appointed.values()) must(!m.excluded.has(person), () => `${person} takes no part, and yet holds a role`);
  for (const instance of w.ledger.started.keys()) must(state.duties[instance] !== undefined, () => `${instance} was started and is lost`);
  for (const d of Object.values(state.duties)) alive(m, w, d);
}

function enter({ started, ended, asked, linked }: Ledger, e: core.Event): void {
  switch (e.type) {
    case 'duty-started':
      must(!started.has(e.instance), () => `${e.instance} was started twice`);
      started.set(e.instance, e.duty);
      return;
    case 'met':
    case 'released':
    case 'lapsed':
      must((ended.get(e.instance) ?? 'lapsed') === 'lapsed', () => `${e.instance} was ${ended.get(e.instance)}, and then ${e.type}`);
      ended.set(e.instance, e.type);
      return;
    case 'due-moved':
      // A correction may give time back to a right that had lapsed.
      if (ended.get(e.instance) === 'lapsed' && e.after.dueAt >= e.recordedAt) ended.delete(e.instance);
      return;
    case 'reminded':
    case 'fell-overdue':
    case 'escalated':
      must(!ended.has(e.instance), () => `${e.instance} was ${ended.get(e.instance)}, and then ${e.type}`);
      return;
    case 'link-asked': {
      const name = `${e.link} ${e.cause} ${e.unit ?? ''} ${e.to ?? ''}`;
      must(!asked.has(name), () => `the link ${name} was asked for twice`);
      asked.add(name);
      return;
    }
    case 'linked':
    case 'link-failed':
      must(!linked.has(e.key), () => `the link ${e.key} was answered twice`);
      linked.add(e.key);
      return;
    default:
  }
}

/** What is open has a clock that rings, what stands has a most or somebody who starts it again, and what has ended says how. */
function alive(m: Model, { procedure, state, ledger }: Seen, d: core.DutyState): void {
  const rule = procedure.duties[d.duty];
  const ended = ledger.ended.get(d.instance);
  must((core.isOpen(d) ? undefined : d.status) === ended, () => `${d.instance} is ${d.status}, and its timeline says ${ended ?? 'nothing'}`);
  must(ledger.started.get(d.instance) === d.duty, () => `${d.instance} never started`);
  must(!m.closed || !core.isOpen(d), () => `${d.instance} is owed in a closed case`);
  must(d.status !== 'open' || !d.overdue || d.nextRung !== undefined, () => `${d.instance} is overdue, and nobody will be told any more`);
  if (d.status !== 'paused') return;
  const pause = d.pauses.at(-1);
  const until = rule?.pauses[pause?.rule ?? 0]?.until ?? '';
  const from = procedure.actions[until]?.from;
  must(pause?.most !== undefined || (from ? from.includes(m.stage) : !procedure.stages[m.stage]?.final), () => `${d.instance} stands in stage ${state.stage}, without a most, and "${until}" cannot be taken`);
}

/** What listens to an event has started, runs already, or is excused; and a date that was set is the date of its duty. */
function followed(m: Model, { procedure, state }: Seen, fresh: readonly core.Event[], e: core.EventOf<'acted' | 'opened'>): void {
  const name = e.type === 'opened' ? 'opened' : e.action;
  // Several that were taken in one step cannot be told apart by the facts that hold after it.
  if (fresh.filter((one) => one.type === 'acted').length > 1) return;
  for (const [duty, rule] of Object.entries(procedure.duties))
    for (const start of rule.starts) {
      if (start.on !== name || !holdsIn(m.facts, start.when) || start.for !== undefined) continue;
      if (rule.excused.some((x) => holdsIn(m.facts, x.when))) continue;
      const mine = Object.values(state.duties).filter((d) => d.duty === duty);
      const { field } = rule.limit;
      const set = field === undefined ? undefined : e.fields[field];
      if (field !== undefined && set === undefined) continue;
      const after = fresh.filter((one) => one.seq > e.seq);
      // A date that has gone by may end it as soon as it has begun.
      const begun = after.some((one) => (one.type === 'duty-started' || one.type === 'restarted') && mine.some((d) => d.instance === one.instance));
      must(begun || mine.some((d) => core.isOpen(d)), () => `${duty} does not run after ${name}`);
      must(set === undefined || mine.some((d) => d.fixed === set && (core.isOpen(d) || begun)), () => `${name} set ${String(set)} for ${duty}, and no instance has that date`);
    }
}
