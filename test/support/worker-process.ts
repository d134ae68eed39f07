import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { activities, ordinary } from '../../src/activities/index.ts';
import { log } from '../../src/channels/index.ts';
import { Redress } from '../../src/client.ts';
import { loadInstitution } from '../../src/institution/index.ts';
import { casesOf } from '../../src/linked.ts';
import { openRegister } from '../../src/register/index.ts';
import { createWorker } from '../../src/worker.ts';

// A worker as a process of its own, for tests that kill it.

const need = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const home = need('W_HOME');
const register = await openRegister({ url: need('W_REGISTER') });
await register.importInstitution(await loadInstitution('examples/institution.yaml'));
const connection = await Connection.connect({ address: need('W_ADDRESS') });
const redress = new Redress(new Client({ connection, namespace: need('W_NAMESPACE') }), register, { taskQueue: need('W_QUEUE') });
const worker = await createWorker({
  address: need('W_ADDRESS'),
  namespace: need('W_NAMESPACE'),
  taskQueue: need('W_QUEUE'),
  activities: activities(ordinary({ register, channels: [log(join(home, 'notices.log'))], archive: join(home, 'archive'), cases: casesOf(redress) })),
});
const running = worker.run();
console.log('ready');
await running;
