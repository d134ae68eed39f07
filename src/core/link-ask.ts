import { append } from './apply.ts';
import type { Event } from './events.ts';
import type { Values } from './fields.ts';
import { holds } from './holds.ts';
import { named, withoutKind } from './instances.ts';
import type { Instant } from './instant.ts';
import { own } from './own.ts';
import type { Link } from './procedure.ts';
import { rulesOf } from './rules.ts';
import type { CaseState } from './state.ts';

/** Asks for the cases that are to be opened, or told, because of what happened. That they are there is another event. */
export function askLinks(state: CaseState, trigger: string, cause: number, at: Instant, now: Instant, onto: Event[], fields?: Values): CaseState {
  let next = state;
  for (const { link, rule, trigger: t } of rulesOf(state.procedure).links.get(trigger) ?? []) {
    if (!holds(next, t.when)) continue;
    for (const { to, unit } of others(next, link, rule, fields)) {
      const where = { ...(to === undefined ? {} : { to }), ...(unit === undefined ? {} : { unit }) };
      next = append(next, { type: 'link-asked', at, key: keyFor(next, link, rule, unit), link, cause, ...where }, now, onto);
    }
  }
  return next;
}

/** Which cases are meant: the one that a field names, one for each unit, or one in a unit that is found when it is opened. */
function others(state: CaseState, link: string, rule: Link, fields: Values | undefined): { to?: string; unit?: string }[] {
  if (rule.to !== undefined) return named(state, rule.to, fields).filter((to) => !Object.values(state.links).some((l) => l.link === link && l.receipt === to.toUpperCase())).map((to) => ({ to }));
  // Nothing goes to a unit that the matter is about (Art. 30(3) of the Regulations).
  const units = (field: string): { unit: string }[] => named(state, field, fields).map((id) => ({ unit: withoutKind(id) })).filter(({ unit }) => own(state.excluded, `unit:${unit}`) === undefined);
  if (rule.each !== undefined) return units(rule.each);
  if (typeof rule.unit === 'string') return [{}];
  const [first] = units(rule.unit.field);
  return [first ?? {}];
}

function keyFor(state: CaseState, link: string, { many, each }: Link, unit: string | undefined): string {
  const stem = each === undefined || unit === undefined ? link : `${link}/${unit}`;
  if (!many && !state.links[stem]) return stem;
  for (let n = many ? 1 : 2; ; n += 1) if (!state.links[`${stem}/${n}`]) return `${stem}/${n}`;
}
