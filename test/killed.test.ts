import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Redress } from '../src/client.ts';
import { openRegister, type Served, serveRegister } from '../src/register/index.ts';

// The worker is a process of its own here and dies by SIGKILL while updates are in flight, again and again.

let home: string;
let served: Served;
let redress: Redress;
const taskQueue = `killed-${Math.random().toString(36).slice(2)}`;
let worker: ChildProcess;

async function startWorker(): Promise<ChildProcess> {
  const { address, namespace } = inject('engine');
  const env = { ...process.env, W_ADDRESS: address, W_NAMESPACE: namespace, W_QUEUE: taskQueue, W_REGISTER: served.url, W_HOME: home };
  const child = spawn(process.execPath, ['test/support/worker-process.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') break;
  child.stdout.resume();
  return child;
}

async function kill(): Promise<void> {
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'redress-killed-'));
  served = await serveRegister({ dir: join(home, 'register') });
  const { address, namespace } = inject('engine');
  redress = new Redress(new Client({ connection: await Connection.connect({ address }), namespace }), await openRegister({ url: served.url }), { taskQueue, patience: 20_000 });
  worker = await startWorker();
});
afterAll(async () => {
  await kill();
  await redress.close();
  await served.close();
  await rm(home, { recursive: true, force: true });
});

const by = (role: string) => ({ role, person: role });

test('a worker killed in the middle loses no event and tells nobody twice', async () => {
  const steps = [
    { action: 'propose', by: by('office') },
    { action: 'approve', by: by('leader') },
    { action: 'accept', by: by('handler'), fields: { notice: 'paper' } },
    { action: 'issue-opinion', by: by('handler'), fields: { outcome: 'support', opinion: 'paper' } },
    { action: 'serve', by: by('office'), fields: { how: 'post', proof: 'paper' } },
  ];
  const cases = await Promise.all([1, 2, 3, 4].map((n) => redress.open({ procedure: 'xinfang-2022', unit: 'street', channel: 'letter', key: `killed ${taskQueue} ${n}` })));
  const acting = Promise.all(cases.map(async ({ receipt }) => {
    for (const step of steps) {
      await redress.act(receipt, { ...step, key: `${receipt} ${step.action}` });
      await redress.completeStep(receipt, { action: 'archive', by: by('petitioner') });
    }
  }));
  for (const pause of [250, 700, 1200]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    await kill();
    worker = await startWorker();
  }
  await acting;
  for (const { receipt } of cases) {
    // One more step, which also records what was told about the last.
    await redress.act(receipt, { action: 'archive', by: by('office'), key: `${receipt} archive` });
    await expect.poll(async () => (await redress.register.timeline(receipt)).some((e) => e.type === 'acted' && e.action === 'archive'), { timeout: 60_000 }).toBe(true);
    const timeline = await redress.timeline(receipt);
    const recorded = await redress.register.timeline(receipt);
    expect(timeline.slice(0, recorded.length)).toEqual(recorded);
    expect(timeline.filter((e) => e.type === 'acted').map((e) => e.action)).toEqual([...steps.map((s) => s.action), 'archive']);
  }
  const keys = (await readFile(join(home, 'notices.log'), 'utf8')).split('\n').filter((l) => l.startsWith('== '));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBeGreaterThan(20);
}, 180_000);
