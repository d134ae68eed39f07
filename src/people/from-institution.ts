import { Day } from '../core/instant.ts';
import { type Held, type Institution, isHeld, type LeaveEntry, postsOfUnit } from '../institution/index.ts';
import { readWhen } from './moment.ts';
import type { Holding, Leave, Organisation, OwnPost } from './organisation.ts';

/** From when a holding runs of which nothing says since when. */
export const EVER = Day.parse('1970-01-01');

/** A holding as a file has it: without a first day it is for whoever enters it to say since when. */
export type Named = Omit<Holding, 'from'> & { readonly from?: Day };

/** What a file says of who holds which post. */
export function namedIn({ units }: Pick<Institution, 'units'>): Named[] {
  return Object.entries(units).flatMap(([unit, written]) =>
    Object.entries(postsOfUnit(written)).flatMap(([role, { holder, deputies }]) => [
      ...holder.map((held) => named(held, { unit, role, as: 'holder', rank: 0 })),
      ...deputies.map((held) => named(held, { unit, role, as: 'deputy', rank: orderOf(deputies).indexOf(held.person) })),
    ]));
}

/** A deputy who is listed for several times has one place in the order. */
const orderOf = (deputies: readonly Held[]): string[] => [...new Set(deputies.map((d) => d.person))];

const named = ({ person, from, to }: Held, post: Pick<Holding, 'unit' | 'role' | 'as' | 'rank'>): Named => ({
  ...post, person, ...(from !== undefined && { from }), ...(to !== undefined && { to }),
});

/** A post without who holds it. */
export function ownPost(post: Institution['units'][string]['posts'][string]): OwnPost {
  const { holder: _holder, deputies: _deputies, vacant: _vacant, ...own } = post;
  return { ...own, held: isHeld(post) };
}

/** A unit as the register has it: its liaison is a post like others. */
export function ownUnit(unit: Institution['units'][string]): Organisation['units'][string] {
  const { title, parent } = unit;
  return { title, ...(parent !== undefined && { parent }), posts: Object.fromEntries(Object.entries(postsOfUnit(unit)).map(([role, post]) => [role, ownPost(post)])) };
}

/** Leave as instants: a day as `to` is away to its end. */
export function leaveOf({ person, from, to, kind }: LeaveEntry, zone: string): Leave {
  const [begin, end] = [readWhen(from, zone), readWhen(to, zone)];
  if (!begin || !end) throw new RangeError('leave that was not checked');
  return { person, from: begin.from, to: end.to, kind };
}

/** An institution as it would be found had its file always been in force. Pure; for rehearsals and tests. */
export function organisationOf(institution: Institution): Organisation {
  const { id, lang, zone, units, people, rotas, leave } = institution;
  return {
    id, lang, zone, people,
    units: Object.fromEntries(Object.entries(units).map(([name, unit]) => [name, ownUnit(unit)])),
    holdings: namedIn(institution).map((held) => ({ ...held, from: held.from ?? EVER })),
    rotas: Object.fromEntries(Object.entries(rotas).map(([name, plan]) => [name, [plan]])),
    leave: leave.map((entry) => leaveOf(entry, zone)),
    changes: [],
  };
}
