import { describe, expect, test } from 'vitest';
import * as core from '../../src/core/index.ts';
import { story } from '../support/story.ts';
import { calendarOf, procedure } from '../support/walk.ts';

function accepted() {
  const s = story('xinfang-2022', '2026-03-02 10:00');
  expect(s.act('2026-03-05 09:00', 'accept')).toBeUndefined();
  expect(s.due('handle')).toBe('2026-05-04');
  return s;
}

describe('an extension (R22 Art. 34: once, thirty days at most, by the head, before expiry)', () => {
  test('moves the date and says from where to where', () => {
    const s = accepted();
    expect(s.act('2026-04-20 09:00', 'extend', { fields: { days: 30, reason: 'expert needed' } })).toBeUndefined();
    expect(s.due('handle')).toBe('2026-06-03');
    expect(s.events.find((e) => e.type === 'extended')).toMatchObject({ before: { dueDate: '2026-05-04' }, after: { dueDate: '2026-06-03' } });
  });

  test.each([
    ['too long', '2026-04-20 09:00', { fields: { days: 31 } }, 'extension-too-long'],
    ['by somebody else', '2026-04-20 09:00', { role: 'handler' }, 'not-your-part'],
    ['after expiry', '2026-05-05 00:00', {}, 'extension-too-late'],
    ['without a reason', '2026-04-20 09:00', { fields: { reason: '' } }, 'bad-field'],
  ])('%s is refused', (_, when, more, code) => {
    expect(accepted().act(when, 'extend', more)).toBe(code);
  });

  test('a second one is refused', () => {
    const s = accepted();
    expect(s.act('2026-04-20 09:00', 'extend', { fields: { days: 5 } })).toBeUndefined();
    expect(s.act('2026-04-21 09:00', 'extend', { fields: { days: 5 } })).toBe('extended-before');
  });

  test('granted on the last day in the last minute it still counts', () => {
    const s = accepted();
    expect(s.act('2026-05-04 23:59:59.999', 'extend', { fields: { days: 1 } })).toBeUndefined();
    expect(s.befell('handle', 'fell-overdue')).toEqual([]);
  });
});

describe('in time and late', () => {
  test('the last instant of the last day is in time, the next is not', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00');
    expect(s.act('2026-03-17 23:59:59.999', 'accept')).toBeUndefined();
    expect(s.duty('decide')?.met).toMatchObject({ late: false });
    const t = story('xinfang-2022', '2026-03-02 10:00');
    expect(t.act('2026-03-18 00:00', 'accept')).toBeUndefined();
    expect(t.duty('decide')?.met).toMatchObject({ late: true });
    expect(t.befell('decide', 'fell-overdue', 'escalated').map((e) => [t.on(e), e.type])).toEqual([['2026-03-18', 'fell-overdue'], ['2026-03-18', 'escalated']]);
  });

  test('what was done in time and registered afterwards was in time, and what was told meanwhile stays', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00').until('2026-03-20 09:00');
    expect(s.befell('decide', 'fell-overdue').map(s.on)).toEqual(['2026-03-18']);
    expect(s.act('2026-03-20 10:00', 'accept', { occurredAt: '2026-03-16' })).toBeUndefined();
    expect(s.duty('decide')).toMatchObject({ status: 'met', met: { late: false }, escalations: 2 });
    expect(s.due('handle')).toBe('2026-05-15');
  });

  test('a letter that came on Friday and was registered on Monday starts on Friday', () => {
    const s = story('xinfang-2022', '2026-03-06', {}, '2026-03-09 10:00');
    expect(s.due('decide')).toBe('2026-03-21');
    expect(s.events[0]).toMatchObject({ at: '2026-03-05T16:00:00.000Z', recordedAt: '2026-03-09T02:00:00.000Z' });
  });

  test('registered after the limit, it is overdue at once, says that it was learnt late, and the ladder starts from there', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00', {}, '2026-03-25 10:00').until('2026-03-27 09:00');
    expect(s.befell('decide', 'fell-overdue')).toMatchObject([{ at: '2026-03-17T16:00:00.000Z', why: 'learnt-late' }]);
    expect(s.befell('decide', 'escalated').map(s.on)).toEqual(['2026-03-25', '2026-03-27']);
  });

  test('an outage is never written down as lateness of a person', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00').away('2026-03-23 10:00');
    expect(s.befell('decide', 'fell-overdue')).toMatchObject([{ at: '2026-03-17T16:00:00.000Z', why: 'system-away' }]);
    expect(s.befell('decide', 'escalated')).toMatchObject([{ rung: 1, why: 'system-away', scheduled: '2026-03-17T16:00:00.000Z' }]);
    s.until('2026-03-25 09:00');
    expect(s.befell('decide', 'escalated')).toMatchObject([{ rung: 1 }, { rung: 2, at: '2026-03-24T16:00:00.000Z' }]);
  });
});

