import { DAY_MS, type Instant, instantOf, msOf } from '../core/index.ts';
import type { Text } from '../core/text.ts';
import { type Institution, mailboxesAmongHeld, unitsWithoutLiaison } from '../institution/index.ts';
import { type Gap, gapsOf, localOf, organisationOf } from '../people/index.ts';
import { AHEAD } from './rota-check.ts';

/** Something that is no mistake in an institution's file, and that its keeper should know. */
export interface Remark {
  readonly kind: 'mailbox' | 'no-liaison' | 'reserve' | 'rota-gap';
  /** What it is about: `unit/role`, a unit or a rota. */
  readonly at: string;
  readonly text: Text;
}

/** What is to be said of an institution's file that has no mistake. @param now from when on its rotas are looked at */
export function remarksOn(institution: Institution, now: Instant): Remark[] {
  return [
    ...mailboxesAmongHeld(institution).map(({ unit, role }): Remark => ({ kind: 'mailbox', at: `${unit}/${role}`, text: {
      zh: `${unit}/${role} 只有公用邮箱，不知道由谁查看；查看的人被反映时，通知不会绕开他。请填写任职人（holder）。`,
      en: `${unit}/${role} is a mailbox alone. Who reads it is not known, so a notice cannot be kept from whoever it is about; give the post a holder.`,
    } })),
    ...unitsWithoutLiaison(institution).map((unit): Remark => ({ kind: 'no-liaison', at: unit, text: {
      zh: `${unit} 没有自己的联络员；发给联络员的通知会送到上级单位，上级也没有的，无人收到。请填写 liaison。`,
      en: `${unit} has no liaison of its own. What is for its liaison goes to the unit above, or to nobody; give the unit a liaison.`,
    } })),
    ...Object.entries(institution.units).filter(([, { reserve }]) => isWritten(reserve)).map(([unit]): Remark => ({ kind: 'reserve', at: unit, text: {
      zh: `${unit} 的“应急队员”（reserve）不再读取。请把预备队立为一个单位，如 ${unit}-reserve，队员写入该单位；调人时写 unit:${unit}-reserve，即为全队。`,
      en: `"reserve" of ${unit} is no longer read. Make the reserve a unit, such as ${unit}-reserve, and put its people there; at a call-out, unit:${unit}-reserve stands for all of them.`,
    } })),
    ...gapRemarks(institution, now),
  ];
}

const isWritten = (reserve: unknown): boolean => reserve !== undefined && reserve !== null && !(Array.isArray(reserve) && reserve.length === 0);

/** As far as the file itself tells of leave: what was entered since is in the register. */
function gapRemarks(institution: Institution, now: Instant): Remark[] {
  const gaps = gapsOf(organisationOf(institution), now, instantOf(msOf(now) + AHEAD * DAY_MS));
  return [...Map.groupBy(gaps, (gap) => gap.rota)].map(([rota, some]) => ({ kind: 'rota-gap', at: rota, text: gapText(rota, some, institution.zone) }));
}

function gapText(rota: string, gaps: readonly Gap[], zone: string): Text {
  const { day, time } = localOf(gaps[0]?.from ?? instantOf(0), zone);
  return {
    zh: `值班表 ${rota} 今后 ${AHEAD} 天有 ${gaps.length} 处空档，最早在 ${day} ${time}。导入后用 redress rota check 逐处列出。`,
    en: `rota ${rota} has ${gaps.length === 1 ? '1 gap' : `${gaps.length} gaps`} in the next ${AHEAD} days, the first on ${day} at ${time}. Once brought in, redress rota check lists them.`,
  };
}

/** A remark as it is shown. */
export const remarkText = ({ text }: Remark): Text => ({ zh: `提醒：${text.zh}`, en: `Warning: ${text.en}` });
