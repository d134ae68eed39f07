import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as core from '../../src/core/index.ts';
import { calendar } from '../support/walk.ts';

const visit = core.Procedure.parse(parse(readFileSync(new URL('../fixtures/links/visit.yaml', import.meta.url), 'utf8')));
const cn = calendar('cn');
const at = (text: string): core.Instant => core.readMoment(cn, text, 'start') ?? core.instantOf(0);

/** A case that is acted on, told, and looked at. */
function theCase(receivedAt: string, fields: Record<string, core.FieldValue> = {}, link?: core.Incoming) {
  const opened = core.open(visit, cn, { receipt: 'AAAA', channel: 'visit', unit: 'street', fields, ...(link ? { link } : {}) }, at(receivedAt));
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  let { state } = opened;
  const events: core.Event[] = [...opened.events];
  const until = (now: core.Instant): void => {
    for (let next = core.nextInstant(state); next !== undefined && next <= now; next = core.nextInstant(state)) state = core.tick(state, next, events);
  };
  return {
    events,
    state: () => state,
    act(when: string, action: string, more: Partial<core.ActInput> = {}): string | undefined {
      until(at(when));
      const taken = core.act(state, { action, by: { role: 'office' }, ...more }, at(when));
      if (core.isRefusal(taken)) return taken.code;
      state = taken.state;
      events.push(...taken.events);
      return undefined;
    },
    until: (when: string) => until(at(when)),
    change(f: (state: core.CaseState, onto: core.Event[]) => core.CaseState): core.Event[] {
      const onto: core.Event[] = [];
      state = f(state, onto);
      events.push(...onto);
      return onto;
    },
    named: (type: core.EventType) => events.filter((e) => e.type === type),
    open: (duty: string) => Object.values(state.duties).filter((d) => d.duty === duty && core.isOpen(d)).map((d) => d.instance),
  };
}

const NIGHT = '2026-02-17 23:00';

const called = () => {
  const c = theCase(NIGHT, { reserve: 'r1 r2', named: 'x' });
  expect(c.act('2026-02-17 23:01', 'call-out', { fields: { who: 'a b x unit:medics' } })).toBeUndefined();
  return c;
};

const asked = (again: string) => {
  const c = theCase('2026-03-02 10:00');
  c.act('2026-03-03 10:00', 'ask-units', { fields: { units: 'unit:street', deadline: '2026-03-10' } });
  c.act(again, 'ask-units', { fields: { units: 'unit:street', deadline: '2026-03-20' } });
  return c;
};

describe('another date for what is owed', () => {
  test('set in time, it holds instead of the first', () => {
    const c = asked('2026-03-10 23:59:59.999');
    expect(c.open('return')).toEqual(['return/street']);
    expect(c.state().duties['return/street']).toMatchObject({ overdue: false, due: { dueDate: '2026-03-20' } });
  });
  test('set too late, it takes nothing back: the first stays overdue beside it until the thing is done', () => {
    const c = asked('2026-03-11 00:00');
    expect(c.open('return')).toEqual(['return/street', 'return/street/2']);
    expect(c.state().duties['return/street']).toMatchObject({ overdue: true, due: { dueDate: '2026-03-10' } });
    c.until('2026-03-13 23:00');
    expect(c.named('escalated').flatMap((e) => ('instance' in e && e.instance?.startsWith('return') ? [e.instance] : []))).toEqual(['return/street', 'return/street', 'return/street']);
    expect(c.act('2026-03-16 09:00', 'return', { instance: 'return/street/2' })).toBeUndefined();
    expect(c.open('return')).toEqual([]);
    expect(['return/street', 'return/street/2'].map((i) => c.state().duties[i]?.met?.late)).toEqual([true, false]);
  });
});

test('what one instance brings about can be owed by whoever owed that one', () => {
  const c = theCase('2026-03-02 10:00');
  c.act('2026-03-03 10:00', 'ask-units', { fields: { units: 'unit:street unit:housing', deadline: '2026-03-10' } });
  c.act('2026-03-04 10:00', 'return', { instance: 'return/housing' });
  expect(c.open('look-after')).toEqual(['look-after/housing']);
  expect(c.state().duties['look-after/housing']).toMatchObject({ person: 'unit:housing' });
});

