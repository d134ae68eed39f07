import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { isExecutable, SERVER_VERSION } from './cache.ts';
import { EngineUnavailable } from './errors.ts';
import { withLock } from './lock.ts';
import { elapsed } from './text.ts';
import type { Progress } from './text.ts';

const MODULE = `go.temporal.io/server/cmd/server@v${SERVER_VERSION}`;
const PROGRESS_EVERY_MS = 10_000;
const LINES_KEPT = 12;

/**
 * Builds the Temporal server with Go and puts it at `target` in one step. Processes that want
 * the same target wait for one build.
 * @throws EngineUnavailable when Go is not there or the build fails, with Go's last lines
 */
export async function buildServer(target: string, progress: Progress): Promise<void> {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  await withLock(
    `${target}.lock`,
    (pid) => progress(
      `Engine: waiting for another process (${pid ?? 'unknown'}) that builds the Temporal server.`,
      `引擎：另一个进程（${pid ?? '未知'}）正在编译 Temporal 服务器，请等待。`,
    ),
    async () => {
      if (await isExecutable(target)) return;
      const bin = await mkdtemp(join(folder, 'building-'));
      try {
        await goInstall(bin, progress);
        await rename(join(bin, process.platform === 'win32' ? 'server.exe' : 'server'), target);
      } finally {
        await rm(bin, { recursive: true, force: true });
      }
    },
  );
}

async function goInstall(bin: string, progress: Progress): Promise<void> {
  const began = Date.now();
  const last: string[] = [];
  let modules = 0;
  let packages = 0;
  const tell = (en: string, zh: string) => {
    const time = elapsed(Date.now() - began);
    progress(
      `Engine: ${en} (${time}, ${modules} modules downloaded, ${packages} packages compiled).`,
      `引擎：${zh}（用时 ${time}，已下载 ${modules} 个模块，已编译 ${packages} 个包）。`,
    );
  };
  progress(
    `Engine: building Temporal server ${SERVER_VERSION} with Go; about five minutes on two cores, once.`,
    `引擎：正在用 Go 编译 Temporal 服务器 ${SERVER_VERSION}；双核约五分钟，只需一次。`,
  );
  const go = spawn('go', ['install', '-v', MODULE], {
    cwd: bin,
    env: { ...process.env, GOBIN: bin },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ticker = setInterval(() => tell('building', '编译中'), PROGRESS_EVERY_MS);
  createInterface({ input: go.stderr }).on('line', (line) => {
    if (line.startsWith('go: downloading')) modules += 1;
    else packages += 1;
    last.push(line);
    if (last.length > LINES_KEPT) last.shift();
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => go.once('error', reject).once('close', resolve));
    if (code !== 0) throw buildFailed(code, last);
  } catch (error) {
    throw error instanceof EngineUnavailable ? error : noGo(error);
  } finally {
    clearInterval(ticker);
  }
  tell('built', '编译完成');
}

function noGo(cause: unknown): EngineUnavailable {
  return new EngineUnavailable('engine-unavailable', {}, {
    en: 'There is no Temporal server on this machine, and no Go to build one.',
    zh: '本机没有 Temporal 服务器，也没有可用来编译它的 Go。',
  }, cause);
}

function buildFailed(code: number | null, last: readonly string[]): EngineUnavailable {
  const detail = last.join('\n');
  return new EngineUnavailable('engine-build-failed', { code: String(code), detail }, {
    en: `Building the Temporal server with Go failed (${last.at(-1) ?? `exit code ${code}`}).`,
    zh: `用 Go 编译 Temporal 服务器失败（${last.at(-1) ?? `退出码 ${code}`}）。`,
  });
}
