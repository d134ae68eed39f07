import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import { act, type Event, fold, Instant, instantOf, isRefusal, nextInstant, open, tick, viewOf } from '../src/core/index.ts';
import { RedressError } from '../src/errors.ts';
import { entering, type ImportFlags, importRegister, type ImportRun, openRegisterSheet, refusedRows } from '../src/exchange/index.ts';
import { historian, type Told } from '../src/exchange/history.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { openRegister, type Register, RegisterFault } from '../src/register/index.ts';
import { type Problem, type ReadOptions, readRows, type Row } from '../src/sheets/index.ts';
import { gbk } from './support/sheets.ts';
import { leastFields } from './support/walk.ts';

const NOW = Instant.parse('2026-06-30T02:00:00.000Z');
const procedure = loadProcedure('xinfang-2022');
const calendar = loadCalendar('cn');
const UNITS = { street: { zh: '街道办事处', en: 'Street office' }, housing: { zh: '城建科', en: 'Housing section' } };
const HEAD = '编号,收到时间,受理时间,信访人,内容';
const FLAGS: ImportFlags = { key: '编号', unit: 'street', channel: 'letter', map: ['received=收到时间,accept=受理时间'], field: ['accept.notice=见旧登记簿'], mapContact: ['name=信访人,summary=内容'] };

let folder: string;
let register: Register;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-exchange-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeAll(async () => {
  register = await openRegister({ memory: true });
});
afterAll(() => register.close());

interface How {
  readonly flags?: Partial<ImportFlags>;
  readonly read?: ReadOptions;
  readonly dry?: boolean;
  readonly into?: ImportRun['into'];
  readonly now?: Instant;
}

async function imported(bytes: string | Uint8Array, how: How = {}) {
  const file = join(folder, 'register');
  await writeFile(file, bytes);
  const run = { procedure, calendar, flags: { ...FLAGS, ...how.flags }, units: UNITS, now: how.now ?? NOW, ...(how.read ? { read: how.read } : {}) };
  const refused: [Row, readonly Problem<string>[]][] = [];
  const { sheet, plan } = await openRegisterSheet(file, run);
  const tally = await importRegister(sheet, plan, {
    ...run, into: how.dry ? undefined : (how.into ?? entering(register)), progress: () => undefined,
    refuse: async (row, problems) => void refused.push([row, problems]),
  });
  return { tally, refused, plan, sheet, codes: refused.flatMap(([, ps]) => ps.map((p) => `${p.row} ${p.column} ${p.code}`)) };
}

const receipts = async (): Promise<string[]> => {
  const all: string[] = [];
  for await (const { view } of register.bulk.stories()) all.push(view.receipt);
  return all;
};

const acceptedOn = (day: string): string => `${HEAD}\nb-1,2026-01-05,${day},信访人甲,道路积水\n`;

