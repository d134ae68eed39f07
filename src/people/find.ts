import { type Instant, type Day, dayOf, msOf } from '../core/instant.ts';
import type { Passed, PassedWhy, ToldAs } from '../core/effects.ts';
import type { Lang, Text } from '../core/text.ts';
import { above, waysOf } from '../institution/index.ts';
import type { Holding, Organisation, OwnPost } from './organisation.ts';
import { onDuty, rotaOf } from './rota.ts';
import { clocksOf } from './zone.ts';

/** A way to reach somebody. For a group or a webhook the address is its name in the channels' configuration. */
export interface Way {
  readonly via: 'email' | 'sms' | 'group' | 'webhook';
  readonly address: string;
}

/** Who is to be told what a role of a unit is told, at an instant, in a case. */
export interface Asked {
  readonly unit: string;
  readonly role: string;
  readonly at: Instant;
  /** Persons, and units as `unit:name`, who may not be told, and why. */
  readonly excluded: Readonly<Record<string, 'named' | 'conflict'>>;
  /** Who holds the role in this case, whoever holds the post. */
  readonly appointed?: string;
  /** The one person it is for: nobody stands in for them. */
  readonly only?: string;
  /** Persons who were told and did not answer. */
  readonly unanswered: readonly string[];
}

export interface Reached {
  /** None where it is a mailbox. */
  readonly person?: string;
  readonly as: ToldAs;
  readonly name?: string;
  readonly title?: Text;
  readonly lang: Lang;
  /** The first is the first to be tried. */
  readonly ways: readonly Way[];
  /** Group robots of the post, which are told besides. */
  readonly groups: readonly string[];
}

export interface Answer {
  readonly reached?: Reached;
  /** Who would have been told before, and why they were not; in order. */
  readonly passed: readonly Passed[];
}

/** A post and the unit that has it: the one asked for, or the nearest above. */
export interface Place {
  readonly unit: string;
  readonly post: OwnPost;
}

/** The post that a role is in a unit; undefined where neither the unit nor one above has it. */
export function placeOf({ units }: Organisation, unit: string, role: string): Place | undefined {
  for (const name of [unit, ...above(units, unit)]) {
    const posts = Object.hasOwn(units, name) ? units[name]?.posts : undefined;
    const post = posts && Object.hasOwn(posts, role) ? posts[role] : undefined;
    if (post) return { unit: name, post };
  }
  return undefined;
}

/** Who holds a post on a day: the holder, then the deputies in order. */
export function heldOn({ holdings }: Organisation, unit: string, role: string, day: Day): Holding[] {
  return holdings
    .filter((h) => h.unit === unit && h.role === role && h.from <= day && (h.to === undefined || h.to >= day))
    .toSorted((a, b) => (a.as === b.as ? a.rank - b.rank : a.as === 'holder' ? -1 : 1));
}

/**
 * Turns a role into whoever is told: who was appointed in the case, else who is on duty, else the holder, else the
 * deputies in order. Whoever is away, excluded or silent, or cannot be reached, is passed over and named. The mailbox
 * of a post is never a way around somebody who is excluded, for they may read it. Pure.
 */
export function find(organisation: Organisation, asked: Asked): Answer {
  const { role, at } = asked;
  const place = placeOf(organisation, asked.unit, role);
  const ofPost = place && asked.only === undefined ? holdersOf(organisation, asked, place) : [];
  const named = asked.only ?? asked.appointed;
  const appointed: Candidate[] = named === undefined ? [] : [{ person: named, as: 'appointed' }];
  const passed: Passed[] = [];
  for (const { person, as, away } of [...appointed, ...ofPost]) {
    if (passed.some((p) => p.person === person)) continue;
    const ways = waysTo(organisation, asked, place, person);
    const why = barred(organisation, asked.excluded, person)
      // What is theirs by name they hear of on leave too: nobody else would.
      ?? (asked.only === undefined && (away || onLeave(organisation, person, at)) ? 'on-leave' : asked.unanswered.includes(person) ? 'unanswered' : ways.length === 0 ? 'no-address' : undefined);
    if (why === undefined) return { reached: reachedBy(organisation, asked, place, person, as, ways), passed };
    passed.push({ role, person, why });
  }
  if (asked.only !== undefined) return { passed };
  if (place && !place.post.held) {
    const why = barredMailbox(organisation, asked.excluded, place);
    return why === undefined ? { reached: mailbox(organisation, asked, place), passed } : { passed: [...passed, { role, why }] };
  }
  return { passed: ofPost.length > 0 ? passed : [...passed, { role, why: 'vacant' }] };
}

interface Candidate {
  readonly person: string;
  readonly as: ToldAs;
  /** On leave, as the rota has it. */
  readonly away?: boolean;
}