describe('a wrong date put right', () => {
  test('counts every duty that rests on it again and keeps both versions', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00').until('2026-03-20 09:00');
    expect(s.duty('decide')).toMatchObject({ overdue: true, rung: 2 });
    expect(s.act('2026-03-20 10:00', 'correct', { role: 'office', occurredAt: '2026-03-09', fields: { of: 1, reason: 'stamp misread' } })).toBeUndefined();
    expect(s.duty('decide')).toMatchObject({ overdue: false, rung: 0, due: { dueDate: '2026-03-24' } });
    expect(s.events.find((e) => e.type === 'due-moved')).toMatchObject({ before: { dueDate: '2026-03-17' }, after: { dueDate: '2026-03-24' } });
    expect(s.until('2026-03-25 00:00:01').told('escalated').at(-1)).toBe('2026-03-25 escalated');
  });

  test('judges what was met anew', () => {
    const s = story('xinfang-2022', '2026-03-10 10:00');
    s.act('2026-03-20 10:00', 'accept');
    expect(s.act('2026-03-21 10:00', 'correct', { role: 'office', occurredAt: '2026-03-01', fields: { of: 1, reason: 'stamp misread' } })).toBeUndefined();
    expect(s.duty('decide')?.met).toMatchObject({ late: true });
  });

  test.each([
    ['by somebody who may not', { role: 'petitioner', occurredAt: '2026-03-03', fields: { of: 1, reason: 'r' } }, 'not-your-part'],
    ['of an event that nobody did', { role: 'office', occurredAt: '2026-03-03', fields: { of: 2, reason: 'r' } }, 'no-such-event'],
    ['without a reason', { role: 'office', occurredAt: '2026-03-03', fields: { of: 1 } }, 'bad-field'],
    ['without the right time', { role: 'office', fields: { of: 1, reason: 'r' } }, 'bad-date'],
    ['into the future', { role: 'office', occurredAt: '2027-03-03', fields: { of: 1, reason: 'r' } }, 'in-the-future'],
  ])('%s is refused', (_, more, code) => {
    expect(story('xinfang-2022', '2026-03-02 10:00').act('2026-03-10 10:00', 'correct', more)).toBe(code);
  });
});

describe('a clock that stands (UK FOI)', () => {
  test('a fees notice leaves out its own day and the day of payment (s.10(2))', () => {
    const s = story('uk-foi-2000', '2026-06-01 10:00');
    expect(s.due('respond')).toBe('2026-06-30');
    s.act('2026-06-08 10:00', 'issue-fees-notice');
    expect(s.duty('respond')?.status).toBe('paused');
    s.until('2026-06-10 23:00');
    expect(s.told('reminded')).toEqual([]);
    s.act('2026-06-12 10:00', 'pay-fee');
    // Five working days do not count: Monday 8 to Friday 12.
    expect(s.due('respond')).toBe('2026-07-07');
  });

  test('a clarification begins the twenty days again (s.10(6)(b))', () => {
    const s = story('uk-foi-2000', '2026-06-01 10:00');
    s.act('2026-06-08 10:00', 'clarify');
    s.act('2026-06-18 10:00', 'clarified');
    // 13 July is a bank holiday in Northern Ireland, and so no working day anywhere.
    expect(s.due('respond')).toBe('2026-07-17');
    expect(s.told('resumed', 'restarted')).toEqual(['2026-06-18 resumed', '2026-06-18 restarted']);
  });

  test('asked after the limit it neither stops nor begins again', () => {
    const s = story('uk-foi-2000', '2026-06-01 10:00').until('2026-07-01 09:00');
    expect(s.act('2026-07-01 10:00', 'clarify')).toBeUndefined();
    expect(s.told('not-paused')).toHaveLength(1);
    s.act('2026-07-02 10:00', 'clarified');
    expect(s.duty('respond')).toMatchObject({ overdue: true, due: { dueDate: '2026-06-30' } });
  });

  test('a breach that was due before the pause is never swallowed', () => {
    const s = story('uk-foi-2000', '2026-06-01 10:00').away('2026-06-30 10:00');
    expect(s.act('2026-07-02 10:00', 'issue-fees-notice', { occurredAt: '2026-07-01' })).toBeUndefined();
    expect(s.told('fell-overdue')).toEqual(['2026-07-01 fell-overdue']);
    expect(s.duty('respond')).toMatchObject({ status: 'open', overdue: true });
  });
});

