import type { Lang } from '../core/text.ts';

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
}

/** Repeats of a message carry the same key, by which its receiver can tell that it is one. */
export interface Sending {
  readonly key: string;
  readonly signal: AbortSignal;
}

/** A way to tell somebody something. */
export interface Channel {
  readonly name: string;
  /** Whether it can only tell those who have an address. */
  readonly needsAddress: boolean;
  /**
   * Sends one message; when it returns, the other side has taken it over. May be called again with the same key.
   * @throws AddressRefused when it will never be taken at this address; anything else means: try later
   */
  send(message: Message, sending: Sending): Promise<void>;
  close?(): Promise<void>;
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
