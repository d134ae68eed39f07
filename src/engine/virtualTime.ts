import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { duration } from './duration.ts';
import { isClosed, isIdle, look, nowOf, restsUntil, settle } from './virtualState.ts';

const NOT_FOUND = 5;
const LOOK_EVERY_MS = 10;
const BUSY_FOR_MS = 60_000;
const STANDS_STILL_MS = 500;
// The server's own limit is 200 skips, fewer than a case of one year has timers.
const MAX_SKIPS = 1_000_000;

/**
 * Moves the virtual clock of one workflow forward by `ms`. Each timer on the way fires at its
 * own instant, in order, and the workflow does its work before the clock goes on; at the target
 * the clock runs at the speed of the wall again. Resolves when what was due by then is done.
 * Child workflows have clocks of their own, and while one is pending the parent cannot skip.
 * @returns `ended` when the workflow ended before the target, or was over already
 * @throws when the server does not allow time skipping, or no worker takes the workflow's tasks
 */
export async function fastForward(client: Client, workflowId: string, ms: number): Promise<'reached' | 'ended'> {
  const target = (await virtualNow(client, workflowId)) + ms;
  for (;;) {
    const seen = await settle(client, workflowId);
    if (isClosed(seen)) return 'ended';
    const left = target - nowOf(seen);
    if (left <= 0) return 'reached';
    if ((await skipOnce(client, workflowId, left)) === 'ended') return 'ended';
  }
}

/**
 * Lets time skip until the workflow has ended. A workflow that waits for somebody, with no timer
 * left, would wait for ever: then skipping is switched off again and the answer is `waiting`.
 */
export async function skipToEnd(client: Client, workflowId: string): Promise<'ended' | 'waiting'> {
  const all = { enabled: true, maxSessionSkipCount: MAX_SKIPS };
  if ((await setSkipping(client, workflowId, all)) === 'ended') return 'ended';
  for (;; await sleep(LOOK_EVERY_MS)) {
    const seen = await look(client, workflowId);
    if (isClosed(seen)) return 'ended';
    if ((await restsUntil(client, workflowId, seen)) !== Infinity) continue;
    await setSkipping(client, workflowId, { enabled: false, maxSessionSkipCount: MAX_SKIPS });
    return 'waiting';
  }
}

/** What `Date.now()` would be inside the workflow if it ran now: milliseconds since 1970. */
export async function virtualNow(client: Client, workflowId: string): Promise<number> {
  return Math.floor(nowOf(await look(client, workflowId)));
}

/**
 * One skip: to the next timer, or by `left` where no timer comes before. The server's own way of
 * many skips to one target can run past it by a whole timer, when the target comes while the
 * workflow is at work; from a workflow at rest, one skip cannot.
 */
async function skipOnce(client: Client, workflowId: string, left: number): Promise<'skipped' | 'ended'> {
  const fastForwardConfig = { id: randomUUID(), duration: duration(left) };
  if ((await setSkipping(client, workflowId, { enabled: true, fastForwardConfig, maxSessionSkipCount: 1 })) === 'ended') return 'ended';
  for (let busyTill = Date.now() + BUSY_FOR_MS, idleSince = Infinity; ; await sleep(LOOK_EVERY_MS)) {
    const seen = await look(client, workflowId);
    if (isClosed(seen)) return 'ended';
    if (!seen.workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled) return 'skipped';
    idleSince = isIdle(seen) ? Math.min(idleSince, Date.now()) : Infinity;
    // The server skips when it writes, and an update that was refused writes nothing: ask again.
    if (Date.now() - idleSince > STANDS_STILL_MS) return 'skipped';
    if (Date.now() > busyTill) throw new Error(`Time cannot skip for ${workflowId}: it is busy. Does a worker take its tasks?`);
  }
}

async function setSkipping(
  client: Client,
  workflowId: string,
  timeSkippingConfig: temporal.api.common.v1.ITimeSkippingConfig,
): Promise<'set' | 'ended'> {
  try {
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      workflowExecutionOptions: { timeSkippingConfig },
      updateMask: { paths: ['time_skipping_config'] },
    });
    return 'set';
  } catch (error) {
    const notFound = error instanceof Error && 'code' in error && error.code === NOT_FOUND;
    if (notFound && isClosed(await look(client, workflowId))) return 'ended';
    throw error;
  }
}
