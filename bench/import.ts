import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { loadCalendar } from '../src/calendars/load.ts';
import { instantOf, type Procedure } from '../src/core/index.ts';
import { entering, importRegister, openRegisterSheet } from '../src/exchange/index.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { openRegister } from '../src/register/index.ts';
import { caseRows } from './cases.ts';

/** A legacy register of made-up cases, with a contact and words as real ones have. */
export function* registerRows(rows: number): Generator<string> {
  let header = true;
  for (const line of caseRows(rows)) {
    yield header ? '编号,收到时间,答复时间,来信人,内容' : `${line},来信人,反映小区门口道路积水多日，请求尽快修缮排水管网`;
    header = false;
  }
}

const SEEN = '见旧登记簿';
export const FLAGS = {
  key: '编号', unit: 'street', channel: 'letter',
  map: ['received=收到时间,accept=答复时间,issue-opinion=答复时间,serve=答复时间'],
  field: [`accept.notice=${SEEN},issue-opinion.outcome=explain,issue-opinion.opinion=${SEEN},issue-opinion.person=handler,serve.how=in-person,serve.proof=${SEEN}`],
  mapContact: ['name=来信人,summary=内容'],
};

/** The procedure for cases that are older than it is. */
export function ageless(id: string): Procedure {
  const { inForce: _, ...procedure } = loadProcedure(id);
  return procedure;
}

/** Rows a second: imported from a file into an empty embedded register, and the same bytes put into one table without any index. */
export async function importRates(count: number): Promise<{ imported: number; plain: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'redress-import-'));
  const register = await openRegister({ memory: true });
  try {
    const file = join(folder, 'register.csv');
    await writeFile(file, [...registerRows(count), ''].join('\n'));
    const run = { procedure: ageless('xinfang-2022'), calendar: loadCalendar('cn'), flags: FLAGS, units: {}, now: instantOf(Date.now()) };
    const batches: string[] = [];
    const into = entering(register);
    const began = performance.now();
    const { sheet, plan } = await openRegisterSheet(file, run);
    const { entered } = await importRegister(sheet, plan, {
      ...run, refuse: () => Promise.resolve(), progress: () => undefined,
      into(batch, p) {
        batches.push(JSON.stringify(batch.map(({ legacy: { key, contact, summary }, history: { events, view } }) => ({ key, contact, summary, events, view }))));
        return into(batch, p);
      },
    });
    const imported = entered / ((performance.now() - began) / 1000);
    return { imported, plain: count / (await plainly(batches)) };
  } finally {
    await register.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds that the same bytes take, a batch in one statement, a row for each case. */
async function plainly(batches: readonly string[]): Promise<number> {
  const db = await PGlite.create();
  await db.exec('create table plain (body jsonb)');
  const began = performance.now();
  for (const batch of batches) await db.query('insert into plain select g from jsonb_array_elements($1::jsonb) g', [batch]);
  const seconds = (performance.now() - began) / 1000;
  await db.close();
  return seconds;
}

/** Prints the measurement as rows of the bench. */
export async function importBench(row: (what: string, ...cells: string[]) => void, count = Number(process.env['BENCH_ROWS'] ?? 10_000)): Promise<void> {
  const { imported, plain } = await importRates(count);
  row('', 'import', 'plain insert', 'ratio', 'aim');
  row(`import of ${count} rows: rows a second`, imported.toFixed(0), plain.toFixed(0), (imported / plain).toFixed(2), '500');
}
