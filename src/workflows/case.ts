import * as wf from '@temporalio/workflow';
import * as core from '../core/index.ts';
import { clerk } from './clerk.ts';
import { type CaseInput, type Receipt, type RefusalDetail } from './messages.ts';
import * as message from './messages.ts';

/**
 * One case, from its receipt to its last duty. Waits for an action or for the
 * next legal instant, runs the core, and hands what follows to the clerk.
 *
 * Guarantees: a refused action leaves nothing in the history; a refused signal
 * is on the timeline; nothing the world does to a notice or a report fails the
 * case; the timeline alone is the state.
 */
export function caseWorkflow(input: CaseInput): Promise<core.CaseView> {
  // A case ends by its procedure. The engine's "cancel" is nobody's decision, so it is not heard.
  return wf.CancellationScope.nonCancellable(() => run(input));
}

async function run(given: CaseInput): Promise<core.CaseView> {
  const input = { ...given, procedure: core.widened(given.procedure) };
  const now = (): core.Instant => core.instantOf(Date.now() + (input.offset ?? 0));
  const opened = input.timeline ? resumed(input, input.timeline) : started(input, now());
  let { state } = opened;
  const timeline = [...opened.timeline];

  const office = clerk({
    now,
    hours: input.hours,
    /** In a rehearsal the clock is the case's own, and what it opens goes by it. */
    clock: () => (input.offset === undefined ? undefined : now()),
    state: () => state,
    timeline: () => timeline,
    append: (next, events) => took(next, events),
    recorded: input.timeline ? state.seq : 0,
  });

  function took(next: core.CaseState, events: readonly core.Event[]): void {
    state = next;
    timeline.push(...events);
    if (events.length > 0) office.hand(events);
  }

  // Before the handlers: an action that waits already is carried out as soon as there is one for it.
  if (!input.timeline) office.hand(timeline);
  wf.setHandler(message.timeline, () => timeline);
  wf.setHandler(message.view, () => core.viewOf(state));
  wf.setHandler(message.duties, () => core.viewOf(state).duties);
  wf.setHandler(message.explain, (instance) => core.explain(state, instance));
  // The engine's "cancel" is not heard by those either who run beside the case.
  wf.setHandler(message.act, (raw) => wf.CancellationScope.nonCancellable(() => take(raw)), { validator: mayTake });
  wf.setHandler(message.completeStep, (raw) => {
    const events: core.Event[] = [];
    const next = core.takeOrNote(state, raw, now(), events);
    took(next, events);
  });

  wf.setHandler(message.link, (raw) => {
    const { data: incoming } = core.Incoming.safeParse(raw);
    if (!incoming) return;
    const events: core.Event[] = [];
    took(core.takeLink(state, incoming, now(), events), events);
  });
  let listening: Promise<void> = Promise.resolve();
  wf.setHandler(message.hear, (raw) => {
    const { data: heard } = core.Heard.safeParse(raw);
    // In the order in which it was told.
    if (heard) listening = wf.CancellationScope.nonCancellable(() => listening.then(() => listen(heard)));
    return listening;
  });

  async function listen(heard: core.Heard): Promise<void> {
    // A case that this one opened may speak before it is known here under its receipt.
    const { link } = heard;
    if (link !== undefined) await wf.condition(() => state.links[link] === undefined || state.links[link].receipt !== undefined || state.links[link].failed === true);
    // The teller's clock may be a little ahead of this one, and in a rehearsal much: what is still to come is waited for.
    // What is further ahead than machines' clocks differ is refused.
    const early = core.msOf(heard.at) - core.msOf(now());
    if (early > 0) await wf.sleep(input.offset === undefined ? Math.min(early, core.SKEW) : early);
    const events: core.Event[] = [];
    took(core.hear(state, heard, now(), events), events);
  }

  /** Runs before anything is written: what it throws leaves no trace. */
  function mayTake(raw: core.ActInput): void {
    const parsed = core.Act.safeParse(raw);
    if (!parsed.success) throw failure(core.malformed(parsed.error));
    if (core.doneBefore(state, parsed.data) !== undefined) return;
    const refusal = core.refusalOf(state, parsed.data, now());
    if (refusal) throw failure(refusal);
  }

  async function take(raw: core.ActInput): Promise<Receipt> {
    const before = core.doneBefore(state, core.Act.parse(raw));
    if (before !== undefined) {
      await wf.condition(() => office.settled(before));
      return answer(before, causedBy(timeline, before));
    }
    const taken = core.act(state, raw, now());
    if (core.isRefusal(taken)) throw failure(taken);
    took(taken.state, taken.events);
    await wf.condition(() => office.settled(taken.state.seq));
    return answer(taken.seq, taken.events);
  }

  function answer(seq: number, events: readonly core.Event[]): Receipt {
    return { receipt: state.receipt, seq, stage: state.stage, events, recorded: office.recorded() >= seq };
  }

  const full = (): boolean => {
    const { continueAsNewSuggested, historyLength } = wf.workflowInfo();
    return continueAsNewSuggested || historyLength > (input.renewAfter ?? Infinity);
  };
  /** Nothing is left to carry out and nobody waits for an answer: only then may this run end. */
  const done = (): boolean => office.idle() && wf.allHandlersFinished();
  const lag = spreadOf(state.receipt, input.spread ?? 0);
  const bell = alarm();

  for (;;) {
    bell.quiet();
    const events: core.Event[] = [];
    took(core.tick(state, now(), events), events);
    const ending = (): boolean => state.closedAt !== undefined || full();
    const last = ending();
    if (last) office.flush();
    if (last && done()) break;
    const next = core.wakeAt(state, lag);
    if (next !== undefined) bell.set(core.msOf(next) - core.msOf(now()), core.msOf(next));
    await wf.condition(() => bell.rung() || core.wakeAt(state, lag) !== next || ending() !== last || (last && done()));
  }
  if (state.closedAt !== undefined) return core.viewOf(state);
  return wf.continueAsNew<typeof caseWorkflow>({ ...input, timeline });
}

