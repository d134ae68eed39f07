import type { NoticeKind } from '../core/effects.ts';
import type { Lang } from '../core/text.ts';

export type Via = 'log' | 'email' | 'sms' | 'group' | 'webhook';

/** A notice in one language, on its way to whoever holds a role. */
export interface Message {
  readonly receipt: string;
  readonly unit: string;
  readonly role: string;
  /** Whether it goes to the petitioner, whose address no log may show. */
  readonly outside: boolean;
  /** The number of the event that it is about. */
  readonly of: number;
  /** Where the role can be reached, if anywhere. */
  readonly address?: string | undefined;
  readonly lang: Lang;
  readonly subject: string;
  readonly body: string;
  readonly kind: NoticeKind;
  /** Counted in minutes or hours. */
  readonly urgent: boolean;
}

/** Repeats of a message carry the same key, by which its receiver can tell that it is one. */
export interface Sending {
  readonly key: string;
  readonly signal: AbortSignal;
}

/** A way to tell somebody something. */
export interface Channel {
  /** `email`, `sms`, `group:duty-room`, `webhook:district`: what stands on the timeline. */
  readonly name: string;
  readonly via: Via;
  /** Whether it can only tell those who have an address. */
  readonly needsAddress: boolean;
  /** Whether only the addressee reads it. The log stands in for a mailbox. */
  readonly personal: boolean;
  /**
   * Sends one message; when it returns, the other side has taken it over. May be called again with the same key.
   * @throws AddressRefused when it will never be taken at this address; anything else means: try later
   */
  send(message: Message, sending: Sending): Promise<void>;
  close?(): Promise<void>;
}

/**
 * The channel that reaches somebody by one of their ways: `{ via: 'sms', … }`, `{ via: 'group', address: 'duty-room' }`.
 * Where nothing is set up, the log stands in for all of them.
 */
export function channelFor(channels: readonly Channel[], way: { readonly via: Via; readonly address: string }): Channel | undefined {
  const named = way.via === 'group' || way.via === 'webhook';
  return channels.find((c) => (named ? c.name === `${way.via}:${way.address}` : c.via === way.via)) ?? channels.find((c) => c.via === 'log');
}

/** The other side says that nobody can be reached at the address. Does not name it, for it may be a person's. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
  /** The reply's number, such as 550; none where the address is no address. */
  readonly reply: number | undefined;

  constructor(reply?: number) {
    super(reply === undefined ? 'the address is not one' : `the address was refused (${reply})`);
    this.reply = reply;
  }
}

/** Not now. The reason names the channel and what is in the way, never an address, a secret or a word of the other side. */
export class RetryLater extends Error {
  override name = 'RetryLater';
  /** How long the other side asks to be left alone, where it says so. */
  readonly afterMs: number | undefined;

  constructor(reason: string, afterMs?: number) {
    super(reason);
    this.afterMs = afterMs;
  }
}
