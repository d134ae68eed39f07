import { AddressRefused, type Channel, type Message } from '../channels/index.ts';
import type { Notice, Outcome } from '../core/effects.ts';
import { type Progress, type Register, RegisterUnavailable } from '../register/index.ts';
import type { Office } from './world.ts';

/** The longest that one sending may take, as mail servers do that look at what they get. */
const AT_MOST_MS = 60_000;

/** Reasons for which a notice has failed for good. */
export const NOT_SENT = { noPost: 'no-post', noAddress: 'no-address', refused: 'address-refused' } as const;

/**
 * Tries one notice once, within `within` milliseconds; never throws. A notice that the register has as sent is not
 * sent again.
 *
 * At least once: when the process dies between the sending and the entry of it, the next attempt sends again, with the
 * same key (in an e-mail the Message-ID), by which the receiver can tell.
 * @param progress from `register.notices.begin`
 */
export async function tell(world: Office, notice: Notice, progress: Progress | undefined, within: number): Promise<Outcome> {
  const { key } = notice;
  const [channel] = world.channels;
  if (progress?.status === 'sent') return { key, result: 'sent', channel: progress.channel ?? 'unknown' };
  if (progress?.status === 'failed') return { key, result: 'failed', reason: progress.reason ?? 'unknown' };
  if (!channel) return later(world, key, 'no-channel');
  try {
    const message = await addressed(world, notice);
    if (message === undefined) return failed(world, key, NOT_SENT.noPost);
    if (channel.needsAddress && message.address === undefined) return failed(world, key, NOT_SENT.noAddress);
    await inTime(within, sending(world, channel, message, key));
  } catch (error) {
    if (error instanceof AddressRefused) return failed(world, key, NOT_SENT.refused);
    return later(world, key, reasonOf(error));
  }
  return { key, result: 'sent', channel: channel.name };
}

/**
 * The outcome is true whatever the register says now, and throwing would send the notice again. Where the entry
 * fails, recording the event that follows from the outcome makes it.
 */
const noted = (entry: Promise<void>): Promise<void> => entry.catch(() => undefined);

async function failed({ register }: Office, key: string, reason: string): Promise<Outcome> {
  await noted(register.notices.failed(key, reason));
  return { key, result: 'failed', reason };
}

async function later({ register }: Office, key: string, reason: string): Promise<Outcome> {
  await noted(register.notices.putOff(key, reason));
  return { key, result: 'later', reason };
}

/** The notice in the language of whoever is told, with the address; undefined where a unit has no such post. */
async function addressed({ register, directory }: Office, n: Notice): Promise<Message | undefined> {
  const { receipt, unit, role, outside, of } = n;
  const [reached, language] = await Promise.all([outside ? contact(register, receipt) : directory.post(unit, role), directory.language()]);
  if (!reached) return undefined;
  const lang = reached.lang ?? language;
  return { receipt, unit, role, outside, of, address: reached.email, lang, subject: n.subject[lang], body: n.body[lang] };
}

async function contact(register: Register, receipt: string) {
  const { email, lang } = (await register.petitioner(receipt))?.contact ?? {};
  return { email: email?.trim() || undefined, lang };
}

/**
 * The sending of a notice, one at a time for each key. A mail server that takes its time is not given the notice
 * again meanwhile: whoever comes next waits for the same sending. When it is done it is in the register's books.
 */
function sending(world: Office, channel: Channel, message: Message, key: string): Promise<void> {
  const underWay = world.underWay.get(key);
  if (underWay) return underWay;
  const begun = channel.send(message, { key, signal: AbortSignal.timeout(AT_MOST_MS) })
    .then(() => noted(world.register.notices.sent(key, channel.name)))
    .finally(() => world.underWay.delete(key));
  world.underWay.set(key, begun);
  return begun;
}

/** Ends the wait when time is up; what is waited for goes on. */
async function inTime(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const up = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('timeout')), ms); });
  work.catch(() => undefined);
  try {
    await Promise.race([work, up]);
  } finally {
    clearTimeout(timer);
  }
}

/** Why something is put off, in a word or two without personal data. */
export function reasonOf(error: unknown): string {
  if (error instanceof RegisterUnavailable) return 'register-away';
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : error.message;
}
