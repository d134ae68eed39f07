import { sleep } from '@temporalio/workflow';

/** Sleeps once for each number of milliseconds; returns the instants at which it woke. */
export async function sleeper(pauses: number[]): Promise<number[]> {
  const woke: number[] = [];
  for (const pause of pauses) {
    await sleep(pause);
    woke.push(Date.now());
  }
  return woke;
}
