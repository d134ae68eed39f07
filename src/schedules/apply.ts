import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, ScheduleAlreadyRunning, type ScheduleDescription, type ScheduleHandle, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { TASK_QUEUE } from '../config.ts';
import type { Institution } from '../institution/index.ts';
import type { ScheduledOpening } from './schedule.ts';
import { skippedTimes, specOf } from './spec.ts';

const PREFIX = 'redress/';

/** The engine's id of a schedule. */
export const idOf = (name: string): string => `${PREFIX}${name}`;

/** The name in the institution's file; undefined for a schedule that is not ours. */
export const nameOf = (id: string): string | undefined => (id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined);

/** Longer than an engine is ever away: what fell due meanwhile is opened when it is back. */
const CATCH_UP = '365 days';
const OVERLAP = ScheduleOverlapPolicy.ALLOW_ALL;

export interface Applied {
  readonly name: string;
  readonly what: 'created' | 'changed' | 'removed' | 'kept';
}

/** What each schedule of an institution is started with. */
export const openingsOf = ({ schedules, zone }: Pick<Institution, 'schedules' | 'zone'>, now = Date.now()): ScheduledOpening[] =>
  Object.entries(schedules ?? {}).map(([name, schedule]) => ({ ...schedule, name, zone, skipped: skippedTimes(schedule, zone, now) }));

/**
 * Makes the engine's schedules equal to the institution's: those that are new are made, those that say something else
 * are changed, and those of ours that are gone are removed. One that says the same is left alone, for the engine takes
 * a change as a reason not to make up for what fell due before it. Whether one is paused stays as it is.
 */
export async function applySchedules(client: Client, institution: Pick<Institution, 'schedules' | 'zone'>, taskQueue = TASK_QUEUE): Promise<Applied[]> {
  const done: Applied[] = [];
  const openings = openingsOf(institution);
  for (const opening of openings) done.push({ name: opening.name, what: await applyOne(client, opening, taskQueue) });
  const wanted = new Set(openings.map((o) => idOf(o.name)));
  for await (const { scheduleId } of client.schedule.list()) {
    const name = nameOf(scheduleId);
    if (name === undefined || wanted.has(scheduleId)) continue;
    if (await remove(client.schedule.getHandle(scheduleId))) done.push({ name, what: 'removed' });
  }
  return done;
}

async function applyOne(client: Client, opening: ScheduledOpening, taskQueue: string): Promise<Applied['what']> {
  const handle = client.schedule.getHandle(idOf(opening.name));
  const there = await described(handle);
  const common = { spec: specOf(opening), action: actionOf(opening, taskQueue), policies: { overlap: OVERLAP, catchupWindow: CATCH_UP } } as const;
  if (!there) {
    try {
      await client.schedule.create({ scheduleId: handle.scheduleId, ...common });
      return 'created';
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      return applyOne(client, opening, taskQueue);
    }
  }
  if (says(there, opening, taskQueue)) return 'kept';
  await caughtUp(handle, there);
  await handle.update(({ state: { paused, note } }) => ({ ...common, state: { paused, ...(note === undefined ? {} : { note }) } }));
  return 'changed';
}

const actionOf = (opening: ScheduledOpening, taskQueue: string) =>
  ({ type: 'startWorkflow', workflowType: 'openingWorkflow', workflowId: `opening/${opening.name}`, taskQueue, args: [opening] }) as const;

/** The engine's description, or none where there is no such schedule. */
export async function described(handle: ScheduleHandle): Promise<ScheduleDescription | undefined> {
  try {
    return await handle.describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** What a schedule on the engine is started with; it was written by this program, or an earlier one. */
export const startedWith = ({ action: { args } }: Pick<ScheduleDescription, 'action'>): unknown => args?.[0];

/** Whether the engine has it as the file has it. */
export const says = (there: ScheduleDescription, opening: ScheduledOpening, taskQueue = TASK_QUEUE): boolean =>
  there.action.taskQueue === taskQueue && there.policies.overlap === OVERLAP && isDeepStrictEqual(startedWith(there), JSON.parse(JSON.stringify(opening)));

const PATIENCE_MS = 10_000;
const LOOK_MS = 200;

/** Whether something that fell due has not been opened yet. */
const isBehind = ({ state: { paused }, info: { nextActionTimes: [next] } }: ScheduleDescription): boolean =>
  !paused && next !== undefined && next.getTime() <= Date.now();

/** Waits until the engine has opened what fell due while it was away: a change would have it forget that. */
async function caughtUp(handle: ScheduleHandle, first: ScheduleDescription): Promise<void> {
  let there: ScheduleDescription | undefined = first;
  for (const end = Date.now() + PATIENCE_MS; there && isBehind(there) && Date.now() < end; there = await described(handle)) await sleep(LOOK_MS);
}

async function remove(handle: ScheduleHandle): Promise<boolean> {
  try {
    await handle.delete();
    return true;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}
