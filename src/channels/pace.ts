import { RetryLater } from './channel.ts';

/** So many messages in so many milliseconds. */
export type Window = readonly [count: number, ms: number];

/** Keeps a robot's messages within what its platform takes, so that it is not shut out for minutes. */
export interface Pace {
  /** Takes a place for one message. @throws RetryLater with the time until there is one */
  take(): void;
  /** Nothing more for so long: the platform said so. */
  rest(ms: number): void;
}

/** Known to this process only: what another one sends to the same group, the platform's own limit catches. */
export function pace(name: string, windows: readonly Window[], now: () => number): Pace {
  const longest = Math.max(...windows.map(([, ms]) => ms));
  let sent: number[] = [];
  let until = 0;
  return {
    take() {
      const at = now();
      sent = sent.filter((t) => t > at - longest);
      const waits = windows.map(([count, ms]) => (sent.at(-count) ?? -Infinity) + ms - at);
      const wait = Math.max(until - at, ...waits);
      if (wait > 0) throw new RetryLater(`${name}: rate-limited`, wait);
      sent.push(at);
    },
    rest(ms) {
      until = Math.max(until, now() + ms);
    },
  };
}
