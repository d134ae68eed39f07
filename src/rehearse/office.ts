import { Day, type Procedure } from '../core/index.ts';
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

/** Whoever else a scenario speaks of: ids of persons, and names of units. */
export interface Others {
  readonly people: readonly string[];
  readonly units: readonly string[];
}

type Roles = Procedure['roles'];

/** Who holds a role by name in a rehearsal, where names matter: whoever is away, complained of, or has a deputy. */
export const holderOf = (role: string): string => `${role}-holder`;
/** A rehearsal may begin on any date. */
export const EVER = Day.parse('1970-01-02');

const deputyOf = (role: string): string => `${role}-deputy`;

/** The units above the scenario's own, the nearest first. */
const ABOVE = ['superior', 'common-superior', 'highest'] as const;

/**
 * An institution in which every role of some procedures is held by somebody,
 * but for those that stand vacant. The units above have all roles too, and
 * whatever unit a scenario speaks of stands under its own.
 */
export function officeOf(procedures: readonly Procedure[], unit: string, absences: Absences = {}, others: Others = { people: [], units: [] }): Institution {
  const { vacant = [], onLeave = [], named = [], deputies = [] } = absences;
  const roles: Roles = {};
  for (const p of procedures.toReversed()) Object.assign(roles, p.roles);
  const posts = Object.entries(roles).filter(([, { outside, byAppointment }]) => !outside && !byAppointment);
  const people = posts.filter(([role]) => [onLeave, named, deputies].some((list) => list.includes(role))).map(([role]) => role);
  const person = (id: string, role?: string) => ({ name: id, title: roles[role ?? '']?.title, unit, email: `${id}@rehearsal.example` });
  const post = (role: string) =>
    vacant.includes(role) ? { vacant: true }
    : people.includes(role) ? { holder: { person: holderOf(role), from: EVER }, ...(deputies.includes(role) ? { deputies: [{ person: deputyOf(role), from: EVER }] } : {}) }
    : { email: `${role}@rehearsal.example` };
  const above = ABOVE.filter((name) => name !== unit);
  const mailboxes = (name: string) => Object.fromEntries(posts.map(([role, { title }]) => [role, { title, email: `${role}.${name}@rehearsal.example` }]));
  const known = new Set([...people.map(holderOf), ...deputies.map(deputyOf)]);
  return Institution.parse({
    id: 'rehearsal',
    title: { zh: '演练', en: 'Rehearsal' },
    people: Object.fromEntries([
      ...people.map((role) => [holderOf(role), person(holderOf(role), role)]),
      ...deputies.map((role) => [deputyOf(role), person(deputyOf(role), role)]),
      ...others.people.filter((id) => !known.has(id)).map((id) => [id, person(id)]),
    ]),
    leave: onLeave.map((role) => ({ person: holderOf(role), from: EVER, to: '2199-12-31' })),
    units: {
      [unit]: {
        title: { zh: '演练单位', en: 'Unit of the rehearsal' },
        ...(above[0] === undefined ? {} : { parent: above[0] }),
        posts: Object.fromEntries(posts.map(([role, { title }]) => [role, { title, ...post(role) }])),
      },
      ...Object.fromEntries(above.map((name, i) => [name, { title: { zh: '上级机关', en: 'Authority above' }, ...(above[i + 1] === undefined ? {} : { parent: above[i + 1] }), posts: mailboxes(name) }])),
      ...Object.fromEntries(others.units.filter((name) => name !== unit && !above.some((a) => a === name)).map((name) => [name, { title: { zh: `演练单位 ${name}`, en: `Unit ${name} of the rehearsal` }, parent: unit, posts: mailboxes(name) }])),
    },
  });
}
