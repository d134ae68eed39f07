import { describe, expect, test } from 'vitest';
import * as core from '../../src/core/index.ts';
import { story } from '../support/story.ts';
import { calendar } from '../support/walk.ts';

const said = (s: ReturnType<typeof story>, ...types: core.EventType[]) => s.events.filter((e) => types.includes(e.type));

/** Carries the newest events' notices out, each with the outcome given for its role, else to the post's mailbox. */
function told(s: ReturnType<typeof story>, from: number, outcomes: Record<string, Partial<Extract<core.Outcome, { result: 'sent' }>>> = {}) {
  const events: core.Event[] = [];
  let state = s.state();
  const now = s.events.at(-1)?.recordedAt ?? state.openedAt;
  const notices = core.noticesOf(state, s.events.slice(from), now);
  for (const n of notices) state = core.record(state, n, { key: n.key, result: 'sent', channel: 'log', as: 'mailbox', ...outcomes[n.role] }, now, events);
  return { notices, events, state };
}

const received = () => story('xinfang-2022', '2026-03-02 10:00', { receiver: 'officer-a' });

/** A major matter whose first report is overdue, and the leader told of it. */
function raised(as: core.ToldAs = 'holder') {
  const s = story('xinfang-2022', '2026-03-02 10:00');
  s.act('2026-03-02 22:00', 'mark-major', { role: 'office', fields: { situation: 'x' } });
  s.until('2026-03-02 23:00:01');
  const from = s.events.findIndex((e) => e.type === 'fell-overdue');
  const { notices, state } = told(s, from, { leader: { person: 'leader-a', as } });
  return { s, notices, state };
}

const later = (state: core.CaseState, to: core.Instant): core.Event[] => {
  const events: core.Event[] = [];
  let at = state;
  for (let next = core.nextInstant(at); next !== undefined && next <= to; next = core.nextInstant(at)) at = core.tick(at, next, events);
  return events;
};

describe('who is complained of takes no part', () => {
  test('from the intake on, and every notice says so', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00', { named: 'officer-a unit:civil-affairs' });
    expect(said(s, 'excluded')).toMatchObject([{ person: 'officer-a', why: 'named' }, { person: 'unit:civil-affairs', why: 'named' }]);
    const { notices } = told(s, 0);
    expect(notices.filter((n) => !n.outside).map((n) => n.excluded)).toEqual([{ 'officer-a': 'named', 'unit:civil-affairs': 'named' }]);
    expect(s.act('2026-03-03 10:00', 'propose', { by: { role: 'office', person: 'officer-a' } })).toBe('takes-no-part');
    expect(s.act('2026-03-03 10:00', 'propose', { by: { role: 'office', person: 'officer-b' } })).toBeUndefined();
    expect(s.act('2026-03-03 11:00', 'transfer', { fields: { to: 'officer-a', reason: 'x' }, by: { role: 'office', person: 'officer-b' } })).toBe('takes-no-part');
  });

  test('standing aside is asked for by anybody and decided by somebody else, in time', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00');
    expect(s.act('2026-03-03 10:00', 'ask-recusal', { role: 'petitioner', fields: { who: 'officer-a', reason: 'a relative' } })).toBeUndefined();
    expect(s.due('decide-recusal/1')).toBe('2026-03-06');
    const decide = (person: string, granted: boolean) => s.act('2026-03-04 10:00', 'decide-recusal', { by: { role: 'leader', person }, fields: { who: 'officer-a', granted, reason: 'x' } });
    expect(decide('officer-a', false)).toBe('takes-no-part');
    expect(decide('leader-a', true)).toBeUndefined();
    expect(s.state().excluded).toEqual({ 'officer-a': 'conflict' });
    expect(s.duty('decide-recusal/1')).toMatchObject({ status: 'met' });
    expect(s.act('2026-03-05 10:00', 'accept', { by: { role: 'office', person: 'officer-a' } })).toBe('takes-no-part');
  });

  test('whoever it is about is neither told of it nor owes the decision', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00');
    const from = s.events.length;
    s.act('2026-03-03 10:00', 'ask-recusal', { role: 'petitioner', fields: { who: 'leader-b', reason: 'x' } });
    expect(told(s, from).notices).toMatchObject([{ role: 'leader', excluded: { 'leader-b': 'conflict' }, onward: ['first-responsible'], lastResort: 'reviewer' }]);
    expect(s.state().excluded).toEqual({});
  });

  test('whoever is excluded has no part in the case any more', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00', { receiver: 'officer-a' });
    s.act('2026-03-03 10:00', 'lead', { by: { role: 'leader', person: 'leader-b' } });
    s.act('2026-03-04 10:00', 'name-person', { by: { role: 'office', person: 'officer-c' }, fields: { who: 'leader-b, officer-a' } });
    expect(s.state().appointed).toEqual({});
    expect(said(s, 'relieved').map((e) => ('person' in e ? e.person : ''))).toEqual(['leader-b', 'officer-a']);
  });

  test('a refusal of it excludes nobody', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00');
    s.act('2026-03-03 10:00', 'ask-recusal', { role: 'petitioner', fields: { who: 'officer-a', reason: 'x' } });
    s.act('2026-03-04 10:00', 'decide-recusal', { by: { role: 'leader', person: 'leader-a' }, fields: { who: 'officer-a', granted: false, reason: 'x' } });
    expect(s.state().excluded).toEqual({});
  });
});

