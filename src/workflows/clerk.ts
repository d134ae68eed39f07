import * as wf from '@temporalio/workflow';
import * as core from '../core/index.ts';
import { keepAttributes } from './attributes.ts';

type Sent = core.Notice | core.Report;

// Ordinary activities, not local ones: what the world is told must have been decided for good, and a local activity runs
// before the task that decided it is in the history.
const prompt = wf.proxyActivities<core.Activities>({
  startToCloseTimeout: '6s',
  scheduleToCloseTimeout: '6s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2 },
});
const PATIENT: wf.ActivityOptions = {
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
};
const patient = wf.proxyActivities<core.Activities>(PATIENT);
/** What was being recorded when a worker died is recorded by another as soon as its heart stands still. */
const recording = wf.proxyActivities<core.Activities>({ ...PATIENT, heartbeatTimeout: '15s' });
const chase = wf.proxyActivities<core.Activities>({
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '3 days',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '30m' },
});

/** Reports that go with a step; a payload has an end. */
const TOGETHER = 8;

/** What says only what became of a notice or a paper can wait for the next step. */
const QUIET: ReadonlySet<core.EventType> = new Set<core.EventType>(['noticed', 'passed-over', 'filed', 'untold']);

interface Desk {
  now(): core.Instant;
  /** What the case's clock shows, where that is not the engine's. */
  clock(): core.Instant | undefined;
  /** When people may be disturbed; at any time, where left out. */
  readonly hours?: core.Hours | undefined;
  state(): core.CaseState;
  timeline(): readonly core.Event[];
  append(next: core.CaseState, events: readonly core.Event[]): void;
  /** The last event that the register has. */
  readonly recorded: number;
}

export interface Clerk {
  /** Takes over events that are to be recorded, told and filed. */
  hand(events: readonly core.Event[]): void;
  /** Whether the register has an event, or is away, so that nobody need wait for it. */
  settled(seq: number): boolean;
  recorded(): number;
  /** Asks for what could wait for the next step to be recorded now. */
  flush(): void;
  /** Whether everything handed over has been carried out, or has failed for good and is on the timeline. */
  idle(): boolean;
}

/**
 * Carries out what the core decided, in order and one step at a time. A step
 * that cannot be recorded now is retried until it can; a notice or report that
 * cannot be done now is chased beside the other work. None of it fails the case.
 *
 * A notice that waits for working hours is in the register's books meanwhile, so
 * that whoever is told then gets one message for all that waited.
 *
 * That a notice was sent or a paper filed is in the register's own books at
 * once; as an event it is recorded with the next step, or before the end.
 */
