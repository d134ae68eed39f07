import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type WorkflowBundle } from '@temporalio/worker';
import { activities } from '../activities/index.ts';
import { log } from '../channels/index.ts';
import { Redress } from '../client.ts';
import type { Procedure, Report, Text } from '../core/index.ts';
import type { Institution } from '../institution/index.ts';
import { connectEngine } from '../engine/connect.ts';
import { casesOf } from '../linked.ts';
import { type Engine, NAMESPACE, startEngine } from '../engine/start.ts';
import { templates } from '../notices/index.ts';
import { openRegister } from '../register/index.ts';
import { createWorker } from '../worker.ts';
import { SOMEBODY } from '../logs/fill.ts';
import { type Absences, EVER, officeOf } from './office.ts';

export interface LabOptions {
  /** A server that skips time and runs already: host:port. Its own, where left out. */
  readonly engine?: string | undefined;
  readonly procedure: Procedure;
  readonly unit: string;
  /** The institution; else one in which every role of the procedure is somebody's. */
  readonly institution?: Institution | undefined;
  /** Who is not there to be told. */
  readonly absences?: Absences;
  readonly workflowBundle?: WorkflowBundle;
  readonly progress: (text: Text) => void;
}

/** A whole Redress under a virtual clock: engine, worker, register in memory, notices into a file. */
export interface Lab {
  readonly redress: Redress;
  /** Ends everything that was started, and leaves nothing on the disk. */
  stop(): Promise<void>;
}

/** A worker's log goes to stderr and would hide the results. Once for each process, before the first worker. */
export function quietWorker(): void {
  Runtime.install({
    // Stopping is the lab's own affair.
    shutdownSignals: [],
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
}

/** @throws EngineError, when no engine can be had */
export async function openLab(options: LabOptions): Promise<Lab> {
  const home = await mkdtemp(join(tmpdir(), 'redress-rehearsal-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(home, { recursive: true, force: true })];
  let closing: Promise<void> | undefined;
  const stop = (): Promise<void> => (closing ??= inTurn(closers.toReversed()));
  try {
    const engine = await engineFor(options, join(home, 'engine'));
    closers.push(() => engine.kill());
    const register = await openRegister({ memory: true });
    await register.importInstitution(options.institution ?? officeOf([options.procedure], options.unit, options.absences, { people: [SOMEBODY], units: [] }), { since: EVER });
    // Several labs start at once in tests, on two cores.
    const connection = await Connection.connect({ address: engine.address, connectTimeout: '60s' });
    const taskQueue = `rehearsal-${randomUUID()}`;
    const redress = new Redress(new Client({ connection, namespace: engine.namespace }), register, { taskQueue });
    closers.push(() => redress.close());
    const worker = await createWorker({
      address: engine.address, namespace: engine.namespace, taskQueue,
      activities: activities({ register, channels: [log(join(home, 'notices.log'))], templates: templates(), file: asData, cases: casesOf(redress) }),
      ...(options.workflowBundle ? { workflowBundle: options.workflowBundle } : {}),
    });
    const running = worker.run();
    closers.push(async () => {
      worker.shutdown();
      try {
        await running;
      } finally {
        await worker.connection?.close();
      }
    });
    return { redress, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A rehearsal's papers are not written out: nobody reads them, and a log has thousands. */
async function asData({ receipt, kind, of, data }: Report) {
  return { path: `${receipt}/${kind}-${of}`, sha256: createHash('sha256').update(JSON.stringify(data)).digest('hex') };
}

function engineFor({ engine, progress }: LabOptions, home: string): Promise<Engine> {
  if (engine !== undefined) return connectEngine(engine, { namespace: NAMESPACE, connection: { connectTimeout: '60s' } });
  return startEngine({ home, memory: true, timeSkipping: true, progress: (en, zh) => progress({ zh, en }) });
}

/** Each, even where one before it failed; the first failure is thrown at the end. */
async function inTurn(closers: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closers) await close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
