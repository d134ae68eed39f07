import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AddressRefused, type Channel, group, type Message, RetryLater, sms, webhook } from '../src/channels/index.ts';
import { dingtalk } from '../src/channels/dingtalk.ts';
import { feishu } from '../src/channels/feishu.ts';
import { phoneOf } from '../src/channels/phone.ts';
import type { Gateway } from '../src/channels/sms.ts';
import { wecom } from '../src/channels/wecom.ts';
import { DINGTALK_SECRET, FEISHU_SECRET, TOKEN, WEBHOOK_SECRETS } from './support/http-server.ts';
import { type Receivers, startReceivers } from './support/receivers.ts';

const message = (more: Partial<Message> = {}): Message => ({
  receipt: 'XF-1', unit: 'street', role: 'office', outside: false, of: 3, lang: 'zh', kind: 'reminder', urgent: false,
  subject: '【XF-1】提醒：决定是否受理', body: '截止：2026年10月6日（星期二）\nhttps://r.example/c/XF-1?a=1#x', ...more,
});
const sending = (key = 'XF-1/3/office', ms = 5000) => ({ key, signal: AbortSignal.timeout(ms) });

let receivers: Receivers;
beforeAll(async () => {
  receivers = await startReceivers();
});
afterAll(() => receivers.stop());
beforeEach(async () => {
  await receivers.seen();
});

const failure = async (channel: Channel, m: Message = message(), ms?: number): Promise<unknown> =>
  channel.send(m, sending(undefined, ms)).then(() => undefined, (e: unknown) => e);

/** Everything that an error says must be free of addresses, secrets and the other side's words. */
function isPrivate(error: unknown): void {
  const said = error instanceof Error ? `${error.message} ${error.stack?.split('\n')[0]} ${JSON.stringify(error)}` : String(error);
  for (const word of ['127.0.0.1', 'localhost', 'words', '139000', 'k1', 't1', TOKEN, DINGTALK_SECRET, FEISHU_SECRET]) expect(said).not.toContain(word);
}

const plain = { format: 'text', atAll: false } as const;
const robots = {
  wecom: (path = 'wecom', query = '') => group('group:duty-room', wecom, { ...plain, url: `${receivers.url}/${path}?key=k1${query}` }),
  dingtalk: (path = 'dingtalk', query = '') => group('group:leaders', dingtalk, { ...plain, url: `${receivers.url}/${path}?access_token=t1${query}`, secret: DINGTALK_SECRET }),
  feishu: (path = 'feishu', query = '') => group('group:district', feishu, { ...plain, url: `${receivers.url}/${path}?x=1${query}`, secret: FEISHU_SECRET }),
};