describe('whoever receives a matter first answers for it until it is taken over', () => {

  test('a transfer needs the acceptance of the one it goes to, with a clock of its own', () => {
    const s = received();
    expect(s.state().appointed).toEqual({ receiver: 'officer-a' });
    expect(s.due('first-care')).toBe('2026-03-09');
    expect(s.act('2026-03-03 10:00', 'transfer', { by: { role: 'receiver', person: 'officer-b' }, fields: { to: 'officer-c', reason: 'x' } })).toBe('not-appointed');
    expect(s.act('2026-03-03 10:00', 'transfer', { by: { role: 'receiver', person: 'officer-a' }, fields: { to: 'officer-c', reason: 'x' } })).toBeUndefined();
    expect(s.due('take-over')).toBe('2026-03-04');
    // Offered is not taken: the first receiver still has it, and it is offered to nobody else meanwhile.
    expect(s.state().appointed).toEqual({ receiver: 'officer-a', transferee: 'officer-c' });
    expect(s.act('2026-03-03 11:00', 'transfer', { by: { role: 'receiver', person: 'officer-a' }, fields: { to: 'officer-d', reason: 'x' } })).toBe('not-settled');
    expect(s.act('2026-03-03 12:00', 'take-over', { by: { role: 'transferee', person: 'officer-d' } })).toBe('not-appointed');
    expect(s.act('2026-03-03 12:00', 'take-over', { by: { role: 'transferee', person: 'officer-c' } })).toBeUndefined();
    expect(s.state().appointed).toEqual({ handler: 'officer-c' });
    expect(s.duty('first-care')).toMatchObject({ status: 'met' });
    expect(s.act('2026-03-04 10:00', 'accept', { by: { role: 'handler', person: 'officer-x' } })).toBe('not-appointed');
    expect(s.act('2026-03-04 10:00', 'accept', { by: { role: 'handler', person: 'officer-c' } })).toBeUndefined();
  });

  test('turned down, it stays where it was', () => {
    const s = received();
    s.act('2026-03-03 10:00', 'transfer', { by: { role: 'receiver', person: 'officer-a' }, fields: { to: 'officer-c', reason: 'x' } });
    expect(s.act('2026-03-03 12:00', 'turn-down', { by: { role: 'transferee', person: 'officer-c' }, fields: { reason: 'x' } })).toBeUndefined();
    expect(s.state().appointed).toEqual({ receiver: 'officer-a' });
    expect(s.duty('take-over')).toMatchObject({ status: 'released' });
    expect(s.act('2026-03-03 12:00', 'take-over', { by: { role: 'transferee', person: 'officer-c' } })).toBe('not-appointed');
    expect(s.duty('first-care')).toMatchObject({ status: 'open' });
  });

  test('not taken over in time, it goes up the ladder', () => {
    const s = received();
    s.act('2026-03-03 10:00', 'transfer', { by: { role: 'receiver', person: 'officer-a' }, fields: { to: 'officer-c', reason: 'x' } });
    s.until('2026-03-05 09:00');
    expect(s.befell('take-over', 'escalated')).toMatchObject([{ rung: 1, role: 'unit-deputy' }]);
  });
});

describe('a leader of one’s own for a case', () => {
  test('by choice', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00');
    expect(s.act('2026-03-03 10:00', 'lead', { by: { role: 'leader' } })).toBe('person-needed');
    expect(s.act('2026-03-03 10:00', 'lead', { by: { role: 'leader', person: 'leader-a' } })).toBeUndefined();
    expect(s.state().appointed).toEqual({ 'responsible-leader': 'leader-a' });
    const { notices } = told(s, 3);
    expect(notices.find((n) => n.role === 'responsible-leader')).toMatchObject({ kind: 'due', appointed: { 'responsible-leader': 'leader-a' } });
  });

  test('by rule, when the matter is raised to a rung: whoever is told there', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00').until('2026-03-22 09:00');
    const at = s.events.findIndex((e) => e.type === 'escalated' && e.role === 'bureau-deputy');
    const { events, state } = told(s, at, { 'bureau-deputy': { person: 'leader-b', as: 'holder' } });
    expect(events).toContainEqual(expect.objectContaining({ type: 'appointed', role: 'responsible-leader', person: 'leader-b', because: 'rung' }));
    expect(state.duties['lead']).toMatchObject({ status: 'open' });
  });
});

