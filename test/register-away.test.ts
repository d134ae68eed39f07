import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { office, type Office } from './support/office.ts';

let desk: Office;
let away = false;
beforeAll(async () => {
  desk = await office(inject('engine'), (real) => ({
    ...real,
    carryOut: (step) => (away ? Promise.reject(new Error('register away')) : real.carryOut(step)),
  }));
});
afterAll(() => desk.stop());

test('while the register is away an action is accepted, says so, and is recorded when it is back', async () => {
  const { receipt } = await desk.redress.open({ procedure: 'xinfang-2022', unit: 'street', channel: 'web' });
  away = true;
  const done = await desk.redress.act(receipt, { action: 'propose', by: { role: 'office', person: 'p' } });
  expect(done.recorded).toBe(false);
  expect((await desk.register.timeline(receipt)).map((e) => e.type)).not.toContain('acted');
  expect((await desk.redress.timeline(receipt)).map((e) => e.type)).toContain('acted');
  away = false;
  await expect.poll(async () => (await desk.register.timeline(receipt)).map((e) => e.type), { timeout: 30_000 }).toContain('acted');
});
