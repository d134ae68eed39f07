import type { Redress } from '../src/client.ts';
import { workflowIdOf } from '../src/receipts.ts';

const MEMBERS = Array.from({ length: 160 }, (_, n) => `member-${n}`);

interface Cost {
  /** Bytes that one answer adds to the history. */
  readonly bytes: number;
  /** Timers that the engine was asked for by then. */
  readonly timers: number;
}

/** A collective visit that calls out so many people, of whom ten answer. Straight to the case: these people are nobody's in the register. */
export async function calledOut(redress: Redress, people: number): Promise<Cost> {
  const { receipt } = await redress.open({ procedure: 'collective-visit', unit: 'township', channel: 'visit', fields: { place: 'hall', people: 300 } });
  const handle = redress.temporal.workflow.getHandle(workflowIdOf(receipt));
  const size = async (): Promise<number> => (await handle.describe()).historySize ?? 0;
  const act = (action: string, role: string, person: string, fields = {}) => handle.executeUpdate('act', { args: [{ action, by: { role, person }, fields }] });
  await act('call-out', 'office', 'officer', { who: MEMBERS.slice(0, people).join(' ') });
  const before = await size();
  for (const person of MEMBERS.slice(0, 10)) await act('arrive', 'member', person);
  const after = await size();
  const { events } = await handle.fetchHistory();
  return { bytes: (after - before) / 10, timers: (events ?? []).filter((e) => e.timerStartedEventAttributes).length };
}
