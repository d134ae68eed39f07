import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { benchEngine } from './engine.ts';
import { writeCases } from './cases.ts';
import { figuresBench } from './figures.ts';
import { importBench } from './import.ts';
import { calledOut } from './instances.ts';
import { caseRates, floorRates, historySize } from './throughput.ts';

// npm run bench: each claim beside what it is measured against, in one run. Machines are noisy: read the ratios.

const N = Number(process.env['BENCH_CASES'] ?? 80);
const AT_ONCE = 10;
const BACKTEST = Number(process.env['BENCH_LOG'] ?? 100_000);

const ONE_CORE: readonly string[] = process.platform === 'linux' ? ['taskset', '-c', '0'] : [];

const row = (what: string, ...cells: string[]): void => console.log([what.padEnd(44), ...cells.map((c) => c.padStart(12))].join(''));
const fixed = (n: number, digits = 1): string => n.toFixed(digits);

async function throughput(): Promise<void> {
  const bench = await benchEngine();
  try {
    // Warm-up, then floor and case in turn, so that a drift of the machine meets both.
    await floorRates(bench.temporal, bench.begun, 10, AT_ONCE);
    await caseRates(bench.redress, 10, AT_ONCE);
    const floor = await floorRates(bench.temporal, bench.begun, N, AT_ONCE);
    const cases = await caseRates(bench.redress, N, AT_ONCE);
    const again = await floorRates(bench.temporal, bench.begun, N, AT_ONCE);
    const [opened, ended] = [(floor.opened + again.opened) / 2, (floor.ended + again.ended) / 2];
    row('', 'case', 'floor', 'ratio', 'aim');
    row('cases opened a second', fixed(cases.opened), fixed(opened), fixed(cases.opened / opened, 2), '0.7');
    row('cases carried to their end a second', fixed(cases.ended, 2), fixed(ended, 2), fixed(cases.ended / ended, 2), '0.7');
    const { archived, ended: last } = await historySize(bench.redress);
    row('history when archived: events', String(archived.events), '', '', '80');
    row('history when archived: KB', fixed(archived.bytes / 1024), '', '', '60');
    row('history at the very end: events', String(last.events), '', '', '');
    row('history at the very end: KB', fixed(last.bytes / 1024), '', '', '');
    const [many, few] = [await calledOut(bench.redress, 160), await calledOut(bench.redress, 10)];
    row('', '160 people', '10 people', 'ratio', 'aim');
    row('one of those called out comes: KB of history', fixed(many.bytes / 1024), fixed(few.bytes / 1024), fixed(many.bytes / few.bytes, 2), 'below 2');
    row('timers by then', String(many.timers), String(few.timers), fixed(many.timers / few.timers, 2), 'no more');
  } finally {
    await bench.stop();
  }
}

/** The back-test in a process of its own, as a user runs it, held to one core where the system can. */
async function backtest(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'redress-backtest-'));
  try {
    const run = async (cases: number): Promise<{ seconds: number; megabytes: number }> => {
      const log = join(folder, `${cases}.csv`);
      await writeCases(log, cases);
      const began = performance.now();
      const args = [...ONE_CORE, process.execPath, 'bench/backtest.ts', log];
      const { stdout } = await promisify(execFile)(args[0] ?? process.execPath, args.slice(1));
      return { seconds: (performance.now() - began) / 1000, megabytes: Number(stdout) / 1024 };
    };
    const small = await run(BACKTEST / 10);
    const large = await run(BACKTEST);
    row('', 'all', 'a tenth', 'ratio', 'aim');
    row(`back-test of ${BACKTEST} cases: seconds`, fixed(large.seconds), fixed(small.seconds), fixed(large.seconds / small.seconds), '20 s');
    row('memory at most: MB', fixed(large.megabytes, 0), fixed(small.megabytes, 0), fixed(large.megabytes / small.megabytes, 2), 'flat');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await throughput();
await backtest();
await importBench(row);
await figuresBench(row);
