import ical, { type VEvent } from 'node-ical';
import { describe, expect, test } from 'vitest';
import { CaseView, DutyView } from '../src/core/effects.ts';
import { Day, Instant } from '../src/core/instant.ts';
import { loadInstitution } from '../src/institution/index.ts';
import { deadlinesBy, nextShifts, type Organisation, organisationOf, swap } from '../src/people/index.ts';
import { calendarOf } from '../src/people/calendar.ts';
import { calendars } from '../src/people/feed.ts';
import { openRegister } from '../src/register/index.ts';

const at = Instant.parse('2026-10-12T02:00:00.000Z');
const to = Instant.parse('2026-10-16T02:00:00.000Z');
const sample: Organisation = organisationOf(await loadInstitution('examples/institution.yaml'));
const events = (text: string): VEvent[] => Object.values(ical.parseICS(text)).filter((e): e is VEvent => e?.type === 'VEVENT');
const uid = (e: VEvent): string => e.uid;

describe('a person’s calendar', () => {
  const shifts = nextShifts(sample, 'officer-b', at, to);
  const deadline = { receipt: 'XF-1', instance: 'commitment/2', title: { zh: '兑现承诺；答复', en: 'keep the promise' }, dueDate: Day.parse('2026-12-31'), actBy: Day.parse('2026-12-30') };

  test('is read by another program with the same instants, and deadlines as whole days', () => {
    const text = calendarOf(sample, 'officer-b', shifts, [deadline], at);
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const found = events(text);
    expect(found.filter((e) => e.datetype === 'date-time').map((e) => [e.start.toISOString(), e.end?.toISOString(), e.summary])).toEqual(shifts.map((s) => [s.from, s.to, '值班表']));
    expect(shifts).toHaveLength(2);
    const due = found.find((e) => e.datetype === 'date');
    // A whole day stands in local time with this parser: it is the day itself wherever it is read.
    expect([due?.start.getFullYear(), (due?.start.getMonth() ?? 0) + 1, due?.start.getDate()]).toEqual([2026, 12, 31]);
    expect([due?.end?.getFullYear(), due?.end?.getMonth(), due?.end?.getDate()]).toEqual([2027, 0, 1]);
    expect(due).toMatchObject({ summary: '截止：兑现承诺；答复', description: '登记号：XF-1\n最迟工作日：2026-12-30' });
    expect(text).toContain('X-WR-TIMEZONE:Asia/Shanghai');
  });

  test('keeps the UIDs of what stays the same, each once', () => {
    const [one, two] = [at, to].map((when) => events(calendarOf(sample, 'officer-b', shifts, [deadline], when)).map(uid));
    expect(one).toEqual(two);
    expect(new Set(one).size).toBe(3);
  });

  test('shows a swap on both sides, and no shift during leave', () => {
    const [mine, theirs] = [shifts[0], nextShifts(sample, 'officer-c', at, to)[0]];
    if (!mine || !theirs) throw new Error('no shifts');
    const swapped = { ...sample, changes: swap(sample, 's', { rota: 'duty', one: 'officer-b', at: mine.from, other: 'officer-c', otherAt: theirs.from }) };
    const of = (o: Organisation, person: string): VEvent[] => events(calendarOf(o, person, nextShifts(o, person, at, to), [], at));
    expect(of(swapped, 'officer-b').find((e) => e.start.toISOString() === theirs.from)?.description).toBe('替 值班员丙');
    expect(of(swapped, 'officer-c').map((e) => e.start.toISOString())).toContain(mine.from);
    const away: Organisation = { ...sample, leave: [{ person: 'officer-b', from: at, to, kind: 'leave' }] };
    // The end of a shift that began before the leave is all that is left.
    expect(of(away, 'officer-b').every((e) => e.start.toISOString() < at || e.start.toISOString() >= to)).toBe(true);
  });
});

const view = (receipt: string, owes: string): CaseView => CaseView.parse({
  receipt, procedure: 'xinfang-2022', version: 1, calendar: 'cn', calendarVersion: '1', channel: 'letter', unit: 'civil-affairs', stage: 's', receivedAt: at, openedAt: at, seq: 1, overdue: false, level: 0,
  duties: [DutyView.parse({
    instance: 'decide', duty: 'decide', title: { zh: '受理', en: 'decide' }, owes, status: 'open', overdue: false, level: 0, escalations: 0, startedAt: at, dueDate: '2026-10-20', actBy: '2026-10-20',
    dueAt: '2026-10-20T15:59:59.999Z', provisional: false,
  })],
});

describe('deadlines', () => {
  const owing = [view('R-1', 'leader'), view('R-2', 'leader'), view('R-3', 'handler'), view('R-4', 'handler')].map((c) => ({ duty: c.duties[0] ?? DutyView.parse({}), case: c }));

  test('are those of whom a notice would reach: not who is named, but the deputy; who is appointed; nobody for a mailbox', () => {
    const casting = new Map([['R-2', { excluded: { 'leader-a': 'named' as const }, appointed: {} }], ['R-4', { excluded: {}, appointed: { handler: 'officer-c' } }]]);
    const by = deadlinesBy(sample, owing, casting, at);
    expect(Object.fromEntries([...by].map(([person, list]) => [person, list.map((d) => d.receipt)]))).toEqual({ 'leader-a': ['R-1'], 'leader-b': ['R-2'], 'officer-c': ['R-4'] });
  });

  test('come from the register, and say nothing of who came', async () => {
    const register = await openRegister({ memory: true });
    await register.importInstitution(await loadInstitution('examples/institution.yaml'), { since: Day.parse('2026-01-01') });
    await register.admit({ receipt: 'R-1', key: 'k', contact: { name: '信访人', phone: '10000009999' }, summary: '漏雨' });
    await register.record([], view('R-1', 'leader'));
    const all = await calendars(register, undefined, at);
    expect([...all.keys()]).toEqual(Object.keys(sample.people));
    expect(events(all.get('leader-a') ?? '').map((e) => e.summary)).toContain('截止：受理');
    expect([...all.values()].join('')).not.toMatch(/信访人|10000009999|漏雨/);
    expect(events((await calendars(register, ['leader-b'], at)).get('leader-b') ?? '').map((e) => e.summary)).not.toContain('截止：受理');
    await expect(calendars(register, ['nobody'], at)).rejects.toMatchObject({ field: 'person', code: 'unknown-person' });
    await register.close();
  });
});
