import { AddressRefused, type Channel, type Message, RetryLater } from './channel.ts';
import { type Answer, exchange, mustAccept } from './http.ts';
import { plainKey } from './key.ts';
import { phoneOf } from './phone.ts';
import { type Filler, fill, type Template } from './placeholders.ts';

/** What marks an answer: its status, a value in its JSON, or both. */
export interface Mark {
  readonly status?: readonly number[] | undefined;
  /** Where in the answer's JSON, as `result.0.code`. */
  readonly at?: string | undefined;
  readonly is?: readonly string[] | undefined;
}

/** A gateway that takes short messages over HTTP. */
export interface Gateway {
  readonly url: string;
  readonly method: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  /** The body, as JSON or as a form, with `{{ to }}`, `{{ text }}`, `{{ key }}` in its texts. */
  readonly json?: Template | undefined;
  readonly form?: Readonly<Record<string, string>> | undefined;
  /** The country code of numbers written without one. */
  readonly country: string;
  /** Any 2xx, where left out. */
  readonly accepted?: Mark | undefined;
  readonly badNumber?: Mark | undefined;
  readonly limited?: Mark | undefined;
}

/**
 * Short messages. What a template says is sent as it is, its first line too; the sender's signature is the gateway's.
 * The gateway gets the key, and where it minds it, a repeat is not sent on.
 */
export function sms(gateway: Gateway): Channel {
  const name = 'sms';
  return {
    name,
    via: 'sms',
    needsAddress: true,
    personal: true,
    async send(message, { key, signal }) {
      signal.throwIfAborted();
      const to = phoneOf(message.address ?? '', gateway.country);
      if (!to) throw new AddressRefused();
      const call = request(gateway, { to: to.e164, digits: to.digits, national: to.national, text: textOf(message), key: plainKey(key), lang: message.lang });
      judge(gateway, name, await exchange(name, { url: gateway.url, method: gateway.method, ...call, signal, read: true }));
    },
  };
}

const textOf = ({ subject, body }: Message): string => [subject, body].map((s) => s.trim()).filter((s) => s !== '').join('\n');

function request({ headers, json, form }: Gateway, values: Filler): { headers: Record<string, string>; body: string } {
  const filled = Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), fill(v, values)]));
  const [type, body] = form === undefined
    ? ['application/json; charset=utf-8', JSON.stringify(fill(json ?? {}, values))]
    : ['application/x-www-form-urlencoded; charset=utf-8', new URLSearchParams(fill(form, values)).toString()];
  return { headers: { 'content-type': type, ...filled }, body };
}

function judge({ accepted, badNumber, limited }: Gateway, name: string, answer: Answer): void {
  const json = parsed(answer.text);
  if (badNumber && bears(badNumber, answer, json)) throw new AddressRefused(numberIn(badNumber, json) ?? answer.status);
  if (limited && bears(limited, answer, json)) throw new RetryLater(`${name}: rate-limited`, answer.afterMs);
  if (!accepted) return mustAccept(name, answer, []);
  if (bears(accepted, answer, json)) return;
  mustAccept(name, answer, []);
  throw new RetryLater(`${name}: not accepted${accepted.at === undefined ? '' : codeWord(valueAt(json, accepted.at))}`);
}

function bears({ status, at, is }: Mark, answer: Answer, json: unknown): boolean {
  if (status ? !status.includes(answer.status) : at === undefined || answer.status >= 500) return false;
  if (at === undefined) return true;
  const value = valueAt(json, at);
  return value !== undefined && (is === undefined || is.includes(String(value)));
}

/** The gateway's own number for it, where it has one. */
function numberIn({ at }: Mark, json: unknown): number | undefined {
  const value = at === undefined ? undefined : valueAt(json, at);
  return /^-?\d{1,6}$/.test(String(value)) ? Number(value) : undefined;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** The plain value at a path such as `result.0.code`. */
function valueAt(json: unknown, path: string): string | number | boolean | undefined {
  let value = json;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** A gateway's number for what is wrong, where it can be nothing else: no sentence, and too short for a phone number. */
const codeWord = (value: string | number | boolean | undefined): string =>
  value !== undefined && /^-?[A-Za-z_.-]{0,24}\d{0,6}$/.test(String(value)) ? ` (${value})` : '';
