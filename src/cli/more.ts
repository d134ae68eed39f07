import type { Io } from './io.ts';
import { note } from './terminal.ts';

/** What the register answers where no limit was asked for. */
const USUAL = 200;

/** A list that reached its limit says so, for what is left out should not be taken for nothing. */
export function tellOfMore(io: Io, shown: number, limit = USUAL): void {
  if (shown >= limit) note(io, { zh: `只列出前 ${limit} 条，可能还有；用 --limit 可多列。`, en: `Only the first ${limit} are shown, and there may be more; --limit shows more.` });
}
