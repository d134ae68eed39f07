import { type Act, type CaseState, DAY_MS, type Event, fold, type Instant, instantOf, isRefusal, msOf, open, pin, type Text } from '../core/index.ts';
import type { Refused } from '../errors.ts';
import { type CaseRun, startCase } from './case-run.ts';
import type { Lab } from './lab.ts';
import type { Matter, Scenario, ScenarioStep } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';
import { type Together, timelinesOf, together } from './together.ts';
import { dayNumber } from './when.ts';

/** A step that was to be refused, and was. The case knows nothing of it: only the rehearsal tells. */
export interface NotTaken {
  readonly at: Instant;
  readonly type: 'not-taken';
  readonly action: string;
  readonly by: Act['by'];
  readonly code: string;
  readonly field: string;
  readonly text: Text;
  /** The case in which, where it is not the scenario's own. */
  readonly case?: string;
}

export interface Rehearsal {
  readonly events: readonly (Event | NotTaken)[];
  /** Where the case stood in the end. */
  readonly state: CaseState;
  /** The cases beside it and those linked to it, in the order in which they came. */
  readonly others: readonly Beside[];
  /** When the watch ended: the case was closed, or the time had come. */
  readonly until: Instant;
}

/** A case that nobody closes is watched for so many days after the last step. */
export const WATCHED_DAYS = 180;

/** A case beside the scenario's own, or linked to it, as it went. */
export interface Beside {
  readonly name: string;
  readonly receipt: string;
  readonly events: readonly Event[];
  readonly state: CaseState;
}

/**
 * Runs a scenario on the real engine in virtual time.
 * @throws ScenarioError naming the line of the step that did not go as the scenario says
 */
export async function rehearse(lab: Lab, scenario: Scenario, progress: (text: Text) => void = () => undefined): Promise<Rehearsal> {
  const all = together(lab);
  try {
    const notTaken: NotTaken[] = [];
    const waiting = [...scenario.also, { ...scenario, name: 'main' }].toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : 0));
    /** Opens what is to be open by then, each at its own time. */
    const beside = async (by: Instant): Promise<void> => {
      for (let next = waiting[0]; next && next.receivedAt <= by; next = waiting[0]) {
        waiting.shift();
        await all.pass(next.receivedAt);
        all.add(next.name, await opened(lab, scenario, { ...next, fields: all.named(next.fields) }));
      }
    };
    for (const step of scenario.steps) {
      progress(passing(scenario, step.at));
      await beside(step.at);
      await all.pass(step.at);
      const refused = await took(all, scenario, step);
      if (refused) notTaken.push(refused);
    }
    const last = scenario.steps.at(-1)?.at ?? scenario.receivedAt;
    const until = scenario.until ?? instantOf(msOf(last) + WATCHED_DAYS * DAY_MS);
    progress(passing(scenario, until));
    await beside(until);
    await all.pass(until);
    // The clock runs on while the machine works; what it let happen after the end is not part of the rehearsal.
    const events = ((await all.runs.get('main')?.timeline()) ?? []).filter((e) => e.at <= until);
    const state = fold(scenario.procedure, pin(scenario.calendar, scenario.receivedAt), events);
    const others = (await timelinesOf(all.runs, until)).filter((one) => one.events.length > 0)
      .map(({ name, run, events: es }) => ({ name, receipt: run.receipt, events: es, state: fold(run.input.procedure, run.input.calendar, es) }));
    return { events: merged(events, notTaken), state, others, until: state.closedAt ?? until };
  } finally {
    await all.end();
  }
}

async function opened(lab: Lab, { file, hours }: Scenario, matter: Matter): Promise<CaseRun> {
  const { procedure, calendar, channel, unit, receivedAt, fields } = matter;
  const opening = open(procedure, calendar, { receipt: 'rehearsal', channel, unit, receivedAt, fields }, receivedAt);
  if (isRefusal(opening)) throw new ScenarioError(file, [{ line: 1, path: opening.field, text: opening.text }]);
  return startCase(lab, { ...matter, hours });
}

async function took(all: Together, { file }: Scenario, step: ScenarioStep): Promise<NotTaken | undefined> {
  const { action, as, person, instance, note, at, occurredAt, line } = step;
  const run = all.runs.get(step.case ?? 'main');
  if (!run) throw new ScenarioError(file, [{ line, path: 'case', text: notThere(step.case ?? '', [...all.runs.keys()]) }], 'unexpected-outcome');
  const by = { role: as, ...(person === undefined ? {} : { person }) };
  const refusal = await run.act({ action, by, fields: all.named(step.fields), ...(instance === undefined ? {} : { instance }), ...(note === undefined ? {} : { note }) }, occurredAt);
  if (refusal?.code === step.refused) return refusal && { at, type: 'not-taken', action, by, code: refusal.code, field: refusal.field, text: refusal.text, ...(step.case === undefined ? {} : { case: step.case }) };
  throw new ScenarioError(file, [{ line, path: action, text: refusal ? otherwise(refusal) : taken(step) }], 'unexpected-outcome');
}

const notThere = (name: string, known: readonly string[]): Text => ({
  zh: `此时没有“${name}”这个事项；有：${known.join('、')}。`,
  en: `There is no case "${name}" at that time; there are ${known.join(', ')}.`,
});

const otherwise = ({ code, text }: Refused): Text => ({
  zh: `该步骤被拒绝（${code}）：${text.zh}如系有意，请写 expect: refused ${code}。`,
  en: `The step was refused (${code}): ${text.en} If that is meant, write "expect: refused ${code}".`,
});

const taken = ({ refused }: ScenarioStep): Text => ({
  zh: `该步骤本应被拒绝（${refused ?? ''}），却被接受了。`,
  en: `The step was to be refused (${refused ?? ''}), but it was taken.`,
});

/** A step that was not taken comes after all that had happened by then. */
function merged(events: readonly Event[], notTaken: readonly NotTaken[]): (Event | NotTaken)[] {
  const all: (Event | NotTaken)[] = [...events];
  for (const one of notTaken) all.splice(all.findLastIndex((e) => e.at <= one.at) + 1, 0, one);
  return all;
}

function passing({ calendar, receivedAt }: Scenario, to: Instant): Text {
  const n = dayNumber(calendar, receivedAt, to);
  return { zh: `演练：正在推进到第 ${n} 日……`, en: `Rehearsing: on the way to day ${n}…` };
}
