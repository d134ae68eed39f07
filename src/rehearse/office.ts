import type { Procedure } from '../core/index.ts';
import { Institution } from '../institution/index.ts';

/** Who in a rehearsal's office is not there to be told. Each is a list of roles. */
export interface Absences {
  /** Nobody holds the post. */
  readonly vacant?: readonly string[];
  /** The holder is on leave. */
  readonly onLeave?: readonly string[];
  /** The holder is complained of in the matter. */
  readonly named?: readonly string[];
  /** There is a deputy besides the holder. */
  readonly deputies?: readonly string[];
}

/** Who holds a role by name in a rehearsal, where names matter: whoever is away, complained of, or has a deputy. */
export const holderOf = (role: string): string => `${role}-holder`;
/** A rehearsal may begin on any date. */
const EVER = '1970-01-02';

const deputyOf = (role: string): string => `${role}-deputy`;

/** An institution in which every role of a procedure is held by somebody, but for those that stand vacant. */
export function officeOf(procedure: Procedure, unit: string, { vacant = [], onLeave = [], named = [], deputies = [] }: Absences = {}): Institution {
  const posts = Object.entries(procedure.roles).filter(([, { outside, byAppointment }]) => !outside && !byAppointment);
  const people = posts.filter(([role]) => [onLeave, named, deputies].some((list) => list.includes(role))).map(([role]) => role);
  const person = (id: string, role: string) => ({ name: id, title: procedure.roles[role]?.title, unit, email: `${id}@rehearsal.example` });
  const post = (role: string) =>
    vacant.includes(role) ? { vacant: true }
    : people.includes(role) ? { holder: { person: holderOf(role), from: EVER }, ...(deputies.includes(role) ? { deputies: [{ person: deputyOf(role), from: EVER }] } : {}) }
    : { email: `${role}@rehearsal.example` };
  return Institution.parse({
    id: 'rehearsal',
    title: { zh: '演练', en: 'Rehearsal' },
    people: Object.fromEntries([
      ...people.map((role) => [holderOf(role), person(holderOf(role), role)]),
      ...deputies.map((role) => [deputyOf(role), person(deputyOf(role), role)]),
    ]),
    leave: onLeave.map((role) => ({ person: holderOf(role), from: EVER, to: '2199-12-31' })),
    units: {
      [unit]: {
        title: { zh: '演练单位', en: 'Unit of the rehearsal' },
        posts: Object.fromEntries(posts.map(([role, { title }]) => [role, { title, ...post(role) }])),
      },
    },
  });
}
