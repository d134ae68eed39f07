import { createTransport } from 'nodemailer';
import { AddressRefused, type Channel, RetryLater } from './channel.ts';
import { plainKey } from './key.ts';

export interface Mail {
  /** smtp://user:password@host:25 or smtps://… */
  readonly url: string;
  /** The sender: `office@example.org` or `Office <office@example.org>`. */
  readonly from: string;
}

const [CONNECT_MS, SILENCE_MS] = [5_000, 20_000];

/**
 * E-mail over SMTP. The key is the Message-ID and the header X-Redress-Key, so a mailbox or a person can tell a
 * repeat. A message is sent when the server has accepted it.
 */
export function email({ url, from }: Mail): Channel {
  const transport = createTransport({
    url, pool: true, maxRequeues: 2, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS,
    disableFileAccess: true, disableUrlAccess: true,
  });
  return {
    name: 'email',
    via: 'email',
    needsAddress: true,
    personal: true,
    async send(message, { key, signal }) {
      signal.throwIfAborted();
      if (!isAddress(message.address)) throw new AddressRefused();
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: message.address },
          subject: message.subject,
          text: message.body,
          messageId: `<${plainKey(key)}@${domainOf(from)}>`,
          headers: { 'X-Redress-Key': plainKey(key), 'Auto-Submitted': 'auto-generated', 'Content-Language': message.lang },
          signal,
        });
      } catch (error) {
        throw refusal(error) ?? new RetryLater(`not sent by e-mail: ${codeOf(error)}`);
      }
    },
    async close() {
      transport.close();
    },
  };
}

/** One address, and nothing that a server or a header could read as more. */
const isAddress = (s: string | undefined): s is string => s !== undefined && /^[^\s<>()[\],;:"\\]+@[^\s<>()[\],;:"\\]+$/.test(s);

const domainOf = (from: string): string => /@([^\s<>]+)/.exec(from)?.[1] ?? 'redress.invalid';

/** Only a permanent refusal of the one address; a refused sender or message is for the office to put right. */
function refusal(error: unknown): AddressRefused | undefined {
  if (!(error instanceof Error)) return undefined;
  const reply: unknown = Reflect.get(error, 'responseCode');
  const permanent = typeof reply === 'number' && reply >= 500 && reply < 600;
  return permanent && Reflect.get(error, 'command') === 'RCPT TO' ? new AddressRefused(reply) : undefined;
}

/** What went wrong in one word and the reply's number; a server's own words may repeat the address. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = Reflect.get(error, 'code');
  const reply: unknown = Reflect.get(error, 'responseCode');
  const name = typeof code === 'string' ? code : error.name;
  return typeof reply === 'number' ? `${name} ${reply}` : name;
}