describe('a group robot', () => {
  test('of WeCom says it as text, or as markdown', async () => {
    await robots.wecom().send(message(), sending());
    await group('group:a', wecom, { ...plain, format: 'markdown', url: `${receivers.url}/wecom?key=k1` }).send(message(), sending());
    const [text, markdown] = await receivers.seen();
    expect(text?.verified).toBe(true);
    expect(JSON.parse(text?.body ?? '')).toEqual({ msgtype: 'text', text: { content: '【XF-1】提醒：决定是否受理\n截止：2026年10月6日（星期二）\nhttps://r.example/c/XF-1?a=1#x' } });
    expect(JSON.parse(markdown?.body ?? '')).toEqual({ msgtype: 'markdown', markdown: { content: '**【XF-1】提醒：决定是否受理**\n截止：2026年10月6日（星期二）\nhttps://r.example/c/XF-1?a=1#x' } });
  });

  test('of DingTalk signs in its address', async () => {
    await robots.dingtalk().send(message(), sending());
    await group('group:a', dingtalk, { ...plain, format: 'markdown', url: `${receivers.url}/dingtalk?access_token=t1`, secret: DINGTALK_SECRET }).send(message(), sending());
    const [text, markdown] = await receivers.seen();
    expect([text?.verified, markdown?.verified]).toEqual([true, true]);
    expect(JSON.parse(text?.body ?? '')).toMatchObject({ msgtype: 'text', at: { isAtAll: false } });
    expect(JSON.parse(markdown?.body ?? '')).toMatchObject({ msgtype: 'markdown', markdown: { title: '【XF-1】提醒：决定是否受理', text: '#### 【XF-1】提醒：决定是否受理\n\n截止：2026年10月6日（星期二）\n\nhttps://r.example/c/XF-1?a=1#x' } });
  });

  test('of Feishu signs in its body; an old one answers in its own way', async () => {
    await robots.feishu().send(message(), sending());
    await robots.feishu('feishu', '&old').send(message(), sending());
    await group('group:a', feishu, { ...plain, format: 'markdown', url: `${receivers.url}/feishu`, secret: FEISHU_SECRET }).send(message(), sending());
    const [text, old, post] = await receivers.seen();
    expect([text?.verified, old?.verified, post?.verified]).toEqual([true, true, true]);
    expect(JSON.parse(post?.body ?? '')).toMatchObject({
      msg_type: 'post',
      content: { post: { zh_cn: { title: '【XF-1】提醒：决定是否受理', content: [[{ tag: 'text' }], [{ tag: 'a', href: 'https://r.example/c/XF-1?a=1#x' }]] } } },
    });
  });

  test.each([
    ['DingTalk', () => group('group:leaders', dingtalk, { ...plain, url: `${receivers.url}/dingtalk?access_token=t1`, secret: 'another' }), 'group:leaders: misconfigured (310000)'],
    ['DingTalk without one', () => group('group:leaders', dingtalk, { ...plain, url: `${receivers.url}/dingtalk?access_token=t1` }), 'group:leaders: misconfigured (310000)'],
    ['DingTalk with a clock two hours off', () => group('group:leaders', dingtalk, { ...plain, url: `${receivers.url}/dingtalk?access_token=t1`, secret: DINGTALK_SECRET }, () => new Date(Date.now() - 7_200_000)), 'group:leaders: misconfigured (310000)'],
    ['Feishu', () => group('group:district', feishu, { ...plain, url: `${receivers.url}/feishu`, secret: 'another' }), 'group:district: misconfigured (19021)'],
  ])('with a wrong signature for %s is tried later, and the reason names it', async (_, channel, reason) => {
    const error = await failure(channel());
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ message: reason });
    isPrivate(error);
  });

  test.each<[keyof typeof robots, number]>([
    ['wecom', 93000], ['wecom', 93004], ['wecom', 93008], ['dingtalk', 300001], ['dingtalk', 400101], ['dingtalk', 400013], ['dingtalk', 400102], ['dingtalk', 400106], ['dingtalk', 430101], ['feishu', 19001],
  ])('of %s that is no more (%i) is refused for good', async (kind, code) => {
    const error = await failure(robots[kind](`${kind}/${code}`));
    expect(error).toBeInstanceOf(AddressRefused);
    expect(error).toMatchObject({ reply: code });
    isPrivate(error);
  });

  test.each<[keyof typeof robots, number, number]>([['wecom', 45009, 60_000], ['wecom', 45033, 60_000], ['dingtalk', 130101, 600_000], ['dingtalk', 410100, 600_000], ['feishu', 11232, 60_000]])(
    'of %s that was sent too many (%i) rests for %i ms, and nothing is sent meanwhile', async (kind, code, ms) => {
      const channel = robots[kind](`${kind}/${code}`);
      expect(await failure(channel)).toMatchObject({ name: 'RetryLater', afterMs: ms });
      const next = await failure(channel);
      expect(next).toBeInstanceOf(RetryLater);
      expect(next instanceof RetryLater && next.afterMs !== undefined && next.afterMs > ms - 5000 && next.afterMs <= ms).toBe(true);
      expect(await receivers.seen()).toHaveLength(1);
    });

  test.each<[keyof typeof robots, number, string]>([['wecom', -1, 'busy (-1)'], ['wecom', 40008, 'refused (40008)'], ['dingtalk', -1, 'busy (-1)'], ['feishu', 9499, 'refused (9499)'], ['feishu', 2200, 'busy (2200)'], ['feishu', 19024, 'misconfigured (19024)']])(
    'of %s that answers %i is tried later', async (kind, code, reason) => {
      const error = await failure(robots[kind](`${kind}/${code}`));
      expect(error).toBeInstanceOf(RetryLater);
      expect(String(error)).toContain(reason);
    });

  test.each<[keyof typeof robots, number, number]>([['wecom', 20, 60_000], ['dingtalk', 20, 60_000], ['feishu', 5, 1000]])('of %s takes no more than %i in %i ms; the next one waits', async (kind, most, ms) => {
    let at = Date.now();
    const url = `${receivers.url}/${kind}?key=k1&access_token=t1`;
    const dialect = { wecom, dingtalk, feishu }[kind];
    const channel = group('group:a', dialect, { ...plain, url, secret: { wecom: undefined, dingtalk: DINGTALK_SECRET, feishu: FEISHU_SECRET }[kind] }, () => new Date(at));
    for (let n = 0; n < most; n += 1) await channel.send(message(), sending());
    at += 100;
    expect(await failure(channel)).toMatchObject({ message: 'group:a: rate-limited', afterMs: ms - 100 });
    expect(await receivers.seen()).toHaveLength(most);
    at += ms - 100;
    await channel.send(message(), sending());
    expect(await receivers.seen()).toHaveLength(1);
  });

  test('lets no title call people, link or lay out; its own links stay whole', async () => {
    const subject = '<@all> [点这里](https://evil.example/<b>) *粗* `代码` #题';
    for (const channel of Object.values(robots)) await channel().send(message({ subject, body: 'https://r.example/c/XF_1*?a=[1]' }), sending());
    for (const { body } of await receivers.seen()) {
      expect(body).not.toMatch(/<@|<b>|\[点/);
      expect(body).toContain('＜@all＞ ［点这里］(https://evil.example/＜b＞) ＊粗＊ ｀代码｀ ＃题');
      expect(body).toContain('https://r.example/c/XF_1*?a=[1]');
    }
  });

  test('calls everybody only for what is urgent, and only where it may', async () => {
    for (const [kind, dialect] of Object.entries({ wecom, dingtalk, feishu }))
      for (const urgent of [false, true])
        await group('group:a', dialect, { format: 'markdown', atAll: true, url: `${receivers.url}/${kind}?key=k1&access_token=t1`, secret: kind === 'feishu' ? FEISHU_SECRET : DINGTALK_SECRET }).send(message({ urgent }), sending());
    const bodies = (await receivers.seen()).map((s) => s.body);
    expect(bodies.map((b) => /"mentioned_list":\["@all"\]|"isAtAll":true|<at user_id=\\"all\\">/.test(b))).toEqual([false, true, false, true, false, true]);
  });

  test('cuts what is too long between two lines and says how many are missing', async () => {
    const body = Array.from({ length: 40 }, (_, n) => `${n + 1}. 【8A9V-G6QS-B3QH】办结并出具处理意见书，截止 2026年10月6日（星期二）`).join('\n');
    await robots.wecom().send(message({ subject: '待办事项 40 件', body }), sending());
    await robots.dingtalk().send(message({ subject: '待办事项 40 件', body }), sending());
    await robots.wecom().send(message({ subject: '长'.repeat(900), body: '' }), sending());
    const [short, whole, long] = (await receivers.seen()).map((s) => String(JSON.parse(s.body).text.content));
    expect(Buffer.byteLength(short ?? '')).toBeLessThanOrEqual(2048);
    const kept = short?.split('\n').length ?? 0;
    expect(short?.split('\n').at(-1)).toBe(`……另有 ${41 - (kept - 1)} 行，请登录系统查看。`);
    expect(whole?.split('\n')).toHaveLength(41);
    expect(Buffer.byteLength(long ?? '')).toBeLessThanOrEqual(2048);
    expect(long).toMatch(/^长+…$/);
  });

  test('is told nothing that goes to a petitioner', async () => {
    expect(await failure(robots.wecom(), message({ outside: true, role: 'petitioner' }))).toBeInstanceOf(AddressRefused);
    expect(await receivers.seen()).toEqual([]);
  });
});

