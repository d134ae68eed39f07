import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { activities, ordinary } from '../src/activities/index.ts';
import { AddressRefused, type Channel, email, log } from '../src/channels/index.ts';
import { CaseView, Notice, Report, Step } from '../src/core/effects.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { openRegister, type Register, RegisterUnavailable, serveRegister } from '../src/register/index.ts';

const AT = '2026-01-05T01:00:00.000Z';

let n = 0;
const fresh = (): string => `XF-${(n += 1)}`;

const notice = (receipt: string, role: string, more: Partial<Notice> = {}): Notice =>
  Notice.parse({ key: `${receipt}/1/${role}`, receipt, unit: 'street', of: 1, role, outside: role === 'petitioner', subject: { zh: '提醒', en: 'Reminder' }, body: { zh: '甲', en: 'Alpha' }, ...more });

const both = (zh: string) => ({ zh, en: zh });
const report = (receipt: string, body = '报告'): Report =>
  Report.parse({
    key: `${receipt}/1/closing-report`, receipt, unit: 'street', of: 1, kind: 'closing-report', at: AT,
    data: {
      procedure: both('程序'), channel: both('来信'), unit: 'street', receivedOn: '2026-01-05', day: '2026-01-05', facts: {}, clocks: [],
      outcomes: [], passages: [{ seq: 1, at: both('今天'), text: both(body) }],
    },
  });
const FILED = /closing-report-1\.docx$/;

const step = (receipt: string, notices: Notice[] = [], reports: Report[] = []): Step =>
  Step.parse({
    receipt, notices, reports,
    events: [{ seq: 1, at: AT, recordedAt: AT, type: 'closed' }],
    view: CaseView.parse({
      receipt, procedure: 'xinfang-2022', version: 1, calendar: 'cn', calendarVersion: '1', channel: 'letter', unit: 'street', stage: 'closed',
      receivedAt: AT, openedAt: AT, closedAt: AT, seq: 1, overdue: false, level: 0, duties: [],
    }),
  });

let folder: string;
let register: Register;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-activities-'));
  register = await openRegister({ memory: true });
  await register.importInstitution(await loadInstitution('examples/institution.yaml'));
});
afterAll(async () => {
  await register.close();
  await rm(folder, { recursive: true, force: true });
});

/** A channel that notes what it is given and answers as it is told to. */
function noting(answer: () => Promise<void> = async () => undefined, needsAddress = true) {
  const got: { to: string | undefined; lang: string; subject: string; key: string }[] = [];
  const channel: Channel = {
    name: 'noting', via: needsAddress ? 'email' : 'log', personal: true, needsAddress,
    async send(m, { key }) {
      got.push({ to: m.address, lang: m.lang, subject: m.subject, key });
      await answer();
    },
  };
  return { got, channel };
}

const world = (channel: Channel, archive = join(folder, 'archive')) => activities(ordinary({ register, channels: [channel], archive }));

