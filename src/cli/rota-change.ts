import { randomInt } from 'node:crypto';
import { RedressError } from '../errors.ts';
import { handover, type Organisation, override, type RotaChange, swap, titleOf } from '../people/index.ts';
import type { Register } from '../register/index.ts';
import { withRegister } from './connect.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import type { Handover, Override, Swap } from './rota-options.ts';
import { stretchText, thisMinute, whenAfter } from './rota-when.ts';

const T = {
  zh: { now: (who: string, when: string, rota: string, instead: string) => `${rota} ${when}：${who}${instead && `，替${instead}`}`, undo: (id: string) => `已登记为变更 ${id}；撤销用：redress rota revoke ${id}`, revoked: (id: string) => `变更 ${id} 已撤销。` },
  en: { now: (who: string, when: string, rota: string, instead: string) => `${rota} ${when}: ${who}${instead && `, instead of ${instead}`}`, undo: (id: string) => `Entered as change ${id}; to take it back: redress rota revoke ${id}`, revoked: (id: string) => `Change ${id} is taken back.` },
} as const;

/** Letters and digits that are not mistaken for each other. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const newId = (): string => Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

export function swapShifts(io: Io, rota: string, one: string, other: string, o: Swap): Promise<void> {
  const { at } = o;
  if (at === undefined) throw new UsageError('--at', { zh: '请用 --at 写明甲方班次中的任一时刻，如 --at "2026-10-01 09:00"。', en: 'Give a time in the shift of the one with --at, as in --at "2026-10-01 09:00".' });
  return changing(io, o, (organisation, id) => swap(organisation, id, { rota, one, other, at: whenAfter('--at', at, organisation.zone).from, otherAt: whenAfter('--for', o.for, organisation.zone).from }));
}

export const overrideShifts = (io: Io, rota: string, who: string, o: Override): Promise<void> =>
  changing(io, o, (organisation, id) => override(organisation, id, { rota, who, instead: o.instead, from: whenAfter('--from', o.from, organisation.zone).from, to: whenAfter('--to', o.to, organisation.zone).to }));

export const handOver = (io: Io, rota: string, who: string, o: Handover): Promise<void> =>
  changing(io, o, (organisation, id) => handover(organisation, id, { rota, who, at: o.at === undefined ? thisMinute() : whenAfter('--at', o.at, organisation.zone).from }));

async function changing(io: Io, { json }: { readonly json?: boolean }, work: (organisation: Organisation, id: string) => RotaChange[]): Promise<void> {
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    const parts = work(organisation, newId());
    await register.people.changes.add(parts);
    if (json) return io.out(printed({ changes: parts }));
    const name = (id: string | undefined): string => (id === undefined ? '' : (organisation.people[id]?.name ?? id));
    for (const { rota, who, instead, from, to } of parts) io.out(T[io.lang].now(name(who), stretchText(from, to, organisation.zone, io.lang), titleOf(organisation, rota)[io.lang], name(instead)));
    io.out(T[io.lang].undo(parts[0]?.id ?? ''));
  });
}

/** Takes a change back by an entry of its own. @throws RedressError where there is none, or it is taken back already */
export const revokeChange = (io: Io, id: string, { json }: { readonly json?: boolean }): Promise<void> =>
  withRegister(async (register: Register) => {
    if (!(await register.people.changes.revoke(id, newId())))
      throw new RedressError('no-such-change', 'change', { zh: `没有编号为“${id}”的变更，或已撤销；用 redress rota changes 可列出。`, en: `There is no change "${id}", or it is taken back already; redress rota changes lists them.` });
    io.out(json ? printed({ revoked: id }) : T[io.lang].revoked(id));
  });
