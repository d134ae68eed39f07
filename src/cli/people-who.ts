import type { Lang } from '../core/text.ts';
import { knownRole, knownUnit, localOf, type Organisation, placeOf, titleOf } from '../people/index.ts';
import type { HeldBy, Register } from '../register/index.ts';
import { withRegister } from './connect.ts';
import { dayAfter } from './dates.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { thisMinute } from './rota-when.ts';
import { table } from './table.ts';

const T = {
  zh: { head: ['人员', '姓名', '方式', '起', '止'], as: { holder: '任职', deputy: '代理' }, none: (post: string, day: string) => `${day} 没有人任 ${post}。`, rota: (rota: string) => `此岗位首先由“${rota}”上的当班人员承担；用 redress rota --at 可查。`, mailbox: (post: string) => `${post} 是公用邮箱，不属于某个人。` },
  en: { head: ['Person', 'Name', 'As', 'From', 'To'], as: { holder: 'holder', deputy: 'deputy' }, none: (post: string, day: string) => `Nobody held ${post} on ${day}.`, rota: (rota: string) => `Whoever is on "${rota}" comes first for this post; see redress rota --at.`, mailbox: (post: string) => `${post} is a mailbox and belongs to nobody.` },
} as const;

/** Who held a post on a day: of the unit, or of the nearest above that has it now. */
export async function whoHeld(io: Io, unit: string, role: string, { on, json }: { readonly on?: string; readonly json?: boolean }): Promise<void> {
  const asked = on === undefined ? undefined : dayAfter('--on', on);
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    const day = asked ?? localOf(thisMinute(), organisation.zone).day;
    await checkKnown(register, organisation, unit, role);
    const place = placeOf(organisation, unit, role);
    const held = await register.people.holdings({ unit: place?.unit ?? unit, role, on: day });
    if (json) return io.out(printed({ unit: place?.unit ?? unit, role, on: day, rota: place?.post.rota, held }));
    const t = T[io.lang];
    const post = `${place?.unit ?? unit}/${role}`;
    const rota = place?.post.rota;
    if (rota !== undefined) io.out(t.rota(titleOf(organisation, rota)[io.lang]));
    if (held.length > 0) for (const line of table(t.head.map((title) => ({ title })), held.map((h) => row(h, io.lang)))) io.out(line);
    else if (rota === undefined) io.out(place && !place.post.held ? t.mailbox(post) : t.none(post, day));
  });
}

/** A post that is gone is still known while the register says who held it. @throws RedressError naming the unit or the role */
async function checkKnown({ people }: Register, organisation: Organisation, unit: string, role: string): Promise<void> {
  if (placeOf(organisation, unit, role) || (await people.holdings({ unit, role })).length > 0) return;
  knownUnit(organisation, 'unit', unit);
  knownRole(organisation, 'role', unit, role);
}

const row = ({ person, name, as, from, to }: HeldBy, lang: Lang): string[] => [person, name ?? '', T[lang].as[as], from, to ?? ''];
