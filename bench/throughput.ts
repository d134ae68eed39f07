import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Redress } from '../src/client.ts';
import type { ActInput } from '../src/core/index.ts';
import { skipToEnd } from '../src/engine/virtualTime.ts';
import { workflowIdOf } from '../src/receipts.ts';
import type { floorWorkflow } from './floor.ts';
import { step } from './floor.ts';

/** An ordinary case: opened, proposed, approved, accepted, handled, replied, closed, nothing late. */
export const ORDINARY: readonly ActInput[] = [
  { action: 'propose', by: { role: 'office', person: 'p' } },
  { action: 'approve', by: { role: 'leader', person: 'q' } },
  { action: 'accept', by: { role: 'handler', person: 'p' }, fields: { notice: 'paper' } },
  { action: 'issue-opinion', by: { role: 'handler', person: 'p' }, fields: { outcome: 'support', opinion: 'paper' } },
  { action: 'serve', by: { role: 'office', person: 'p' }, fields: { how: 'in-person', proof: 'paper' } },
  { action: 'archive', by: { role: 'office', person: 'p' } },
];

/** Wakes after the last action: two reminders of the right of review, its lapse, and the close. */
const WAKES = 4;
const ACTIVITIES_A_STEP = 1;

/** Runs `n` pieces of work, so many at once, and gives how many a second were done. */
async function rate(n: number, atOnce: number, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let left = n;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  }));
  return n / ((performance.now() - began) / 1000);
}

export interface Rates {
  readonly opened: number;
  readonly ended: number;
}

/** Cases opened a second, and cases carried from the first event to the last. */
export async function caseRates(redress: Redress, n: number, atOnce: number): Promise<Rates> {
  const open = () => redress.open({ procedure: 'xinfang-2022', unit: 'street', channel: 'letter', key: randomUUID() });
  return {
    opened: await rate(n, atOnce, open),
    ended: await rate(n, atOnce, async () => {
      const { receipt } = await open();
      for (const action of ORDINARY) await redress.act(receipt, action);
      await skipToEnd(redress.temporal, workflowIdOf(receipt));
    }),
  };
}

/**
 * The same with a bare workflow: as many updates, activities and timers, and nothing in them. It counts as opened when
 * its first activity is done, as a case does when its first events are recorded.
 */
export async function floorRates(temporal: Client, begun: (workflowId: string) => Promise<void>, n: number, atOnce: number): Promise<Rates> {
  const open = async () => {
    const workflowId = `floor/${randomUUID()}`;
    const first = begun(workflowId);
    const handle = await temporal.workflow.start<typeof floorWorkflow>('floorWorkflow', { taskQueue: 'floor', workflowId, args: [ORDINARY.length, ACTIVITIES_A_STEP, WAKES] });
    await first;
    return handle;
  };
  return {
    opened: await rate(n, atOnce, open),
    ended: await rate(n, atOnce, async () => {
      const handle = await open();
      for (const _ of ORDINARY) await handle.executeUpdate(step);
      await skipToEnd(temporal, handle.workflowId);
    }),
  };
}

interface Size {
  readonly events: number;
  readonly bytes: number;
}

/** Events and bytes of an ordinary case in the engine's history: when it is archived, and when its last right has lapsed and it has closed. */
export async function historySize(redress: Redress): Promise<{ archived: Size; ended: Size }> {
  const { receipt } = await redress.open({ procedure: 'xinfang-2022', unit: 'street', channel: 'letter' });
  for (const action of ORDINARY) await redress.act(receipt, action);
  const size = async (): Promise<Size> => {
    const { historyLength, historySize: bytes } = await redress.temporal.workflow.getHandle(workflowIdOf(receipt)).describe();
    return { events: historyLength, bytes: bytes ?? 0 };
  };
  const archived = await size();
  await skipToEnd(redress.temporal, workflowIdOf(receipt));
  return { archived, ended: await size() };
}
