import type { Fault } from '../types.ts';

/** One record of a CSV, or why it is none. Records are counted as a spreadsheet program counts rows. */
export interface CsvRecord {
  readonly row: number;
  readonly cells: readonly string[];
  readonly fault?: Fault;
}

/** A record that is longer has swallowed others: a quotation mark was never closed. */
const LONGEST = 1 << 20;

/** How far a record was read: where the next begins, or that it goes on beyond the text at hand. */
type Step = { readonly end: number; readonly cells: readonly string[]; readonly fault?: Fault } | 'more';

/**
 * The records of a CSV (RFC 4180), which comes in chunks. A wrong quotation
 * mark costs its own line only: reading goes on with the next one, where a
 * parser that trusts the mark would take the rest of the file for one cell.
 */
export async function* recordsOf(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  let [text, at, row] = ['', 0, 0];
  function* records(last: boolean): Generator<CsvRecord> {
    while (at < text.length) {
      const long = text.length - at > LONGEST;
      const step = readRecord(text, at, delimiter, last || long);
      if (step === 'more') return;
      row += 1;
      yield { row, cells: step.cells, ...(step.fault ? { fault: step.fault } : {}) };
      at = step.end;
    }
  }
  for await (const chunk of chunks) {
    text = text.slice(at) + chunk;
    at = 0;
    yield* records(false);
  }
  yield* records(true);
}

function readRecord(text: string, start: number, delimiter: string, last: boolean): Step {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const field = readField(text, at, delimiter, last);
    if (field === 'more') return 'more';
    if (field.fault) return resumed(text, start, field.fault, last);
    cells.push(field.value);
    at = field.end;
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      continue;
    }
    if (text[at] === '\r' && at + 1 === text.length && !last) return 'more';
    return { end: at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1), cells };
  }
}

/** The line of a record that cannot be read, alone. */
function resumed(text: string, start: number, fault: Fault, last: boolean): Step {
  const line = /[^\r\n]*(?:\r\n|\r|\n)?/y;
  line.lastIndex = start;
  const found = line.exec(text)?.[0] ?? '';
  if (!last && (found === '' || start + found.length === text.length)) return 'more';
  return { end: start + found.length, cells: [found.trimEnd()], fault };
}

type Field = { readonly value: string; readonly end: number; readonly fault?: Fault } | 'more';

function readField(text: string, start: number, delimiter: string, last: boolean): Field {
  let at = start;
  while (text[at] === ' ') at += 1;
  if (text[at] === '"') return readQuoted(text, at + 1, delimiter, last);
  at = start;
  while (at < text.length && !endsField(text, at, delimiter)) at += 1;
  return at === text.length && !last ? 'more' : { value: text.slice(start, at), end: at };
}

function readQuoted(text: string, start: number, delimiter: string, last: boolean): Field {
  let [value, from] = ['', start];
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0 || (quote + 1 === text.length && !last)) return last ? { value, end: text.length, fault: { code: 'unclosed-quote', value: '' } } : 'more';
    if (text[quote + 1] !== '"') {
      value += text.slice(from, quote);
      from = quote + 1;
      break;
    }
    value += text.slice(from, quote + 1);
    from = quote + 2;
  }
  while (text[from] === ' ') from += 1;
  if (from === text.length) return last ? { value, end: from } : 'more';
  return endsField(text, from, delimiter) ? { value, end: from } : { value, end: from, fault: { code: 'unreadable', value: text.slice(start - 1, from + 1) } };
}

function endsField(text: string, at: number, delimiter: string): boolean {
  const sign = text[at];
  return sign === '\n' || sign === '\r' || text.startsWith(delimiter, at);
}
