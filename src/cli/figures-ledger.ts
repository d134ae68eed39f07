import { randomUUID } from 'node:crypto';
import { instantOf } from '../core/index.ts';
import { RedressError } from '../errors.ts';
import type { Entry } from '../figures/ledger.ts';
import { dayOn } from '../figures/load.ts';
import { readReceipt } from '../receipts.ts';
import type { LedgerFilter, Register } from '../register/index.ts';
import type { ExplainOptions, LedgerOptions } from './commands/ledger.ts';
import { withRegister } from './connect.ts';
import { dayAfter } from './dates.ts';
import { UsageError } from './failure.ts';
import { entryLines, entryRow, head, ledgerColumns, ledgerRow } from './figures-ledger-rows.ts';
import type { Naming } from './figures-ledger-words.ts';
import { written } from './figures-sheet.ts';
import type { Io } from './io.ts';
import { tellOfMore } from './more.ts';
import { namesOf } from './names.ts';
import { printed } from './options.ts';
import { table } from './table.ts';
import { note } from './terminal.ts';

const USUAL = 200;
const LONGEST = 4000;

/** Shows the entries that fit, or writes them to a file. */
export async function showLedger(io: Io, o: LedgerOptions): Promise<void> {
  const filter = filterOf(o);
  await withRegister(async (register) => {
    const now = instantOf(Date.now());
    const entries = register.figures.ledger(filter, now, dayOn);
    const names = await naming(register, io);
    if (o.csv !== undefined || o.xlsx !== undefined) {
      const all = o.limit === undefined ? entries : first(entries, o.limit);
      await written(io, o, io.lang === 'zh' ? '问责台账' : 'Ledger', ledgerColumns(io.lang), mapped(all, (e) => ledgerRow(e, names, now, io.lang)));
      return;
    }
    const shown: Entry[] = [];
    for await (const entry of first(entries, o.limit ?? USUAL)) shown.push(entry);
    if (o.json) return io.out(printed({ entries: shown }));
    if (shown.length === 0) return io.out({ zh: '台账中没有符合条件的条目。', en: 'The ledger has no entry that fits.' }[io.lang]);
    if (filter.receipt === undefined) for (const line of table(head(io.lang), shown.map((e) => entryRow(e, names, now, io.lang)))) io.out(line);
    else for (const entry of shown) for (const line of entryLines(entry, names, now, io.lang)) io.out(line);
    tellOfMore(io, shown.length, o.limit);
  });
}

/** Adds an explanation to an entry. */
export async function explainEntry(io: Io, receipt: string, instance: string, raw: string, o: ExplainOptions): Promise<void> {
  const [text, { person }] = [raw.trim(), o];
  if (person === undefined) throw new UsageError('--person', { zh: '请用 --person 写明由谁说明。', en: 'Say who explains with --person.' });
  if (text === '' || text.length > LONGEST)
    throw new UsageError('text', { zh: `说明应有 1 至 ${LONGEST} 字，现有 ${text.length} 字。`, en: `An explanation has 1 to ${LONGEST} characters; this one has ${text.length}.` });
  const id = readReceipt(receipt);
  await withRegister(async (register) => {
    if (!(await register.case(id))) throw new RedressError('no-such-case', 'receipt', { zh: `没有登记号为 ${id} 的事项，请核对。`, en: `There is no case with the receipt ${id}; check the number.` });
    const said = await register.figures.explain({ key: o.key ?? randomUUID(), receipt: id, instance, role: o.as, person, text });
    if (o.json) return io.out(printed({ receipt: id, instance, ...said }));
    note(io, { zh: `已记入台账：${id}，${instance}。`, en: `On the ledger: ${id}, ${instance}.` });
  });
}

function filterOf(o: LedgerOptions): LedgerFilter {
  const from = o.from === undefined ? undefined : dayAfter('--from', o.from);
  const to = o.to === undefined ? undefined : dayAfter('--to', o.to);
  if (from !== undefined && to !== undefined && from > to)
    throw new UsageError('--to', { zh: `--to ${to} 早于 --from ${from}；请对调。`, en: `--to ${to} lies before --from ${from}; change them round.` });
  return {
    ...(o.receipt === undefined ? {} : { receipt: readReceipt(o.receipt) }), ...(o.unit === undefined ? {} : { unit: o.unit }),
    ...(o.person === undefined ? {} : { person: o.person }), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }),
  };
}

async function naming(register: Register, io: Io): Promise<Naming> {
  const names = await namesOf(register, io.lang);
  const { people } = await register.people.organisation();
  return { duty: (e) => names.duty(e.procedure, e.duty), role: (of, id) => names.role(of, id), unit: (id) => names.unit(id), person: (id) => people[id]?.name ?? id };
}

async function* first(entries: AsyncIterable<Entry>, most: number): AsyncGenerator<Entry> {
  let n = 0;
  if (most > 0)
    for await (const entry of entries) {
      yield entry;
      n += 1;
      if (n >= most) return;
    }
}

async function* mapped<T>(entries: AsyncIterable<Entry>, row: (entry: Entry) => T): AsyncGenerator<T> {
  for await (const entry of entries) yield row(entry);
}

