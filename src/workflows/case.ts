import * as wf from '@temporalio/workflow';
import * as core from '../core/index.ts';
import { clerk } from './clerk.ts';
import { type CaseInput, type Receipt, type RefusalDetail } from './messages.ts';
import * as message from './messages.ts';

/** An update that nobody answers any sooner than this many milliseconds is answered without the register. */
const PATIENCE = 5000;

/**
 * One case, from its receipt to its last duty. Waits for an action or for the
 * next legal instant, runs the core, and hands what follows to the clerk.
 *
 * Guarantees: a refused action leaves nothing in the history; a refused signal
 * is on the timeline; nothing the world does to a notice or a report fails the
 * case; the timeline alone is the state.
 */
export async function caseWorkflow(input: CaseInput): Promise<core.CaseView> {
  const now = (): core.Instant => core.instantOf(Date.now() + (input.offset ?? 0));
  const opened = input.timeline ? resumed(input, input.timeline) : started(input, now());
  let { state } = opened;
  const timeline = [...opened.timeline];

  const office = clerk({
    now,
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
  wf.setHandler(message.act, take, { validator: mayTake });
  wf.setHandler(message.completeStep, (raw) => {
    const events: core.Event[] = [];
    const next = core.takeOrNote(state, raw, now(), events);
    took(next, events);
  });

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
    if (before !== undefined) return answer(before, timeline.filter((e) => e.seq === before));
    const taken = core.act(state, raw, now());
    if (core.isRefusal(taken)) throw failure(taken);
    took(taken.state, taken.events);
    await wf.condition(() => office.recorded() >= taken.state.seq, input.patience ?? PATIENCE);
    return answer(taken.seq, taken.events);
  }

  function answer(seq: number, events: readonly core.Event[]): Receipt {
    return { receipt: state.receipt, seq, stage: state.stage, events, recorded: office.recorded() >= seq };
  }

  const full = (): boolean => {
    const { continueAsNewSuggested, historyLength } = wf.workflowInfo();
    return continueAsNewSuggested || historyLength > (input.renewAfter ?? Infinity);
  };
  const lag = spreadOf(state.receipt, input.spread ?? 0);

  for (;;) {
    const events: core.Event[] = [];
    took(core.tick(state, now(), events), events);
    if (office.idle() && (state.closedAt !== undefined || full())) break;
    const next = core.wakeAt(state, lag);
    const changed = (): boolean => core.wakeAt(state, lag) !== next || (office.idle() && (state.closedAt !== undefined || full()));
    if (next === undefined) await wf.condition(changed);
    else await wf.condition(changed, Math.max(1, core.msOf(next) - core.msOf(now())));
  }
  await wf.condition(wf.allHandlersFinished);
  if (state.closedAt !== undefined && office.idle()) return core.viewOf(state);
  return wf.continueAsNew<typeof caseWorkflow>({ ...input, timeline });
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

