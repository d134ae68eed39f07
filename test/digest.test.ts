import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activities, ordinary } from '../src/activities/index.ts';
import { AddressRefused, type Channel, type Message } from '../src/channels/index.ts';
import { CaseView, instantOf, Notice, type Outcome } from '../src/core/index.ts';
import { Institution } from '../src/institution/index.ts';
import { openRegister, type Register } from '../src/register/index.ts';

const MORNING = instantOf(Date.parse('2026-03-18T01:00:00.000Z'));
const title = { zh: '职务', en: 'post' };

const from = '2026-01-01';

const institution = Institution.parse({
  id: 'sample', title, lang: 'zh',
  people: {
    'leader-a': { name: '领导甲', unit: 'street', email: 'leader-a@office.example' },
    'leader-b': { name: '领导乙', unit: 'street', email: 'leader-b@office.example', phone: '+8610000000000' },
    'head-a': { name: '主任甲', unit: 'street', email: 'head-a@office.example' },
  },
  units: {
    street: {
      title,
      posts: {
        office: { email: 'office@office.example' },
        leader: { holder: { person: 'leader-a', from }, deputies: [{ person: 'leader-b', from }] },
        'unit-head': { holder: { person: 'head-a', from } },
        // The same person in another post, and so the same message.
        'first-responsible': { holder: { person: 'leader-a', from } },
      },
    },
  },
});

let folder: string;
let register: Register;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-digest-'));
  register = await openRegister({ memory: true });
  await register.importInstitution(institution);
});
afterAll(async () => {
  await register.close();
  await rm(folder, { recursive: true, force: true });
});

/** The petitioner names somebody while a notice waits. */
const exclude = (of: Notice, person: string): Promise<void> => register.record(
  [{ seq: 1, type: 'excluded', at: MORNING, recordedAt: MORNING, person, why: 'named', cause: 1 }],
  CaseView.parse({
    receipt: of.receipt, procedure: 'p', version: 1, calendar: 'cn', calendarVersion: '1', channel: 'letter', unit: 'street', stage: 's',
    receivedAt: MORNING, openedAt: MORNING, seq: 1, overdue: true, level: 1, duties: [],
  }),
);

const mailboxFor = (channel: Channel) => activities(ordinary({ register, channels: [channel], archive: folder }));

let n = 0;
const notice = (role: string, more: Partial<Notice> = {}): Notice => {
  const receipt = `R-${(n += 1)}`;
  return Notice.parse({
    key: `${receipt}/1/${role}`, receipt, unit: 'street', of: 1, role, outside: role === 'petitioner', kind: 'raised',
    subject: { zh: `【${receipt}】逾期`, en: `[${receipt}] overdue` }, body: { zh: '全文', en: 'all of it' }, line: { zh: `【${receipt}】逾期`, en: `[${receipt}] overdue` },
    at: instantOf(Date.parse('2026-03-17T16:00:00.000Z')), notBefore: MORNING, ...more,
  });
};

function mailbox(refuse: (to: string | undefined) => boolean = () => false, wait = 0) {
  const got: (Message & { key: string })[] = [];
  const channel: Channel = {
    name: 'email', via: 'email', personal: true, needsAddress: true,
    async send(message, { key }) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (refuse(message.address)) throw new AddressRefused(550);
      got.push({ ...message, key });
    },
  };
  return { got, channel, act: activities(ordinary({ register, channels: [channel], archive: join(folder, 'archive') })) };
}

const queue = (...notices: Notice[]): Promise<unknown> => register.notices.begin(notices);

