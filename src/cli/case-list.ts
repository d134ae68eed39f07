import type { Calendar, CaseView } from '../core/index.ts';
import { dayOf, localDay, type Instant } from '../core/index.ts';
import { loadCalendar } from '../calendars/load.ts';
import type { CaseFilter } from '../register/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { namesOf, type Names } from './names.ts';
import { tellOfMore } from './more.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { table } from './table.ts';

const T = {
  zh: { none: '没有符合条件的事项。', head: ['登记号', '收到', '阶段', '单位', '程序', '下一到期', '状态'], overdue: (level: number) => (level > 0 ? `逾期，已报 ${level} 级` : '逾期'), closed: '已结案', open: '进行中' },
  en: { none: 'No case fits.', head: ['Receipt', 'Received', 'Stage', 'Unit', 'Procedure', 'Next due', 'Status'], overdue: (level: number) => (level > 0 ? `overdue, rung ${level}` : 'overdue'), closed: 'closed', open: 'open' },
} as const;

/** The cases that fit, the newest first. */
export async function caseList(io: Io, { json, ...filter }: CaseFilter & { readonly json?: boolean }): Promise<void> {
  await withRegister(async (register) => {
    const cases = await register.list(filter);
    if (json) return io.out(printed({ cases }));
    if (cases.length === 0) return io.out(T[io.lang].none);
    const names = await namesOf(register, io.lang);
    const head = T[io.lang].head.map((title, i) => ({ title, soft: i >= 2 && i <= 4 }));
    for (const line of table(head, cases.map((one) => row(one, names, io)))) io.out(line);
    tellOfMore(io, cases.length, filter.limit);
  });
}

function row(c: CaseView, names: Names, { lang }: Io): string[] {
  const t = T[lang];
  const next = c.duties.filter((d) => d.status === 'open').map((d) => d.dueDate).toSorted()[0];
  return [
    c.receipt,
    localDate(c.calendar, c.receivedAt),
    names.stage(c.procedure, c.stage),
    names.unit(c.unit),
    c.procedure,
    next ?? '-',
    c.overdue ? paint.bad(t.overdue(c.level)) : c.closedAt === undefined ? t.open : paint.faint(t.closed),
  ];
}

/** The day of an instant in the zone of a calendar; in UTC where that calendar is not at hand. */
function localDate(calendar: string, at: Instant): string {
  let zone: Calendar;
  try {
    zone = loadCalendar(calendar);
  } catch {
    return at.slice(0, 10);
  }
  return dayOf(localDay(zone, at));
}
