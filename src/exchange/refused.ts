import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import type { Lang } from '../core/index.ts';
import { type Column, type OutRow, type Problem, type Row, writeRows } from '../sheets/index.ts';

/** The columns in front of those of the register. Such columns of a file that was mended are not taken over again. */
const OWN = { zh: ['【行】', '【列】', '【问题】'], en: ['[row]', '[column]', '[problem]'] } as const;

/**
 * The file of refused rows: where each stood, what is wrong, and its cells as
 * they were, to be mended and imported again. It is there when the first row is
 * refused, and holds personal data where the register does.
 */
export interface Refused {
  add(row: Row, problems: readonly Problem<string>[]): Promise<void>;
  /** Ends the file; how many rows it has. */
  end(): Promise<number>;
  /** Leaves no file. */
  drop(): Promise<void>;
}

export function refusedRows(file: string, columns: readonly string[], lang: Lang): Refused {
  const own = OWN[lang];
  const kept = columns.map((title, i) => ({ title, i })).filter(({ title }) => ![...OWN.zh, ...OWN.en].some((name) => name === title));
  const shape: Column[] = [
    { key: 'row', title: own[0], kind: 'number' }, { key: 'column', title: own[1] }, { key: 'problem', title: own[2], width: 60 },
    ...kept.map(({ title, i }) => ({ key: `c${i}`, title })),
  ];
  let begun: { readonly rows: PassThrough; readonly written: Promise<number> } | undefined;
  const begin = () => {
    const rows = new PassThrough({ objectMode: true });
    const written = writeRows(file, shape, rowsIn(rows), /\.xlsx$/i.test(file) ? 'xlsx' : 'csv', { name: 'Redress', mode: 0o600 });
    // Looked at in `end`; a failure before that makes the next row fail.
    written.catch((error: unknown) => rows.destroy(error instanceof Error ? error : new Error('the file of refused rows cannot be written')));
    return { rows, written };
  };
  return {
    async add({ row, original }, problems) {
      begun ??= begin();
      const out: OutRow = {
        row, column: [...new Set(problems.map((p) => p.column))].filter(Boolean).join(lang === 'zh' ? '、' : ', '), problem: problems.map((p) => p.text[lang]).join(' '),
        ...Object.fromEntries(kept.map(({ i }) => [`c${i}`, original[i] ?? ''])),
      };
      if (!begun.rows.write(out)) await once(begun.rows, 'drain');
    },
    async end() {
      begun?.rows.end();
      return (await begun?.written) ?? 0;
    },
    async drop() {
      begun?.rows.destroy(new Error('the import was broken off'));
      await begun?.written.catch(() => undefined);
    },
  };
}

async function* rowsIn(stream: PassThrough): AsyncGenerator<OutRow> {
  for await (const row of stream) {
    const one: OutRow = row;
    yield one;
  }
}