describe('carrying out a step', () => {
  test('records, tells each role at its post in its language, files the report', async () => {
    const receipt = fresh();
    const { got, channel } = noting();
    const outcomes = await world(channel).carryOut(step(receipt, [notice(receipt, 'handler'), notice(receipt, 'desk', { unit: 'company' })], [report(receipt)]));
    expect(outcomes).toMatchObject([{ result: 'sent', channel: 'noting' }, { result: 'sent' }, { result: 'filed', path: expect.stringMatching(FILED) }]);
    expect(got).toEqual([
      { to: 'handling@office.example', lang: 'zh', subject: '提醒', key: `${receipt}/1/handler` },
      { to: 'complaints@company.example', lang: 'en', subject: 'Reminder', key: `${receipt}/1/desk` },
    ]);
    expect(await register.timeline(receipt)).toHaveLength(1);
    expect((await register.notices.of(receipt)).map((r) => r.status)).toEqual(['sent', 'sent']);
  });

  test('does nothing twice when it is carried out again', async () => {
    const receipt = fresh();
    const { got, channel } = noting();
    const again = step(receipt, [notice(receipt, 'handler')], [report(receipt)]);
    const first = await world(channel).carryOut(again);
    expect(await world(channel).carryOut(again)).toEqual(first);
    expect(await world(channel).carryOut({ ...again, reports: [report(receipt, '另一份')] })).toEqual(first);
    expect(got).toHaveLength(1);
    const [paper] = await register.papers.of(receipt);
    expect(createHash('sha256').update(await readFile(join(folder, 'archive', paper?.path ?? ''))).digest('hex')).toBe(paper?.sha256);
  });

  test('tells the petitioner at the address of the intake, in the language asked for', async () => {
    const [with_, without] = [fresh(), fresh()];
    const { got, channel } = noting();
    await register.admit({ receipt: with_, key: with_, contact: { email: ' somebody@post.example ', lang: 'en' }, summary: '' });
    await register.admit({ receipt: without, key: without, contact: { phone: '0' }, summary: '' });
    const outcomes = await world(channel).carryOut(step(with_, [notice(with_, 'petitioner')]));
    expect(outcomes).toMatchObject([{ result: 'sent' }]);
    expect(got).toMatchObject([{ to: 'somebody@post.example', lang: 'en' }]);
    expect(await world(channel).carryOut(step(without, [notice(without, 'petitioner')]))).toMatchObject([{ result: 'failed', reason: 'no-address' }]);
    expect(JSON.stringify([outcomes, await register.notices.of(with_), await register.case(with_)])).not.toContain('somebody');
  });

  test('without a mail server everything goes into the log, addresses or not', async () => {
    const receipt = fresh();
    await register.admit({ receipt, key: receipt, contact: { name: 'Somebody' }, summary: '' });
    const file = join(folder, 'notices.log');
    const outcomes = await world(log(file)).carryOut(step(receipt, [notice(receipt, 'petitioner'), notice(receipt, 'leader')]));
    expect(outcomes).toMatchObject([{ result: 'sent', channel: 'log' }, { result: 'sent', channel: 'log' }]);
    expect(await readFile(file, 'utf8')).not.toContain('Somebody');
  });

  test('says for good when there is no such post or the address is refused, and does not ask again', async () => {
    const receipt = fresh();
    const { got, channel } = noting(() => Promise.reject(new AddressRefused(550)));
    const asked = step(receipt, [notice(receipt, 'handler'), notice(receipt, 'nobody')]);
    const outcomes = [{ result: 'failed', reason: 'address-refused' }, { result: 'failed', reason: 'no-post' }];
    expect(await world(channel).carryOut(asked)).toMatchObject(outcomes);
    expect(await world(channel).carryOut(asked)).toMatchObject(outcomes);
    expect(got).toHaveLength(1);
  });

  test('puts off what hangs or fails, after three seconds at most, and one does not hold up another', async () => {
    const receipt = fresh();
    let i = 0;
    const { channel } = noting(() => {
      i += 1;
      return i === 1 ? new Promise(() => undefined) : i === 2 ? Promise.reject(new Error('down')) : Promise.resolve();
    });
    const began = Date.now();
    const outcomes = await world(channel).carryOut(step(receipt, ['handler', 'reviewer', 're-reviewer'].map((r) => notice(receipt, r))));
    expect(outcomes).toMatchObject([{ result: 'later', reason: 'timeout' }, { result: 'later', reason: 'down' }, { result: 'sent' }]);
    expect(Date.now() - began).toBeLessThan(4000);
    expect((await register.notices.of(receipt)).map((r) => r.status).toSorted()).toEqual(['sending', 'sending', 'sent']);
  });

  test('says that it was sent though the register went away meanwhile', async () => {
    const receipt = fresh();
    const { channel } = noting();
    const forgetful: Register = { ...register, notices: { ...register.notices, sent: () => Promise.reject(new Error('away')) } };
    const act = activities(ordinary({ register: forgetful, channels: [channel], archive: folder }));
    expect(await act.carryOut(step(receipt, [notice(receipt, 'handler')]))).toMatchObject([{ result: 'sent' }]);
    const blind: Register = { ...forgetful, people: { ...forgetful.people, organisation: () => Promise.reject(new RegisterUnavailable('ended', { zh: '无', en: 'none' })) } };
    const unseeing = activities(ordinary({ register: blind, channels: [channel], archive: folder }));
    expect(await unseeing.carryOut(step(receipt, [notice(receipt, 'leader')]))).toMatchObject([{ result: 'later', reason: 'register-away' }]);
  });

  test('throws while the register is away, and when it contradicts; both to be tried again', async () => {
    const receipt = fresh();
    const { got, channel } = noting();
    await world(channel).carryOut(step(receipt));
    const other = step(receipt, [notice(receipt, 'handler')]);
    other.events = other.events.map((e) => ({ ...e, recordedAt: e.at, seq: 1, type: 'excused', duty: 'x', excuse: 0 }));
    await expect(world(channel).carryOut(other)).rejects.toMatchObject({ name: 'ApplicationFailure', type: 'RegisterConflict', nonRetryable: false });
    const closed = await openRegister({ memory: true });
    await closed.close();
    const act = activities(ordinary({ register: closed, channels: [channel], archive: folder }));
    await expect(act.carryOut(step(receipt, [notice(receipt, 'handler')]))).rejects.toMatchObject({ type: 'RegisterUnavailable', nonRetryable: false });
    expect(got).toEqual([]);
  });
});

