import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { OpeningActivities, ScheduledOpening } from '../schedules/schedule.ts';

/** The instant for which the engine's schedule started a workflow; with an outage in between it lies in the past. */
const scheduledAt = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME);

// Tried until it is opened: a procedure that is mended, or a unit that is there again, gets the case that was due.
const { openScheduled } = wf.proxyActivities<OpeningActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '30m' },
});

/** Opens the case that a schedule is due to open, once. */
export async function openingWorkflow(of: ScheduledOpening): Promise<{ readonly receipt: string }> {
  const { typedSearchAttributes, startTime } = wf.workflowInfo();
  return openScheduled({ ...of, due: (typedSearchAttributes.get(scheduledAt) ?? startTime).toISOString() });
}
