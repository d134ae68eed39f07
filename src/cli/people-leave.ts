import type { Text } from '../core/text.ts';
import type { LeaveKind } from '../institution/index.ts';
import { checkedLeave, knownPerson, type Organisation } from '../people/index.ts';
import type { LeaveRow } from '../register/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { stretchText, thisMinute, whenAfter } from './rota-when.ts';
import { table } from './table.ts';

interface Span {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}
export type ListLeave = Span;
export type CancelLeave = Span;
export interface AddLeave extends Span {
  readonly from: string;
  readonly to: string;
  readonly kind: LeaveKind;
}

const KINDS: Readonly<Record<LeaveKind, Text>> = {
  leave: { zh: '休假', en: 'leave' }, travel: { zh: '公出', en: 'travel' }, training: { zh: '学习', en: 'training' }, other: { zh: '其他', en: 'other' },
};
const T = {
  zh: { none: '没有请假。', head: ['人员', '时间', '类别'], nothing: '此段时间内没有可取消的请假。', cancelled: '已取消以下请假中此段时间的部分：' },
  en: { none: 'Nobody is away.', head: ['Person', 'Time', 'Kind'], nothing: 'There is no leave in that time to cancel.', cancelled: 'Of this leave, what lies in that time is cancelled:' },
} as const;

export async function addLeave(io: Io, person: string, { from, to, kind, json }: AddLeave): Promise<void> {
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    const leave = checkedLeave(organisation, { person, kind, from: whenAfter('--from', from, organisation.zone).from, to: whenAfter('--to', to, organisation.zone).to });
    show(io, organisation, [await register.people.leave.add(leave)], json);
  });
}

export async function listLeave(io: Io, person: string | undefined, { from, to, json }: ListLeave): Promise<void> {
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    const { zone } = organisation;
    if (person !== undefined) knownPerson(organisation, 'person', person);
    show(io, organisation, await register.people.leave.list({
      person, from: from === undefined ? thisMinute() : whenAfter('--from', from, zone).from, to: to === undefined ? undefined : whenAfter('--to', to, zone).to,
    }), json);
  });
}

export async function cancelLeave(io: Io, person: string, { from, to, json }: CancelLeave): Promise<void> {
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    const { zone } = organisation;
    knownPerson(organisation, 'person', person);
    const cancelled = await register.people.leave.cancel(person, from === undefined ? thisMinute() : whenAfter('--from', from, zone).from, to === undefined ? undefined : whenAfter('--to', to, zone).to);
    if (!json) io.out(T[io.lang][cancelled.length === 0 ? 'nothing' : 'cancelled']);
    if (json || cancelled.length > 0) show(io, organisation, cancelled, json);
  });
}

function show(io: Io, { people, zone }: Organisation, leave: readonly LeaveRow[], json: boolean | undefined): void {
  if (json) return io.out(printed({ leave }));
  const t = T[io.lang];
  if (leave.length === 0) return io.out(t.none);
  const rows = leave.map((l) => [people[l.person]?.name ?? l.person, stretchText(l.from, l.to, zone, io.lang), KINDS[l.kind][io.lang]]);
  for (const line of table(t.head.map((title) => ({ title })), rows)) io.out(line);
}
