import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { RedressError } from './errors.ts';

/** The task queue that cases run on. */
export const TASK_QUEUE = 'redress';

/** All of the environment that Redress reads, once, at the start. */
const Environment = z.object({
  /** host:port of a Temporal server that runs already. */
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: z.string().default('redress'),
  /** postgres://…; without it the register lies in REDRESS_HOME. */
  DATABASE_URL: z.string().optional(),
  /** Where one machine's data lies. */
  REDRESS_HOME: z.string().default('.redress'),
  /** smtp://… or smtps://…; without it notices go to a log that people can read. */
  SMTP_URL: z.string().optional(),
  SMTP_FROM: z.string().optional(),
  /** File that describes the institution. */
  REDRESS_INSTITUTION: z.string().optional(),
  /** Keys for what lies in the engine: 32 bytes in base64, the first encrypts, all decrypt. */
  REDRESS_KEY: z.string().optional(),
});

export interface Config {
  readonly temporalAddress?: string;
  readonly namespace: string;
  readonly databaseUrl?: string;
  readonly home: string;
  readonly smtpUrl?: string;
  readonly smtpFrom?: string;
  readonly institution?: string;
}

/** Reads the environment. A variable that is set but empty counts as not set. */
export function configFrom(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''));
  const e = Environment.parse(set);
  return {
    ...(e.TEMPORAL_ADDRESS === undefined ? {} : { temporalAddress: e.TEMPORAL_ADDRESS }),
    namespace: e.TEMPORAL_NAMESPACE,
    ...(e.DATABASE_URL === undefined ? {} : { databaseUrl: e.DATABASE_URL }),
    home: resolve(e.REDRESS_HOME),
    ...(e.SMTP_URL === undefined ? {} : { smtpUrl: e.SMTP_URL }),
    ...(e.SMTP_FROM === undefined ? {} : { smtpFrom: e.SMTP_FROM }),
    ...(e.REDRESS_INSTITUTION === undefined ? {} : { institution: e.REDRESS_INSTITUTION }),
  };
}

/** What a running `redress up` leaves in its home, so that other commands find it. */
export const Running = z.object({
  pid: z.int(),
  temporalAddress: z.string(),
  namespace: z.string(),
  databaseUrl: z.string(),
});
export type Running = z.infer<typeof Running>;

export const runningFile = (home: string): string => join(home, 'running.json');

/** Where a Redress that runs can be reached. @throws RedressError `not-running` */
export async function findRunning(config: Config): Promise<Running> {
  const { temporalAddress, databaseUrl, namespace } = config;
  if (temporalAddress !== undefined && databaseUrl !== undefined) return { pid: process.pid, temporalAddress, databaseUrl, namespace };
  try {
    return Running.parse(JSON.parse(await readFile(runningFile(config.home), 'utf8')));
  } catch {
    throw new RedressError('not-running', 'REDRESS_HOME', {
      zh: `这里没有运行中的 Redress（${config.home}）。请先在另一个终端运行 redress up，或设置 TEMPORAL_ADDRESS 和 DATABASE_URL。`,
      en: `No Redress runs here (${config.home}). Start one in another terminal with "redress up", or set TEMPORAL_ADDRESS and DATABASE_URL.`,
    });
  }
}
