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
  /** File that sets up e-mail, text messages, group robots and webhooks. */
  REDRESS_CHANNELS: z.string().optional(),
  /** Where people can look at a case, as `https://office.example/case`: the one link of each notice. */
  REDRESS_URL: z.url().optional(),
  /** A folder of the house's own templates of notices, which come before the product's. */
  REDRESS_NOTICES: z.string().optional(),
  /** The same for the words of papers. */
  REDRESS_PAPERS: z.string().optional(),
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
  readonly url?: string;
  readonly notices?: string;
  readonly papers?: string;
  readonly key?: string;
}

/** Reads the environment. A variable that is set but empty counts as not set. @throws RedressError naming the variable */
export function configFrom(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? '');
    throw new RedressError('bad-field', name, { zh: `环境变量 ${name} 写法不对；应为网址，如 https://office.example/case。`, en: `${name} is not written rightly; it is an address such as https://office.example/case.` });
  }
  const e = parsed.data;
  return {
    ...(e.TEMPORAL_ADDRESS === undefined ? {} : { temporalAddress: e.TEMPORAL_ADDRESS }),
    namespace: e.TEMPORAL_NAMESPACE,
    ...(e.DATABASE_URL === undefined ? {} : { databaseUrl: e.DATABASE_URL }),
    home: resolve(e.REDRESS_HOME),
    ...(e.SMTP_URL === undefined ? {} : { smtpUrl: e.SMTP_URL }),
    ...(e.SMTP_FROM === undefined ? {} : { smtpFrom: e.SMTP_FROM }),
    ...(e.REDRESS_INSTITUTION === undefined ? {} : { institution: e.REDRESS_INSTITUTION }),
    ...(e.REDRESS_URL === undefined ? {} : { url: e.REDRESS_URL }),
    ...(e.REDRESS_NOTICES === undefined ? {} : { notices: e.REDRESS_NOTICES }),
    ...(e.REDRESS_PAPERS === undefined ? {} : { papers: e.REDRESS_PAPERS }),
    ...(e.REDRESS_KEY === undefined ? {} : { key: e.REDRESS_KEY }),
  };
}

/** What a running `redress up` leaves in its home, so that other commands find it. */
export const Running = z.object({
  pid: z.int(),
  temporalAddress: z.string(),
  namespace: z.string(),
  databaseUrl: z.string(),
  /** Names of the keys that the worker has; they tell nothing of the keys. */
  keyIds: z.array(z.string()).optional(),
});
export type Running = z.infer<typeof Running>;

export const runningFile = (home: string): string => join(home, 'running.json');

/** The file in which a home keeps its own key, where REDRESS_KEY is not set. */
export const keyFile = (home: string): string => join(home, 'key');

/** The keys for what lies in the engine: REDRESS_KEY, else those of the home, where it has any. */
export async function keyOf(config: Config): Promise<string | undefined> {
  return config.key ?? (await readFile(keyFile(config.home), 'utf8').then((text) => text.trim() || undefined, () => undefined));
}

/** Where a Redress can be reached, and the keys that it uses. */
export interface Reach extends Running {
  readonly key?: string;
}

/** Where a Redress that runs can be reached. @throws RedressError `not-running` */
export async function findRunning(config: Config): Promise<Reach> {
  const key = await keyOf(config);
  const keys = key === undefined ? {} : { key };
  const { temporalAddress, databaseUrl, namespace } = config;
  if (temporalAddress !== undefined && databaseUrl !== undefined) return { pid: process.pid, temporalAddress, databaseUrl, namespace, ...keys };
  const running = await readRunning(config.home);
  if (running && isAlive(running.pid)) return { ...running, ...keys };
  throw new RedressError('not-running', 'REDRESS_HOME', {
    zh: `这里没有运行中的 Redress（${config.home}）。请先在另一个终端运行 redress up，或设置 TEMPORAL_ADDRESS 和 DATABASE_URL。`,
    en: `No Redress runs here (${config.home}). Start one in another terminal with "redress up", or set TEMPORAL_ADDRESS and DATABASE_URL.`,
  });
}

async function readRunning(home: string): Promise<Running | undefined> {
  try {
    return Running.parse(JSON.parse(await readFile(runningFile(home), 'utf8')));
  } catch {
    return undefined;
  }
}

/** A file that a killed process left behind names nobody who answers. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
