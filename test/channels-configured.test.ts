import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channelFor, ChannelMisconfigured, channelsOf, type Channel } from '../src/channels/index.ts';
import { readSettings } from '../src/channels/read.ts';
import { DINGTALK_SECRET, FEISHU_SECRET, TOKEN, WEBHOOK_SECRETS } from './support/http-server.ts';
import { type Receivers, startReceivers } from './support/receivers.ts';

let folder: string;
let receivers: Receivers;
beforeAll(async () => {
  [folder, receivers] = await Promise.all([mkdtemp(join(tmpdir(), 'redress-channels-')), startReceivers()]);
});
afterAll(() => Promise.all([rm(folder, { recursive: true, force: true }), receivers.stop()]));

async function fileOf(text: string): Promise<string> {
  const file = join(folder, `${Math.random()}.yaml`);
  await writeFile(file, text);
  return file;
}

/** What is wrong with a file, in both languages. */
function wrong(text: string, env: Record<string, string> = {}): { zh: string; en: string } {
  try {
    readSettings(text, 'channels.yaml', env);
  } catch (error) {
    if (error instanceof ChannelMisconfigured) return error.text;
    throw error;
  }
  throw new Error('nothing is wrong');
}

describe('which channels', () => {
  test('is e-mail where SMTP_URL is set, else the log', () => {
    expect(channelsOf({}, 'f').map((c) => c.name)).toEqual(['log']);
    expect(channelsOf({ SMTP_URL: '', REDRESS_CHANNELS: '' }, 'f').map((c) => c.name)).toEqual(['log']);
    expect(channelsOf({ SMTP_URL: 'smtp://u:p@h:25', SMTP_FROM: 'a@b.example' }, 'f').map((c) => c.name)).toEqual(['email']);
  });

  test.each([{ SMTP_URL: 'smtp://u:secret@h' }, { SMTP_URL: 'http://u:secret@h', SMTP_FROM: 'a@b.example' }, { SMTP_URL: 'smtp://u:secret@h', SMTP_FROM: 'secret' }])('%j is refused, without its password', (env) => {
    expect(() => channelsOf(env, 'f')).toThrow(ChannelMisconfigured);
    expect(() => channelsOf(env, 'f')).not.toThrow(/secret/);
  });

  test('an empty file asks for none, so the log remains', async () => {
    expect(channelsOf({ REDRESS_CHANNELS: await fileOf('# nothing yet\n') }, 'f').map((c) => c.name)).toEqual(['log']);
  });

  test('a file that is not there is the system’s error, with its path', () => {
    expect(() => channelsOf({ REDRESS_CHANNELS: join(folder, 'none.yaml') }, 'f')).toThrow(expect.objectContaining({ code: 'ENOENT', path: join(folder, 'none.yaml') }));
  });

  test('e-mail is set up in one place only', async () => {
    const file = await fileOf('email: { url: "smtp://h:25", from: "Office <a@b.example>" }\n');
    expect(channelsOf({ REDRESS_CHANNELS: file }, 'f').map((c) => c.name)).toEqual(['email']);
    expect(() => channelsOf({ REDRESS_CHANNELS: file, SMTP_URL: 'smtp://h:25', SMTP_FROM: 'a@b.example' }, 'f')).toThrow(/twice/);
  });
});