const toDistrict = (path = 'webhook', secrets: string[] = [WEBHOOK_SECRETS.new]) => webhook({ name: 'webhook:district', url: `${receivers.url}/${path}`, secrets });

describe('a webhook', () => {
  test('is signed as the specification says, and its id is the key, the same each time', async () => {
    await toDistrict('webhook/new').send(message({ urgent: true }), sending());
    await toDistrict('webhook/new').send(message({ urgent: true }), sending());
    const [first, second] = await receivers.seen();
    expect([first?.verified, second?.verified]).toEqual([true, true]);
    expect([first?.headers['webhook-id'], second?.headers['webhook-id']]).toEqual(['XF-1/3/office', 'XF-1/3/office']);
    expect(second?.body).toBe(first?.body);
    expect(JSON.parse(first?.body ?? '')).toEqual({
      type: 'notice.reminder',
      data: { key: 'XF-1/3/office', receipt: 'XF-1', unit: 'street', role: 'office', of: 3, urgent: true, lang: 'zh', subject: message().subject, text: message().body },
    });
  });

  test('carries one signature for each secret, so that either verifies while one replaces the other', async () => {
    for (const path of ['webhook/new', 'webhook/old', 'webhook']) await toDistrict(path, [WEBHOOK_SECRETS.new, WEBHOOK_SECRETS.old]).send(message(), sending());
    const seen = await receivers.seen();
    expect(seen.map((s) => s.verified)).toEqual([true, true, true]);
    expect(seen[0]?.headers['webhook-signature']?.split(' ')).toHaveLength(2);
    expect(await failure(toDistrict('webhook/old'))).toMatchObject({ message: 'webhook:district: misconfigured (401)' });
  });

  test('a key of any characters makes an id without full stops, and verifies', async () => {
    await toDistrict('webhook/new').send(message(), sending('件.1 (2)\r\nwebhook-id: x'));
    const [seen] = await receivers.seen();
    expect(seen?.verified).toBe(true);
    expect(seen?.headers['webhook-id']).toBe('%E4%BB%B6%2E1%20%282%29%0D%0Awebhook-id%3A%20x');
  });

  test.each([404, 410])('answered with %i is refused for good', async (status) => {
    const error = await failure(toDistrict(`status/${status}`));
    expect(error).toBeInstanceOf(AddressRefused);
    expect(error).toMatchObject({ reply: status });
    isPrivate(error);
  });

  test.each<[string, string, number | undefined]>([
    ['status/429?after=17', 'rate-limited (429)', 17_000],
    ['status/429?after=nonsense', 'rate-limited (429)', undefined],
    ['status/503?after=999999999', 'unavailable (503)', 86_400_000],
    ['status/500', 'unavailable (500)', undefined],
    ['status/502', 'unavailable (502)', undefined],
    ['status/403', 'misconfigured (403)', undefined],
    ['status/400', 'refused (400)', undefined],
    ['redirect', 'redirect not followed (307)', undefined],
  ])('answered by %s is tried later', async (path, reason, afterMs) => {
    const error = await failure(toDistrict(path));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ message: `webhook:district: ${reason}`, afterMs });
    isPrivate(error);
    expect((await receivers.seen()).map((s) => s.path)).toEqual([`/${path}`]);
  });

  test('told to wait until a date waits until then', async () => {
    const error = await failure(toDistrict(`status/429?after=${encodeURIComponent(new Date(Date.now() + 60_000).toUTCString())}`));
    const waits = error instanceof RetryLater ? (error.afterMs ?? 0) : 0;
    expect(waits).toBeGreaterThan(50_000);
    expect(waits).toBeLessThanOrEqual(60_000);
  });

  test('with a huge or garbled answer is taken over: only the status counts', async () => {
    await toDistrict('huge').send(message(), sending());
    await toDistrict('garbage').send(message(), sending());
  });
});