test('a right that a correction gave time again, and that lapses once more, begins nothing a second time', () => {
  const c = theCase('2026-03-03 10:00');
  expect(c.act('2026-03-10 10:00', 'tell-over')).toBeUndefined();
  expect(c.state().duties['after-right']).toMatchObject({ status: 'met' });
  expect(c.act('2026-03-11 10:00', 'correct', { occurredAt: '2026-03-09 09:00', fields: { of: 1, reason: 'wrong stamp' } })).toBeUndefined();
  expect(c.state().duties['right']).toMatchObject({ status: 'open', due: { dueDate: '2026-03-16' } });
  c.until('2026-03-20 10:00');
  expect(c.state().duties['right']).toMatchObject({ status: 'lapsed' });
  expect([c.named('lapsed').length, c.open('after-right'), Object.keys(c.state().duties)]).toEqual([2, [], ['right', 'after-right']]);
});

describe('a duty that is somebody’s', () => {
  test('one for each who is named, but for whoever takes no part; by night they have longer', () => {
    const c = called();
    expect(c.open('assemble')).toEqual(['assemble/a', 'assemble/b', 'assemble/medics']);
    expect(c.state().duties['assemble/a']).toMatchObject({ person: 'a', due: { dueAt: at('2026-02-17 23:31') } });
    const day = theCase('2026-03-03 10:00');
    day.act('2026-03-03 10:00', 'call-out', { fields: { who: 'a' } });
    expect(day.state().duties['assemble/a']?.due.dueAt).toBe(at('2026-03-03 10:15'));
  });

  test('is met by them, or by another role that says whose', () => {
    const c = called();
    expect(c.act('2026-02-17 23:10', 'arrive', { by: { role: 'member', person: 'a' } })).toBeUndefined();
    expect(c.act('2026-02-17 23:10', 'arrive', { by: { role: 'member', person: 'c' } })).toBe('which-one');
    expect(c.act('2026-02-17 23:10', 'arrive', { by: { role: 'member', person: 'c' }, instance: 'assemble/b' })).toBe('which-one');
    expect(c.act('2026-02-17 23:11', 'arrive', { by: { role: 'office' } })).toBe('which-one');
    expect(c.act('2026-02-17 23:11', 'arrive', { by: { role: 'office' }, instance: 'assemble/b' })).toBeUndefined();
    expect(c.open('assemble')).toEqual(['assemble/medics']);
  });

  test('the next in reserve is asked for each who did not come, and nobody twice', () => {
    const c = called();
    c.act('2026-02-17 23:10', 'arrive', { by: { role: 'member', person: 'a' } });
    c.until('2026-02-18 00:30');
    const started = c.events.flatMap((e) => (e.type === 'duty-started' ? [e.instance] : [])).filter((i) => i.startsWith('assemble'));
    expect(started).toEqual(['assemble/a', 'assemble/b', 'assemble/medics', 'assemble/r1', 'assemble/r2']);
    c.act('2026-02-18 00:31', 'call-out', { fields: { who: 'b' } });
    expect(c.open('assemble').filter((i) => i.startsWith('assemble/b'))).toEqual(['assemble/b']);
  });

  test('is told to that person, or to the role in that unit and up from there; a group’s line names nobody', () => {
    const c = called();
    const notices = core.noticesOf(c.state(), c.events, at('2026-02-17 23:01')).filter((n) => n.role === 'member');
    expect(notices.map((n) => [n.unit, n.appointed['member']])).toEqual([['street', 'a'], ['street', 'b'], ['medics', undefined]]);
    expect(new Set(notices.map((n) => n.key)).size).toBe(3);
    expect(notices.every((n) => n.urgent)).toBe(true);
    expect(JSON.stringify(notices.map((n) => [n.line, n.subject]))).not.toMatch(/[（(](a|b|medics)[)）]/);
    c.until('2026-02-17 23:40');
    const late = core.noticesOf(c.state(), c.events.filter((e) => e.type === 'escalated'), at('2026-02-17 23:32'));
    expect(late.map((n) => [n.role, n.unit, n.about.map((a) => a.instance)])).toEqual([['leader', 'street', ['assemble/a', 'assemble/b']], ['leader', 'medics', ['assemble/medics']]]);
  });

  test('a promise has an owner, and two of one owner are two', () => {
    const c = theCase('2026-03-03 10:00');
    for (const deadline of ['2026-03-10', '2026-03-20']) c.act('2026-03-03 11:00', 'promise', { fields: { deadline, owner: 'a' } });
    expect(c.act('2026-03-03 11:00', 'promise', { fields: { owner: 'a' } })).toBe('bad-field');
    expect(c.open('promise')).toEqual(['promise/1', 'promise/2']);
    expect(c.act('2026-03-09 10:00', 'keep', { by: { role: 'member', person: 'b' }, instance: 'promise/1' })).toBe('which-one');
    expect(c.act('2026-03-09 10:00', 'keep', { by: { role: 'member', person: 'a' }, instance: 'promise/1' })).toBeUndefined();
  });

  test('another role may owe it by the start, and a count of what was done decides which', () => {
    const c = theCase('2026-03-03 10:00');
    expect(c.act('2026-03-03 10:00', 'decide')).toBe('not-so');
    c.act('2026-03-03 10:00', 'object');
    expect(c.state().duties['first']).toMatchObject({ status: 'open' });
    c.act('2026-03-03 11:00', 'object');
    expect(c.state().duties['first']).toMatchObject({ status: 'released' });
    expect(c.state().duties['first/2']).toMatchObject({ owes: 'leader', status: 'open' });
    c.act('2026-03-03 12:00', 'object');
    expect(c.act('2026-03-03 13:00', 'decide')).toBeUndefined();
    expect(c.act('2026-03-03 13:00', 'once')).toBeUndefined();
    expect(c.act('2026-03-03 13:00', 'once')).toBe('done-often-enough');
  });

  test('bounds are told with their rule; what is for after a lapse waits for it', () => {
    const c = theCase('2026-03-03 10:00');
    const six = core.act(c.state(), { action: 'five', by: { role: 'office' }, fields: { n: 6 } }, at('2026-03-03 11:00'));
    expect(core.isRefusal(six) && [six.code, six.field, six.text.zh, six.text.en]).toEqual(['bad-field', 'fields.n', '“代表”：代表人数最多 5（第二十条）。', '"representatives": number of representatives must be at most 5 (Art. 20).']);
    expect(c.act('2026-03-03 11:00', 'five', { fields: { n: 5 } })).toBeUndefined();
    // The fifth day is a Sunday.
    expect(c.act('2026-03-09 23:00', 'late')).toBe('not-yet');
    expect(c.act('2026-03-10 00:01', 'late')).toBeUndefined();
  });
});

