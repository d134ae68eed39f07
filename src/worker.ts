import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { type BundleOptions, bundleWorkflowCode, NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { TASK_QUEUE } from './config.ts';
import type { Activities } from './core/index.ts';

export interface WorkerOptions {
  readonly address: string;
  readonly namespace: string;
  readonly activities: Activities;
  readonly dataConverter?: DataConverter;
  /** Made by `bundle()`, where several workers share it. */
  readonly workflowBundle?: WorkflowBundle;
  /** Where cases wait for a worker; `redress` where left out. */
  readonly taskQueue?: string;
  /** Workflows kept in memory. 0 replays each one on every task, which tests want. */
  readonly maxCachedWorkflows?: number;
}

/** The code of the workflows as the sandbox takes it. Some seconds of work: share it between workers. */
export function bundle({ failureConverterPath }: DataConverter = {}): Promise<WorkflowBundle> {
  const workflowsPath = fileURLToPath(new URL('./workflows/index.ts', import.meta.url));
  return bundleWorkflowCode({ workflowsPath, logger: quiet, webpackConfigHook: lean, ...(failureConverterPath === undefined ? {} : { failureConverterPath }) });
}

/** A process's share of the work: runs cases and carries out what they decide. `run()` it, `shutdown()` it. */
export async function createWorker(options: WorkerOptions): Promise<Worker> {
  const { address, namespace, activities, dataConverter, maxCachedWorkflows } = options;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: options.taskQueue ?? TASK_QUEUE,
    workflowBundle: options.workflowBundle ?? (await bundle(dataConverter)),
    activities: { ...activities },
    shutdownGraceTime: '5s',
    ...(dataConverter ? { dataConverter } : {}),
    ...(maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows }),
  });
  return worker;
}

/** Every case runs the bundle's modules anew, so what no workflow uses (most of zod, the schemas of the edges) is left out. */
const lean: NonNullable<BundleOptions['webpackConfigHook']> = (config) => ({
  ...config,
  optimization: { ...config.optimization, usedExports: true, providedExports: true, sideEffects: true },
});

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error };
