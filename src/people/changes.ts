import type { Instant } from '../core/instant.ts';
import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { above } from '../institution/index.ts';
import { placeOf } from './find.ts';
import type { Leave, Organisation, RotaChange } from './organisation.ts';
import { onDuty, rotaOf, type Shift, shiftsOf } from './rota.ts';

// Changes of a rota, worked out from what people ask for. Each comes to parts that the register enters together.

const refused = (field: string, zh: string, en: string): RedressError => new RedressError('bad-rota-change', field, { zh, en });

/** @throws RedressError naming the field where there is no such person */
export function knownPerson({ people }: Organisation, field: string, id: string): void {
  if (!Object.hasOwn(people, id)) throw new RedressError('unknown-person', field, like(Object.keys(people), id, { zh: '人员', en: 'person' }));
}

/** @throws RedressError naming the field where there is no such rota */
export function knownRota({ rotas }: Organisation, field: string, id: string): void {
  if (!Object.hasOwn(rotas, id)) throw new RedressError('unknown-rota', field, like(Object.keys(rotas), id, { zh: '值班表', en: 'rota' }));
}

/** @throws RedressError naming the field where there is no such unit */
export function knownUnit({ units }: Organisation, field: string, id: string): void {
  if (!Object.hasOwn(units, id)) throw new RedressError('unknown-unit', field, like(Object.keys(units), id, { zh: '单位', en: 'unit' }));
}

/** @throws RedressError naming the field where neither the unit nor one above it has such a post */
export function knownRole(organisation: Organisation, field: string, unit: string, role: string): void {
  if (placeOf(organisation, unit, role)) return;
  const { units } = organisation;
  const roles = [unit, ...above(units, unit)].flatMap((name) => Object.keys(units[name]?.posts ?? {}));
  throw new RedressError('unknown-role', field, like([...new Set(roles)], role, { zh: '角色', en: 'role' }));
}

const MOST_NAMED = 20;

function like(known: readonly string[], id: string, what: Text): Text {
  const some = known.slice(0, MOST_NAMED);
  return {
    zh: `没有“${id}”这个${what.zh}${known.length > 0 ? `；现有：${some.join('、')}${known.length > MOST_NAMED ? ' 等' : ''}` : ''}。`,
    en: `There is no ${what.en} "${id}"${known.length > 0 ? `; there are: ${some.join(', ')}${known.length > MOST_NAMED ? ', …' : ''}` : ''}.`,
  };
}

/** From one instant up to another somebody is on, instead of one person or of whoever it would be. */
export function override(o: Organisation, id: string, ask: { rota: string; who: string; instead?: string | undefined; from: Instant; to: Instant }): RotaChange[] {
  const { rota, who, instead, from, to } = ask;
  knownRota(o, 'rota', rota);
  knownPerson(o, 'who', who);
  if (from >= to) throw refused('to', '结束时间须晚于开始时间。', 'The end must be after the beginning.');
  if (instead === undefined) return [{ id, rota, kind: 'override', who, from, to }];
  knownPerson(o, 'instead', instead);
  if (who === instead) throw refused('instead', '顶班人与被顶人是同一人。', 'They are the same person.');
  if (!shiftsOf(rotaOf(o, rota), o.changes, [], from, to).some((s) => s.person === instead))
    throw refused('instead', `“${instead}”在此期间没有该表的班。`, `"${instead}" is not on this rota in that time.`);
  return [{ id, rota, kind: 'override', who, instead, from, to }];
}

/** Two persons take each other's shifts: the one that `one` has at an instant, and the one that `other` has at another. */
export function swap(o: Organisation, id: string, ask: { rota: string; one: string; at: Instant; other: string; otherAt: Instant }): RotaChange[] {
  const { rota, one, at, other, otherAt } = ask;
  knownRota(o, 'rota', rota);
  knownPerson(o, 'one', one);
  knownPerson(o, 'other', other);
  if (one === other) throw refused('other', '换班双方是同一人。', 'They are the same person.');
  const mine = shiftAt(o, rota, one, at, 'at');
  const theirs = shiftAt(o, rota, other, otherAt, 'for');
  return [
    { id, rota, kind: 'swap', who: other, instead: one, from: mine.from, to: mine.to },
    { id, rota, kind: 'swap', who: one, instead: other, from: theirs.from, to: theirs.to },
  ];
}

/** From an instant to the end of the shift that runs, somebody takes over. */
export function handover(o: Organisation, id: string, ask: { rota: string; who: string; at: Instant }): RotaChange[] {
  const { rota, who, at } = ask;
  knownRota(o, 'rota', rota);
  knownPerson(o, 'who', who);
  const running = onDuty(rotaOf(o, rota), o.changes, [], at);
  if (!running) throw refused('at', '此时没有正在进行的班次。', 'No shift runs then.');
  if (running.person === who) throw refused('who', `此时当班的就是“${who}”。`, `"${who}" is on already.`);
  return [{ id, rota, kind: 'handover', who, instead: running.person, from: at, to: running.to }];
}

function shiftAt(o: Organisation, rota: string, person: string, at: Instant, field: string): Shift {
  const shift = onDuty(rotaOf(o, rota), o.changes, [], at);
  if (shift?.person === person) return shift;
  throw shift
    ? refused(field, `此时当班的是“${shift.person}”，不是“${person}”。`, `"${shift.person}" is on then, not "${person}".`)
    : refused(field, '此时没有班次。', 'There is no shift then.');
}

/** Leave of a person who is known, from an earlier instant up to a later one. @throws RedressError naming the field */
export function checkedLeave(o: Organisation, leave: Leave): Leave {
  knownPerson(o, 'person', leave.person);
  if (leave.from < leave.to) return leave;
  throw new RedressError('bad-leave', 'to', { zh: '结束时间须晚于开始时间。', en: 'The end must be after the beginning.' });
}
