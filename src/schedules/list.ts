import type { Client, ScheduleDescription } from '@temporalio/client';
import { z } from 'zod';
import { type Instant, instantOf } from '../core/instant.ts';
import type { Institution } from '../institution/index.ts';
import { receiptOf } from '../receipts.ts';
import type { Register } from '../register/index.ts';
import { keyOf } from './activity.ts';
import { described, idOf, nameOf, openingsOf, says, startedWith } from './apply.ts';
import type { Schedule } from './schedule.ts';

/** A case that was due, and what became of it. */
export interface LastOpened {
  readonly due: Instant;
  readonly receipt: string;
  /** The stage the case is in; none while it is not open yet. */
  readonly stage?: string;
  /** Why it is not open yet, where the engine knows. */
  readonly waiting?: string;
}

/** A schedule as the file and the engine have it. */
export interface ScheduleState {
  readonly name: string;
  readonly opens: string;
  readonly unit: string;
  /** `differs`, `not-applied`, `not-in-file`: "redress schedule apply" makes the engine's equal to the file's. */
  readonly status: 'on' | 'paused' | 'differs' | 'not-applied' | 'not-in-file';
  /** Why it is paused. */
  readonly note?: string;
  readonly next: readonly Instant[];
  readonly last?: LastOpened;
}

/** What the engine's copy says of itself; an earlier version of the program may have written less. */
const Started = z.object({ name: z.string(), opens: z.string(), unit: z.string(), zone: z.string() });

const NEXT = 3;

/** The schedules of the file and of the engine, those of the file first and in its order. */
export async function scheduleStates(client: Client, register: Pick<Register, 'case'>, institution: Pick<Institution, 'schedules' | 'zone'>): Promise<ScheduleState[]> {
  const openings = openingsOf(institution);
  const states: ScheduleState[] = [];
  for (const opening of openings) {
    const there = await described(client.schedule.getHandle(idOf(opening.name)));
    states.push(there ? await stateOf(client, register, there, opening, says(there, opening) ? undefined : 'differs') : { name: opening.name, ...placeOf(opening), status: 'not-applied', next: [] });
  }
  for await (const { scheduleId } of client.schedule.list()) {
    const name = nameOf(scheduleId);
    if (name === undefined || openings.some((o) => o.name === name)) continue;
    const there = await described(client.schedule.getHandle(scheduleId));
    const started = there && Started.safeParse(startedWith(there)).data;
    if (there && started) states.push(await stateOf(client, register, there, started, 'not-in-file'));
  }
  return states;
}

const placeOf = ({ opens, unit }: Pick<Schedule, 'opens' | 'unit'>) => ({ opens, unit });

async function stateOf(client: Client, register: Pick<Register, 'case'>, there: ScheduleDescription, { name, opens, unit }: z.infer<typeof Started>, other: ScheduleState['status'] | undefined): Promise<ScheduleState> {
  const { state: { paused, note }, info: { nextActionTimes } } = there;
  const last = await lastOf(client, register, there, name);
  return {
    name, opens, unit,
    status: paused ? 'paused' : other ?? 'on',
    ...(paused && note ? { note } : {}),
    next: paused ? [] : nextActionTimes.slice(0, NEXT).map((at) => instantOf(at.getTime())),
    ...(last ? { last } : {}),
  };
}

/** The case that was due last, by its key: the engine forgets a workflow long before the register forgets its case. */
async function lastOf(client: Client, register: Pick<Register, 'case'>, there: ScheduleDescription, name: string): Promise<LastOpened | undefined> {
  const zone = Started.safeParse(startedWith(there)).data?.zone;
  const last = there.info.recentActions.toSorted((a, b) => a.scheduledAt.getTime() - b.scheduledAt.getTime()).at(-1);
  if (!last || zone === undefined) return undefined;
  const due = dueOf(last.scheduledAt);
  const receipt = receiptOf(keyOf({ name, zone }, due));
  const view = await register.case(receipt);
  if (view) return { due, receipt, stage: view.stage };
  const waiting = await waitingFor(client, last.action.workflow.workflowId);
  return { due, receipt, ...(waiting === undefined ? {} : { waiting }) };
}

const MINUTE_MS = 60_000;

/** The minute for which a schedule started something. */
export const dueOf = (scheduledAt: Date): Instant => instantOf(Math.floor(scheduledAt.getTime() / MINUTE_MS) * MINUTE_MS);

/** Why an opening has not come about, as the last attempt put it. */
export async function waitingFor(client: Client, workflowId: string): Promise<string | undefined> {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    const failure = raw.pendingActivities?.[0]?.lastFailure;
    return failure?.applicationFailureInfo?.type || failure?.message || undefined;
  } catch {
    return undefined;
  }
}