const linkOf = (c: ReturnType<typeof theCase>) => core.linkingsOf(c.state(), c.named('link-asked'));

const linked = () => {
  const c = theCase('2026-03-03 10:00');
  c.act('2026-03-03 11:00', 'claim', { fields: { what: 'x' } });
  c.act('2026-03-03 11:30', 'hurry', { fields: { why: 'early' } });
  c.change((s, onto) => core.recordLink(s, { link: 'claim/1' }, { result: 'linked', receipt: 'BBBB' }, at('2026-03-03 12:00'), onto));
  return c;
};
const heard = (more: Partial<core.Heard> = {}): core.Heard => core.Heard.parse({ to: 'AAAA', from: 'BBBB', key: 'BBBB/9/x', of: 9, at: at('2026-03-04 10:00'), on: 'closed', fields: {}, ...more });

describe('links', () => {
  test('are asked for once for each cause, numbered, with what the other is to be told', () => {
    const c = theCase('2026-03-03 10:00');
    c.act('2026-03-03 11:00', 'claim', { fields: { what: 'x' } });
    c.act('2026-03-03 12:00', 'claim', { fields: { what: 'y' } });
    expect(linkOf(c)).toMatchObject([
      { link: 'claim/1', relation: 'claim', listens: { closed: [] }, opens: { procedure: 'company-complaint', unit: 'street', above: false, petitioner: true, receivedAt: at('2026-03-03 11:00') } },
      { link: 'claim/2' },
    ]);
    expect(new Set(linkOf(c).map((l) => l.key)).size).toBe(2);
    expect(core.nextInstant(c.state())).toBeDefined();
  });

  test('that stand start what waits for them, under the name of the link; that fail start what is then to be done', () => {
    const c = theCase('2026-03-03 10:00');
    c.act('2026-03-03 11:00', 'claim', { fields: { what: 'x' } });
    c.act('2026-03-03 11:00', 'claim', { fields: { what: 'y' } });
    const now = at('2026-03-03 11:01');
    c.change((s, onto) => core.recordLink(s, { link: 'claim/2' }, { result: 'linked', receipt: 'BBBB' }, now, onto));
    c.change((s, onto) => core.recordLink(s, { link: 'claim/1' }, { result: 'failed', reason: 'no-such-unit' }, now, onto));
    expect([c.open('follow'), c.open('hand-on')]).toEqual([['follow/2'], ['hand-on/1']]);
    expect(c.change((s, onto) => core.recordLink(s, { link: 'claim/2' }, { result: 'linked', receipt: 'BBBB' }, now, onto))).toEqual([]);
  });

  test('what happened before a link stood is told when it does, and then each thing as it happens', () => {
    const c = linked();
    expect(core.tidingsOf(c.state(), c.events, c.named('acted'))).toEqual([]);
    expect(core.tidingsOf(c.state(), c.events, c.named('linked'))).toMatchObject([{ to: 'BBBB', from: 'AAAA', on: 'hurry', act: { action: 'take-note', by: 'desk' }, fields: { what: 'early' } }]);
    c.act('2026-03-03 13:00', 'hurry', { fields: { why: 'again' } });
    expect(core.tidingsOf(c.state(), c.events, c.events.slice(-1))).toMatchObject([{ on: 'hurry', fields: { what: 'again' } }]);
  });

  test('what is heard is done, once, and says from where; it meets what bears the name of the link', () => {
    const c = linked();
    const now = at('2026-03-04 10:00');
    c.change((s, onto) => core.hear(s, heard(), now, onto));
    expect(c.named('acted').at(-1)).toMatchObject({ action: 'claim-answered', by: { role: 'office', case: 'BBBB' }, instance: 'follow/1' });
    expect(c.state().duties['follow/1']).toMatchObject({ status: 'met' });
    expect(c.change((s, onto) => core.hear(s, heard(), now, onto))).toEqual([]);
    expect(core.fold(visit, cn, c.events)).toEqual(c.state());
    for (const e of c.events) expect(core.Event.parse(e)).toEqual(e);
    const [answered] = c.named('acted').slice(-1).map((e) => core.say(c.state(), e).en);
    expect(answered).toContain('as told by BBBB');
  });

  test('what comes from a case that is not linked, or that nobody asked about, is not heard; what cannot be done is noted', () => {
    const c = linked();
    const now = at('2026-03-04 10:00');
    expect(c.change((s, onto) => core.hear(s, heard({ from: 'CCCC' }), now, onto))).toEqual([]);
    expect(c.change((s, onto) => core.hear(s, heard({ on: 'other' }), now, onto))).toEqual([]);
    // Nobody but a case that opened this one, or linked itself to it, says what is to be done here.
    expect(c.change((s, onto) => core.hear(s, heard({ act: { action: 'end' } }), now, onto))).toEqual([]);
    c.change((s, onto) => core.takeLink(s, { from: 'DDDD', key: 'k', relation: 'supervised', listens: {} }, now, onto));
    c.change((s, onto) => core.hear(s, heard({ from: 'DDDD', key: 'd1', act: { action: 'nonsense' } }), now, onto));
    expect(c.named('refused')).toMatchObject([{ action: 'nonsense', code: 'unknown-action', by: { case: 'DDDD' } }]);
  });

  test('a case hears from what opened it, tells it what it asked for with the facts it wants, and is not told its own words', () => {
    const c = theCase('2026-03-03 10:00', {}, { from: 'PPPP', key: 'claim/1', relation: 'claim', listens: { promise: ['deadline'], closed: [] } });
    c.act('2026-03-03 11:00', 'promise', { fields: { deadline: '2026-03-10', owner: 'a' } });
    expect(core.tidingsOf(c.state(), c.events, c.events)).toMatchObject([{ to: 'PPPP', on: 'promise', fields: { deadline: '2026-03-10' } }]);
    const before = c.events.length;
    c.change((s, onto) => core.hear(s, heard({ from: 'PPPP', key: 'p1', act: { action: 'hurry', by: 'office' }, fields: { why: 'x' } }), at('2026-03-04 10:00'), onto));
    expect(core.tidingsOf(c.state(), c.events, c.events.slice(before))).toEqual([]);
    expect(core.viewOf(c.state()).links).toEqual([{ key: 'PPPP/claim/1', receipt: 'PPPP', relation: 'claim', from: true }]);
  });

  test('what happened there before it could count here counts from when it is heard, and is not lost', () => {
    const c = theCase('2026-03-03 10:00', {}, { from: 'PPPP', key: 'claim/1', relation: 'claim', listens: {} });
    const tell = (action: string, happened: string, key: string, fields = {}) =>
      c.change((s, onto) => core.hear(s, heard({ from: 'PPPP', key, at: at(happened), act: { action, by: 'office' }, fields }), at('2026-03-04 10:00'), onto));
    expect(tell('hurry', '2026-03-03 12:00', 'p1', { why: 'x' })).toMatchObject([{ type: 'acted', at: at('2026-03-03 12:00') }]);
    expect(tell('hurry', '2026-03-02 12:00', 'p2', { why: 'x' })).toMatchObject([{ type: 'acted', action: 'hurry', at: at('2026-03-04 10:00') }]);
    // Any other reason why not is no question of time.
    expect(tell('decide', '2026-03-02 12:00', 'p3')).toMatchObject([{ type: 'refused', action: 'decide', code: 'not-so' }]);
  });
});
