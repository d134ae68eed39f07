import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

const DAY = 86_400_000;

/** A seeded generator (mulberry32): the same log on every machine. */
function random(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), s | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const local = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/**
 * The rows of a log of made-up cases, the header first: received over nine
 * years, answered after a median of 11 days with a long tail, so that about
 * four in ten miss a limit of 15 days, as in logs of real messages.
 */
export function* caseRows(cases: number, seed = 1): Generator<string> {
  const next = random(seed);
  yield 'id,received,replied';
  for (let i = 1; i <= cases; i += 1) {
    const received = Date.UTC(2016, 0, 1) + Math.floor((i / cases) * 9 * 365 * DAY) + Math.floor(next() * DAY);
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const days = Math.min(600, Math.exp(Math.log(11.2) + normal));
    yield `c${i},${local(received)},${local(received + Math.floor(days * DAY))}`;
  }
}

/** Writes such a log to a file. */
export async function writeCases(file: string, cases: number, seed = 1): Promise<void> {
  const out = createWriteStream(file);
  let block: string[] = [];
  const flush = async (): Promise<void> => {
    if (block.length > 0 && !out.write(`${block.join('\n')}\n`)) await once(out, 'drain');
    block = [];
  };
  for (const row of caseRows(cases, seed)) {
    block.push(row);
    if (block.length === 1000) await flush();
  }
  await flush();
  out.end();
  await once(out, 'close');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [cases = '100000', file = 'cases.csv', seed = '1'] = process.argv.slice(2);
  await writeCases(file, Number(cases), Number(seed));
}
