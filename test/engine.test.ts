import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { dataConverter } from '../src/engine/codec.ts';
import { codecKeys } from '../src/engine/codecKeys.ts';
import { connectEngine } from '../src/engine/connect.ts';
import { canSkipTime, findEngine, serverVersionIn } from '../src/engine/find.ts';
import { freePorts } from '../src/engine/ports.ts';
import { searchAttributes } from '../src/workflows/attributes.ts';
import { startEngine } from '../src/engine/start.ts';
import type { Engine, StartOptions } from '../src/engine/start.ts';
import { fastForward, skipToEnd, virtualNow } from '../src/engine/virtualTime.ts';
import type { sleeper } from './workflows/sleeper.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const DAY_MS = 86_400_000;
const TASK_QUEUE = 'sleepers';
const silently = { progress: () => undefined };
const converter = dataConverter({ keys: codecKeys(Buffer.alloc(32, 7).toString('base64')) });
let home: string;
let workflowBundle: { code: string };

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'redress-home-'));
  const { failureConverterPath } = converter;
  const workflowsPath = fileURLToPath(new URL('./workflows/sleeper.ts', import.meta.url));
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR'), ...(failureConverterPath ? { failureConverterPath } : {}) });
});

afterAll(() => rm(home, { recursive: true, force: true }));

test('a case outlives a server that is killed in its middle', async () => {
  const folder = join(home, 'killed');
  const before = await start({ home: folder });
  const handle = await (await clientOf(before)).workflow.start<typeof sleeper>('sleeper', { ...called(), args: [[4_000]] });
  await withWorker(before, async () => {
    await expect.poll(async () => (await handle.describe()).historyLength, { timeout: 10_000 }).toBeGreaterThan(4);
    await before.kill();
    const after = await start({ home: folder });
    expect(after.ports).toEqual(before.ports);
    expect(await (await clientOf(after)).workflow.getHandle<typeof sleeper>(handle.workflowId).result()).toHaveLength(1);
  });
});

test('namespace and search attributes are there, and connecting again changes nothing', async () => {
  const { address, namespace } = inject('engine');
  const joined = await connectEngine(address, { retentionDays: 1 });
  expect(joined).toMatchObject({ namespace, how: 'address', pid: undefined });
  const { connection } = await clientOf(joined);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  expect(Object.keys(customAttributes ?? {}).toSorted()).toEqual(Object.values(searchAttributes).map(({ name }) => name).toSorted());
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 86_400);
});

test('a taken port and a home in use are named', async () => {
  const [port = 0] = await freePorts(1);
  const other = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  await expect(start({ home: join(home, 'port'), ports: { frontend: port } })).rejects.toMatchObject({
    code: 'engine-port-taken',
    message: expect.stringContaining(String(port)),
  });
});

test('two engines never share a home', async () => {
  const folder = join(home, 'shared');
  const first = await start({ home: folder });
  await expect(start({ home: folder })).rejects.toMatchObject({ code: 'engine-home-in-use', params: { pid: String(first.pid) } });
});

test('a program that cannot run, and one that dies, are told apart from a missing one', async () => {
  const dies = join(home, 'dies.sh');
  await writeFile(dies, '#!/bin/sh\necho "no such configuration"\nexit 3\n');
  await chmod(dies, 0o755);
  for (const [path, detail] of [[join(home, 'nothing'), 'ENOENT'], [dies, 'no such configuration']] as const) {
    const binary = { kind: 'server', path, version: '1.32.1', how: 'cache' } as const;
    await expect(start({ home: join(home, 'broken'), binary })).rejects.toMatchObject({
      code: 'engine-died-at-start',
      message: expect.stringContaining(detail),
      text: { zh: expect.stringContaining(path) },
    });
  }
});

test('with no server and no Go, the error says what to install', async () => {
  const { PATH, REDRESS_CACHE } = process.env;
  onTestFinished(() => void Object.assign(process.env, { PATH, REDRESS_CACHE: REDRESS_CACHE ?? '' }));
  Object.assign(process.env, { PATH: home, REDRESS_CACHE: join(home, 'empty') });
  await expect(findEngine({ timeSkipping: false, ...silently })).rejects.toMatchObject({
    name: 'EngineUnavailable',
    message: expect.stringContaining('TEMPORAL_ADDRESS'),
    text: { zh: expect.stringContaining('Go 1.26') },
  });
});

test.each([
  ['temporal version 1.4.1 (Server 1.28.0, UI 2.39.0)', '1.28.0', false],
  ['temporal version 1.8.0 (Server 1.32.0, UI 2.53.1)', '1.32.0', true],
])('%s', (output, version, skips) => {
  expect(serverVersionIn(output)).toBe(version);
  expect(canSkipTime(version)).toBe(skips);
});

test('sixty days pass in seconds, and each timer fires at its own instant', async () => {
  const engine = inject('engine');
  const client = await clientOf(engine);
  await withWorker(engine, async () => {
    const handle = await client.workflow.start<typeof sleeper>('sleeper', { ...called(), args: [[10 * DAY_MS, 20 * DAY_MS, 30 * DAY_MS]] });
    const began = await virtualNow(client, handle.workflowId);
    expect(await fastForward(client, handle.workflowId, 15 * DAY_MS)).toBe('reached');
    expect((await virtualNow(client, handle.workflowId)) - began - 15 * DAY_MS).toBeLessThan(5_000);
    expect(await fastForward(client, handle.workflowId, 60 * DAY_MS)).toBe('ended');
    const days = (await handle.result()).map((instant) => (instant - began) / DAY_MS);
    expect(days.map(Math.floor)).toEqual([10, 30, 60]);
    expect(days.every((day) => day % 1 < 0.001)).toBe(true);
  });
}, 30_000);

test('a fast-forward never runs past its target, wherever that falls after a timer', async () => {
  const engine = inject('engine');
  const client = await clientOf(engine);
  await withWorker(engine, async () => {
    for (const beyond of [0, 5, 20, 60, 150]) {
      const handle = await client.workflow.start<typeof sleeper>('sleeper', { ...called(), args: [[DAY_MS, DAY_MS]] });
      const began = await virtualNow(client, handle.workflowId);
      expect(await fastForward(client, handle.workflowId, DAY_MS + beyond)).toBe('reached');
      expect((await virtualNow(client, handle.workflowId)) - began).toBeLessThan(DAY_MS + 10_000);
      expect(await skipToEnd(client, handle.workflowId)).toBe('ended');
      expect(await fastForward(client, handle.workflowId, DAY_MS)).toBe('ended');
    }
  });
}, 60_000);

async function start(options: Omit<StartOptions, 'progress'>): Promise<Engine> {
  const engine = await startEngine({ ...silently, ...options });
  onTestFinished(() => engine.stop());
  return engine;
}

async function clientOf({ address, namespace }: { address: string; namespace: string }) {
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  return Object.assign(new Client({ connection, namespace, dataConverter: converter }), { connection });
}

async function withWorker({ address, namespace }: { address: string; namespace: string }, work: () => Promise<void>): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({ connection, namespace, taskQueue: TASK_QUEUE, workflowBundle, dataConverter: converter, maxCachedWorkflows: 0 });
  await worker.runUntil(work);
  await connection.close();
}

const called = () => ({ taskQueue: TASK_QUEUE, workflowId: `sleeper-${randomUUID()}` });
