import type { Doing } from './act.ts';
import { idsIn } from './fields.ts';
import { own } from './own.ts';
import type { Check } from './permit.ts';
import { type Refusal, refuse } from './refusal.ts';
import { rulesOf } from './rules.ts';
import type { CaseState } from './state.ts';

/** Nobody takes part in a matter that is about them, or from which they have stood aside: not even to put a date right. */
export function apartFrom(state: CaseState, { by: { role, person } }: Doing): Refusal | undefined {
  if (state.procedure.roles[role]?.outside || person === undefined || own(state.excluded, person) === undefined) return undefined;
  return refuse('takes-no-part', 'by.person', `${person} 是被反映对象或已回避，不能办理本事项。`, `${person} is complained of, or stands aside, and takes no part in this case.`);
}

/** Who decides on somebody's part in the case is somebody else, and nobody who takes no part is given one. */
export const byNobodyExcluded: Check = (state, { by, fields }, rule) => {
  const outside = state.procedure.roles[by.role]?.outside ?? false;
  const decided = rule.excludes ? fields[rule.excludes.field] : undefined;
  if (!outside && rule.excludes?.why === 'conflict' && typeof decided === 'string') {
    if (by.person === undefined) return refuse('person-needed', 'by.person', `请注明由谁“${rule.title.zh}”（by.person）：回避由他人决定。`, `Say who does "${rule.title.en}" (by.person): nobody decides on their own standing aside.`);
    if (idsIn(decided).includes(by.person)) return refuse('takes-no-part', 'by.person', `${by.person} 不能决定自己是否回避，须由他人决定。`, `${by.person} cannot decide on their own standing aside; somebody else must.`);
  }
  for (const from of Object.values(rule.appoints)) {
    const given = from === 'by' ? undefined : fields[from];
    if (from === 'by' && by.person === undefined) return refuse('person-needed', 'by.person', `请注明由谁“${rule.title.zh}”（by.person）。`, `Say who does "${rule.title.en}" (by.person).`);
    if (typeof given !== 'string') continue;
    const [person = '', ...more] = idsIn(given);
    if (more.length > 0 || person.startsWith('unit:')) return refuse('bad-field', `fields.${from}`, `${from} 只能写一个人的编号。`, `${from} must name one person.`);
    if (own(state.excluded, person) !== undefined) return refuse('takes-no-part', `fields.${from}`, `${person} 是被反映对象或已回避，不能承担本事项。`, `${person} is complained of, or stands aside, and cannot be given this case.`);
  }
  return undefined;
};

/** Nothing is sent to a unit that the matter is about (Art. 30(3) of the Regulations). */
export const toNobodyExcluded: Check = (state, { action, fields }) => {
  for (const { rule } of rulesOf(state.procedure).links.get(action) ?? []) {
    const field = rule.each ?? (typeof rule.unit === 'string' ? undefined : rule.unit.field);
    const value = field === undefined ? undefined : fields[field];
    if (field === undefined || typeof value !== 'string') continue;
    const about = idsIn(value).find((id) => own(state.excluded, id) !== undefined || own(state.excluded, `unit:${id}`) !== undefined);
    if (about !== undefined) return refuse('takes-no-part', `fields.${field}`, `${about} 是被反映对象或已回避，不能把本事项转给它。`, `${about} is complained of, or stands aside, and the case cannot be sent there.`);
  }
  return undefined;
};

/** What a case was given to one person to do, another in the same post does not do. */
export const byAppointee: Check = (state, { by }, rule) => {
  const appointed = own(state.appointed, by.role);
  if (state.procedure.roles[by.role]?.byAppointment && appointed === undefined)
    return refuse('not-appointed', 'by.role', `本事项现在没有${state.procedure.roles[by.role]?.title.zh ?? by.role}，不能“${rule.title.zh}”。`, `The case has no ${state.procedure.roles[by.role]?.title.en ?? by.role} now, so "${rule.title.en}" is not possible.`);
  if (appointed === undefined || by.person === undefined || by.person === appointed) return undefined;
  const title = state.procedure.roles[by.role]?.title;
  return refuse('not-appointed', 'by.person', `本事项的${title?.zh ?? by.role}是 ${appointed}；如换人，请先办理移交。`, `The ${title?.en ?? by.role} of this case is ${appointed}; have it handed over first.`);
};
