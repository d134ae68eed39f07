import { knownRota, titleOf } from '../people/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { stretchText } from './rota-when.ts';
import { table } from './table.ts';

const T = {
  zh: { none: '没有变更。', head: ['编号', '值班表', '方式', '由谁', '替谁', '时间', '状态'], kind: { override: '顶班', swap: '换班', handover: '交班' }, revoked: '已撤销' },
  en: { none: 'No changes.', head: ['Change', 'Rota', 'Kind', 'Who', 'Instead of', 'Time', 'Status'], kind: { override: 'override', swap: 'swap', handover: 'handover' }, revoked: 'taken back' },
} as const;

/** The changes of the rotas, in the order in which they were made, with those that were taken back. */
export async function listChanges(io: Io, rota: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    if (rota !== undefined) knownRota(organisation, 'rota', rota);
    const changes = await register.people.changes.list({ rota });
    if (json) return io.out(printed({ changes }));
    const t = T[io.lang];
    if (changes.length === 0) return io.out(t.none);
    const name = (id: string): string => organisation.people[id]?.name ?? id;
    const rows = changes.map((c) => [c.id, titleOf(organisation, c.rota)[io.lang], t.kind[c.kind], name(c.who), c.instead === undefined ? '-' : name(c.instead), stretchText(c.from, c.to, organisation.zone, io.lang), c.revoked ? paint.faint(t.revoked) : '']);
    for (const line of table(t.head.map((title) => ({ title })), rows)) io.out(line);
  });
}