describe('when nobody can be told on a rung, the next one is told at once', () => {
  test('and the duty stands there, so that nobody is told twice', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00').until('2026-03-18 09:00');
    const from = s.events.findIndex((e) => e.type === 'fell-overdue' && e.instance === 'decide');
    const passed: core.Passed[] = [
      { role: 'unit-deputy', person: 'officer-a', why: 'on-leave' }, { role: 'unit-head', why: 'vacant' }, { role: 'bureau-deputy', person: 'leader-b', why: 'named' },
    ];
    const { notices, events, state } = told(s, from, { 'unit-deputy': { role: 'first-responsible', person: 'leader-c', as: 'holder', passed } });
    expect(notices.find((n) => n.role === 'unit-deputy')?.onward).toEqual(['unit-head', 'bureau-deputy', 'first-responsible']);
    expect(events.filter((e) => e.type === 'passed-over')).toMatchObject(passed);
    expect(events).toContainEqual(expect.objectContaining({ type: 'noticed', role: 'unit-deputy', told: 'first-responsible', person: 'leader-c' }));
    expect(events).toContainEqual(expect.objectContaining({ type: 'escalated', rung: 4, role: 'first-responsible', why: 'passed-on' }));
    // The next telling is the top's own repetition: five working days after.
    expect(state.duties['decide']).toMatchObject({ rung: 4, escalations: 1, nextRung: s.at('2026-03-25 00:00') });
    expect(core.noticesOf(state, events)).toEqual([]);
  });
});

describe('being told is to be acknowledged, where the procedure asks', () => {
  test('whoever is told owes an answer; the notice is urgent, at night too', () => {
    const { notices, state } = raised();
    expect(notices.every((n) => n.urgent)).toBe(true);
    expect(state.duties['acknowledge/leader']).toMatchObject({ owes: 'leader', person: 'leader-a', about: 'first-report', status: 'open' });
  });

  test('an answer ends it', () => {
    const { s, state } = raised();
    const now = s.at('2026-03-02 23:05');
    const taken = core.act(state, { action: 'acknowledge', by: { role: 'leader', person: 'leader-a' } }, now);
    if (core.isRefusal(taken)) throw new Error(taken.text.en);
    expect(taken.state.duties['acknowledge/leader']).toMatchObject({ status: 'met' });
    expect(later(taken.state, s.at('2026-03-02 23:29')).some((e) => e.type === 'unanswered')).toBe(false);
  });

  test('no answer: the deputy is told', () => {
    const { s, state } = raised();
    const events = later(state, s.at('2026-03-02 23:16'));
    expect(events).toMatchObject([{ type: 'lapsed', instance: 'acknowledge/leader' }, { type: 'unanswered', instance: 'first-report', role: 'leader', person: 'leader-a', to: 'leader' }]);
    const after = events.reduce(core.apply, state);
    expect(core.noticesOf(after, events, s.at('2026-03-02 23:16'))).toMatchObject([{ role: 'leader', kind: 'unanswered', unanswered: ['leader-a'], urgent: true, onward: ['bureau-deputy', 'first-responsible'], lastResort: 'reviewer' }]);
  });

  test('nor from the deputy: up, before the rung’s own time', () => {
    const { s, state } = raised('deputy');
    const events = later(state, s.at('2026-03-02 23:16'));
    expect(events.map((e) => e.type)).toEqual(['lapsed', 'unanswered', 'escalated']);
    expect(events[2]).toMatchObject({ rung: 2, role: 'bureau-deputy', why: 'unanswered' });
  });

  test('at the top the ladder tells again by itself: no flood', () => {
    const { s, state } = raised();
    const events: core.Event[] = [];
    let at = state;
    for (let n = 0; n < 400; n += 1) {
      const next = core.nextInstant(at);
      if (next === undefined || next > s.at('2026-03-03 23:00')) break;
      const fresh: core.Event[] = [];
      at = core.tick(at, next, fresh);
      for (const one of core.noticesOf(at, fresh, next)) at = core.record(at, one, { key: one.key, result: 'sent', channel: 'log' }, next, fresh);
      events.push(...fresh);
    }
    // Each hour of the day once, and the way up before that.
    expect(events.filter((e) => e.type === 'escalated' && e.role === 'first-responsible').length).toBeLessThanOrEqual(25);
    expect(events.filter((e) => e.type === 'unanswered').length).toBeLessThanOrEqual(4);
  });

  test('a correction that takes the lateness back stops the chain', () => {
    const { s, state } = raised();
    const taken = core.act(state, { action: 'correct', by: { role: 'office' }, occurredAt: '2026-03-02 23:01', fields: { of: s.events.find((e) => e.type === 'acted')?.seq ?? 0, reason: 'misread' } }, s.at('2026-03-02 23:05'));
    if (core.isRefusal(taken)) throw new Error(taken.text.en);
    expect(taken.state.duties['first-report']).toMatchObject({ overdue: false });
    expect(later(taken.state, s.at('2026-03-02 23:40')).map((e) => e.type)).toEqual(['lapsed']);
  });

  test('what is settled needs no answer any more', () => {
    const { s, state } = raised();
    const taken = core.act(state, { action: 'first-report', by: { role: 'office' }, fields: { situation: 'x', measures: 'y' } }, s.at('2026-03-02 23:10'));
    if (core.isRefusal(taken)) throw new Error(taken.text.en);
    expect(taken.state.duties['acknowledge/leader']).toMatchObject({ status: 'released' });
  });
});