describe('a channels file', () => {
  test('sets up everything, and everything works', async () => {
    const file = await fileOf(`
sms:
  url: ${receivers.url}/sms
  headers: { Authorization: "Bearer \${SMS_TOKEN}", Idempotency-Key: "{{ key }}" }
  json: { to: "{{ to }}", text: "{{ text }}" }
  accepted: { at: result.code, is: 0 }
groups:
  duty-room: { kind: wecom, url: "${receivers.url}/wecom?key=\${WECOM_KEY}", format: markdown, atAll: true }
  leaders: { kind: dingtalk, url: "${receivers.url}/dingtalk?access_token=t1", secret: "\${DING}" }
  district: { kind: feishu, url: "${receivers.url}/feishu", secret: "\${FEISHU}" }
webhooks:
  district: { url: "${receivers.url}/webhook", secrets: ["\${HOOK_NEW}", "\${HOOK_OLD}"] }
`);
    const env = { SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'a@b.example', REDRESS_CHANNELS: file, SMS_TOKEN: TOKEN, WECOM_KEY: 'k1', DING: DINGTALK_SECRET, FEISHU: FEISHU_SECRET, HOOK_NEW: WEBHOOK_SECRETS.new, HOOK_OLD: WEBHOOK_SECRETS.old };
    const channels = channelsOf(env, 'f');
    expect(channels.map(({ name, via, needsAddress, personal }) => ({ name, via, needsAddress, personal }))).toEqual([
      { name: 'email', via: 'email', needsAddress: true, personal: true },
      { name: 'sms', via: 'sms', needsAddress: true, personal: true },
      { name: 'group:duty-room', via: 'group', needsAddress: false, personal: false },
      { name: 'group:leaders', via: 'group', needsAddress: false, personal: false },
      { name: 'group:district', via: 'group', needsAddress: false, personal: false },
      { name: 'webhook:district', via: 'webhook', needsAddress: false, personal: false },
    ]);
    for (const channel of channels.slice(1))
      await channel.send({ receipt: 'XF-1', unit: 'street', role: 'office', outside: false, of: 3, address: '13900000000', lang: 'zh', subject: '提醒', body: '', kind: 'reminder', urgent: true }, { key: 'k', signal: AbortSignal.timeout(5000) });
    expect((await receivers.seen()).map((s) => s.verified)).toEqual([true, true, true, true, true]);
    for (const channel of channels) await channel.close?.();
  });

  test('the one in examples/ is right, and names no secret', async () => {
    const text = await readFile(new URL('../examples/channels.yaml', import.meta.url), 'utf8');
    const names = [...text.matchAll(/\$\{(\w+)\}/g)].map((m) => m[1] ?? '');
    const env = Object.fromEntries(names.map((n) => [n, n.startsWith('HOOK') ? WEBHOOK_SECRETS.new : 'x']));
    expect(Object.keys(readSettings(text, 'channels.yaml', env))).toEqual(['email', 'sms', 'groups', 'webhooks']);
    expect(text).not.toMatch(/whsec_[A-Za-z0-9+/]{8}|SEC[0-9a-f]{8}|key=[0-9a-f]{4}/);
  });

  test('every variable that is not set is named, at its line', () => {
    const text = 'sms:\n  url: https://sms.example/send\n  headers:\n    Authorization: "Bearer ${SMS_TOKEN}"\n  json: { to: "{{ to }}", a: ["${MISSING_TOO}"] }\n';
    expect(wrong(text, { SMS_TOKEN: '' })).toEqual({
      en: 'channels.yaml:4 sms.headers.Authorization: The environment variable SMS_TOKEN is not set.\nchannels.yaml:5 sms.json.a.0: The environment variable MISSING_TOO is not set.',
      zh: 'channels.yaml:4 sms.headers.Authorization: 环境变量 SMS_TOKEN 没有设置。\nchannels.yaml:5 sms.json.a.0: 环境变量 MISSING_TOO 没有设置。',
    });
  });

  test.each<[string, string, RegExp, RegExp]>([
    ['an unknown kind', 'groups:\n  a: { kind: slack, url: "https://a.example/" }', /^channels\.yaml:2 groups\.a\.kind: It must be one of: wecom, dingtalk, feishu\.$/, /只能是/],
    ['a misspelt entry', 'groups:\n  a:\n    kind: wecom\n    url: https://a.example/\n    secrt: SECRET', /^channels\.yaml:5 groups\.a\.secrt: There is no such entry as "secrt"/, /没有“secrt”这一项/],
    ['a secret for WeCom, which has none', 'groups:\n  a: { kind: wecom, url: "https://a.example/", secret: SECRET }', /groups\.a\.secret: There is no such entry/, /没有/],
    ['a name with blanks', 'webhooks:\n  My Hook: { url: "https://a.example/", secrets: [x] }', /^channels\.yaml:2 webhooks\.My Hook: A name is/, /名称用小写/],
    ['a plain http address', 'webhooks:\n  a:\n    url: http://SECRET.example/\n    secrets: ["whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"]', /^channels\.yaml:3 webhooks\.a\.url: it must be an https/, /应为 https/],
    ['a secret too short', 'webhooks:\n  a: { url: "https://a.example/", secrets: ["whsec_U0VDUkVU"] }', /^channels\.yaml:2 webhooks\.a\.secrets\.0: it must be whsec_/, /24 至 64 字节/],
    ['no secret', 'webhooks:\n  a: { url: "https://a.example/", secrets: [] }', /webhooks\.a\.secrets/, /webhooks\.a\.secrets/],
    ['a placeholder that is none', 'sms:\n  url: https://a.example/\n  json: { to: "{{ to }}", text: "{{ body }}" }', /^channels\.yaml:3 sms\.json: there is no placeholder "body"; there are: to, digits/, /没有占位符“body”/],
    ['no number in the body', 'sms:\n  url: https://a.example/\n  json: { text: "{{ text }}" }', /^channels\.yaml:1 sms: the body has no number/, /正文中没有号码/],
    ['both bodies', 'sms:\n  url: https://a.example/\n  json: { to: "{{ to }}" }\n  form: { to: "{{ to }}" }', /sms: give either/, /二者取一/],
    ['an answer without its place', 'sms:\n  url: https://a.example/\n  json: { to: "{{ to }}" }\n  accepted: { is: 0 }', /^channels\.yaml:4 sms\.accepted: with "is" goes "at"/, /还须写 at/],
    ['a header of two lines', 'sms:\n  url: https://a.example/\n  headers: { X-Sign: "SECRET\\r\\nX: y" }\n  json: { to: "{{ to }}" }', /^channels\.yaml:3 sms\.headers: a header has/, /标头名/],
    ['a country that is none', 'sms:\n  url: https://a.example/\n  country: CN\n  json: { to: "{{ to }}" }', /^channels\.yaml:3 sms\.country: it must be the code/, /国家或地区代码/],
    ['an e-mail server without its scheme', 'email:\n  url: SECRET@mail.example:25\n  from: a@b.example', /^channels\.yaml:2 email\.url: it must be smtp/, /应为 smtp/],
    ['no YAML', 'sms:\n  url: "SECRET\n', /^channels\.yaml:\d+ This is no YAML/, /YAML 语法有误/],
    ['a list instead', '- sms', /channels\.yaml:1/, /channels\.yaml:1/],
  ])('%s is told by line, in both languages, and no value is repeated', (_, text, en, zh) => {
    const said = wrong(`${text}\n`);
    expect(said.en).toMatch(en);
    expect(said.zh).toMatch(zh);
    expect(`${said.en}${said.zh}`).not.toContain('SECRET');
  });

  test('plain http is let pass within one’s own network', () => {
    for (const host of ['127.0.0.1:8080', 'localhost', '10.1.2.3', '192.168.1.9', '172.20.0.5', 'sms-gateway', 'sms.intranet', '[::1]:80'])
      expect(readSettings(`groups:\n  a: { kind: feishu, url: "http://${host}/x" }\n`, 'f', {}).groups['a']?.url).toBe(`http://${host}/x`);
    for (const host of ['172.32.0.1', '100.1.1.1', 'sms.example.org', '8.8.8.8']) expect(() => readSettings(`groups:\n  a: { kind: feishu, url: "http://${host}/x" }\n`, 'f', {})).toThrow(/https/);
  });
});

const named = (name: string, via: Channel['via']): Channel => ({ name, via, needsAddress: false, personal: false, send: async () => undefined });

describe('the channel for a way', () => {
  const channels = [named('email', 'email'), named('group:duty-room', 'group'), named('webhook:district', 'webhook')];

  test('is found by its name; groups and webhooks by their address', () => {
    expect(channelFor(channels, { via: 'email', address: 'a@b.example' })?.name).toBe('email');
    expect(channelFor(channels, { via: 'group', address: 'duty-room' })?.name).toBe('group:duty-room');
    expect(channelFor(channels, { via: 'webhook', address: 'district' })?.name).toBe('webhook:district');
    expect(channelFor(channels, { via: 'group', address: 'other' })).toBeUndefined();
    expect(channelFor(channels, { via: 'sms', address: '13900000000' })).toBeUndefined();
  });

  test('is the log where nothing is set up', () => {
    expect(channelFor([named('log', 'log')], { via: 'sms', address: '13900000000' })?.name).toBe('log');
  });
});
