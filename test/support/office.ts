import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { WorkflowBundle } from '@temporalio/worker';
import { activities, ordinary } from '../../src/activities/index.ts';
import { type Channel, AddressRefused } from '../../src/channels/index.ts';
import { Redress } from '../../src/client.ts';
import { type Activities, Day } from '../../src/core/index.ts';
import { loadInstitution } from '../../src/institution/index.ts';
import { casesOf } from '../../src/linked.ts';
import { openRegister } from '../../src/register/index.ts';
import { bundle, createWorker } from '../../src/worker.ts';

let bundled: Promise<WorkflowBundle> | undefined;

/** A channel that keeps what it was given, and refuses the roles it is told to. */
export class Letterbox implements Channel {
  readonly name = 'letterbox';
  readonly via = 'log';
  readonly personal = true;
  readonly sent: { key: string; subject: string }[] = [];
  readonly refuse = new Set<string>();
  readonly needsAddress = false;
  send(...[message, { key }]: Parameters<Channel['send']>): Promise<void> {
    if (this.refuse.has(key.split('/').at(-1) ?? '')) return Promise.reject(new AddressRefused(550));
    this.sent.push({ key, subject: message.subject });
    return Promise.resolve();
  }
}

/** A whole Redress on the engine of the test run: register in memory, a worker that replays every task. */
export async function office(engine: { address: string; namespace: string }, change: (real: Activities) => Activities = (a) => a) {
  const home = await mkdtemp(join(tmpdir(), 'redress-test-'));
  const taskQueue = `test-${Math.random().toString(36).slice(2)}`;
  const register = await openRegister({ memory: true });
  // Who holds a post has held it for long: cases of tests lie in the past.
  await register.importInstitution(await loadInstitution('examples/institution.yaml'), { since: Day.parse('2020-01-01') });
  const letterbox = new Letterbox();
  const connection = await Connection.connect({ address: engine.address });
  const redress = new Redress(new Client({ connection, namespace: engine.namespace }), register, { taskQueue });
  const worker = await createWorker({
    ...engine,
    taskQueue,
    maxCachedWorkflows: 0,
    workflowBundle: await (bundled ??= bundle()),
    activities: change(activities(ordinary({ register, channels: [letterbox], archive: join(home, 'archive'), cases: casesOf(redress) }))),
  });
  const running = worker.run();
  return {
    redress,
    register,
    letterbox,
    home,
    async stop() {
      worker.shutdown();
      await running;
      await redress.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
export type Office = Awaited<ReturnType<typeof office>>;