describe('who may', () => {
  test('a different person decides stage two', () => {
    const s = story('company-complaint', '2026-06-01 10:00');
    s.act('2026-06-02 10:00', 'acknowledge');
    s.act('2026-06-03 10:00', 'reply-stage-one');
    s.act('2026-06-04 10:00', 'request-stage-two');
    s.act('2026-06-05 10:00', 'acknowledge-stage-two');
    expect(s.act('2026-06-08 10:00', 'reply-stage-two')).toBe('same-person');
    expect(s.act('2026-06-08 10:00', 'reply-stage-two', { by: { role: 'stage-two-handler' } })).toBe('same-person');
    expect(s.act('2026-06-08 10:00', 'reply-stage-two', { by: { role: 'stage-two-handler', person: 'second' } })).toBeUndefined();
  });

  test('an objection only to what was referred, and only within five working days', () => {
    expect(story('xinfang-2022', '2026-09-25 10:00').act('2026-09-28 10:00', 'object')).toBe('too-late');
    const s = story('xinfang-2022', '2026-09-24 10:00', { origin: 'referred' });
    // Mid-Autumn 25-27 September, National Day 1-7 October: 28, 29, 30 September, 8, 9 October.
    expect(s.due('object')).toBe('2026-10-09');
    expect(s.act('2026-10-10 00:00:01', 'object')).toBe('too-late');
    const t = story('xinfang-2022', '2026-09-24 10:00', { origin: 'referred' });
    expect(t.act('2026-10-09 23:59', 'object')).toBeUndefined();
  });
});

describe('nobody to notify', () => {
  test('without an address no notice is owed and none is tried, but the matter is handled all the same (Art. 23(2))', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00', { addressKnown: false });
    expect(s.duty('decide')).toBeUndefined();
    expect(s.told('excused')).toHaveLength(1);
    expect(s.due('decide-unaddressed')).toBe('2026-03-17');
    expect(core.noticesOf(s.state(), s.events).map((n) => n.role)).not.toContain('petitioner');
  });

  test('a notice that failed is a duty for each who could not be reached, and does not breed', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00');
    const [notice] = core.noticesOf(s.state(), s.events);
    if (!notice) throw new Error('no notice');
    const events: core.Event[] = [];
    const failed = { key: notice.key, result: 'failed', reason: 'refused' } as const;
    const once = core.record(s.state(), notice, failed, s.at('2026-03-02 10:01'), events);
    const twice = core.record(once, notice, failed, s.at('2026-03-02 10:02'), events);
    expect(Object.keys(twice.duties).filter((d) => d.startsWith('mend-notice'))).toEqual(['mend-notice/petitioner']);
  });
});

function answered() {
  const s = accepted();
  expect(s.act('2026-04-09 10:00', 'issue-opinion')).toBeUndefined();
  return s;
}

