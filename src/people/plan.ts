import { isDeepStrictEqual } from 'node:util';
import { type Day, dayOf, numberOf } from '../core/instant.ts';
import { RedressError } from '../errors.ts';
import type { Institution, RotaPlan } from '../institution/index.ts';
import { EVER, type Named, namedIn, ownUnit } from './from-institution.ts';
import type { Holding, Organisation } from './organisation.ts';

/** A holding that is on the register. */
export interface EnteredHolding extends Holding {
  readonly id: number;
}

/** What a holding on the register becomes. One that ends before it begins never came into force. */
export interface HoldingChange {
  readonly id: number;
  readonly before: Holding;
  readonly after: Holding;
}

export interface Sorted {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What bringing in an institution does to what is on the register. */
export interface Plan {
  readonly since: Day;
  readonly units: Sorted;
  readonly people: Sorted;
  /** As `unit/role`. */
  readonly posts: Sorted;
  readonly opened: readonly Holding[];
  readonly altered: readonly HoldingChange[];
  readonly rotas: {
    readonly opened: readonly { readonly id: string; readonly from: Day; readonly plan: RotaPlan }[];
    /** A plan that begins on the day itself, and is written over before it came into force. */
    readonly replaced: readonly { readonly id: string; readonly from: Day; readonly plan: RotaPlan }[];
    readonly closed: readonly { readonly id: string; readonly from: Day; readonly to: Day }[];
  };
}

/**
 * Works out what an institution changes, from a day on. What the file no longer says ends on the day before, and is
 * kept; days that the file gives go before what the register has. Pure.
 * @throws RedressError where the file contradicts what is on the register of a time that is over
 */
export function planOf(present: Organisation, entered: readonly EnteredHolding[], institution: Institution, since: Day): Plan {
  const { opened, altered } = holdingsOf(entered, namedIn(institution), since);
  const wanted = { units: Object.fromEntries(Object.entries(institution.units).map(([name, unit]) => [name, ownUnit(unit)])) };
  return {
    since,
    units: sorted(unitsIn(present), unitsIn(wanted)),
    people: sorted(present.people, institution.people),
    posts: sorted(postsIn(present), postsIn(wanted)),
    opened,
    altered,
    rotas: rotasOf(present, institution, since),
  };
}

/** Whether a holding changes in its days, and not only in the order of deputies. */
export const changesDays = ({ before, after }: HoldingChange): boolean => before.from !== after.from || before.to !== after.to;

/** Whether bringing it in would change nothing but the order of things. */
export const isIdle = ({ units, people, posts, opened, altered, rotas }: Plan): boolean =>
  [units, people, posts].every((s) => s.added.length + s.changed.length + s.removed.length === 0)
  && opened.length + altered.filter(changesDays).length + rotas.opened.length + rotas.replaced.length + rotas.closed.length === 0;

const unitsIn = ({ units }: Pick<Organisation, 'units'>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(units).map(([name, { posts: _posts, ...unit }]) => [name, unit]));

const postsIn = ({ units }: Pick<Organisation, 'units'>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(units).flatMap(([unit, { posts }]) => Object.entries(posts).map(([role, post]) => [`${unit}/${role}`, post])));

function sorted(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Sorted {
  return {
    added: Object.keys(after).filter((name) => !Object.hasOwn(before, name)),
    changed: Object.keys(after).filter((name) => Object.hasOwn(before, name) && !isDeepStrictEqual(before[name], after[name])),
    removed: Object.keys(before).filter((name) => !Object.hasOwn(after, name)),
  };
}

const dayBefore = (day: Day): Day => dayOf(numberOf(day) - 1);
const least = (a: Day, b: Day | undefined): Day => (b !== undefined && b < a ? b : a);
const greatest = (a: Day, b: Day): Day => (a > b ? a : b);

const samePost = (a: Pick<Holding, 'unit' | 'role'>, b: Pick<Holding, 'unit' | 'role'>): boolean => a.unit === b.unit && a.role === b.role;
const isEmpty = ({ from, to }: Pick<Holding, 'from' | 'to'>): boolean => to !== undefined && to < from;
const meet = (a: Pick<Holding, 'from' | 'to'>, b: Pick<Holding, 'from' | 'to'>): boolean =>
  !isEmpty(a) && !isEmpty(b) && (b.to === undefined || a.from <= b.to) && (a.to === undefined || b.from <= a.to);

function holdingsOf(entered: readonly EnteredHolding[], wanted: readonly Named[], since: Day): Pick<Plan, 'opened' | 'altered'> {
  const left = new Set(entered.filter((h) => !isEmpty(h)));
  const same = Map.groupBy(left, nameOf);
  const opened: Holding[] = [];
  const altered: HoldingChange[] = [];
  const settled: Holding[] = [];
  const alter = (row: EnteredHolding, after: Holding): void => {
    left.delete(row);
    const { id, ...before } = row;
    if (!isDeepStrictEqual(before, after)) altered.push({ id, before, after });
  };
  // Those with days first, for each takes the row of its own days, and the one without takes what is left.
  for (const one of wanted.toSorted((a, b) => Number(a.from === undefined) - Number(b.from === undefined))) {
    const row = rowOf((same.get(nameOf(one)) ?? []).filter((r) => left.has(r)), one, since);
    // Without days it holds from `since` at the latest, however the register had it begin.
    const after: Holding = { ...one, from: one.from ?? least(least(since, one.to), row?.from) };
    if (row) alter(row, after);
    else opened.push(after);
    settled.push(after);
  }
  for (const row of left) {
    const { id: _, ...held } = row;
    const successor = settled.filter((s) => row.as === 'holder' && s.as === 'holder' && samePost(s, row) && meet(s, row)).map((s) => s.from).toSorted()[0];
    if (row.to !== undefined && row.to < since) {
      if (successor !== undefined) throw contradiction(row, settled.find((s) => samePost(s, row) && s.as === 'holder' && s.from === successor));
      continue;
    }
    // Ends the day before, or before whoever the file says came after.
    const last = dayBefore(greatest(since, row.from));
    alter(row, { ...held, to: successor === undefined ? last : least(last, dayBefore(greatest(successor, row.from))) });
  }
  return { opened, altered };
}

const nameOf = ({ unit, role, person, as }: Pick<Holding, 'unit' | 'role' | 'person' | 'as'>): string => `${unit}/${role}/${person}/${as}`;

/** Of a person's rows of a post, the one that is the same holding: of the same days where the file gives any, else the one in force. */
function rowOf(rows: readonly EnteredHolding[], { from, to }: Named, since: Day): EnteredHolding | undefined {
  const ordered = rows.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (from === undefined) return ordered.find((r) => (r.to === undefined || r.to >= since) && (to === undefined || r.from <= to));
  return ordered.find((r) => r.from === from) ?? ordered.find((r) => meet(r, { from, to }));
}

function contradiction(row: Holding, other: Holding | undefined): RedressError {
  const [post, day] = [`${row.unit}/${row.role}`, `${row.from}—${row.to ?? ''}`];
  return new RedressError('overlaps-history', post, {
    zh: `${post}：文件称“${other?.person ?? ''}”自 ${other?.from ?? ''} 起任职，而登记簿上“${row.person}”的任职时间为 ${day}。请在文件中同时写明“${row.person}”的起止日期。`,
    en: `${post}: the file has "${other?.person ?? ''}" in the post from ${other?.from ?? ''}, but by the register "${row.person}" held it ${day}. Write the days of "${row.person}" in the file as well.`,
  });
}

function rotasOf(present: Organisation, { rotas }: Institution, since: Day): Plan['rotas'] {
  const opened: { id: string; from: Day; plan: RotaPlan }[] = [];
  const replaced: { id: string; from: Day; plan: RotaPlan }[] = [];
  const closed: { id: string; from: Day; to: Day }[] = [];
  for (const id of new Set([...Object.keys(rotas), ...Object.keys(present.rotas)])) {
    const plan = Object.hasOwn(rotas, id) ? rotas[id] : undefined;
    const known = (Object.hasOwn(present.rotas, id) ? (present.rotas[id] ?? []) : []).map((p) => ({ ...p, from: p.from ?? EVER }));
    const current = known.find((p) => p.to === undefined);
    if (current && plan && current.from <= since && isDeepStrictEqual(planIn(current), plan)) continue;
    for (const { from, to } of known.filter((p) => p.to === undefined || p.to >= since))
      // A plan that never came into force ends before it begins; one that begins on the very day is written over.
      if (!plan || from !== since) closed.push({ id, from, to: least(dayBefore(greatest(since, from)), to) });
    if (!plan) continue;
    if (known.some((p) => p.from === since)) replaced.push({ id, from: since, plan });
    else opened.push({ id, from: known.length === 0 ? EVER : since, plan });
  }
  return { opened, replaced, closed };
}

function planIn({ from: _from, to: _to, ...plan }: Organisation['rotas'][string][number]): RotaPlan {
  return plan;
}
