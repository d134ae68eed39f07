#!/usr/bin/env node
// Plain JavaScript that any Node understands: it finds a Node that runs TypeScript, and hands over to it.
import { createRequire } from 'node:module';
import * as module from 'node:module';
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 18)) await here();
else onPinnedNode();

async function here() {
  // That types are stripped is no news to the user; every other warning is.
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning, ...rest) => {
    if (!/strip/i.test(String(warning))) emitWarning(warning, ...rest);
  };
  const cache = process.env.REDRESS_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'redress');
  // In the user's own folder, for what lies in the system's temporary folder others may have put there.
  module.enableCompileCache?.(join(cache, 'compiled'));
  const { main } = await import('../src/cli/main.ts');
  await main(process.argv.slice(2));
}

/** The npm dependency `node`, which `npm ci` has put beside this package. */
function onPinnedNode() {
  let node;
  try {
    node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    fail();
    return;
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; this process only waits until the other has tidied up.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', fail);
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
  });
}

function fail() {
  console.error(`Redress needs Node 22.18 or newer; this is ${process.versions.node}. Run "npm ci", which brings one, or install it.`);
  console.error(`Redress 需要 Node 22.18 或更新版本，当前为 ${process.versions.node}。请运行 npm ci（会自带），或自行安装。`);
  process.exitCode = 1;
}