const gateway = (more: Partial<Gateway> = {}, path = 'sms'): Channel => sms({
  url: `${receivers.url}/${path}`, method: 'POST', headers: { Authorization: `Bearer ${TOKEN}`, 'Idempotency-Key': '{{ key }}' }, country: '86',
  json: { to: '{{ to }}', template: { text: '{{text}}', list: ['{{ national }}', 7, true, null] } },
  accepted: { at: 'result.code', is: ['0'] }, badNumber: { at: 'result.code', is: ['40103', '40104'] }, limited: { at: 'result.code', is: ['42900'] }, ...more,
});
const texted = (address: string, more: Partial<Message> = {}) => message({ address, subject: '提醒：决定是否受理，最迟9月30日。 https://r.example/c/XF-1', body: '', ...more });

describe('short messages', () => {
  test('go to the gateway as JSON, with the number, the words and the key', async () => {
    await gateway().send(texted('139 0000-0000'), sending());
    const [seen] = await receivers.seen();
    expect(seen?.verified).toBe(true);
    expect(seen?.headers).toMatchObject({ 'idempotency-key': 'XF-1/3/office', 'content-type': 'application/json; charset=utf-8' });
    expect(JSON.parse(seen?.body ?? '')).toEqual({ to: '+8613900000000', template: { text: '提醒：决定是否受理，最迟9月30日。 https://r.example/c/XF-1', list: ['13900000000', 7, true, null] } });
  });

  test('or as a form; what a notice says is no placeholder and no further field', async () => {
    await gateway({ json: undefined, form: { to: '{{ to }}', content: '{{ text }}', lang: '{{ lang }}', id: '{{ key }}' } }).send(texted('+86 13900000000', { subject: '{{ key }}&to=+8613900000009', body: '第二行' }), sending());
    const [seen] = await receivers.seen();
    expect(seen?.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=utf-8');
    expect(Object.fromEntries(new URLSearchParams(seen?.body))).toEqual({ to: '+8613900000000', content: '{{ key }}&to=+8613900000009\n第二行', lang: 'zh', id: 'XF-1/3/office' });
  });

  test('to a number that the gateway says is none are refused for good, without naming it', async () => {
    for (const path of ['sms', 'sms?strict']) {
      const error = await failure(gateway({}, path), texted('13900000001'));
      expect(error).toBeInstanceOf(AddressRefused);
      expect(error).toMatchObject({ reply: 40103 });
      isPrivate(error);
    }
  });

  test.each<[string, Partial<Gateway>, string, string]>([
    ['sms', {}, '13900000002', 'sms: rate-limited'],
    ['sms/51000', {}, '13900000000', 'sms: not accepted (51000)'],
    ['sms/13900000000', {}, '13900000000', 'sms: not accepted'],
    ['sms', { headers: {} }, '13900000000', 'sms: misconfigured (401)'],
    ['garbage', {}, '13900000000', 'sms: not accepted'],
    ['empty', {}, '13900000000', 'sms: not accepted'],
    ['huge', {}, '13900000000', 'sms: not accepted'],
    ['status/500', {}, '13900000000', 'sms: unavailable (500)'],
    ['status/429?after=3', {}, '13900000000', 'sms: rate-limited (429)'],
    ['status/404', {}, '13900000000', 'sms: refused (404)'],
    ['redirect', {}, '13900000000', 'sms: redirect not followed (307)'],
  ])('that %s does not take are tried later', async (path, more, address, reason) => {
    const error = await failure(gateway(more, path), texted(address));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ message: reason });
    isPrivate(error);
  });

  test('are taken by their status alone where nothing else is asked for', async () => {
    await gateway({ accepted: undefined }, 'garbage').send(texted('13900000000'), sending());
    await gateway({ accepted: { status: [200] } }, 'empty').send(texted('13900000000'), sending());
    expect(await failure(gateway({ accepted: { status: [202] } }, 'empty'), texted('13900000000'))).toMatchObject({ message: 'sms: not accepted' });
  });

  test.each(['', '12345', '010-12345678', '13900000000 13900000001', 'office@example.org', '+8612300000000', '1390000000O', '+0000000000'])('%j is no number', async (address) => {
    expect(await failure(gateway(), texted(address))).toBeInstanceOf(AddressRefused);
    expect(await receivers.seen()).toEqual([]);
  });

  test.each([
    ['１３９ ００００ ００００', '86', '+8613900000000', '13900000000'],
    ['0086-139-0000-0000', '86', '+8613900000000', '13900000000'],
    ['(+44) 7700 900123', '86', '+447700900123', '447700900123'],
    ['07700 900123', '44', '+447700900123', '7700900123'],
  ])('%s with country %s is %s', (written, country, e164, national) => {
    expect(phoneOf(written, country)).toMatchObject({ e164, national });
  });
});