describe('rows become cases', () => {
  test('each is on the register with its timeline, duties and petitioner; importing again changes nothing', async () => {
    const before = new Set(await receipts());
    const text = `${HEAD}\na-1,2026年1月5日,2026-01-08,信访人甲,道路积水\na-2,2026/3/2 9:00,,信访人乙,噪声\n`;
    const first = await imported(text, { flags: { source: 'first' } });
    expect(first.tally).toMatchObject({ rows: 2, entered: 2, again: 0, refused: 0, open: 2, overdue: 2 });
    const now = (await receipts()).filter((r) => !before.has(r));
    expect(now).toHaveLength(2);
    const stories = await Promise.all(now.map(async (r) => ({ events: await register.timeline(r), view: await register.case(r), petitioner: await register.petitioner(r) })));
    const one = stories.find((s) => s.petitioner?.contact.name === '信访人甲');
    expect(one?.petitioner).toMatchObject({ summary: '道路积水' });
    expect(one?.events[0]).toMatchObject({ type: 'opened', at: '2026-01-04T16:00:00.000Z', recordedAt: NOW, unit: 'street', channel: 'letter' });
    expect(one?.events.find((e) => e.type === 'acted')).toMatchObject({ action: 'accept', at: '2026-01-08T15:59:59.999Z', recordedAt: NOW });
    expect(one?.events.find((e) => e.type === 'met' && e.instance === 'decide')).toMatchObject({ late: false });
    // Personal data is in the intake and nowhere else.
    expect(JSON.stringify([one?.events, one?.view])).not.toMatch(/信访人甲|道路积水/);
    expect(one?.view).toEqual(viewOf(fold(procedure, calendar, one?.events ?? [])));
    const again = await imported(text, { flags: { source: 'first' }, now: instantOf(Date.parse(NOW) + 86_400_000) });
    expect(again.tally).toMatchObject({ entered: 0, again: 2, refused: 0 });
    expect(await Promise.all(now.map((r) => register.timeline(r)))).toEqual(stories.map((s) => s.events));
  });

  test('the same number of another register is another case; other content under a known number is refused', async () => {
    await imported(acceptedOn('2026-01-08'), { flags: { source: 'b' } });
    expect((await imported(acceptedOn('2026-01-08'), { flags: { source: 'c' } })).tally.entered).toBe(1);
    const other = await imported(acceptedOn('2026-01-09'), { flags: { source: 'b' } });
    expect(other.codes).toEqual(['2 编号 other-content']);
  });

  test('a step of the day of the import is the same step the day after', async () => {
    const text = `${HEAD}\nd-1,2026-06-29,2026-06-30,,\n`;
    expect((await imported(text, { flags: { source: 'd' } })).tally.entered).toBe(1);
    expect((await imported(text, { flags: { source: 'd' }, now: instantOf(Date.parse(NOW) + 3 * 86_400_000) })).tally.again).toBe(1);
  });

  test('units, channels and choices by their titles, from columns; GBK', async () => {
    const text = '编号,单位,渠道,来源,收到时间,受理时间\ne-1,城建科,来访,上级转送,2026-01-05,2026-01-08\ne-2,street,web,direct,2026-01-05,2026-01-08\ne-3,某科,信鸽,天上,2026-01-05,2026-01-08\n';
    const { tally, sheet, codes } = await imported(gbk(text), { flags: { source: 'e', unit: '@单位', channel: '@渠道', mapField: ['origin=来源'], mapContact: [] } });
    expect([sheet.encoding, tally.entered]).toEqual(['gb18030', 2]);
    expect(codes).toEqual(['4 单位 no-such-unit', '4 渠道 no-such-channel']);
    const found = [];
    for await (const { view, events } of register.bulk.stories({ unit: 'housing' })) found.push([view.channel, events[0]?.type === 'opened' && events[0].fields['origin']]);
    expect(found).toEqual([['visit', 'referred']]);
  });
});

describe('one bad row stops no other, and is named', () => {
  test.each([
    ['x-1,2026-02-30,,,', '收到时间 no-such-date'],
    ['x-1,明天,,,', '收到时间 not-a-date'],
    ['x-1,2026-07-05,,,', '收到时间 in-the-future'],
    ['x-1,,2026-01-08,,', '收到时间 no-receipt'],
    [',2026-01-05,2026-01-08,,', '编号 no-key'],
    ['good-1,2026-01-05,2026-01-08,,', '编号 repeated-key'],
    ['x-1,2026-01-05,2026-01-02,,', '受理时间 before-receipt'],
    ['x-1,2021-01-05,2021-01-08,,', '收到时间 not-in-force'],
    ['x-1,2026-01-05,#REF!,,', '受理时间 error-cell'],
    ['x-1,2026-01-05,2026-01-08,,,more', ' too-many-cells'],
    ['x-1,2026-01-05,"2026-01-08,,', ' unclosed-quote'],
  ])('%s', async (row, wrong) => {
    const { tally, codes } = await imported(`${HEAD}\ngood-1,2026-01-05,2026-01-08,,\n${row}\ngood-2,2026-01-05,2026-01-08,,\n`, { dry: true });
    expect(codes).toEqual([`3 ${wrong}`]);
    expect(tally).toMatchObject({ entered: 2, refused: 1 });
  });

  test('a cell that is wrong in a column that is not used matters to nobody', async () => {
    const { tally } = await imported('编号,收到时间,受理时间,别的\ny-1,2026-01-05,2026-01-08,#REF!\n', { dry: true, flags: { mapContact: [] } });
    expect(tally).toMatchObject({ entered: 1, refused: 0 });
  });

  test('what the database does not take is found, and the rest of its batch goes in', async () => {
    const failing: Register = { ...register, bulk: { ...register.bulk, enter: (batch) => (batch.some((w) => w.intake.key.endsWith('/z-7')) ? Promise.reject(new RegisterFault('22000', '')) : register.bulk.enter(batch)) } };
    const rows = Array.from({ length: 20 }, (_, i) => `z-${i},2026-01-05,2026-01-08,,`);
    const { tally, codes } = await imported([HEAD, ...rows, ''].join('\n'), { flags: { source: 'z' }, into: entering(failing) });
    expect([tally.entered, codes]).toEqual([19, ['9 编号 not-stored']]);
  });

  test('a row is wholly in or not at all: a statement that breaks off leaves nothing', async () => {
    const { events: [first], view } = historyOfOne();
    if (!first) throw new Error('no event');
    const whole = { intake: { receipt: view.receipt, key: 'k', contact: {}, summary: '' }, view };
    await expect(register.bulk.enter([{ ...whole, events: [first, first] }])).rejects.toBeInstanceOf(RegisterFault);
    expect([await register.case(view.receipt), await register.petitioner(view.receipt)]).toEqual([undefined, undefined]);
  });
});

