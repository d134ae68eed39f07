import type { Lang, Text } from '../core/text.ts';
import type { Io } from './io.ts';
import { cut } from './width.ts';

/** Without a terminal, milliseconds between two lines of progress. */
const NOW_AND_THEN = 5000;

/** The terminal, or the pipes, of this process. */
export function terminal(lang: Lang, debug: boolean): Io {
  const { stdout, stderr } = process;
  let open = false;
  let told = 0;
  const clear = (): void => {
    if (open) stderr.write('\r\x1b[K');
    open = false;
  };
  return {
    lang,
    debug,
    out(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    progress(text) {
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[K${cut(text[lang], stderr.columns - 1)}`);
        open = true;
      } else if (Date.now() - told >= NOW_AND_THEN) {
        told = Date.now();
        stderr.write(`${text[lang]}\n`);
      }
    },
    done() {
      if (open) stderr.write('\n');
      open = false;
    },
  };
}

/** One line beside the results, which stays. */
export function note(io: Io, text: Text): void {
  io.done();
  process.stderr.write(`${text[io.lang]}\n`);
}

/** A reader that has seen enough, as `head` has, is no error. */
export function heedClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if ('code' in error && error.code === 'EPIPE') process.exit();
      throw error;
    });
}