describe('trying again by itself', () => {
  test('delivers once, and throws until then', async () => {
    const receipt = fresh();
    let up = false;
    const { got, channel } = noting(() => (up ? Promise.resolve() : Promise.reject(new Error('down'))));
    const act = world(channel);
    await expect(act.deliver(notice(receipt, 'handler'))).rejects.toMatchObject({ type: 'NotYetSent', message: 'down', nonRetryable: false });
    up = true;
    expect(await act.deliver(notice(receipt, 'handler'))).toEqual({ key: `${receipt}/1/handler`, result: 'sent', channel: 'noting' });
    expect(await act.deliver(notice(receipt, 'handler'))).toMatchObject({ result: 'sent' });
    expect(got).toHaveLength(2);
    expect(await act.deliver(notice(receipt, 'nobody'))).toMatchObject({ result: 'failed', reason: 'no-post' });
  });

  test('files once, and throws until then', async () => {
    const receipt = fresh();
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, '');
    const act = world(noting().channel, blocked);
    await expect(act.file(report(receipt))).rejects.toMatchObject({ type: 'NotYetFiled', nonRetryable: false });
    await rm(blocked);
    await mkdir(blocked);
    expect(await act.file(report(receipt))).toMatchObject({ result: 'filed' });
    expect(await readdir(join(blocked, receipt))).toEqual(['closing-report-1.docx']);
  });
});

describe('a worker that is killed between sending and entering it', () => {
  let got: ParsedMail[] = [];
  let worker: ChildProcess | undefined;
  let port = 0;
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _, done) => void simpleParser(stream).then((m) => {
      got.push(m);
      worker?.kill('SIGKILL');
      done();
    }, done),
  });
  beforeEach(() => {
    got = [];
  });
  beforeAll(async () => {
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = server.server.address();
    port = at !== null && typeof at === 'object' ? at.port : 0;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  test('loses nothing: the next attempt sends again, with the same Message-ID, and then no more', async () => {
    const place = await serveRegister({ dir: join(folder, 'shared') });
    const shared = await openRegister({ url: place.url });
    await shared.importInstitution(await loadInstitution('examples/institution.yaml'));
    const receipt = fresh();
    const todo = step(receipt, [notice(receipt, 'handler')], [report(receipt)]);
    const mail = { url: `smtp://127.0.0.1:${port}`, from: 'office@office.example' };
    const script = join(folder, 'worker.mjs');
    await writeFile(script, `
      import { activities, ordinary } from ${JSON.stringify(import.meta.resolve('../src/activities/index.ts'))};
      import { email } from ${JSON.stringify(import.meta.resolve('../src/channels/index.ts'))};
      import { openRegister } from ${JSON.stringify(import.meta.resolve('../src/register/index.ts'))};
      const { url, mail, archive, todo } = JSON.parse(process.argv[2]);
      const register = await openRegister({ url });
      await activities(ordinary({ register, channels: [email(mail)], archive })).carryOut(todo);
      process.exit(0);`);
    const archive = join(folder, 'killed');
    worker = spawn(process.execPath, [script, JSON.stringify({ url: place.url, mail, archive, todo })], { stdio: ['ignore', 'inherit', 'inherit'] });
    expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
    worker = undefined;
    expect(await shared.notices.of(receipt)).toMatchObject([{ status: 'sending', attempts: 1 }]);
    expect(await shared.timeline(receipt)).toHaveLength(1);

    const channel = email(mail);
    const act = activities(ordinary({ register: shared, channels: [channel], archive }));
    expect(await act.carryOut(todo)).toMatchObject([{ result: 'sent' }, { result: 'filed' }]);
    expect(await act.carryOut(todo)).toMatchObject([{ result: 'sent' }, { result: 'filed' }]);
    expect(got.map((m) => m.messageId)).toEqual([`<${receipt}/1/handler@office.example>`, `<${receipt}/1/handler@office.example>`]);
    expect(await shared.notices.of(receipt)).toMatchObject([{ status: 'sent', attempts: 2 }]);
    await channel.close?.();
    await shared.close();
    await place.close();
  });
});
