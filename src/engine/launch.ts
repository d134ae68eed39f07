import { Connection } from '@temporalio/client';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseFile, dynamicConfig, dynamicConfigYaml, PRAGMAS, serverYaml } from './config.ts';
import type { EnginePorts } from './config.ts';
import { EngineError } from './errors.ts';
import type { EngineBinary } from './find.ts';
import { LOOPBACK } from './ports.ts';
import { lastLines, run } from './process.ts';
import type { Child } from './process.ts';

const ANSWERS_WITHIN_MS = 60_000;
const LOG_LINES = 15;

/** What one server run needs to know. */
export type Launch = {
  readonly binary: EngineBinary;
  readonly home: string;
  readonly memory: boolean;
  readonly timeSkipping: boolean;
  readonly ports: EnginePorts;
};

/** Writes the configuration into the home and runs the server. It may not answer yet. */
export async function launch(options: Launch): Promise<Child> {
  const { binary, home, memory, ports, timeSkipping } = options;
  const dynamic = dynamicConfig({ timeSkipping });
  const logFile = logFileOf(home);
  const args = binary.kind === 'cli' ? cliArguments(options, dynamic) : ['--config-file', join(home, 'server.yaml'), '--allow-no-auth', 'start'];
  if (binary.kind === 'server') {
    const dynamicConfigFile = join(home, 'dynamic.yaml');
    await writeFile(dynamicConfigFile, dynamicConfigYaml(dynamic));
    await writeFile(join(home, 'server.yaml'), serverYaml({ home, memory, ports, dynamicConfigFile }));
  }
  try {
    return await run(binary.path, args, logFile);
  } catch (cause) {
    throw diedAtStart(binary.path, logFile, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/**
 * A connection to the server as soon as it answers.
 * @throws EngineError `engine-died-at-start` with the end of its log, or `engine-start-timeout`
 */
export async function whenAnswering(child: Child, options: Launch): Promise<Connection> {
  const address = `${LOOPBACK}:${options.ports.frontend}`;
  const logFile = logFileOf(options.home);
  let ended: string | undefined;
  void child.ended.then(({ code, signal }) => (ended = signal ?? `exit code ${code}`));
  for (const began = Date.now(); Date.now() - began < ANSWERS_WITHIN_MS; await sleep(25)) {
    if (ended !== undefined) throw diedAtStart(options.binary.path, logFile, `${ended}\n${await lastLines(logFile, LOG_LINES)}`);
    const connection = await Connection.connect({ address, connectTimeout: 500 }).catch(() => undefined);
    if (connection !== undefined) return connection;
  }
  throw new EngineError('engine-start-timeout', { address, logFile }, {
    en: `The Temporal server did not answer on ${address} within ${ANSWERS_WITHIN_MS / 1000} seconds; see ${logFile}.`,
    zh: `Temporal 服务器在 ${ANSWERS_WITHIN_MS / 1000} 秒内没有在 ${address} 应答,请查看日志 ${logFile}。`,
  });
}

function cliArguments(options: Launch, dynamic: Record<string, unknown>): string[] {
  const { home, memory, ports } = options;
  return [
    'server', 'start-dev', '--headless', '--ip', LOOPBACK, '--port', String(ports.frontend), '--log-level', 'warn',
    ...(memory ? [] : ['--db-filename', databaseFile(home), ...Object.entries(PRAGMAS).flatMap(([key, value]) => ['--sqlite-pragma', `${key}=${value}`])]),
    ...Object.entries(dynamic).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]),
  ];
}

function diedAtStart(program: string, logFile: string, detail: string, cause?: unknown): EngineError {
  return new EngineError('engine-died-at-start', { program, logFile, detail }, {
    en: `The Temporal server (${program}) ended while starting: ${detail}`,
    zh: `Temporal 服务器(${program})在启动时退出:${detail}`,
  }, cause);
}

const logFileOf = (home: string): string => join(home, 'server.log');
