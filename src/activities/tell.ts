import { AddressRefused, type Channel, RetryLater } from '../channels/index.ts';
import type { Notice, Outcome, Passed } from '../core/effects.ts';
import { type Progress, RegisterUnavailable } from '../register/index.ts';
import { type Meanwhile, reach, type Route, type Target } from './reach.ts';
import { sendTo, viewOf } from './send.ts';
import type { Office } from './world.ts';

/** Reasons for which a notice has failed for good. */
export const NOT_SENT = { noPost: 'no-post', noAddress: 'no-address', refused: 'address-refused' } as const;

/** What became of a notice that is settled already. */
export function settledAs({ key, status, channel, reason, outcome }: Progress): Outcome | undefined {
  if (status === 'sent') return outcome ?? { key, result: 'sent', channel: channel ?? 'unknown' };
  return status === 'failed' ? (outcome ?? { key, result: 'failed', reason: reason ?? 'unknown' }) : undefined;
}

/**
 * Tries one notice once, within `within` milliseconds; never throws. A notice that the register has as sent is not
 * sent again.
 *
 * At least once: when the process dies between the sending and the entry of it, the next attempt sends again, with the
 * same key (in an e-mail the Message-ID, in a webhook its id), by which the receiver can tell.
 * @param progress from `register.notices.begin`
 */
export async function tell(world: Office, notice: Notice, progress: Progress | undefined, within: number, meanwhile: Meanwhile = {}): Promise<Outcome> {
  const { key } = notice;
  const before = progress && settledAs(progress);
  if (before) return before;
  if (world.channels.length === 0) return later(world, key, 'no-channel');
  return inTime(within, sending(world, key, () => deliver(world, notice, meanwhile)), () => later(world, key, 'timeout'));
}

/** One sending of a key at a time: whoever comes while a mail server takes its time waits for the same one. */
export function sending(world: Office, key: string, work: () => Promise<Outcome>): Promise<Outcome> {
  const underWay = world.underWay.get(key);
  if (underWay) return underWay;
  const begun = work().finally(() => world.underWay.delete(key));
  world.underWay.set(key, begun);
  return begun;
}

/** Whose addresses have been refused is passed over like somebody on leave, as long as there is somebody else. */
async function deliver(world: Office, notice: Notice, meanwhile: Meanwhile): Promise<Outcome> {
  const { key } = notice;
  const { refused = [] } = meanwhile;
  let target: Target | undefined;
  let passed: readonly Passed[] = [];
  try {
    ({ target, passed } = await reach(world, notice, meanwhile));
    if (!target) return await failed(world, key, reasonFor(passed), passed);
    const { name } = target;
    // A file on the office's disk, which the log is, names no petitioner.
    const view = (via: Channel['via']) => viewOf(world, notice, notice.outside && via === 'log' ? undefined : name);
    const took = await sendTo(world, notice, target, (via) => world.templates.render(view(via), target?.lang ?? 'zh', via), key);
    if (took.length === 0) return await failed(world, key, NOT_SENT.noAddress, passed);
    return await sent(world, sentAs(notice, { target, passed }, took));
  } catch (error) {
    if (!(error instanceof AddressRefused)) return later(world, key, reasonOf(error), error instanceof RetryLater ? error.afterMs : undefined);
    if (target?.person === undefined || refused.includes(target.person)) return failed(world, key, NOT_SENT.refused, passed);
    return deliver(world, notice, { ...meanwhile, refused: [...refused, target.person] });
  }
}

const reasonFor = (passed: readonly Passed[]): string =>
  passed.some((p) => p.why === 'address-refused') ? NOT_SENT.refused : passed.some((p) => p.why === 'no-address') ? NOT_SENT.noAddress : NOT_SENT.noPost;

/**
 * The outcome is true whatever the register says now, and throwing would send the notice again. Where the entry
 * fails, recording the event that follows from the outcome makes it.
 */
const noted = (entry: Promise<void>): Promise<void> => entry.catch(() => undefined);

/** What a case is told of a notice that channels took over. */
export function sentAs({ key, role: asked }: Notice, { target, passed }: Route, took: readonly string[]): Extract<Outcome, { result: 'sent' }> {
  const { role = asked, person, as } = target ?? {};
  return {
    key, result: 'sent', channel: took.join('+'),
    ...(role === asked ? {} : { role }), ...(person === undefined ? {} : { person }), ...(as === undefined ? {} : { as }),
    ...(passed.length > 0 ? { passed: [...passed] } : {}),
  };
}

export async function sent({ register }: Office, outcome: Extract<Outcome, { result: 'sent' }>): Promise<Outcome> {
  await noted(register.notices.sent(outcome));
  return outcome;
}

async function failed({ register }: Office, key: string, reason: string, passed: readonly Passed[]): Promise<Outcome> {
  const outcome = { key, result: 'failed', reason, ...(passed.length > 0 ? { passed: [...passed] } : {}) } as const;
  await noted(register.notices.failed(outcome));
  return outcome;
}

export async function later({ register }: Pick<Office, 'register'>, key: string, reason: string, afterMs?: number): Promise<Outcome> {
  await noted(register.notices.putOff(key, reason));
  return { key, result: 'later', reason, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** Ends the wait when time is up; what is waited for goes on. */
export async function inTime<T>(ms: number, work: Promise<T>, up: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'over'>((resolve) => { timer = setTimeout(() => resolve('over'), ms); });
  work.catch(() => undefined);
  try {
    const first = await Promise.race([work.then((value) => ({ value })), over]);
    return first === 'over' ? await up() : first.value;
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
