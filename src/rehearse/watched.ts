import type { Procedure } from '../core/index.ts';

/**
 * What a log can tell about. A duty that no mapped action meets would be late
 * in every case, whatever was done, so it is not judged, and the summary says
 * so.
 */
export interface Watched {
  readonly judged: ReadonlySet<string>;
  /** Judged, or able to start one that is when its time runs out: while it is open, a case is run on. */
  readonly awaited: ReadonlySet<string>;
  readonly unseen: readonly string[];
}

export function watchedOf(procedure: Procedure, actions: ReadonlySet<string>): Watched {
  const duties = Object.entries(procedure.duties);
  const judged = new Set(duties.filter(([, d]) => d.met.some((m) => actions.has(m.by))).map(([name]) => name));
  const awaited = new Set(judged);
  // A set is walked to its end, what is added on the way included.
  for (const name of awaited)
    for (const { on } of procedure.duties[name]?.starts ?? []) {
      const [duty, befell] = on.split('.');
      if (duty !== undefined && (befell === 'lapsed' || befell === 'overdue')) awaited.add(duty);
    }
  return { judged, awaited, unseen: duties.map(([name]) => name).filter((name) => !judged.has(name)) };
}
