import { inspectProcedure, listProcedures } from '../procedures/load.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { table } from './table.ts';

const T = {
  zh: { head: ['编号', '版本', '日历', '义务', '名称'], none: '没有程序文件。', broken: '有错误，见 redress procedure check' },
  en: { head: ['Id', 'Version', 'Calendar', 'Duties', 'Title'], none: 'There is no procedure.', broken: 'has errors; see "redress procedure check"' },
} as const;

/** The procedures of the package. One with errors is listed too. */
export function procedureList(io: Io, json: boolean): void {
  const all = listProcedures().map((id) => ({ id, procedure: inspectProcedure(id).procedure }));
  if (json)
    return io.out(printed({
      procedures: all.map(({ id, procedure: p }) => (p ? { id, version: p.version, calendar: p.calendar, title: p.title, duties: Object.keys(p.duties) } : { id, ok: false })),
    }));
  if (all.length === 0) return io.out(T[io.lang].none);
  const t = T[io.lang];
  const head = t.head.map((title, i) => ({ title, right: i === 1 || i === 3 }));
  const rows = all.map(({ id, procedure: p }) =>
    p ? [id, String(p.version), p.calendar, String(Object.keys(p.duties).length), p.title[io.lang]] : [id, '', '', '', paint.bad(t.broken)]);
  for (const line of table(head, rows)) io.out(line);
}