function historyOfOne() {
  const history = historian(procedure, calendar, NOW)({ receipt: 'HALF-HALF-HALF', unit: 'street', channel: 'letter', receivedAt: Instant.parse('2026-01-05T02:00:00.000Z'), fields: {}, steps: [] });
  if ('rejected' in history) throw new Error('refused');
  return history;
}

test('a dry run writes nothing', async () => {
  const before = await receipts();
  const { tally } = await imported(`${HEAD}\nq-1,2026-01-05,2026-01-08,,\n`, { dry: true, flags: { source: 'q' } });
  expect([tally.entered, (await receipts()).length]).toEqual([1, before.length]);
});

test.each(['csv', 'xlsx'] as const)('the file of refused rows (%s) can be mended and imported; nobody else may read it', async (format) => {
  const { sheet, refused } = await imported(`${HEAD}\nm-1,2026-02-30,2026-01-08,信访人甲,=积水\nm-2,2026-01-05,2026-01-08,信访人乙,噪声\n`, { dry: true });
  const file = join(folder, `refused.${format}`);
  const out = refusedRows(file, sheet.columns, 'zh');
  for (const [row, problems] of refused) await out.add(row, problems);
  expect(await out.end()).toBe(1);
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  const rows: Row[] = [];
  for await (const row of readRows(file)) rows.push(row);
  expect(rows.map((r) => ({ ...r.cells }))).toEqual([{ '【行】': format === 'csv' ? '2' : 2, '【列】': '收到时间', '【问题】': '没有“2026-02-30”这一天。', 编号: 'm-1', 收到时间: '2026-02-30', 受理时间: '2026-01-08', 信访人: '信访人甲', 内容: '=积水' }]);
  const again = await imported(await readFile(file), { dry: true });
  expect(again.codes).toEqual(['2 收到时间 no-such-date']);
  const second = refusedRows(join(folder, 'second.csv'), again.sheet.columns, 'en');
  for (const [row, problems] of again.refused) await second.add(row, problems);
  await second.end();
  expect((await readFile(join(folder, 'second.csv'), 'utf8')).split('\r\n')[0]).toBe('\ufeff[row],[column],[problem],编号,收到时间,受理时间,信访人,内容');
});

