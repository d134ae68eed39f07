import { dayOf, type Instant, numberOf } from '../core/instant.ts';
import type { Held, Institution, LeaveEntry } from '../institution/index.ts';
import { localOf } from './moment.ts';
import type { Holding, Leave, Organisation } from './organisation.ts';

/** What the register says of the institution itself. */
export type Frame = Pick<Institution, 'id' | 'title' | 'lang' | 'zone' | 'letterhead' | 'numbering' | 'notices'>;

/**
 * An organisation as a file that can be brought in again: the posts that there are, with who held them and from when
 * to when; leave that is not over at an instant. What has gone from the organisation is in the register alone. Pure.
 */
export function fileOf(frame: Frame, organisation: Organisation, at: Instant): Institution {
  const { id, title, lang, zone, letterhead, numbering, notices } = frame;
  return {
    id, title, lang, zone,
    ...(letterhead && { letterhead }),
    ...(numbering && { numbering }),
    ...(notices && { notices }),
    people: organisation.people,
    rotas: rotasIn(organisation),
    units: Object.fromEntries(Object.entries(organisation.units).map(([name, { posts, ...unit }]) => [
      name, { ...unit, posts: Object.fromEntries(Object.entries(posts).map(([role, post]) => [role, entryOf(organisation, name, role, post)])) },
    ])),
    leave: organisation.leave.filter((away) => away.to > at && Object.hasOwn(organisation.people, away.person)).map((away) => leaveEntry(away, zone)),
  };
}

/** The plan of each rota that goes on. */
function rotasIn({ rotas }: Organisation): Institution['rotas'] {
  return Object.fromEntries(Object.entries(rotas).flatMap(([id, plans]) => {
    const current = plans.find((p) => p.to === undefined);
    if (!current) return [];
    const { from: _from, to: _to, ...plan } = current;
    return [[id, plan]];
  }));
}

function entryOf(organisation: Organisation, unit: string, role: string, { held, ...own }: Organisation['units'][string]['posts'][string]): Institution['units'][string]['posts'][string] {
  // Who once held what is a mailbox now stays in the register: in a file it would make the mailbox a post of persons.
  const those = held ? organisation.holdings.filter((h) => h.unit === unit && h.role === role && Object.hasOwn(organisation.people, h.person)) : [];
  const [holder, deputies] = (['holder', 'deputy'] as const).map((as) => those.filter((h) => h.as === as).toSorted((a, b) => a.rank - b.rank).map(heldBy));
  const nobody = held && own.rota === undefined && those.length === 0;
  return { ...own, holder: holder ?? [], deputies: deputies ?? [], ...(nobody && { vacant: true }) };
}

const heldBy = ({ person, from, to }: Holding): Held => ({ person, from, ...(to !== undefined && { to }) });

function leaveEntry({ person, from, to, kind }: Leave, zone: string): LeaveEntry {
  const begin = localOf(from, zone);
  const end = localOf(to, zone);
  return { person, kind, from: begin.time === '00:00' ? begin.day : `${begin.day} ${begin.time}`, to: end.time === '00:00' ? dayOf(numberOf(end.day) - 1) : `${end.day} ${end.time}` };
}

/** A file without what holds anyway where nothing is said, for people to read. */
export function plainOf(file: Institution): Record<string, unknown> {
  const { people, rotas, units, leave, ...frame } = file;
  return {
    ...frame,
    ...(Object.keys(people).length > 0 && { people }),
    ...(Object.keys(rotas).length > 0 && { rotas }),
    units: Object.fromEntries(Object.entries(units).map(([name, { posts, ...unit }]) => [name, {
      ...unit,
      ...(Object.keys(posts).length > 0 && { posts: Object.fromEntries(Object.entries(posts).map(([role, { holder, deputies, ...post }]) =>
        [role, { ...post, ...(holder.length > 0 && { holder }), ...(deputies.length > 0 && { deputies }) }])) }),
    }])),
    ...(leave.length > 0 && { leave }),
  };
}
