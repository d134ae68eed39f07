import { type FieldValue, idsIn, type Values } from './fields.ts';
import { own } from './own.ts';
import type { Duty, Trigger } from './procedure.ts';
import { type CaseState, isOpen } from './state.ts';

/** The next free name of an instance: `decide/2`. */
export function numbered(state: CaseState, stem: string, from = 2): string {
  let n = from;
  while (state.duties[`${stem}/${n}`]) n += 1;
  return `${stem}/${n}`;
}

/** Which of many an instance, or a link, is: what follows the first name. The second round of `report-back/street` is the street's too. */
export const strandOf = (name: string): string | undefined => name.split('/')[1];

/** The newest instance of a duty in a strand that is still owed. */
export const openIn = (state: CaseState, duty: string, strand: string): string | undefined =>
  Object.values(state.duties).findLast((d) => d.duty === duty && isOpen(d) && strandOf(d.instance) === strand)?.instance;

/** An instance that is to be started: what tells it from the others, and whose it is. */
export interface Whose {
  readonly name?: string | undefined;
  readonly person?: string;
}

/**
 * Whose instances a trigger starts: one for each who is named, the next who was
 * not asked before, the one who is named, or nobody's in particular. Whoever
 * takes no part in the case is asked for nothing.
 */
export function whoseOf(state: CaseState, duty: string, trigger: Trigger, name: string | undefined, fields: Values | undefined, about: string | undefined): Whose[] {
  const asked = trigger.for;
  if (!asked) return [{ name }];
  if ('same' in asked) {
    const { person } = own(state.duties, about ?? '') ?? {};
    return [{ name, ...(person === undefined ? {} : { person }) }];
  }
  const ids = named(state, 'each' in asked ? asked.each : 'next' in asked ? asked.next : asked.one, fields);
  const free = ids.filter((id) => own(state.excluded, id) === undefined);
  if ('one' in asked) return [{ name, ...(free[0] === undefined ? {} : { person: free[0] }) }];
  const each = free.map((id) => ({ name: withoutKind(id), person: id }));
  if ('each' in asked) return each;
  const before = new Set(Object.values(state.duties).flatMap((d) => (d.duty === duty && d.person !== undefined ? [d.person] : [])));
  return each.filter(({ person }) => !before.has(person)).slice(0, 1);
}

/** The ids in a field of what was just said, or of what the case knows. */
export function named(state: CaseState, field: string, fields: Values | undefined): string[] {
  const value: FieldValue | undefined = own(fields ?? {}, field) ?? own(state.facts, field);
  return typeof value === 'string' ? idsIn(value) : [];
}

/** `unit:housing` as a part of a name. */
export const withoutKind = (id: string): string => id.replace(/^unit:/, '');

/** The name of a new instance; none where the duty already runs. */
export function instanceFor(state: CaseState, duty: string, rule: Duty, name: string | undefined): string | undefined {
  const running = (instance: string): boolean => {
    const d = state.duties[instance];
    return d !== undefined && isOpen(d);
  };
  if (rule.each && name !== undefined) {
    const instance = `${duty}/${name}`;
    if (openIn(state, duty, name.split('/')[0] ?? name) !== undefined) return undefined;
    return state.duties[instance] ? numbered(state, instance) : instance;
  }
  if (rule.each) return numbered(state, duty, 1);
  if (!state.duties[duty]) return duty;
  const latest = Object.keys(state.duties).filter((i) => i === duty || i.startsWith(`${duty}/`));
  return latest.some(running) ? undefined : numbered(state, duty);
}