test.each<[Partial<ImportFlags>, string, RegExp]>([
  [{ map: ['accept=受理时间'] }, '--map', /received/],
  [{ map: ['received=收到时间,acept=受理时间'] }, '--map', /no action "acept"/],
  [{ map: ['received=收到时间,accept'] }, '--map', /wrong at "accept"/],
  [{ field: [] }, '--map-field', /accept\.notice \(paper\)/],
  [{ map: ['received=收到时间,issue-opinion=受理时间'], field: [] }, '--map-field', /issue-opinion\.outcome \(support \| explain \| not-support\), issue-opinion\.opinion \(paper\)/],
  [{ mapField: ['accept.note=内容'] }, '--map-field', /no field note; it has notice, track, person/],
  [{ mapField: ['serve.how=内容'] }, '--map-field', /serve has no column/],
  [{ mapContact: ['fax=信访人'] }, '--map-contact', /no "fax"/],
  [{ unit: 'nowhere' }, '--unit', /there are street, housing/],
  [{ channel: 'pigeon' }, '--channel', /there are letter/],
])('flags that do not fit name what is wrong: %o', async (flags, field, text) => {
  const error: unknown = await imported(`${HEAD}\n`, { flags, dry: true }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(RedressError);
  expect(error).toMatchObject({ field });
  expect(error instanceof RedressError ? error.text.en : '').toMatch(text);
});

test('a column that is not there is named with those that are', async () => {
  await expect(imported(`${HEAD}\n`, { flags: { key: '号码' }, dry: true })).rejects.toThrow(/no column "号码"; it has 编号/);
});

/** The same with its notices, as Redress would have run it then. */
function walked(given: Told) {
  const opened = open(procedure, calendar, { receipt: given.receipt, channel: given.channel, unit: given.unit, receivedAt: given.receivedAt, fields: given.fields }, given.receivedAt);
  if (isRefusal(opened)) throw new Error('refused');
  let { state } = opened;
  const pass = (to: Instant): void => {
    for (let next = nextInstant(state); next !== undefined && next <= to; next = nextInstant(state)) state = tick(state, next, []);
  };
  for (const { at, ...step } of given.steps) {
    pass(at);
    const taken = act(state, step, at);
    if (isRefusal(taken)) throw new Error('refused');
    state = taken.state;
  }
  pass(NOW);
  return state;
}

/** How each duty ended, apart from who was told of it. */
const outcome = ({ duties, stage }: ReturnType<typeof fold>) => ({ stage, duties: Object.values(duties).map(({ instance, status, due, met, overdue, releasedLate }) => ({ instance, status, due, metAt: met?.at, late: met?.late, overdue: overdue && status === 'open', releasedLate: releasedLate ?? false })) });

describe('what happened before the import is history', () => {
  const HOUR = 3_600_000;
  /** Random legacy cases: some of what the procedure allows, at random times. */
  const told = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 * 24 }), fc.nat(1000)), { maxLength: 10 }).map((paces): Told => {
    const receivedAt = instantOf(Date.parse('2026-01-05T02:00:00Z'));
    let at = Date.parse(receivedAt);
    const opened = open(procedure, calendar, { receipt: 'AAAA-BBBB-CCCC', channel: 'letter', unit: 'street', receivedAt, fields: {} }, receivedAt);
    if (isRefusal(opened)) throw new Error('refused');
    let { state } = opened;
    const steps: Told['steps'][number][] = [];
    for (const [hours, pick] of paces) {
      at += hours * HOUR;
      if (at > Date.parse(NOW)) break;
      const now = instantOf(at);
      for (let next = nextInstant(state); next !== undefined && next <= now; next = nextInstant(state)) state = tick(state, next, []);
      const names = Object.keys(procedure.actions);
      for (let i = 0; i < names.length; i += 1) {
        const action = names[(pick + i) % names.length] ?? '';
        const rule = procedure.actions[action];
        const step = { action, by: { role: rule?.by[0] ?? '', person: `p${pick}-${i}` }, fields: leastFields(rule?.fields ?? {}, '2026-05-01') };
        const taken = act(state, step, now);
        if (isRefusal(taken)) continue;
        state = taken.state;
        steps.push({ ...step, at: now });
        break;
      }
    }
    return { receipt: state.receipt, unit: 'street', channel: 'letter', receivedAt, fields: {}, steps };
  });

  test('the timeline says of nobody that they were told, and every duty ends as it would have', () => {
    fc.assert(fc.property(told, (given) => {
      const history = historian(procedure, calendar, NOW)(given);
      if ('rejected' in history) throw new Error(`${history.rejected.code} ${history.rejected.text.en} ${given.steps[history.step]?.action ?? ''}`);
      expect(history.events.filter((e) => ['reminded', 'escalated', 'noticed', 'unanswered'].includes(e.type))).toEqual([]);
      expect(history.events.every((e) => e.recordedAt === NOW && e.at <= NOW)).toBe(true);
      expect(history.events.map((e) => e.seq)).toEqual(history.events.map((_, i) => i + 1));
      const loud = walked(given);
      expect(outcome(history.state)).toEqual(outcome(loud));
      expect(history.state.closedAt).toBe(loud.closedAt);
    }), { numRuns: 200 });
  });

  test('from now on the ladder begins at its first rung, and only reminders that are still to come are sent', () => {
    fc.assert(fc.property(told, (given) => {
      const history = historian(procedure, calendar, NOW)(given);
      if ('rejected' in history) throw new Error('refused');
      const events: Event[] = [];
      tick(history.state, instantOf(Date.parse(NOW) + 1), events);
      for (const e of events) {
        if (e.type === 'escalated') expect([e.rung, e.times]).toEqual([1, 1]);
        expect(e.type).not.toBe('reminded');
      }
      const raised = events.filter((e) => e.type === 'escalated').map((e) => e.instance);
      expect(raised).toEqual([...new Set(raised)]);
    }), { numRuns: 200 });
  });
});

test('the example', async () => {
  const { tally, codes } = await imported(await readFile('examples/legacy-register.csv'), {
    flags: {
      source: 'example', channel: '@渠道', mapContact: [],
      map: ['received=收到时间,accept=受理时间,issue-opinion=出具意见时间,serve=答复时间,archive=归档时间'], mapField: ['origin=来源,issue-opinion.outcome=结论'],
      field: ['accept.notice=见旧登记簿,issue-opinion.opinion=见旧登记簿,issue-opinion.person=handler,serve.how=in-person,serve.proof=见旧登记簿'],
    },
  });
  expect(codes).toEqual(['6 收到时间 no-such-date', '7 受理时间 before-receipt']);
  expect(tally).toMatchObject({ rows: 6, entered: 4, refused: 2 });
});
