import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, type ScheduleDescription, type ScheduleExecutionResult, type ScheduleHandle, ScheduleOverlapPolicy } from '@temporalio/client';
import { DAY_MS, type Instant, instantOf, msOf } from '../core/instant.ts';
import { milliseconds, timestamp } from '../engine/duration.ts';
import { RedressError } from '../errors.ts';
import { localOf } from '../people/moment.ts';
import { described, idOf, nameOf } from './apply.ts';
import { dueOf, waitingFor } from './list.ts';

const PATIENCE_MS = 20_000;
const LOOK_MS = 150;

export interface Ran {
  readonly due: Instant;
  /** The case; none where it is not open yet. */
  readonly receipt?: string;
  readonly waiting?: string;
}

/** The handle of a schedule that the engine has. @throws RedressError `no-such-schedule` */
export async function handleOf(client: Client, name: string): Promise<{ handle: ScheduleHandle; there: ScheduleDescription }> {
  const handle = client.schedule.getHandle(idOf(name));
  const there = await described(handle);
  if (there) return { handle, there };
  const known: string[] = [];
  for await (const { scheduleId } of client.schedule.list()) known.push(...[nameOf(scheduleId)].flatMap((n) => n ?? []));
  throw new RedressError('no-such-schedule', 'name', {
    zh: `引擎中没有名为“${name}”的定期任务；有：${known.toSorted().join('、') || '无'}。机构文件改动后，请运行 redress schedule apply。`,
    en: `The engine has no schedule "${name}"; it has ${known.toSorted().join(', ') || 'none'}. After a change of the institution's file run "redress schedule apply".`,
  });
}

/** Opens one now, besides those that the calendar opens. Twice within a minute is once. */
export async function runNow(client: Client, name: string): Promise<Ran> {
  const { handle, there } = await handleOf(client, name);
  const began = Date.now();
  const before = new Set(there.info.recentActions.map((a) => a.action.workflow.workflowId));
  await handle.trigger(ScheduleOverlapPolicy.ALLOW_ALL);
  return outcomeOf(client, handle, ({ action, takenAt }) => !before.has(action.workflow.workflowId) || takenAt.getTime() >= began);
}

/**
 * Opens the one that was due at a time, where it was missed: while the schedule was paused, or before there was one.
 * @param when a local time, or a day, in the zone in which the schedule runs
 * @throws RedressError `not-due` where the schedule has no such time
 */
export async function runFor(client: Client, name: string, when: { readonly from: Instant; readonly to: Instant }, zone: string): Promise<Ran> {
  const { handle } = await handleOf(client, name);
  const [due] = (await dueBetween(client, name, instantOf(msOf(when.from) - DAY_MS), instantOf(msOf(when.to) + DAY_MS)))
    .filter((at) => (when.from === when.to ? sameClock(at, when.from, zone) : at >= when.from && at < when.to));
  if (due === undefined || msOf(due) > Date.now())
    throw new RedressError('not-due', '--due', {
      zh: due === undefined ? `定期任务 ${name} 没有这一次；时间见 redress schedule list。` : `这一次尚未到期（${localText(due, zone)}）。`,
      en: due === undefined ? `The schedule ${name} has no such time; see "redress schedule list".` : `That one is not due yet (${localText(due, zone)}).`,
    });
  await handle.backfill({ start: new Date(msOf(due)), end: new Date(msOf(due) + 1000), overlap: ScheduleOverlapPolicy.ALLOW_ALL });
  return outcomeOf(client, handle, ({ scheduledAt }) => dueOf(scheduledAt) === due);
}

const localText = (at: Instant, zone: string): string => Object.values(localOf(at, zone)).join(' ');
const sameClock = (a: Instant, b: Instant, zone: string): boolean => localText(a, zone) === localText(b, zone);

/** The times of a schedule between two instants, as the engine counts them. */
export async function dueBetween(client: Client, name: string, from: Instant, to: Instant): Promise<Instant[]> {
  const { namespace } = client.options;
  const { startTime } = await client.workflowService.listScheduleMatchingTimes({ namespace, scheduleId: idOf(name), startTime: timestamp(msOf(from)), endTime: timestamp(msOf(to)) });
  return startTime.map((at) => instantOf(milliseconds(at)));
}

/** Waits for what a run was to start, and for its case; both come within a second, where nothing is in the way. */
async function outcomeOf(client: Client, handle: ScheduleHandle, isIt: (started: ScheduleExecutionResult) => boolean): Promise<Ran> {
  const end = Date.now() + PATIENCE_MS;
  for (; Date.now() < end; await sleep(LOOK_MS)) {
    const started = (await handle.describe()).info.recentActions.findLast(isIt);
    if (started) return ranAs(client, started, end - Date.now());
  }
  throw new RedressError('engine-away', 'TEMPORAL_ADDRESS', {
    zh: '引擎已收到，但尚未开始。稍后用 redress schedule list 查看。',
    en: 'The engine has it and has not begun yet. Look again in a moment with "redress schedule list".',
  });
}

async function ranAs(client: Client, { action, scheduledAt }: ScheduleExecutionResult, within: number): Promise<Ran> {
  const { workflowId } = action.workflow;
  const due = dueOf(scheduledAt);
  const opened: Promise<{ readonly receipt: string } | undefined> = client.workflow.getHandle(workflowId).result().catch(() => undefined);
  const first = await Promise.race([opened, sleep(within, undefined, { ref: false })]);
  if (first) return { due, receipt: first.receipt };
  const waiting = await waitingFor(client, workflowId);
  return { due, ...(waiting === undefined ? {} : { waiting }) };
}
