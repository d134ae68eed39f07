import { type ActInput, type Event, type Instant, instantOf, msOf, open, isRefusal, pin, viewOf, type Calendar, type FieldValue, type Hours, type Procedure } from '../core/index.ts';
import { defaultPayloadConverter } from '@temporalio/common';
import { Refused } from '../errors.ts';
import { isClosed, restsUntil, settle } from '../engine/virtualState.ts';
import { fastForward, virtualNow } from '../engine/virtualTime.ts';
import { randomKey, receiptOf, workflowIdOf } from '../receipts.ts';
import type { CaseInput } from '../workflows/messages.ts';
import type { Lab } from './lab.ts';

export interface Matter {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly channel: string;
  readonly unit: string;
  readonly receivedAt: Instant;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly hours?: Hours | undefined;
}

/** A case on the real engine, whose clock shows whatever the rehearsal wants. */
export interface CaseRun {
  readonly receipt: string;
  /** Lets time pass until the case's clock shows at least `at`; everything due by then has happened. */
  pass(at: Instant): Promise<'reached' | 'ended'>;
  /** Takes an action that happened at exactly `occurredAt`, or gives the reason why not. */
  act(action: ActInput, occurredAt: Instant): Promise<Refused | undefined>;
  /** Waits until it has done what is due, and says when by the case's clock it has something to do next: milliseconds since 1970. */
  rest(): Promise<number | undefined>;
  /** What the case was started with. */
  readonly input: CaseInput;
  timeline(): Promise<readonly Event[]>;
  /** Takes the case off the engine. */
  end(): Promise<void>;
}

/** Opens a case at the instant at which it is received. @throws Refused */
export async function startCase({ redress }: Lab, matter: Matter): Promise<CaseRun> {
  const { procedure, channel, unit, receivedAt } = matter;
  const key = randomKey();
  const receipt = receiptOf(key);
  const calendar = pin(matter.calendar, receivedAt);
  const intake = { receipt, channel, unit, receivedAt, fields: { ...matter.fields } };
  const opened = open(procedure, calendar, intake, receivedAt);
  if (isRefusal(opened)) throw Refused.by(opened);
  await redress.register.admit({ receipt, key, contact: {}, summary: '' });
  const offset = msOf(receivedAt) - Date.now();
  const input = { procedure, calendar, intake, offset, ...(matter.hours ? { hours: matter.hours } : {}) };
  await redress.start(input, viewOf(opened.state));
  return running(redress, receipt, input);
}

/** A case that another one opened, on the clock that it was given. */
export async function openedBy({ redress }: Lab, receipt: string): Promise<CaseRun> {
  const { history } = await redress.temporal.workflowService.getWorkflowExecutionHistory({ namespace: redress.temporal.options.namespace, execution: { workflowId: workflowIdOf(receipt) }, maximumPageSize: 1 });
  const payload = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  if (!payload) throw new Error(`case ${receipt} has no beginning`);
  return running(redress, receipt, defaultPayloadConverter.fromPayload<CaseInput>(payload));
}

function running(redress: Lab['redress'], receipt: string, input: CaseInput): CaseRun {
  const id = workflowIdOf(receipt);
  const { temporal } = redress;
  const { offset = 0 } = input;
  return {
    receipt,
    input,
    async rest() {
      const seen = await settle(temporal, id);
      if (isClosed(seen)) return undefined;
      const at = await restsUntil(temporal, id, seen);
      return at === undefined || at === Infinity ? undefined : at + offset;
    },
    async pass(at) {
      const left = msOf(at) - (await virtualNow(temporal, id)) - offset;
      // The engine's clock has whole milliseconds here and finer ones there: one more, so that `at` is surely past.
      return fastForward(temporal, id, Math.max(0, left + 1));
    },
    async act(action, occurredAt) {
      try {
        await redress.act(receipt, { ...action, occurredAt });
        return undefined;
      } catch (error) {
        if (error instanceof Refused) return error;
        throw error;
      }
    },
    timeline: () => redress.timeline(receipt),
    async end() {
      // One that has ended by itself is as good.
      await temporal.workflow.getHandle(id).terminate('end of the rehearsal').catch(() => undefined);
    },
  };
}

/** Now, on the clock of this machine. */
export const present = (): Instant => instantOf(Date.now());