describe('what waited for working hours', () => {
  test('forty late matters are one message with forty lines, and each case hears that its leader was told', async () => {
    const { got, act } = mailbox();
    const forty = Array.from({ length: 40 }, (_, i) => notice(i % 2 === 0 ? 'leader' : 'first-responsible'));
    const other = notice('unit-head');
    await queue(...forty, other);
    const outcomes = (await Promise.all([...forty, other].map((one) => act.release([one])))).flat();
    expect(new Set(got.map((m) => m.address))).toEqual(new Set(['head-a@office.example', 'leader-a@office.example']));
    expect(got).toHaveLength(2);
    const digest = got.find((m) => m.address === 'leader-a@office.example');
    for (const one of forty) expect(digest?.body).toContain(one.receipt);
    expect(digest?.body.split('\n').filter((l) => l.includes('【R-')).length).toBe(40);
    expect(outcomes.map((o) => o.result)).toEqual(outcomes.map(() => 'sent'));
    expect(outcomes[0]).toMatchObject({ person: 'leader-a', as: 'holder', channel: 'email' });
    const [row] = await register.notices.of(forty[7]?.receipt ?? '');
    expect(row).toMatchObject({ status: 'sent', digest: digest?.key });
  });

  test('one matter alone comes as itself', async () => {
    const { got, act } = mailbox();
    const one = notice('leader');
    await queue(one);
    expect(await act.release([one])).toMatchObject([{ result: 'sent', person: 'leader-a' }]);
    expect(got).toMatchObject([{ subject: expect.stringContaining(one.receipt) }]);
  });

  test('what is due only later is not in it, nor a petitioner’s letter', async () => {
    const { got, act } = mailbox();
    const [now, later, theirs] = [notice('leader'), notice('leader', { notBefore: instantOf(Date.parse('2026-03-19T01:00:00.000Z')) }), notice('petitioner')];
    await register.admit({ receipt: theirs.receipt, key: theirs.receipt, contact: { email: 'leader-a@office.example' }, summary: '' });
    await queue(now, later, theirs);
    await act.release([now]);
    expect(got).toHaveLength(1);
    expect(got[0]?.body).not.toContain(later.receipt);
    await act.release([theirs]);
    expect(got).toHaveLength(2);
  });

  test('in two processes at once nobody is told of the same matter twice', async () => {
    const [a, b] = [mailbox(undefined, 30), mailbox(undefined, 30)];
    const twenty = Array.from({ length: 20 }, () => notice('leader'));
    await queue(...twenty);
    await Promise.all(twenty.map((one, i) => (i % 2 === 0 ? a : b).act.release([one])));
    const all = [...a.got, ...b.got].map((m) => m.body + m.subject).join('\n');
    for (const { receipt } of twenty) expect(all.split(`【${receipt}】`).length - 1, receipt).toBeGreaterThanOrEqual(1);
    const told = [...a.got, ...b.got].flatMap((m) => twenty.filter(({ receipt }) => m.body.includes(`【${receipt}】`)));
    expect(told.length).toBe(twenty.length);
  });

  test('a process that dies in the middle sends the same message again, with the same key', async () => {
    const [one, two] = [notice('leader'), notice('leader')];
    await queue(one, two);
    const { got, channel } = mailbox();
    // Dies after sending: the books never hear of it.
    const forgetful: Register = { ...register, notices: { ...register.notices, sent: () => Promise.reject(new Error('killed')) } };
    await activities(ordinary({ register: forgetful, channels: [channel], archive: folder })).release([one]);
    expect(await mailboxFor(channel).release([one])).toMatchObject([{ result: 'sent' }]);
    expect(got.map((m) => m.key)).toEqual([`digest/${one.key}`, `digest/${one.key}`]);
    expect(got[0]?.body).toBe(got[1]?.body);
    // The other case asks in its turn, and finds its notice sent.
    expect(await mailboxFor(channel).release([two])).toMatchObject([{ result: 'sent' }]);
    expect(got).toHaveLength(2);
  });

  test('and takes nothing more into it: whoever had it would take the new line for old', async () => {
    const [one, two] = [notice('leader'), notice('leader')];
    await queue(one, two);
    const { got, channel } = mailbox();
    const forgetful: Register = { ...register, notices: { ...register.notices, sent: () => Promise.reject(new Error('killed')) } };
    await activities(ordinary({ register: forgetful, channels: [channel], archive: folder })).release([one]);
    const three = notice('leader');
    await queue(three);
    await mailboxFor(channel).release([one]);
    expect(got[1]?.body).toBe(got[0]?.body);
    expect(got[1]?.body).not.toContain(three.receipt);
    await mailboxFor(channel).release([three]);
    expect(got.at(-1)).toMatchObject({ key: three.key });
  });

  test('what is in another’s message is not sent beside it', async () => {
    const [one, two] = [notice('leader'), notice('leader')];
    await queue(one, two);
    const { got, act } = mailbox(undefined, 5_500);
    const [first, second] = await Promise.all([act.release([one]), act.release([two]).then(async (o) => (o[0]?.result === 'later' ? act.deliver(two).catch((e: Error) => e.message) : o))]);
    expect(first).toMatchObject([{ result: 'sent' }]);
    expect(['sent-by-another', 'sent'].some((word) => JSON.stringify(second).includes(word))).toBe(true);
    expect(await act.deliver(two)).toMatchObject({ result: 'sent' });
    expect(got).toHaveLength(1);
  });

  test('whoever was excluded while it waited is not told', async () => {
    const { got, act } = mailbox();
    const one = notice('leader');
    await queue(one);
    await exclude(one, 'leader-a');
    expect(await act.release([one])).toMatchObject([{ result: 'sent', person: 'leader-b', passed: [{ person: 'leader-a', why: 'named' }] }]);
    expect(got).toMatchObject([{ address: 'leader-b@office.example' }]);
  });

  test('where the address is refused each goes on by itself, to the deputy', async () => {
    const { got, act } = mailbox((to) => to === 'leader-a@office.example');
    const [one, two] = [notice('leader'), notice('leader')];
    await queue(one, two);
    const outcomes: Outcome[] = [];
    for (const each of [one, two]) outcomes.push(...(await act.release([each])));
    expect(outcomes[0]).toMatchObject({ result: 'sent', person: 'leader-b', as: 'deputy', passed: [{ role: 'leader', person: 'leader-a', why: 'address-refused' }] });
    expect(got.every((m) => m.address === 'leader-b@office.example')).toBe(true);
  });
});