function holdersOf(organisation: Organisation, { role, at }: Asked, { unit, post: { rota } }: Place): Candidate[] {
  const shift = rota === undefined ? undefined : onDuty(rotaOf(organisation, rota), organisation.changes, organisation.leave, at);
  const onShift: Candidate[] = shift ? [{ person: shift.person, as: 'on-duty', away: shift.gap !== undefined }] : [];
  return [...onShift, ...heldOn(organisation, unit, role, today(organisation, at)).map(({ person, as }) => ({ person, as }))];
}

const today = ({ zone }: Organisation, at: Instant): Day => dayOf(clocksOf(zone).dayAt(msOf(at)));

/** Why a person takes no part: they themselves, or the unit that they belong to or one above it. */
export function barred({ people, units }: Organisation, excluded: Asked['excluded'], person: string): Extract<PassedWhy, 'named' | 'conflict'> | undefined {
  if (Object.hasOwn(excluded, person)) return excluded[person];
  const home = Object.hasOwn(people, person) ? people[person]?.unit : undefined;
  return home === undefined ? undefined : barredUnit({ units }, excluded, home);
}

/** The unit for whose sake one takes no part: itself, or one above it. */
export const barringUnit = (units: Parameters<typeof above>[0], isExcluded: (unit: string) => boolean, unit: string): string | undefined =>
  [unit, ...above(units, unit)].find(isExcluded);

function barredUnit({ units }: Pick<Organisation, 'units'>, excluded: Asked['excluded'], unit: string): 'named' | 'conflict' | undefined {
  const found = barringUnit(units, (name) => Object.hasOwn(excluded, `unit:${name}`), unit);
  return found === undefined ? undefined : excluded[`unit:${found}`];
}

/** A mailbox is barred with its unit, and where it is the address of somebody who is. */
function barredMailbox(organisation: Organisation, excluded: Asked['excluded'], { unit, post }: Place): 'named' | 'conflict' | undefined {
  const address = post.email?.toLowerCase();
  const reader = Object.entries(organisation.people).find(([id, { email }]) => address !== undefined && email?.toLowerCase() === address && barred(organisation, excluded, id));
  return barredUnit(organisation, excluded, unit) ?? (reader && barred(organisation, excluded, reader[0]));
}

export const onLeave = ({ leave }: Organisation, person: string, at: Instant): boolean =>
  leave.some((away) => away.person === person && away.from <= at && at < away.to);

/** A person's own ways, in their order; where there are none, the post's mailbox, which they read, if nobody who is excluded may. */
function waysTo(organisation: Organisation, asked: Asked, place: Place | undefined, person: string): Way[] {
  const known = Object.hasOwn(organisation.people, person) ? organisation.people[person] : undefined;
  if (!known) return [];
  const own = waysOf(known).flatMap((via): Way[] => {
    const address = via === 'email' ? known.email : known.phone;
    return address === undefined ? [] : [{ via, address }];
  });
  const shared = place?.post.email;
  if (own.length > 0 || shared === undefined || place === undefined) return own;
  return isOverheard(organisation, asked, place) ? [] : [{ via: 'email', address: shared }];
}

/** Whether somebody who is excluded may read what comes to a post rather than to a person. */
function isOverheard(organisation: Organisation, { role, excluded, at }: Asked, place: Place): boolean {
  const day = today(organisation, at);
  const { rota } = place.post;
  const plans = rota === undefined ? [] : rotaOf(organisation, rota).plans.filter((p) => (p.from ?? day) <= day && (p.to ?? day) >= day);
  const readers = [...heldOn(organisation, place.unit, role, day).map((h) => h.person), ...plans.flatMap((plan) => plan.people)];
  return readers.some((person) => barred(organisation, excluded, person)) || barredMailbox(organisation, excluded, place) !== undefined;
}

function reachedBy(organisation: Organisation, asked: Asked, place: Place | undefined, person: string, as: ToldAs, ways: readonly Way[]): Reached {
  const known = organisation.people[person];
  const title = known?.title ?? place?.post.title;
  return {
    person, as, ways,
    lang: known?.lang ?? place?.post.lang ?? organisation.lang,
    groups: place ? groupsOf(organisation, asked, place) : [],
    ...(known && { name: known.name }),
    ...(title && { title }),
  };
}

function mailbox(organisation: Organisation, asked: Asked, place: Place): Reached {
  const { post: { email, title, lang } } = place;
  return {
    as: 'mailbox',
    lang: lang ?? organisation.lang,
    ways: email === undefined ? [] : [{ via: 'email', address: email }],
    groups: groupsOf(organisation, asked, place),
    ...(title && { title }),
  };
}

/** A group is told only where nobody who is excluded sits in it, as far as the register knows. */
const groupsOf = (organisation: Organisation, asked: Asked, place: Place): string[] =>
  place.post.group === undefined || isOverheard(organisation, asked, place) ? [] : [place.post.group];