describe('order and honesty', () => {
  test('nothing is served before it was written, nor done before it began', () => {
    expect(answered().act('2026-04-09 12:00', 'serve', { occurredAt: '2026-03-03' })).toBe('before-its-turn');
    expect(accepted().act('2026-06-20 10:00', 'issue-opinion', { occurredAt: '2026-03-03' })).toBe('before-its-turn');
    expect(answered().act('2026-04-10 10:00', 'correct', { role: 'office', occurredAt: '2026-03-03', fields: { of: 6, reason: 'r' } })).toBe('no-such-event');
  });

  test('a right never ends before the day that its holder was told', () => {
    const s = answered();
    s.act('2026-04-10 10:00', 'serve');
    expect(s.due('request-review')).toBe('2026-05-11');
    const serve = s.events.findLast((e) => e.type === 'acted')?.seq ?? 0;
    expect(s.act('2026-05-07 10:00', 'correct', { role: 'office', occurredAt: '2026-04-09', fields: { of: serve, reason: 'proof misread' } })).toBeUndefined();
    expect(s.due('request-review')).toBe('2026-05-11');
    expect(core.explain(s.state(), 'request-review')?.steps.at(-1)?.kind).toBe('moved');
  });

  test('an extension that a correction shows to have come too late counts no more', () => {
    const s = accepted();
    s.act('2026-05-04 10:00', 'extend', { fields: { days: 30, reason: 'r' } });
    expect(s.due('handle')).toBe('2026-06-03');
    const accept = s.events.find((e) => e.type === 'acted')?.seq ?? 0;
    s.act('2026-05-20 10:00', 'correct', { role: 'office', occurredAt: '2026-03-03', fields: { of: accept, reason: 'r' } });
    expect(s.duty('handle')).toMatchObject({ overdue: true, due: { dueDate: '2026-05-02' } });
  });

  test('a duty that was overdue when it ended stays on record as late', () => {
    const s = story('xinfang-2022', '2026-03-02 10:00', { origin: 'referred' });
    s.act('2026-03-05 10:00', 'object');
    s.act('2026-04-01 10:00', 'agree-return', { role: 'assigner' });
    expect(s.befell('decide', 'released')).toMatchObject([{ late: true }]);
    expect(core.viewOf(s.state()).duties.find((d) => d.instance === 'decide')).toMatchObject({ status: 'released', late: true });
  });

  test('the reason of an extension is told to the petitioner', () => {
    const s = accepted();
    s.act('2026-04-20 09:00', 'extend', { fields: { days: 5, reason: '需实地测绘' } });
    const notices = core.noticesOf(s.state(), s.events.slice(-2));
    expect(notices.find((n) => n.role === 'petitioner')?.body.zh).toContain('需实地测绘');
  });

  test('wake-ups that are spread over minutes do not slow the ladder down', () => {
    const punctual = story('xinfang-2022', '2026-03-02 10:00').until('2026-04-09');
    const spread = story('xinfang-2022', '2026-03-02 10:00');
    let state = spread.state();
    const events: core.Event[] = [];
    for (let next = core.wakeAt(state, 4 * core.MINUTE); next !== undefined && next <= spread.at('2026-04-09'); next = core.wakeAt(state, 4 * core.MINUTE))
      state = core.tick(state, next, events);
    const days = (list: readonly core.Event[]): string[] => list.filter((e) => e.type === 'escalated').map((e) => core.dayOf(core.localDay(state.calendar, e.at)));
    expect(days(events)).toEqual(days(punctual.events));
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('"%s" is a name like any other', (name) => {
    const s = story('xinfang-2022', '2026-03-02 10:00');
    expect(s.act('2026-03-03 10:00', name, { role: 'office' })).toBe('unknown-action');
    expect(s.act('2026-03-03 10:00', 'propose', { role: 'office', key: name })).toBeUndefined();
    expect(s.act('2026-03-03 10:00', 'approve', { role: name })).toBe('not-your-part');
    // A field of this one name never arrives: the parser drops it.
    if (name !== '__proto__') expect(s.act('2026-03-03 10:00', 'approve', { fields: { [name]: 'x' } })).toBe('bad-field');
    expect(core.explain(s.state(), name)).toBeUndefined();
  });
});

test('a law is not for what came before it', () => {
  const p = procedure('xinfang-2022');
  const cn = calendarOf(p);
  const on = (day: string) => core.notInForce(p, cn, core.readMoment(cn, day, 'end') ?? core.instantOf(0))?.code;
  expect([on('2022-04-30'), on('2022-05-01')]).toEqual(['not-in-force', undefined]);
});
