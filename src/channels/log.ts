import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Channel, Message } from './channel.ts';

const KEY = '== ';

/**
 * A file for people, one block to a notice, for an office without a mail server. A block ends with its key; a key
 * that stands in the file is not written again, also when another process wrote it, except when two write at once.
 * A block cut short by a crash lacks its key and comes again whole. Shows of the petitioner only the role.
 * @param now for the time on each block
 */
export function log(file: string, now: () => Date = () => new Date()): Channel {
  const seen = new Set<string>();
  let read = 0;
  let last: Promise<unknown> = Promise.resolve();

  const write = async (message: Message, key: string): Promise<void> => {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'a+', 0o600);
    try {
      for await (const line of handle.readLines({ start: read, autoClose: false })) if (line.startsWith(KEY)) seen.add(line.slice(KEY.length));
      read = (await handle.stat()).size;
      if (seen.has(oneLine(key))) return;
      await handle.appendFile(block(message, key, now()));
      await handle.datasync();
      seen.add(oneLine(key));
    } finally {
      await handle.close();
    }
  };
  return {
    name: 'log',
    via: 'log',
    needsAddress: false,
    personal: true,
    send(message, { key, signal }) {
      const mine = last.then(() => {
        signal.throwIfAborted();
        return write(message, key);
      });
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function block(m: Message, key: string, at: Date): string {
  const words = m.lang === 'zh'
    ? { to: '致', case: '登记号', event: '事件', subject: '主题', outside: '机关以外', join: '：' }
    : { to: 'To', case: 'Receipt', event: 'event', subject: 'Subject', outside: 'outside the institution', join: ': ' };
  const to = m.outside ? `${m.role}（${words.outside}）` : `${m.role} · ${m.unit}${m.address === undefined ? '' : ` <${m.address}>`}`;
  const head = [
    `-- ${at.toISOString()}`,
    `${words.to}${words.join}${to}`,
    `${words.case}${words.join}${m.receipt}  ${words.event} ${m.of}`,
    `${words.subject}${words.join}${m.subject}`,
  ];
  // The body is set in, so that no line of it can be taken for a key.
  const body = m.body.trimEnd().split(/\r\n|[\n\r\u2028\u2029]/).map((line) => `   ${line}`.trimEnd());
  return ['', ...head.map(oneLine), '', ...body, '', `${KEY}${oneLine(key)}`, ''].join('\n');
}

const oneLine = (s: string): string => s.replace(/[\n\r\u2028\u2029]+/g, ' ');
