import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import { setTimeout as sleep } from 'node:timers/promises';
import { milliseconds } from './duration.ts';

type Seen = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;
type Activity = temporal.api.workflow.v1.IPendingActivityInfo;

const { WorkflowExecutionStatus: Status, PendingActivityState } = proto.temporal.api.enums.v1;
const SETTLE_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 10;

/** What the server says of the workflow's current run. */
export function look(client: Client, workflowId: string): Promise<Seen> {
  return client.workflowService.describeWorkflowExecution({ namespace: client.options.namespace, execution: { workflowId } });
}

/** The workflow's virtual clock, milliseconds since 1970; the wall's until it first skips. */
export function nowOf(seen: Seen): number {
  const now = seen.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return now ? milliseconds(now) : Date.now();
}

/** Whether the workflow is over, other than by continuing as a new run. */
export function isClosed(seen: Seen): boolean {
  const status = seen.workflowExecutionInfo?.status;
  return status !== Status.WORKFLOW_EXECUTION_STATUS_RUNNING
    && status !== Status.WORKFLOW_EXECUTION_STATUS_PAUSED
    && status !== Status.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW;
}

/** Whether nothing is in flight: no workflow task, no child, no activity but those between attempts. */
export function isIdle(seen: Seen): boolean {
  return !seen.pendingWorkflowTask && !seen.pendingChildren?.length && (seen.pendingActivities ?? []).every(waitsForRetry);
}

/**
 * The virtual instant (milliseconds since 1970) until which a workflow at rest stays so by itself:
 * the earliest of its timers, activities' next attempts and a delayed start. Infinity when it
 * waits for somebody; undefined when it is at work, or has been since `seen`.
 */
export async function restsUntil(client: Client, workflowId: string, seen: Seen): Promise<number | undefined> {
  if (!isIdle(seen)) return undefined;
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  if (!events || events.length !== Number(seen.workflowExecutionInfo?.historyLength)) return undefined;
  const due = new Map<string, number>();
  for (const event of events) {
    const started = event.timerStartedEventAttributes;
    if (started) due.set(String(event.eventId), milliseconds(event.eventTime) + milliseconds(started.startToFireTimeout));
    const over = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (over) due.delete(String(over.startedEventId));
  }
  const attempts = (seen.pendingActivities ?? []).filter(waitsForRetry).map((activity) => milliseconds(activity.scheduledTime));
  const begun = events.some((event) => event.workflowTaskScheduledEventAttributes);
  // A run that goes on from another starts by itself within a second; a skip before that would pass over all it has to do.
  const { firstRunId, execution } = seen.workflowExecutionInfo ?? {};
  if (!begun && firstRunId && firstRunId !== execution?.runId) return undefined;
  const start = begun ? [] : [milliseconds(seen.workflowExecutionInfo?.executionTime)];
  return Math.min(...due.values(), ...attempts, ...start);
}

/** Waits until all that is due has happened and the workflow has dealt with it; at most 30 seconds. */
export async function settle(client: Client, workflowId: string): Promise<Seen> {
  for (const began = Date.now(); ; await sleep(LOOK_EVERY_MS)) {
    const seen = await look(client, workflowId);
    if (isClosed(seen) || Date.now() - began > SETTLE_WITHIN_MS) return seen;
    const instant = await restsUntil(client, workflowId, seen);
    if (instant !== undefined && instant > nowOf(seen)) return seen;
  }
}

function waitsForRetry(activity: Activity): boolean {
  return activity.state === PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED && (activity.attempt ?? 1) > 1;
}
