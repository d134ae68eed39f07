import * as wf from '@temporalio/workflow';
import * as core from '../core/index.ts';
import { keepAttributes } from './attributes.ts';

type Sent = core.Notice | core.Report;

// Most steps are recorded and told within milliseconds; then a local activity leaves one event in the history, not six.
const quick = wf.proxyLocalActivities<core.Activities>({ startToCloseTimeout: '8s', retry: { maximumAttempts: 1 } });
const patient = wf.proxyActivities<core.Activities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});
const chase = wf.proxyActivities<core.Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '30m' },
});

interface Desk {
  now(): core.Instant;
  state(): core.CaseState;
  timeline(): readonly core.Event[];
  append(next: core.CaseState, events: readonly core.Event[]): void;
  /** The last event that the register has. */
  readonly recorded: number;
}

export interface Clerk {
  /** Takes over events that are to be recorded, told and filed. */
  hand(events: readonly core.Event[]): void;
  recorded(): number;
  /** Whether everything handed over has been carried out, or has failed for good and is on the timeline. */
  idle(): boolean;
}

/**
 * Carries out what the core decided, in order and one step at a time. A step
 * that cannot be recorded now is retried until it can; a notice or report that
 * cannot be done now is chased beside the other work. None of it fails the case.
 */
export function clerk(desk: Desk): Clerk {
  let waiting: core.Event[] = [];
  let busy = false;
  let chasing = 0;
  let recorded = desk.recorded;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      const state = desk.state();
      const notices = core.noticesOf(state, events);
      const reports = core.reportsOf(state, desk.timeline(), events);
      keepAttributes(state);
      const outcomes = await carryOut({ receipt: state.receipt, events, view: core.viewOf(state), notices, reports });
      recorded = events.at(-1)?.seq ?? recorded;
      note([...notices, ...reports], outcomes);
    }
    busy = false;
  }

  function note(sent: readonly Sent[], outcomes: readonly core.Outcome[]): void {
    const byKey = new Map(outcomes.map((o) => [o.key, o]));
    for (const one of sent) {
      const outcome = byKey.get(one.key);
      if (outcome === undefined || outcome.result === 'later') void follow(one);
      else put(one, outcome);
    }
  }

  function put(one: Sent, outcome: core.Outcome): void {
    const events: core.Event[] = [];
    const next = core.record(desk.state(), one, outcome, desk.now(), events);
    desk.append(next, events);
  }

  async function follow(one: Sent): Promise<void> {
    chasing += 1;
    try {
      put(one, await ('role' in one ? chase.deliver(one) : chase.file(one)));
    } catch (err) {
      if (wf.isCancellation(err)) throw err;
      put(one, { key: one.key, result: 'failed', reason: reasonOf(err) });
    } finally {
      chasing -= 1;
    }
  }

  return {
    hand(events) {
      waiting.push(...events);
      if (busy) return;
      busy = true;
      void work();
    },
    recorded: () => recorded,
    idle: () => !busy && chasing === 0,
  };
}

/** Ends only when the step is in the register. */
async function carryOut(step: core.Step): Promise<core.Outcome[]> {
  try {
    return await quick.carryOut(step);
  } catch (err) {
    if (wf.isCancellation(err)) throw err;
    wf.log.warn('register not reached at once, trying on', { receipt: step.receipt });
  }
  for (;;)
    try {
      return await patient.carryOut(step);
    } catch (err) {
      if (wf.isCancellation(err)) throw err;
      // For good, says the activity: a register that contradicts the case. Somebody has to look; the clocks go on.
      wf.log.error('step not recorded', { receipt: step.receipt, reason: reasonOf(err) });
      await wf.sleep('1h');
    }
}

function reasonOf(err: unknown): string {
  if (wf.isCancellation(err) || !(err instanceof wf.ActivityFailure)) return 'unknown';
  return err.cause instanceof wf.ApplicationFailure ? (err.cause.type ?? 'failed') : 'timeout';
}
