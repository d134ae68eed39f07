import { loadCalendar } from '../calendars/load.ts';
import { type Calendar, type Instant, numberOf, startOfDay } from '../core/index.ts';
import { RedressError } from '../errors.ts';
import { exportTimelines } from '../exchange/index.ts';
import { loadProcedure } from '../procedures/load.ts';
import { readReceipt } from '../receipts.ts';
import type { StoryFilter } from '../register/index.ts';
import type { ExportOptions } from './commands/export.ts';
import { withRegister } from './connect.ts';
import { dayAfter } from './dates.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { note } from './terminal.ts';

/** Work that is done sooner needs no progress. */
const QUIET_MS = 1000;

/** Writes timelines to a file or to standard output. */
export async function exportTo(io: Io, o: ExportOptions): Promise<void> {
  if (o.out === undefined && o.format === 'xlsx' && process.stdout.isTTY)
    throw new UsageError('--out', { zh: 'XLSX 不能显示在终端上；请用 --out 指明文件。', en: 'A terminal cannot show XLSX; name a file with --out.' });
  if (o.out === undefined && o.json)
    throw new UsageError('--json', { zh: '--json 只与 --out 一起使用。', en: '--json is for use with --out.' });
  const filter = filterOf(o);
  const quietTill = Date.now() + QUIET_MS;
  await withRegister(async (register) => {
    if (filter.receipt !== undefined && !(await register.case(filter.receipt)))
      throw new RedressError('no-such-case', '--receipt', { zh: `没有登记号为 ${filter.receipt} 的事项，请核对。`, en: `There is no case with the receipt ${filter.receipt}; check the number.` });
    const done = await exportTimelines(register.bulk, o.out ?? process.stdout, {
      format: o.format, filter, withText: o.withText ?? false,
      progress: (cases, events) => {
        if (o.out !== undefined && Date.now() > quietTill) io.progress({ zh: `已导出 ${cases} 件，${events} 个事件`, en: `${cases} cases, ${events} events exported` });
      },
    });
    io.done();
    if (o.json) io.out(printed({ ...done, format: o.format, out: o.out }));
    else if (o.out !== undefined) note(io, { zh: `已导出 ${done.cases} 件、${done.events} 个事件到 ${o.out}。`, en: `${done.cases} cases with ${done.events} events are in ${o.out}.` });
  });
}

function filterOf(o: ExportOptions): StoryFilter {
  // Days are those of the procedure's calendar, or of China, where most institutions are.
  const calendar = loadCalendar(o.procedure === undefined ? 'cn' : loadProcedure(o.procedure).calendar);
  return {
    ...(o.receipt === undefined ? {} : { receipt: readReceipt(o.receipt) }),
    ...(o.procedure === undefined ? {} : { procedure: loadProcedure(o.procedure).id }),
    ...(o.unit === undefined ? {} : { unit: o.unit }),
    ...(o.from === undefined ? {} : { from: startOf(calendar, '--from', o.from, 0) }),
    ...(o.to === undefined ? {} : { before: startOf(calendar, '--to', o.to, 1) }),
  };
}

const startOf = (calendar: Calendar, flag: string, day: string, later: number): Instant => startOfDay(calendar, numberOf(dayAfter(flag, day)) + later);
