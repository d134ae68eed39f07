import { Webhook } from 'standardwebhooks';
import type { Channel } from './channel.ts';
import { exchange, mustAccept } from './http.ts';
import { plainKey } from './key.ts';

export interface Endpoint {
  readonly name: string;
  readonly url: string;
  /** `whsec_…`, the newest first. While a secret is being replaced both sign, so that the receiver may change at any time. */
  readonly secrets: readonly string[];
}

/**
 * A webhook after the Standard Webhooks specification 1.0. `webhook-id` is the notice's key, the same on every attempt,
 * so the receiver can tell a repeat; `webhook-timestamp` is that of the attempt. Any 2xx means taken over.
 */
export function webhook({ name, url, secrets }: Endpoint, now: () => Date = () => new Date()): Channel {
  const signers = secrets.map((secret) => new Webhook(secret));
  return {
    name,
    via: 'webhook',
    needsAddress: false,
    personal: false,
    async send(message, { key, signal }) {
      signal.throwIfAborted();
      const { receipt, unit, role, of, lang, subject, urgent } = message;
      const body = JSON.stringify({ type: `notice.${message.kind}`, data: { key, receipt, unit, role, of, urgent, lang, subject, text: message.body } });
      // Id, time and content are signed with full stops between them, so the id has none.
      const id = plainKey(key).replaceAll('.', '%2E');
      const at = now();
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signers.map((s) => s.sign(id, at, body)).join(' '),
      };
      mustAccept(name, await exchange(name, { url, headers, body, signal, read: false }), GONE);
    },
  };
}

/** 410 is the specification's; where nothing is there, nobody reads it either. */
const GONE = [404, 410];
