import { type Act, type CaseState, DAY_MS, type Event, fold, type Instant, instantOf, isRefusal, msOf, open, pin, type Text } from '../core/index.ts';
import type { Refused } from '../errors.ts';
import { type CaseRun, startCase } from './case-run.ts';
import type { Lab } from './lab.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';
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
}

export interface Rehearsal {
  readonly events: readonly (Event | NotTaken)[];
  /** Where the case stood in the end. */
  readonly state: CaseState;
  /** When the watch ended: the case was closed, or the time had come. */
  readonly until: Instant;
}

/** A case that nobody closes is watched for so many days after the last step. */
export const WATCHED_DAYS = 180;

/**
 * Runs a scenario on the real engine in virtual time.
 * @throws ScenarioError naming the line of the step that did not go as the scenario says
 */
export async function rehearse(lab: Lab, scenario: Scenario, progress: (text: Text) => void = () => undefined): Promise<Rehearsal> {
  const run = await opened(lab, scenario);
  try {
    const notTaken: NotTaken[] = [];
    for (const step of scenario.steps) {
      progress(passing(scenario, step.at));
      await run.pass(step.at);
      const refused = await took(run, scenario, step);
      if (refused) notTaken.push(refused);
    }
    const last = scenario.steps.at(-1)?.at ?? scenario.receivedAt;
    const until = scenario.until ?? instantOf(msOf(last) + WATCHED_DAYS * DAY_MS);
    progress(passing(scenario, until));
    await run.pass(until);
    // The clock runs on while the machine works; what it let happen after the end is not part of the rehearsal.
    const events = (await run.timeline()).filter((e) => e.at <= until);
    const state = fold(scenario.procedure, pin(scenario.calendar, scenario.receivedAt), events);
    return { events: merged(events, notTaken), state, until: state.closedAt ?? until };
  } finally {
    await run.end();
  }
}

async function opened(lab: Lab, scenario: Scenario): Promise<CaseRun> {
  const { procedure, calendar, channel, unit, receivedAt, fields, file } = scenario;
  const opening = open(procedure, calendar, { receipt: 'rehearsal', channel, unit, receivedAt, fields }, receivedAt);
  if (isRefusal(opening)) throw new ScenarioError(file, [{ line: 1, path: opening.field, text: opening.text }]);
  return startCase(lab, scenario);
}

async function took(run: CaseRun, { file }: Scenario, step: ScenarioStep): Promise<NotTaken | undefined> {
  const { action, as, person, fields, instance, note, at, occurredAt, line } = step;
  const by = { role: as, ...(person === undefined ? {} : { person }) };
  const refusal = await run.act({ action, by, fields, ...(instance === undefined ? {} : { instance }), ...(note === undefined ? {} : { note }) }, occurredAt);
  if (refusal?.code === step.refused) return refusal && { at, type: 'not-taken', action, by, code: refusal.code, field: refusal.field, text: refusal.text };
  throw new ScenarioError(file, [{ line, path: action, text: refusal ? otherwise(refusal) : taken(step) }], 'unexpected-outcome');
}

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