const misbehaving = (): Record<string, (path: string) => Channel> => ({
  'a robot': (path) => robots.wecom(path),
  'a webhook': (path) => webhook({ name: 'webhook:district', url: `${receivers.url}/${path}`, secrets: [WEBHOOK_SECRETS.new] }),
  'a gateway': (path) => sms({ url: `${receivers.url}/${path}`, method: 'POST', headers: {}, country: '86', json: { to: '{{ to }}' }, accepted: { at: 'errcode', is: ['0'] } }),
});

describe('whoever does not answer as they should', () => {
  const cases = ['a robot', 'a webhook', 'a gateway'];

  test.each(cases)('%s that hangs holds nothing up', async (kind) => {
    const began = Date.now();
    const error = await failure(misbehaving()[kind]?.('hang') ?? robots.wecom(), message({ address: '13900000000' }), 300);
    expect(error).toBeInstanceOf(RetryLater);
    expect(String(error)).toContain('timeout');
    expect(Date.now() - began).toBeLessThan(2000);
    isPrivate(error);
  });

  test.each(['a robot', 'a gateway'])('%s that stops in the middle of an answer holds nothing up', async (kind) => {
    const error = await failure(misbehaving()[kind]?.('stall') ?? robots.wecom(), message({ address: '13900000000' }), 300);
    expect(String(error)).toContain('timeout');
  });

  test.each(cases)('%s that resets the connection, or is not there, is tried later', async (kind) => {
    const reset = await failure(misbehaving()[kind]?.('reset') ?? robots.wecom(), message({ address: '13900000000' }));
    expect(reset).toBeInstanceOf(RetryLater);
    expect(String(reset)).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    isPrivate(reset);
    const gone = await failure(webhook({ name: 'webhook:gone', url: 'http://127.0.0.1:1/', secrets: [WEBHOOK_SECRETS.new] }));
    expect(gone).toBeInstanceOf(RetryLater);
    isPrivate(gone);
  });

  test.each(['garbage', 'empty', 'huge'])('a robot with an answer of %s is not taken at its word', async (path) => {
    const error = await failure(robots.wecom(path));
    expect(error).toMatchObject({ name: 'RetryLater', message: 'group:duty-room: answer not understood' });
  });

  test.each<[string, typeof AddressRefused | typeof RetryLater]>([['status/404', AddressRefused], ['status/410', AddressRefused], ['status/429?after=5', RetryLater], ['status/503', RetryLater], ['status/401', RetryLater], ['redirect', RetryLater]])(
    'a robot answered by %s', async (path, kind) => {
      const error = await failure(robots.dingtalk(path.split('?')[0], path.includes('?') ? '&after=5' : ''));
      expect(error).toBeInstanceOf(kind);
      isPrivate(error);
      if (path.includes('after')) expect(error).toMatchObject({ afterMs: 5000 });
      expect(await receivers.seen()).toHaveLength(1);
    });

  test.each(cases)('%s is not even asked once time is up', async (kind) => {
    const channel = misbehaving()[kind]?.('hang') ?? robots.wecom();
    await expect(channel.send(message({ address: '13900000000' }), { key: 'k', signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(await receivers.seen()).toEqual([]);
  });
});
