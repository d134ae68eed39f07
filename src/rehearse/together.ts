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

  return {
    runs,
    add: (name, run) => void runs.set(name, run),
    async pass(at) {
      for (;;) {
        await meet();
        const next = await earliest([...runs.values()]);
        if (!next || next.at > msOf(at)) break;
        await next.run.pass(instantOf(Math.ceil(next.at)));
      }
      await Promise.all([...runs.values()].map((run) => run.pass(at)));
      await meet();
    },
    named: (fields) => Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, typeof v === 'string' && v.startsWith('@') ? (runs.get(v.slice(1))?.receipt ?? v) : v])),
    async end() {
      for (const run of runs.values()) await run.end();
    },
  };
}

/** Whoever has something to do first, once all have dealt with what is due. */
async function earliest(runs: readonly CaseRun[]): Promise<{ readonly run: CaseRun; readonly at: number } | undefined> {
  let first: { run: CaseRun; at: number } | undefined;
  // What one does may reach another, so all are looked at again until a round finds them at rest.
  for (const run of runs) await run.rest();
  for (const run of runs) {
    const at = await run.rest();
    if (at !== undefined && (!first || at < first.at)) first = { run, at };
  }
  return first;
}

/** What happened in each case that is not the main one, up to an instant. */
export async function timelinesOf(runs: ReadonlyMap<string, CaseRun>, until: Instant): Promise<{ name: string; run: CaseRun; events: Event[] }[]> {
  const all = [...runs].filter(([name]) => name !== 'main');
  return Promise.all(all.map(async ([name, run]) => ({ name, run, events: (await run.timeline()).filter((e) => e.at <= until) })));
}
