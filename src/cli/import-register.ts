import { resolve } from 'node:path';
import { loadCalendar } from '../calendars/load.ts';
import type { Redress } from '../client.ts';
import { configFrom, findRunning } from '../config.ts';
import { type Hours, type Instant, instantOf, type Text } from '../core/index.ts';
import { entering, type ImportRun, importRegister, type ImportTally, openRegisterSheet, refusedRows, starter } from '../exchange/index.ts';
import { loadProcedure } from '../procedures/load.ts';
import type { Register } from '../register/index.ts';
import type { Sheet } from '../sheets/index.ts';
import type { ImportOptions } from './commands/import.ts';
import { withRedress, withRegister } from './connect.ts';
import { UsageError } from './failure.ts';
import { tallyLines } from './import-lines.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';

/** Work that is done sooner needs no progress. */
const QUIET_MS = 1000;

type Where = Pick<ImportRun, 'into' | 'units'>;

/** Imports a legacy register, or says what would happen. */
export async function importInto(io: Io, file: string, o: ImportOptions): Promise<void> {
  if (o.errors !== undefined && resolve(o.errors) === resolve(file))
    throw new UsageError('--errors', { zh: '--errors 不能与导入的文件相同。', en: '--errors must be another file than the one imported.' });
  const base = runOf(o);
  if (o.start) return withRedress(async (redress) => run(io, file, o, base, { units: await unitsOf(redress.register), into: entering(redress.register, starter(redress, base.procedure, base.calendar, await hoursOf(redress))) }));
  if (!o.dryRun) return withRegister(async (register) => run(io, file, o, base, { units: await unitsOf(register), into: entering(register) }));
  // A dry run needs no Redress; where one runs, it knows the units.
  const there = await findRunning(configFrom(process.env)).then(() => true, () => false);
  return run(io, file, o, base, { units: there ? await withRegister(unitsOf) : {}, into: undefined });
}

function runOf(o: ImportOptions) {
  const procedure = loadProcedure(needed('--procedure', o.procedure, '程序', 'the procedure'));
  const { map, mapField, field, mapContact, channel, source } = o;
  const sheet = o.sheet !== undefined && /^\d{1,3}$/.test(o.sheet) ? Number(o.sheet) : o.sheet;
  return {
    procedure,
    calendar: loadCalendar(o.calendar ?? procedure.calendar),
    now: instantOf(Date.now()),
    flags: { key: needed('--key', o.key, '编号所在的列', 'the column with the number'), unit: needed('--unit', o.unit, '单位', 'the unit'), map, mapField, field, mapContact, channel, source },
    read: {
      ...(sheet === undefined ? {} : { sheet }), ...(o.headerRow === undefined ? {} : { headerRow: o.headerRow }),
      ...(o.fillDown ? { fillDown: true } : {}), ...(o.encoding === undefined ? {} : { encoding: o.encoding }),
    },
  };
}

function needed(flag: string, value: string | undefined, zh: string, en: string): string {
  if (value !== undefined) return value;
  throw new UsageError(flag, { zh: `请用 ${flag} 指明${zh}。`, en: `Say ${en} with ${flag}.` });
}

const unitsOf = async (register: Register): Promise<Record<string, Text>> =>
  Object.fromEntries(Object.entries((await register.institution())?.units ?? {}).map(([id, unit]) => [id, unit.title]));

const hoursOf = async (redress: Redress): Promise<Hours | undefined> => (await redress.register.institution())?.notices;

export interface Imported extends ImportTally {
  readonly dryRun: boolean;
  readonly at: Instant;
  readonly errors?: string;
  readonly sheet: Pick<Sheet, 'format' | 'encoding' | 'sheet' | 'columns'>;
  readonly seconds: number;
}

async function run(io: Io, file: string, o: ImportOptions, base: ReturnType<typeof runOf>, where: Where): Promise<void> {
  const began = performance.now();
  const { sheet, plan } = await openRegisterSheet(file, { ...base, ...where });
  const refused = o.errors === undefined ? undefined : refusedRows(o.errors, sheet.columns, io.lang);
  const tally = await importRegister(sheet, plan, {
    ...base, ...where,
    refuse: async (row, problems) => refused?.add(row, problems),
    progress: ({ rows, entered, again, refused: bad }) => performance.now() - began > QUIET_MS && io.progress({ zh: `已读 ${rows} 行：新 ${entered}，已有 ${again}，未导入 ${bad}`, en: `${rows} rows read: ${entered} new, ${again} there before, ${bad} refused` }),
  }).catch(async (error: unknown) => {
    await refused?.drop();
    throw error;
  });
  const written = (await refused?.end()) ?? 0;
  io.done();
  const { format, encoding, sheet: name, columns } = sheet;
  const done: Imported = {
    dryRun: o.dryRun ?? false, at: base.now, ...tally, ...(o.errors !== undefined && written > 0 ? { errors: o.errors } : {}),
    sheet: { format, columns, ...(encoding === undefined ? {} : { encoding }), ...(name === undefined ? {} : { sheet: name }) },
    seconds: Math.round((performance.now() - began) / 10) / 100,
  };
  if (o.json) io.out(printed(done));
  else for (const line of tallyLines(done, io.lang)) io.out(line);
  if (tally.refused > 0) process.exitCode = 1;
}
