import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lines, none of which has a line end in it, that wait on the disk until they are wanted. */
export interface Spool {
  put(line: string): Promise<void>;
  /** All of them, once. */
  lines(): AsyncGenerator<string>;
}

/** Gives the work a spool, and takes it away afterwards. */
export async function* withSpool<T>(work: (spool: Spool) => AsyncIterable<T>): AsyncGenerator<T> {
  const folder = await mkdtemp(join(tmpdir(), 'redress-export-'));
  const file = join(folder, 'lines');
  const out = createWriteStream(file, { mode: 0o600 });
  out.on('error', () => undefined);
  try {
    yield* work({
      async put(line) {
        if (out.errored) throw out.errored;
        if (!out.write(`${line}\n`)) await once(out, 'drain');
      },
      async *lines() {
        out.end();
        await once(out, 'close');
        if (out.errored) throw out.errored;
        let rest = '';
        for await (const chunk of createReadStream(file, 'utf8')) {
          const text: string = chunk;
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          yield* lines;
        }
      },
    });
  } finally {
    out.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}
