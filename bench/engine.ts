import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { activities } from '../src/activities/index.ts';
import { log } from '../src/channels/index.ts';
import { Redress } from '../src/client.ts';
import { startEngine } from '../src/engine/start.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { openRegister } from '../src/register/index.ts';
import { bundle, createWorker } from '../src/worker.ts';

/** An engine with the product's worker on one queue and the floor's on another, in one process. */
export async function benchEngine() {
  const home = await mkdtemp(join(tmpdir(), 'redress-bench-'));
  const engine = await startEngine({ home, timeSkipping: true, progress: () => {} });
  const register = await openRegister(process.env.DATABASE_URL ? { url: process.env.DATABASE_URL } : { dir: join(home, 'register') });
  await register.importInstitution(await loadInstitution('examples/institution.yaml'));
  const { address, namespace } = engine;
  const world = { register, channels: [log(join(home, 'notices.log'))], archive: join(home, 'archive') };
  const product = await createWorker({ address, namespace, workflowBundle: await bundle(), activities: activities(world) });
  const floor = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue: 'floor',
    workflowBundle: await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./floor.ts', import.meta.url)) }),
    activities: { nothing: () => Promise.resolve() },
  });
  const running = [product.run(), floor.run()];
  const temporal = new Client({ connection: await Connection.connect({ address }), namespace });
  return {
    temporal,
    redress: new Redress(temporal, register),
    async stop() {
      product.shutdown();
      floor.shutdown();
      await Promise.all(running);
      await temporal.connection.close();
      await register.close();
      await engine.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