test('whoever was excluded while it waited is not told either where the message to another was refused', async () => {
  const { got, act } = mailbox((to) => to === 'leader-a@office.example');
  const [one, two] = [notice('leader'), notice('leader')];
  await queue(one, two);
  await exclude(two, 'leader-b');
  await act.release([one]);
  expect(await act.release([two])).toMatchObject([{ result: 'failed', passed: [{ person: 'leader-a', why: 'address-refused' }, { person: 'leader-b', why: 'named' }] }]);
  expect(got.map((m) => m.key)).toEqual([one.key]);
});

describe('who is told in the end', () => {
  test('goes on along the ladder, past whoever is complained of, and says why', async () => {
    const { got, act } = mailbox();
    const one = notice('unit-head', { notBefore: undefined, onward: ['leader', 'first-responsible'], excluded: { 'head-a': 'named', 'leader-a': 'conflict' } });
    expect(await act.deliver(one)).toMatchObject({
      result: 'sent', role: 'leader', person: 'leader-b', as: 'deputy',
      passed: [{ role: 'unit-head', person: 'head-a', why: 'named' }, { role: 'leader', person: 'leader-a', why: 'conflict' }],
    });
    expect(got).toMatchObject([{ address: 'leader-b@office.example', role: 'leader' }]);
  });

  test('whom the case was given to comes before whoever holds the post', async () => {
    const { act } = mailbox();
    expect(await act.deliver(notice('leader', { notBefore: undefined, appointed: { leader: 'head-a' } }))).toMatchObject({ person: 'head-a', as: 'appointed' });
  });

  test('what is urgent goes out by every way, and one that took it is enough', async () => {
    const { got, channel } = mailbox((to) => to === 'leader-b@office.example');
    const sms: Channel = { ...channel, name: 'sms', via: 'sms' };
    const act = activities(ordinary({ register, channels: [channel, sms], archive: folder }));
    const one = notice('leader', { notBefore: undefined, urgent: true, unanswered: ['leader-a'] });
    expect(await act.deliver(one)).toMatchObject({ result: 'sent', channel: 'sms', person: 'leader-b', passed: [{ person: 'leader-a', why: 'unanswered' }] });
    expect(got).toMatchObject([{ address: '+8610000000000' }]);
    expect(got[0]?.body).not.toContain('全文');
  });

  test('the only one there is, who did not answer, is told once more; the last resort is for nobody there at all', async () => {
    const { got, act } = mailbox();
    expect(await act.deliver(notice('unit-head', { notBefore: undefined, unanswered: ['head-a'], lastResort: 'leader' }))).toMatchObject({ result: 'sent', person: 'head-a' });
    expect(await act.deliver(notice('unit-head', { notBefore: undefined, excluded: { 'head-a': 'named' }, lastResort: 'leader' }))).toMatchObject({ result: 'sent', role: 'leader', person: 'leader-a' });
    expect(got).toHaveLength(2);
  });

  test('nobody left: for good, with everybody who was passed over', async () => {
    const { act } = mailbox();
    expect(await act.deliver(notice('unit-head', { notBefore: undefined, excluded: { 'head-a': 'named' } }))).toMatchObject({
      result: 'failed', reason: 'no-post', passed: [{ role: 'unit-head', person: 'head-a', why: 'named' }],
    });
  });
});
