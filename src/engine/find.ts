import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildServer } from './build.ts';
import { cachedServer, isExecutable, SERVER_VERSION } from './cache.ts';
import type { Progress } from './text.ts';

/** A program that can serve Temporal, and how it came to be found. */
export type EngineBinary = {
  readonly kind: 'cli' | 'server';
  readonly path: string;
  /** Version of the Temporal server inside, such as `1.32.1`. */
  readonly version: string;
  readonly how: 'path' | 'cache' | 'build';
};

const TIME_SKIPPING_SINCE = [1, 32] as const;

/**
 * Finds a Temporal server: `temporal` on the PATH, a cached build, else a new build with Go
 * (minutes, once; progress is told). For time skipping the server must be 1.32 or newer.
 * @throws EngineUnavailable saying what to install
 */
export async function findEngine(options: { timeSkipping: boolean; progress: Progress }): Promise<EngineBinary> {
  const { timeSkipping, progress } = options;
  const version = await cliServerVersion();
  if (version !== undefined && (!timeSkipping || canSkipTime(version))) {
    progress(`Engine: the Temporal CLI on the PATH (server ${version}).`, `引擎：使用 PATH 中的 Temporal CLI（服务器版本 ${version}）。`);
    return { kind: 'cli', path: 'temporal', version, how: 'path' };
  }
  if (version !== undefined) {
    progress(
      `Engine: the Temporal CLI on the PATH has server ${version}, too old for a virtual clock; looking further.`,
      `引擎：PATH 中的 Temporal CLI 服务器版本为 ${version}，不支持虚拟时钟；继续查找。`,
    );
  }
  const path = cachedServer();
  const server = (how: 'cache' | 'build'): EngineBinary => ({ kind: 'server', path, version: SERVER_VERSION, how });
  if (await isExecutable(path)) {
    progress(`Engine: Temporal server ${SERVER_VERSION} from the cache (${path}).`, `引擎：使用缓存中的 Temporal 服务器 ${SERVER_VERSION}（${path}）。`);
    return server('cache');
  }
  await buildServer(path, progress);
  return server('build');
}

/** Whether a server of this version can skip time for a single workflow. */
export function canSkipTime(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > TIME_SKIPPING_SINCE[0] || (major === TIME_SKIPPING_SINCE[0] && minor >= TIME_SKIPPING_SINCE[1]);
}

/** The server version in the output of `temporal --version`, if it names one. */
export function serverVersionIn(output: string): string | undefined {
  return /\bserver\s+v?(\d+\.\d+\.\d+)/i.exec(output)?.[1];
}

async function cliServerVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('temporal', ['--version'], { timeout: 10_000 });
    return serverVersionIn(stdout);
  } catch {
    return undefined;
  }
}
