import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import { activities, ordinary } from '../src/activities/index.ts';
import { log } from '../src/channels/index.ts';
import { Redress } from '../src/client.ts';
import { converterOf } from '../src/converter.ts';
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
  const dataConverter = await converterOf(randomBytes(32).toString('base64'));
  const world = ordinary({ register, channels: [log(join(home, 'notices.log'))], archive: join(home, 'archive') });
  const product = await createWorker({ address, namespace, workflowBundle: await bundle(dataConverter), dataConverter, activities: activities(world) });
  const firstDone = new Map<string, () => void>();
  const floor = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue: 'floor',
    workflowBundle: await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./floor.ts', import.meta.url)) }),
    activities: { nothing: () => Promise.resolve(firstDone.get(activityInfo().workflowExecution?.workflowId ?? '')?.()) },
  });
  const running = [product.run(), floor.run()];
  // As `redress up` does it: what lies in the engine is compressed and encrypted. The floor goes without.
  const connection = await Connection.connect({ address });
  const temporal = new Client({ connection, namespace });
  return {
    temporal,
    /** Resolves when the first activity of a floor workflow has run. */
    begun: (workflowId: string) => new Promise<void>((resolve) => firstDone.set(workflowId, resolve)).finally(() => firstDone.delete(workflowId)),
    redress: new Redress(new Client({ connection, namespace, dataConverter }), register),
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
