import type { Lang, Text } from '../core/text.ts';

/** Where a command speaks. Results go to `out`, everything else to stderr, so that `--json` can be piped. */
export interface Io {
  readonly lang: Lang;
  /** Stack traces are shown. */
  readonly debug: boolean;
  /** One line of result. */
  out(line: string): void;
  /** Says how long work gets on: one line that is written over on a terminal, a line now and then elsewhere. */
  progress(text: Text): void;
  /** Ends the line of progress. */
  done(): void;
}
