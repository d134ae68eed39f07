import type { Owed, OwedFilter } from '../register/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { namesOf, type Names } from './names.ts';
import { tellOfMore } from './more.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { table } from './table.ts';

const T = {
  zh: { none: '没有待办。', head: ['截止', '宜于此前', '状态', '登记号', '事项', '义务人', '单位'], overdue: (level: number) => (level > 0 ? `逾期，已报 ${level} 级` : '逾期'), running: '进行中', provisional: '（暂定）' },
  en: { none: 'Nothing is owed.', head: ['Due', 'Act by', 'Status', 'Receipt', 'Duty', 'Owed by', 'Unit'], overdue: (level: number) => (level > 0 ? `overdue, rung ${level}` : 'overdue'), running: 'running', provisional: ' (provisional)' },
} as const;

/** The open duties, the most urgent first. */
export async function workList(io: Io, { role, unit, limit, json }: OwedFilter & { readonly json?: boolean }): Promise<void> {
  await withRegister(async (register) => {
    const owed = await register.owed({ ...(role === undefined ? {} : { role }), ...(unit === undefined ? {} : { unit }), ...(limit === undefined ? {} : { limit }) });
    if (json) return io.out(printed({ owed: owed.map(({ duty, case: c }) => ({ receipt: c.receipt, procedure: c.procedure, unit: c.unit, stage: c.stage, ...duty })) }));
    if (owed.length === 0) return io.out(T[io.lang].none);
    const names = await namesOf(register, io.lang);
    const head = T[io.lang].head.map((title, i) => ({ title, soft: i >= 4 }));
    for (const line of table(head, owed.map((one) => row(one, names, io)))) io.out(line);
    tellOfMore(io, owed.length, limit);
  });
}

function row({ duty, case: c }: Owed, names: Names, { lang }: Io): string[] {
  const t = T[lang];
  return [
    `${duty.dueDate}${duty.provisional ? t.provisional : ''}`,
    duty.actBy,
    duty.overdue ? paint.bad(t.overdue(duty.level)) : t.running,
    c.receipt,
    titled(duty.title[lang], duty.instance, duty.duty),
    names.role(c.procedure, duty.owes),
    names.unit(c.unit),
  ];
}

const titled = (title: string, instance: string, duty: string): string => (instance === duty ? title : `${title} [${instance}]`);