describe('when people may be disturbed', () => {
  const cn = calendar('cn');
  const at = (when: string): core.Instant => core.readMoment(cn, when, 'start') ?? core.instantOf(0);
  const hours: core.Hours = { quiet: ['22:00', '07:00'], workingHours: true };
  const tell = (when: string, byTime: boolean, urgent = false) => core.tellAt(cn, hours, at(when), { byTime, urgent });

  test.each([
    ['what time brought at midnight waits for the office', '2026-03-18 00:00', true, '2026-03-18 09:00'],
    ['also over a weekend', '2026-03-21 00:00', true, '2026-03-23 09:00'],
    ['and over National Day', '2026-10-01 00:00', true, '2026-10-08 09:00'],
    ['after closing it waits for the next day', '2026-03-18 19:00', true, '2026-03-19 09:00'],
    ['within hours it goes at once', '2026-03-18 10:00', true, '2026-03-18 10:00'],
    ['what somebody did in the evening goes at once', '2026-03-21 20:00', false, '2026-03-21 20:00'],
    ['at night it waits for the morning', '2026-03-21 23:00', false, '2026-03-22 07:00'],
    ['and after midnight for the same morning', '2026-03-22 03:00', false, '2026-03-22 07:00'],
  ])('%s', (_, when, byTime, expected) => {
    expect(tell(when, byTime)).toBe(at(expected));
  });

  test('what is counted in minutes never waits', () => {
    expect(tell('2026-10-01 03:00', true, true)).toBe(at('2026-10-01 03:00'));
  });

  test('the petitioner hears at once that it has arrived', () => {
    const s = story('xinfang-2022', '2026-03-02 23:30');
    const notices = core.noticesOf(s.state(), s.events, at('2026-03-02 23:30'), hours);
    expect(notices.map((n) => [n.role, n.notBefore])).toEqual([['petitioner', undefined], ['office', at('2026-03-03 07:00')]]);
  });
});

describe('what may be read by anybody', () => {
  const SECRET = 'words that nobody else should read';

  test('a line and a clock never hold what somebody wrote', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00', { receiver: 'officer-a' });
    s.act('2026-03-02 11:00', 'mark-major', { role: 'office', fields: { situation: SECRET } });
    s.act('2026-03-02 12:00', 'transfer', { by: { role: 'office', person: 'officer-b' }, fields: { to: 'officer-c', reason: SECRET } });
    s.act('2026-03-02 13:00', 'ask-recusal', { role: 'petitioner', fields: { who: 'officer-d', reason: SECRET } });
    s.act('2026-03-02 14:00', 'promise', { role: 'office', fields: { what: SECRET, deadline: '2026-03-10' } });
    s.act('2026-03-03 14:00', 'accept', { by: { role: 'office', person: 'officer-b' }, fields: { notice: SECRET } });
    s.until('2026-06-30 09:00');
    const notices = s.events.flatMap((e) => core.noticesOf(s.state(), [e]));
    expect(notices.length).toBeGreaterThan(30);
    expect(JSON.stringify(notices.map(({ line, clock, subject }) => [line, clock, subject]))).not.toContain(SECRET);
    // The letter itself does: it goes to whoever has to act, and to nobody else.
    expect(JSON.stringify(notices.map(({ body }) => body))).toContain(SECRET);
  });
});
