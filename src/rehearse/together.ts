import { type Event, type Instant, instantOf, msOf, type Values } from '../core/index.ts';
import { type CaseRun, openedBy } from './case-run.ts';
import type { Lab } from './lab.ts';

/** The cases of a rehearsal, each with a clock of its own, kept in step: nothing happens in one before what happened earlier in another. */
export interface Together {
  /** By name: `main`, those beside it, and linked ones by the way to them. */
  readonly runs: ReadonlyMap<string, CaseRun>;
  add(name: string, run: CaseRun): void;
  /** Lets time pass in all of them until their clocks show at least `at`. */
  pass(at: Instant): Promise<void>;
  /** `@name` in a field is the receipt of that case. */
  named(fields: Values): Record<string, Values[string]>;
  end(): Promise<void>;
}

export function together(lab: Lab): Together {
  const runs = new Map<string, CaseRun>();
  const seen = new Map<string, number>();

  /** Cases that have been opened by those we know, under the names of their links. */
  async function meet(): Promise<void> {
    for (const [name, run] of runs) {
      const events = await run.timeline();
      const from = seen.get(run.receipt) ?? 0;
      seen.set(run.receipt, events.at(-1)?.seq ?? from);
      for (const e of events)
        if (e.seq > from && e.type === 'linked' && e.from === undefined && ![...runs.values()].some((r) => r.receipt === e.receipt))
          runs.set(name === 'main' ? e.key : `${name}.${e.key}`, await openedBy(lab, e.receipt));
    }
  }

  /** Until all have dealt with what is due, those too that are opened meanwhile. */
  async function atRest(): Promise<void> {
    for (let known = -1; known !== runs.size; ) {
      known = runs.size;
      for (const run of runs.values()) await run.rest();
      await meet();
    }
  }

  /** Whoever has something to do first. What one does may reach another, so all are at rest before. */
  async function earliest(): Promise<{ readonly run: CaseRun; readonly at: number } | undefined> {
    await atRest();
    let first: { run: CaseRun; at: number } | undefined;
    for (const run of runs.values()) {
      const at = await run.rest();
      if (at !== undefined && (!first || at < first.at)) first = { run, at };
    }
    return first;
  }

  return {
    runs,
    add: (name, run) => void runs.set(name, run),
    async pass(at) {
      for (;;) {
        const next = await earliest();
        if (!next || next.at > msOf(at)) break;
        await next.run.pass(instantOf(Math.ceil(next.at)));
      }
      await Promise.all([...runs.values()].map((run) => run.pass(at)));
      await atRest();
    },
    named: (fields) => Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, typeof v === 'string' && v.startsWith('@') ? (runs.get(v.slice(1))?.receipt ?? v) : v])),
    async end() {
      for (const run of runs.values()) await run.end();
    },
  };
}

/** What happened in each case that is not the main one, up to an instant. */
export async function timelinesOf(runs: ReadonlyMap<string, CaseRun>, until: Instant): Promise<{ name: string; run: CaseRun; events: Event[] }[]> {
  const all = [...runs].filter(([name]) => name !== 'main');
  return Promise.all(all.map(async ([name, run]) => ({ name, run, events: (await run.timeline()).filter((e) => e.at <= until) })));
}
