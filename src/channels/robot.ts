import { z } from 'zod';
import { AddressRefused, type Channel, type Message, RetryLater } from './channel.ts';
import { exchange, mustAccept } from './http.ts';
import { pace, type Window } from './pace.ts';

export interface Robot {
  /** The webhook's address, which is its own key. */
  readonly url: string;
  readonly secret?: string | undefined;
  readonly format: 'text' | 'markdown';
  /** Whether an urgent notice calls everybody in the group. It then goes as text, in which every platform lets a robot call. */
  readonly atAll: boolean;
}

/** What is said, in lines; the first is the subject. */
export interface Said {
  readonly lines: readonly string[];
  readonly format: Robot['format'];
  readonly atAll: boolean;
}

/**
 * What a number in a robot's answer means. `gone`: the robot, its group or its key is no more, or it will never take
 * this content. `limited`: too many. `misconfigured`: signature, keyword or network address do not fit.
 */
export type Meaning = 'taken' | 'gone' | 'limited' | 'busy' | 'misconfigured';

/** How one platform's robots are spoken to. They answer with HTTP 200 and a number. */
export interface Dialect {
  readonly windows: readonly Window[];
  /** How long a robot takes nothing after it was sent too many. */
  readonly restMs: number;
  /** The most that a message may hold, in bytes of UTF-8. */
  readonly most: Readonly<Record<Robot['format'], number>>;
  readonly code: z.ZodType<number>;
  readonly means: Readonly<Record<number, Meaning>>;
  request(robot: Robot, said: Said, at: Date): { readonly url: string; readonly body: unknown };
}

/** A group's robot. The platforms have no key for repeats: one shows as the same message twice, with the same receipt. */
export function group(name: string, dialect: Dialect, robot: Robot, now: () => Date = () => new Date()): Channel {
  const within = pace(name, dialect.windows, () => now().getTime());
  const judge = (text: string | undefined): void => {
    const code = codeIn(dialect, text);
    const meaning = code === undefined ? undefined : dialect.means[code];
    switch (meaning) {
      case 'taken':
        return;
      case 'gone':
        throw new AddressRefused(code);
      case 'limited':
        within.rest(dialect.restMs);
        throw new RetryLater(`${name}: rate-limited (${code})`, dialect.restMs);
      default:
        throw new RetryLater(`${name}: ${meaning ?? (code === undefined ? 'answer not understood' : 'refused')}${code === undefined ? '' : ` (${code})`}`);
    }
  };
  return {
    name,
    via: 'group',
    needsAddress: false,
    personal: false,
    async send(message, { signal }) {
      signal.throwIfAborted();
      // A group is of the institution's people; what goes to a petitioner is not theirs to read.
      if (message.outside) throw new AddressRefused();
      within.take();
      const atAll = robot.atAll && message.urgent;
      const format = atAll ? 'text' : robot.format;
      const { url, body } = dialect.request(robot, { lines: fitted(message, dialect.most[format]), format, atAll }, now());
      const answer = await exchange(name, { url, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body), signal, read: true });
      if (answer.status === 429) within.rest(answer.afterMs ?? dialect.restMs);
      mustAccept(name, answer, [404, 410]);
      judge(answer.text);
    },
  };
}

function codeIn(dialect: Dialect, text: string | undefined): number | undefined {
  try {
    return dialect.code.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}

const size = (lines: readonly string[]): number => Buffer.byteLength(lines.join('\n\n'));

/** The message in lines; where it is longer than a robot may send, cut between two lines, with the number of those left out. */
function fitted({ subject, body, lang }: Message, most: number): string[] {
  const all = [subject, ...body.trim().split('\n')].map(harmless);
  if (size(all) <= most) return all;
  for (let kept = all.length - 1; kept > 0; kept -= 1) {
    const left = all.length - kept;
    const lines = [...all.slice(0, kept), lang === 'zh' ? `……另有 ${left} 行，请登录系统查看。` : `… ${left} more lines; see the rest in the system.`];
    if (size(lines) <= most) return lines;
  }
  return [`${Buffer.from(subject).subarray(0, most - 8).toString('utf8').replace(/�+$/, '')}…`];
}

const FULL_WIDTH: Readonly<Record<string, string>> = { '<': '＜', '>': '＞', '[': '［', ']': '］', '*': '＊', '`': '｀', '#': '＃', '~': '～' };

/** Nothing that a platform would read as a mention, a link or layout: no title in a procedure can call a whole group. Links stay as they are. */
const harmless = (line: string): string =>
  line.split(/(https?:\/\/[^\s<>]+)/).map((part, n) => (n % 2 === 1 ? part : part.replace(/[<>[\]*`#~]/g, (c) => FULL_WIDTH[c] ?? c))).join('');

/** An answer with its number under `errcode`. */
export const Errcode = z.object({ errcode: z.int() }).transform((a) => a.errcode);
