import { type CaseState, type Day, type DutyState, type DutyStatus, type Event, type EventOf, type Instant } from '../core/index.ts';
import type { Dirt } from '../logs/index.ts';
import type { Watched } from './watched.ts';

/** How one duty of a case went. */
export interface DutyVerdict {
  readonly duty: string;
  /** Which one, where a case had several: `commitment/3`. */
  readonly instance?: string;
  readonly status: DutyStatus;
  readonly dueDate: Day;
  /** Null where it was not met. */
  readonly metAt: Instant | null;
  /** Met after the due instant; or not met, and the due instant gone by when it ended or the run did. */
  readonly late: boolean;
  /** How often a leader was told before the duty was met, or ended, or the run did. */
  readonly escalations: number;
}

export interface CaseVerdict {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly duties: readonly DutyVerdict[];
  /** What was odd about it, by line of the log. */
  readonly dirt?: readonly Dirt[];
}

/**
 * Judges a case by its timeline, as it stood at `until`: what a slower clock
 * let happen after that instant does not count, so the engine and the core give
 * the same answer.
 */
export function verdictsOf(state: CaseState, events: readonly Event[], watched: Watched, until: Instant): DutyVerdict[] {
  const verdicts: DutyVerdict[] = [];
  for (const d of Object.values(state.duties)) {
    if (!watched.judged.has(d.duty) || d.origin > until) continue;
    const end = endOf(d, events, until);
    const metAt = end.status === 'met' ? end.at : null;
    verdicts.push({
      duty: d.duty,
      ...(d.instance === d.duty ? {} : { instance: d.instance }),
      status: end.status,
      dueDate: d.due.dueDate,
      metAt,
      late: end.status === 'met' ? (d.met?.late ?? false) : end.status !== 'lapsed' && end.status !== 'paused' && d.due.dueAt < end.at,
      escalations: d.escalations === 0 ? 0 : events.filter((e) => e.type === 'escalated' && e.instance === d.instance && firedAt(e) < end.at).length,
    });
  }
  return verdicts;
}

/** When it should have been told: a rehearsal's clock runs on while the machine works. */
const firedAt = (e: EventOf<'escalated'>): Instant => e.scheduled ?? e.at;

function endOf(d: DutyState, events: readonly Event[], until: Instant): { status: DutyStatus; at: Instant } {
  const open = { status: 'open', at: until } as const;
  switch (d.status) {
    case 'met':
      return d.met && d.met.at <= until ? { status: 'met', at: d.met.at } : open;
    case 'lapsed':
      return d.lapsedAt !== undefined && d.lapsedAt <= until ? { status: 'lapsed', at: d.lapsedAt } : open;
    case 'released': {
      const released = events.find((e) => e.type === 'released' && e.instance === d.instance);
      return { status: 'released', at: released?.at ?? until };
    }
    case 'open':
    case 'paused':
      return { status: d.status, at: until };
  }
}
