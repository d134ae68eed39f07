import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AddressRefused, type Channel, email, log, type Message } from '../src/channels/index.ts';

const message = (more: Partial<Message> = {}): Message => ({
  receipt: 'XF-1', unit: 'street', role: 'office', outside: false, of: 3, address: 'petitions@office.example', lang: 'zh',
  subject: '【XF-1】受理期限将至', body: '请于 2026-01-20 前作出决定。\n', kind: 'reminder', urgent: false, ...more,
});
const sending = (key: string, ms = 3000) => ({ key, signal: AbortSignal.timeout(ms) });

const refusing = (reply: number): SMTPServerOptions => ({ onRcptTo: (_a, _s, done) => done(Object.assign(new Error('no such mailbox'), { responseCode: reply })) });
const at = () => new Date('2026-01-05T01:02:03.000Z');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-channels-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('e-mail', () => {
  const open: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.close();
  });

  /** A mail server, what it was given, and a channel to it. */
  async function mail(options: SMTPServerOptions = {}, from = 'Office <office@office.example>'): Promise<{ got: ParsedMail[]; channel: Channel }> {
    const got: ParsedMail[] = [];
    const server = new SMTPServer({
      authOptional: true, disabledCommands: ['STARTTLS'],
      onData: (stream, _, done) => void simpleParser(stream).then((m) => (got.push(m), done()), done),
      ...options,
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) });
    const bound = server.server.address();
    if (bound === null || typeof bound === 'string') throw new Error('no port');
    const { port } = bound;
    const channel = email({ url: `smtp://127.0.0.1:${port}`, from });
    open.push({ close: async () => channel.close?.() });
    return { got, channel };
  }

  test('arrives with its key as Message-ID, the same each time', async () => {
    const { got, channel } = await mail();
    await channel.send(message(), sending('XF-1/3/office'));
    await channel.send(message(), sending('XF-1/3/office'));
    expect(got.map((m) => m.messageId)).toEqual(['<XF-1/3/office@office.example>', '<XF-1/3/office@office.example>']);
    expect(got[0]?.headers.get('x-redress-key')).toBe('XF-1/3/office');
    expect(got[0]?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(got[0]).toMatchObject({ subject: '【XF-1】受理期限将至', text: '请于 2026-01-20 前作出决定。\n', from: { text: '"Office" <office@office.example>' } });
  });

  test('a key of any characters makes a Message-ID, and a subject cannot add a header', async () => {
    const { got, channel } = await mail();
    await channel.send(message({ subject: 'a\r\nBcc: other@post.example' }), sending('件 (1)\r\nX: <y>'));
    expect(got[0]?.messageId).toBe('<%E4%BB%B6%20%281%29%0D%0AX%3A%20%3Cy%3E@office.example>');
    expect(got[0]?.bcc).toBeUndefined();
  });

  test.each([
    ['rare characters', '𠮷祥街道㐂办事处 𰻞𰻞'],
    ['combining marks', 'Cafe\u0301 Z\u0351\u036b\u0343a\u0328 ก็'],
    ['emoji of several parts', '👩🏽‍💻🏮🇨🇳 值班室'],
    ['a line far longer than a header may be', '关于𠮷祥里３号楼㐂庆路口积水问题的来信🌧️'.repeat(12)],
    ['quotation marks and commas', '办公室（“一科”、二科）, \'third\''],
  ])('%s in a name and a subject arrive as they were', async (_, words) => {
    const { got, channel } = await mail({}, `${words.replaceAll(',', '，')} <office@office.example>`);
    await channel.send(message({ subject: words, body: `${words}\n` }), sending('k'));
    expect(got[0]?.subject).toBe(words);
    expect(got[0]?.from?.value).toEqual([{ address: 'office@office.example', name: words.replaceAll(',', '，') }]);
    expect(got[0]?.text).toBe(`${words}\n`);
  });

  test.each([550, 551, 553])('an address that is refused with %i is refused for good, and the error does not name it', async (reply) => {
    const { got, channel } = await mail(refusing(reply));
    const error: unknown = await channel.send(message(), sending('k')).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AddressRefused);
    expect(error).toMatchObject({ reply });
    expect(String(error)).not.toContain('petitions');
    expect(got).toEqual([]);
  });

  test.each(['', 'nobody', 'a@b.example, c@d.example', 'a@b.example\r\nRCPT TO:<x@y.example>', '<a@b.example>'])('%j is not an address', async (address) => {
    const { got, channel } = await mail();
    await expect(channel.send(message({ address }), sending('k'))).rejects.toThrow(AddressRefused);
    expect(got).toEqual([]);
  });

  test.each<[string, SMTPServerOptions]>([
    ['an address put off', refusing(450)],
    ['a sender refused', { onMailFrom: (_a, _s, done) => done(Object.assign(new Error('not you'), { responseCode: 550 })) }],
    ['a message refused', { onData: (stream, _, done) => void stream.resume().on('end', () => done(Object.assign(new Error('petitions@office.example is full'), { responseCode: 552 }))) }],
    ['a login asked for', { authOptional: false }],
  ])('%s is tried later, without naming the address', async (_, options) => {
    const { channel } = await mail(options);
    const error: unknown = await channel.send(message(), sending('k')).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(AddressRefused);
    expect(String(error)).not.toContain('petitions');
  });

  test('a server that hangs holds nothing up, and the next message goes through', async () => {
    let hang = true;
    const { got, channel } = await mail({ onMailFrom: (_a, _s, done) => (hang ? undefined : done()) });
    const began = Date.now();
    await expect(channel.send(message(), sending('k', 300))).rejects.toThrow(/not sent/);
    expect(Date.now() - began).toBeLessThan(2000);
    hang = false;
    await channel.send(message(), sending('k'));
    expect(got).toHaveLength(1);
  });

  test('a server that is gone means later, and a signal already given means at once', async () => {
    const { channel } = await mail();
    await open.shift()?.close();
    await expect(channel.send(message(), sending('k'))).rejects.toThrow(/not sent by e-mail: E/);
    await expect(channel.send(message(), { key: 'k', signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe('the log', () => {
  test('writes one readable block for each key, also when another process wrote it', async () => {
    const file = join(folder, 'one', 'notices.log');
    const [a, b] = [log(file, at), log(file, at)];
    await Promise.all([a.send(message(), sending('k1')), a.send(message(), sending('k1')), a.send(message({ lang: 'en', subject: 'Due soon', body: 'Decide.' }), sending('k2'))]);
    await b.send(message(), sending('k1'));
    await b.send(message(), sending('k3'));
    await a.send(message(), sending('k3'));
    const text = await readFile(file, 'utf8');
    expect(text.match(/^== .*$/gm)).toEqual(['== k1', '== k2', '== k3']);
    expect(text.slice(0, text.indexOf('== k1'))).toBe(
      '\n-- 2026-01-05T01:02:03.000Z\n致：office · street <petitions@office.example>\n登记号：XF-1  事件 3\n主题：【XF-1】受理期限将至\n\n   请于 2026-01-20 前作出决定。\n\n',
    );
    expect(text).toContain('To: office · street <petitions@office.example>\nReceipt: XF-1  event 3\nSubject: Due soon\n\n   Decide.\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('shows of the petitioner only the role', async () => {
    const file = join(folder, 'petitioner.log');
    await log(file).send(message({ role: 'petitioner', outside: true, address: 'somebody@post.example' }), sending('k'));
    const text = await readFile(file, 'utf8');
    expect(text).toContain('致：petitioner（机关以外）');
    expect(text).not.toContain('somebody');
  });

  test('writes a block that was cut short again, whole; no text can pass for a key', async () => {
    const file = join(folder, 'cut.log');
    await log(file).send(message({ body: 'x\n== k2\n', subject: 'y\n== k2' }), sending('k1'));
    await truncate(file, (await stat(file)).size - 3);
    await log(file).send(message(), sending('k1'));
    await log(file).send(message(), sending('k2'));
    expect((await readFile(file, 'utf8')).match(/^== .+$/gm)).toEqual(['== k1', '== k2']);
  });

  test('a file that cannot be written means later', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(log(join(folder, 'file', 'notices.log')).send(message(), sending('k'))).rejects.toThrow();
    await expect(log(join(folder, 'x.log')).send(message(), { key: 'k', signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
