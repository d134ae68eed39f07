import type { Passed, ToldAs } from '../core/effects.ts';
import type { Event, EventOf } from '../core/events.ts';
import { type Instant, MINUTE, msOf } from '../core/instant.ts';

/** Whom a notice reached, or why it could not be sent. */
export interface Reached {
  readonly at: Instant;
  /** The role that was told, where that is another than the one it was for. */
  readonly role?: string;
  readonly person?: string;
  readonly as?: ToldAs;
  readonly channel?: string;
  readonly failed?: string;
}

export interface Sent {
  readonly reached: Reached;
  readonly passedOver: readonly Passed[];
}

export const minutesBetween = (from: Instant, to: Instant): number => Math.floor((msOf(to) - msOf(from)) / MINUTE);

/** When what people did happened in truth, by event number, where somebody put it right. */
export function timesIn(events: readonly Event[]): ReadonlyMap<number, Instant> {
  return new Map(events.flatMap((e): [number, Instant][] => (e.type === 'corrected' ? [[e.of, e.to]] : [])));
}

// A pure memo: the notices of a timeline are asked for once for each of its duties.
const memo = new WeakMap<readonly Event[], ReadonlyMap<string, Sent>>();

/**
 * What became of the notices of a timeline, by `event/role`. One notice tells a role of all that happened in a step,
 * and names the last of it; so an event was told by the first notice to the role from that event on, of the same step.
 */
export function noticesIn(events: readonly Event[]): ReadonlyMap<string, Sent> {
  let found = memo.get(events);
  if (!found) {
    found = indexed(events);
    memo.set(events, found);
  }
  return found;
}

function indexed(events: readonly Event[]): ReadonlyMap<string, Sent> {
  const bySeq = new Map(events.map((e) => [e.seq, e]));
  const whose = new Map(events.flatMap((e) => (e.type === 'duty-started' && e.person !== undefined && e.about === undefined ? [[e.instance, e.person] as const] : [])));
  const sent = new Map<string, Sent>();
  let passed: Passed[] = [];
  let last: EventOf<'noticed'> | undefined;
  for (const e of events) {
    if (e.type === 'passed-over') passed.push({ role: e.role, ...(e.person === undefined ? {} : { person: e.person }), why: e.why });
    if (e.type === 'noticed' || e.type === 'notice-failed') {
      const notice = { reached: reachedBy(e), passedOver: passed };
      passed = [];
      const step = bySeq.get(e.of)?.recordedAt;
      // Of several notices to one role in a step, each is about what is that person's or unit's.
      for (let seq = e.of; bySeq.get(seq)?.recordedAt === step && step !== undefined; seq -= 1)
        if (!sent.has(`${seq}/${e.role}`) && isAbout(e, bySeq.get(seq), whose)) sent.set(`${seq}/${e.role}`, notice);
      last = e.type === 'noticed' ? e : undefined;
    }
    // Whoever was told in the place of others is told by that same notice.
    if (e.type === 'escalated' && e.why === 'passed-on' && last && (last.told ?? last.role) === e.role) sent.set(`${e.seq}/${e.role}`, { reached: reachedBy(last), passedOver: [] });
  }
  return sent;
}

/** Whether a notice, by the end of its key, is about an event: what is a unit's own is told in a notice of its own. */
function isAbout({ key, of, role }: EventOf<'noticed'> | EventOf<'notice-failed'>, e: Event | undefined, whose: ReadonlyMap<string, string>): boolean {
  const theirs = key.split(`/${of}/${role}`)[1]?.slice(1) ?? '';
  const mine = e && 'instance' in e && e.instance !== undefined && e.type !== 'acted' ? whose.get(e.instance) : undefined;
  return theirs === '' ? !mine?.startsWith('unit:') : mine?.replace(/^unit:/, '') === theirs;
}

function reachedBy(e: EventOf<'noticed'> | EventOf<'notice-failed'>): Reached {
  if (e.type === 'notice-failed') return { at: e.at, failed: e.reason };
  const { at, told, person, as, channel } = e;
  return { at, channel, ...(told === undefined ? {} : { role: told }), ...(person === undefined ? {} : { person }), ...(as === undefined ? {} : { as }) };
}
