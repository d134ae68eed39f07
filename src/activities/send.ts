import { AddressRefused, type Channel, channelFor, type Message } from '../channels/index.ts';
import type { Notice } from '../core/effects.ts';
import type { NoticeView } from '../notices/index.ts';
import type { Target } from './reach.ts';
import type { Office } from './world.ts';

/** The longest that one sending may take, as mail servers do that look at what they get. */
const AT_MOST_MS = 60_000;

/** What is to be said in a channel's own form. */
export type Words = (via: Channel['via']) => { readonly subject: string; readonly body: string };

/** A notice as templates see it. */
export function viewOf({ link }: Office, n: Notice, name?: string): NoticeView {
  const url = link?.(n.receipt);
  return {
    kind: n.kind, receipt: n.receipt, subject: n.subject, body: n.body, urgent: n.urgent,
    ...(n.line ? { line: n.line } : {}), ...(n.clock ? { clock: n.clock } : {}), ...(url === undefined ? {} : { link: url }), ...(name === undefined ? {} : { name }),
  };
}

/** The ways to a target, each channel once: where several ways lead to the log, it is written once. */
function waysTo({ channels }: Office, { ways: own, groups }: Target): { channel: Channel; address: string | undefined }[] {
  // A post that is a group's alone is reached there.
  const ways = own.length > 0 ? own : groups.map((address) => ({ via: 'group', address }) as const);
  const found = new Map<string, { channel: Channel; address: string | undefined }>();
  for (const way of ways) {
    const channel = channelFor(channels, way);
    if (channel && !found.has(channel.name)) found.set(channel.name, { channel, address: way.address });
  }
  // Whoever left no address may still be found in the log of an office without a mail server.
  const log = channels.find((c) => c.via === 'log');
  if (ways.length === 0 && log) found.set(log.name, { channel: log, address: undefined });
  return [...found.values()];
}

/**
 * Sends to whoever a notice reaches: by the first way that takes it, and what is urgent by every way at once.
 * @returns the names of the channels that took it over; none where there is no way at all
 * @throws AddressRefused where every way is closed for good; anything else means: try later
 */
export async function sendTo(world: Office, n: Notice, target: Target, words: Words, key: string): Promise<string[]> {
  const ways = waysTo(world, target);
  const base = { receipt: n.receipt, unit: n.unit, role: target.role, outside: n.outside, of: n.of, lang: target.lang, kind: n.kind, urgent: n.urgent };
  const by = ({ channel, address }: (typeof ways)[number]) => once(channel, { ...base, address, ...words(channel.via) }, key);
  const took = n.urgent ? await every(ways, by) : await first(ways, by);
  if (took.length > 0 && (n.urgent || ALOUD.has(n.kind))) took.push(...(await aloud(world, target, base, words, key)));
  return took;
}

/** What a group is told too, besides whoever has to act. */
const ALOUD: ReadonlySet<Notice['kind']> = new Set<Notice['kind']>(['overdue', 'raised', 'unanswered']);

type By<T> = (way: T) => Promise<string>;

async function first<T>(ways: readonly T[], by: By<T>): Promise<string[]> {
  let refused: AddressRefused | undefined;
  for (const way of ways)
    try {
      return [await by(way)];
    } catch (error) {
      if (!(error instanceof AddressRefused)) throw error;
      refused = error;
    }
  if (refused) throw refused;
  return [];
}

/** One way is enough; where none took it, a way that may yet take it counts before one that never will. */
async function every<T>(ways: readonly T[], by: By<T>): Promise<string[]> {
  const tried = await Promise.allSettled(ways.map(by));
  const took = tried.flatMap((t) => (t.status === 'fulfilled' ? [t.value] : []));
  const failures = tried.flatMap((t): unknown[] => (t.status === 'rejected' ? [t.reason] : []));
  if (took.length > 0 || failures.length === 0) return took;
  throw failures.find((f) => !(f instanceof AddressRefused)) ?? failures[0];
}

/** A group hears of it, but nobody waits for a group: its robot being away holds nothing up. */
async function aloud(world: Office, target: Target, base: Omit<Message, 'subject' | 'body' | 'address'>, words: Words, key: string): Promise<string[]> {
  const told = await Promise.allSettled(target.groups.map((address) => {
    const channel = world.channels.find((c) => c.name === `group:${address}`);
    return channel ? once(channel, { ...base, address, ...words('group') }, key) : Promise.reject(new Error('no such group'));
  }));
  return told.flatMap((t) => (t.status === 'fulfilled' ? [t.value] : []));
}

/** One channel's turn; its name, when the other side has taken the message over. */
async function once(channel: Channel, message: Message, key: string): Promise<string> {
  await channel.send(message, { key, signal: AbortSignal.timeout(AT_MOST_MS) });
  return channel.name;
}