export function clerk(desk: Desk): Clerk {
  let waiting: core.Event[] = [];
  let busy = false;
  let chasing = 0;
  const telling = new Map<string, Promise<void>>();
  let joined: Promise<void> = Promise.resolve();
  const held = new Map<core.Instant, core.Notice[]>();
  let recorded = desk.recorded;
  let away = false;
  let flushing = false;
  const news = (): boolean => waiting.some((e) => flushing || (!QUIET.has(e.type)));

  async function work(): Promise<void> {
    while (news()) {
      const events = waiting;
      waiting = [];
      const state = desk.state();
      const notices = core.noticesOf(state, events, desk.now(), desk.hours);
      const reports = core.reportsOf(state, desk.timeline(), events);
      keepAttributes(state);
      // Each report bears the whole timeline: of many at once, those beyond the first go by themselves.
      const outcomes = await carryOut({ receipt: state.receipt, events, view: core.viewOf(state), notices, reports: reports.slice(0, TOGETHER) });
      recorded = events.at(-1)?.seq ?? recorded;
      note([...notices, ...reports], outcomes);
      for (const linking of core.linkingsOf(state, events)) void join(linking);
      tell(core.tidingsOf(state, desk.timeline(), events));
    }
    busy = false;
  }

  /** Ends only when the step is in the register. */
  async function carryOut(step: core.Step): Promise<core.Outcome[]> {
    try {
      return await prompt.carryOut(step);
    } catch (err) {
      wf.log.warn('the register is away, trying on', { receipt: step.receipt, reason: reasonOf(err) });
    }
    away = true;
    for (;;)
      try {
        const outcomes = await recording.carryOut(step);
        away = false;
        return outcomes;
      } catch (err) {
        // For good, says the activity. Somebody has to look; the clocks go on.
        wf.log.error('step not recorded', { receipt: step.receipt, reason: reasonOf(err) });
        await wf.sleep('1h');
      }
  }

  function note(sent: readonly Sent[], outcomes: readonly core.Outcome[]): void {
    const byKey = new Map(outcomes.map((o) => [o.key, o]));
    for (const one of sent) {
      const outcome = byKey.get(one.key);
      if (outcome?.result === 'held' && 'role' in one && one.notBefore !== undefined) hold(one, one.notBefore);
      else if (outcome === undefined || outcome.result === 'later' || outcome.result === 'held') void follow(one);
      else put(one, outcome);
    }
  }

  /** Puts on the timeline what came of something. */
  function enter(decide: (state: core.CaseState, now: core.Instant, onto: core.Event[]) => core.CaseState): void {
    const events: core.Event[] = [];
    desk.append(decide(desk.state(), desk.now(), events), events);
  }

  const put = (one: Sent, outcome: core.Outcome): void => enter((state, now, onto) => core.record(state, one, outcome, now, onto));

  /** What waits for working hours goes out together. */
  function hold(notice: core.Notice, until: core.Instant): void {
    const waits = held.get(until);
    if (waits) waits.push(notice);
    else {
      held.set(until, [notice]);
      void release(until);
    }
  }

  async function release(until: core.Instant): Promise<void> {
    await wf.sleep(Math.max(1, core.msOf(until) - core.msOf(desk.now())));
    const notices = held.get(until) ?? [];
    try {
      note(notices, await patient.release(notices));
    } catch (err) {
      wf.log.warn('notices not released, trying each', { reason: reasonOf(err) });
      note(notices, []);
    } finally {
      held.delete(until);
    }
  }

  /** Has a linked case opened or found. What fails for good is on the timeline. */
  async function join(linking: core.Linking): Promise<void> {
    chasing += 1;
    const clock = desk.clock();
    const before = joined;
    const asked = lasting(() => patient.link(clock === undefined ? linking : { ...linking, clock }));
    joined = asked.then(() => undefined);
    try {
      const outcome = await asked;
      // In the order in which they were asked for.
      await before;
      enter((state, now, onto) => core.recordLink(state, linking, outcome, now, onto));
    } finally {
      chasing -= 1;
    }
  }

  /** Tells each linked case in the order in which things happened; one that does not answer holds up no other. */
  function tell(tidings: readonly core.Heard[]): void {
    for (const heard of tidings) {
      chasing += 1;
      telling.set(heard.to, (telling.get(heard.to) ?? Promise.resolve()).then(() => passOn(heard)));
    }
  }

  async function passOn(heard: core.Heard): Promise<void> {
    try {
      if ((await lasting(() => patient.pass(heard))) === 'told') return;
      enter((state, now, onto) => core.append(state, { type: 'untold', at: now, receipt: heard.to, on: heard.on, of: heard.of }, now, onto));
    } finally {
      chasing -= 1;
    }
  }

  async function follow(one: Sent): Promise<void> {
    chasing += 1;
    try {
      put(one, await ('role' in one ? chase.deliver(one) : chase.file(one)));
    } catch (err) {
      put(one, { key: one.key, result: 'failed', reason: reasonOf(err) });
    } finally {
      chasing -= 1;
    }
  }

  function start(): void {
    if (busy || !news()) return;
    busy = true;
    void work();
  }

  return {
    hand(events) {
      waiting.push(...events);
      start();
    },
    flush() {
      flushing = true;
      start();
    },
    settled: (seq) => away || recorded >= seq,
    recorded: () => recorded,
    idle: () => !busy && chasing === 0 && held.size === 0 && !news(),
  };
}

/** What fails for good here is a fault that somebody has to look at: it is tried on, once an hour. */
async function lasting<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work();
    } catch (err) {
      wf.log.error('a linked case was not reached', { reason: reasonOf(err) });
      await wf.sleep('1h');
    }
}

function reasonOf(err: unknown): string {
  if (wf.isCancellation(err) || !(err instanceof wf.ActivityFailure)) return 'unknown';
  return err.cause instanceof wf.ApplicationFailure ? (err.cause.type ?? 'failed') : 'timeout';
}
