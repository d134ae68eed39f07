import { AddressRefused, RetryLater } from './channel.ts';

export interface Call {
  readonly url: string;
  readonly method?: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** Whether the answer's content matters; where it does not, it is not read. */
  readonly read: boolean;
}

export interface Answer {
  readonly status: number;
  /** What the answer asks to wait. */
  readonly afterMs: number | undefined;
  /** Its content; none where it was not read or is longer than anything that belongs here. */
  readonly text: string | undefined;
}

/** As the Standard Webhooks specification recommends: 15 to 30 seconds. */
const SILENCE_MS = 20_000;
const MOST_BYTES = 64 * 1024;
const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * One request and its answer. Follows no redirect, for what is signed for one receiver is not another's to read.
 * @param name of the channel, for reasons
 * @throws RetryLater when there is no answer: a timeout, a reset, a name that does not resolve
 */
export async function exchange(name: string, { url, method = 'POST', headers, body, signal, read }: Call): Promise<Answer> {
  try {
    const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(SILENCE_MS)]) });
    const answer = { status: response.status, afterMs: retryAfter(response.headers.get('retry-after')) };
    if (read) return { ...answer, text: await capped(response) };
    await response.body?.cancel();
    return { ...answer, text: undefined };
  } catch (error) {
    throw new RetryLater(`${name}: ${wordFor(error)}`);
  }
}

/**
 * Returns where an answer's status means that the message was taken over.
 * @param gone statuses by which nobody is at the address any more
 * @throws AddressRefused, RetryLater
 */
export function mustAccept(name: string, { status, afterMs }: Answer, gone: readonly number[]): void {
  if (status >= 200 && status < 300) return;
  if (gone.includes(status)) throw new AddressRefused(status);
  throw new RetryLater(`${name}: ${meaning(status)} (${status})`, afterMs);
}

function meaning(status: number): string {
  if (status === 401 || status === 403) return 'misconfigured';
  if (status === 429) return 'rate-limited';
  if (status >= 300 && status < 400) return 'redirect not followed';
  return status >= 500 || status === 408 ? 'unavailable' : 'refused';
}

/** The header Retry-After, in seconds or as a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}

async function capped(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    // Leaving the loop cancels the rest.
    if (size > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** What went wrong in one word of the system's; its sentences may repeat the address. */
function wordFor(error: unknown): string {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e.name === 'TimeoutError') return 'timeout';
    if (e.name === 'AbortError') return 'aborted';
    const code: unknown = Reflect.get(e, 'code');
    if (typeof code === 'string') return code;
  }
  return 'no connection';
}
