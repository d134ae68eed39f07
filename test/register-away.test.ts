import { Context } from '@temporalio/activity';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { office, type Office } from './support/office.ts';

let desk: Office;
let away = false;
/** So many attempts are begun by a worker of which nothing more is heard. */
let lost = 0;
let tried = 0;
beforeAll(async () => {
  desk = await office(inject('engine'), (real) => ({
    ...real,
    carryOut(step) {
      tried += 1;
      if (away) return Promise.reject(new Error('register away'));
      return lost-- > 0 ? Context.current().cancelled : real.carryOut(step);
    },
  }));
});
afterAll(() => desk.stop());

const recorded = (receipt: string) => async (): Promise<string[]> => (await desk.register.timeline(receipt)).map((e) => e.type);

test('while the register is away an action is accepted, says so, and is recorded when it is back', async () => {
  const { receipt } = await desk.redress.open({ procedure: 'xinfang-2022', unit: 'street', channel: 'web' });
  away = true;
  const done = await desk.redress.act(receipt, { action: 'propose', by: { role: 'office', person: 'p' } });
  expect(done.recorded).toBe(false);
  expect((await desk.register.timeline(receipt)).map((e) => e.type)).not.toContain('acted');
  expect((await desk.redress.timeline(receipt)).map((e) => e.type)).toContain('acted');
  away = false;
  await expect.poll(recorded(receipt), { timeout: 30_000 }).toContain('acted');
});

test('what a worker was recording when it died, and what the next one was, is recorded by a third in less than the minute that a slow one has', async () => {
  const { receipt } = await desk.redress.open({ procedure: 'xinfang-2022', unit: 'street', channel: 'web' });
  [lost, tried] = [2, 0];
  await desk.redress.act(receipt, { action: 'propose', by: { role: 'office', person: 'p' } });
  // Six seconds for the first, fifteen of silence for the second.
  await expect.poll(recorded(receipt), { timeout: 45_000 }).toContain('acted');
  expect(tried).toBe(3);
}, 90_000);