/**
 * One timer. Set for an earlier instant it is set anew; for a later one it is
 * left, and rings once for nothing: that costs the history no more than taking
 * a timer off and setting another with every step.
 */
function alarm() {
  let at = Infinity;
  let rung = false;
  let scope: wf.CancellationScope | undefined;
  return {
    /** @param ms milliseconds from now @param instant the same as an instant, by which alarms are compared */
    set(ms: number, instant: number): void {
      if (instant >= at) return;
      scope?.cancel();
      at = instant;
      scope = new wf.CancellationScope();
      const ringing = scope.run(() => wf.sleep(Math.max(1, ms)));
      ringing.then(() => {
        at = Infinity;
        rung = true;
      }, () => undefined);
    },
    rung: () => rung,
    /** Makes it ready to ring again. */
    quiet(): void {
      rung = false;
    },
  };
}

/** The events that an action brought about with itself. */
function causedBy(timeline: readonly core.Event[], seq: number): core.Event[] {
  const from = timeline.findIndex((e) => e.seq === seq);
  const next = timeline.findIndex((e, i) => i > from && (e.recordedAt !== timeline[from]?.recordedAt || e.type === 'acted' || e.type === 'corrected'));
  return timeline.slice(from, next < 0 ? undefined : next);
}

interface Begun {
  readonly state: core.CaseState;
  readonly timeline: readonly core.Event[];
}

function started(input: CaseInput, now: core.Instant): Begun {
  const opened = core.open(input.procedure, input.calendar, input.intake, now);
  if (core.isRefusal(opened)) throw failure(opened);
  return { state: opened.state, timeline: opened.events };
}

const resumed = (input: CaseInput, timeline: readonly core.Event[]): Begun => ({
  state: core.fold(input.procedure, input.calendar, timeline),
  timeline,
});

function failure(refusal: core.Refusal): wf.ApplicationFailure {
  const detail: RefusalDetail = { field: refusal.field, text: refusal.text };
  return wf.ApplicationFailure.create({ message: refusal.text.en, type: refusal.code, nonRetryable: true, details: [detail] });
}

/** The same share of the spread for every wake-up of one case. */
function spreadOf(receipt: string, spread: number): number {
  let hash = 0;
  for (const c of receipt) hash = (hash * 31 + c.charCodeAt(0)) % 65_521;
  return Math.floor((hash / 65_521) * Math.min(spread, core.SPREAD));
}

