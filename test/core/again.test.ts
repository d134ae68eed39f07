import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as core from '../../src/core/index.ts';
import { calendar } from '../support/walk.ts';

// What is asked for a second time after it was missed, done once, and put right afterwards; and what is told badly.

const cn = calendar('cn');
const visit = core.Procedure.parse(parse(readFileSync(new URL('../fixtures/links/visit.yaml', import.meta.url), 'utf8')));
const at = (text: string): core.Instant => core.readMoment(cn, text, 'start') ?? core.instantOf(0);

function caseOf(more: Partial<core.Procedure>) {
  const opened = core.open({ ...visit, ...more }, cn, { receipt: 'AAAA', channel: 'visit', unit: 'street', fields: {} }, at('2026-03-02 10:00'));
  if (core.isRefusal(opened)) throw new Error(opened.text.en);
  const events = [...opened.events];
  let { state } = opened;
  return {
    events,
    state: () => state,
    act(when: string, action: string, rest: Partial<core.ActInput> = {}): core.Refusal | undefined {
      const taken = core.act(state, { action, by: { role: 'office' }, ...rest }, at(when));
      if (core.isRefusal(taken)) return taken;
      state = taken.state;
      events.push(...taken.events);
      return undefined;
    },
  };
}

/** Asked for, missed, asked for again; done before the second time was asked for, and recorded after it. */
function again(more: Partial<core.Procedure> = {}) {
  const c = caseOf({ corrects: ['office'], ...more });
  c.act('2026-03-03 10:00', 'ask-units', { fields: { units: 'unit:street', deadline: '2026-03-05' } });
  c.act('2026-03-08 10:00', 'ask-units', { fields: { units: 'unit:street', deadline: '2026-03-20' } });
  expect(c.act('2026-03-10 10:00', 'return', { instance: 'return/street', occurredAt: '2026-03-06 10:00' })).toBeUndefined();
  return c;
}

test('when it was done can be put right, and counts from when it was asked for', () => {
  const c = again();
  const metAt = () => ['return/street', 'return/street/2'].map((i) => c.state().duties[i]?.met?.at);
  expect(metAt()).toEqual([at('2026-03-06 10:00'), at('2026-03-08 10:00')]);
  const of = c.events.find((e) => e.type === 'acted' && e.action === 'return')?.seq ?? 0;
  const correct = (occurredAt: string) => c.act('2026-03-11 10:00', 'correct', { occurredAt, fields: { of, reason: 'misread' } });
  expect(correct('2026-03-05 10:00')).toBeUndefined();
  expect(metAt()).toEqual([at('2026-03-05 10:00'), at('2026-03-08 10:00')]);
  expect(c.state().duties['return/street']?.met?.late).toBe(false);
  expect(correct('2026-03-09 10:00')).toBeUndefined();
  expect(metAt()).toEqual([at('2026-03-09 10:00'), at('2026-03-09 10:00')]);
  expect(correct('2026-03-02 12:00')).toMatchObject({ code: 'before-its-turn' });
});

test('what follows from its being done follows once', () => {
  const { follow } = visit.duties;
  if (!follow) throw new Error('no such duty');
  const c = again({ duties: { ...visit.duties, follow: { ...follow, starts: [{ on: 'return.met' }] } } });
  expect(c.events.filter((e) => e.type === 'met').map((e) => e.instance)).toEqual(['return/street', 'return/street/2']);
  expect(Object.keys(c.state().duties).filter((i) => i.startsWith('follow'))).toEqual(['follow/street']);
});

test('what is told in a form that no action has is on the timeline, and throws nothing', () => {
  const c = caseOf({});
  c.act('2026-03-03 10:00', 'join', { fields: { other: 'BBBB' } });
  const linked = core.recordLink(c.state(), { link: 'other' }, { result: 'linked', receipt: 'BBBB' }, at('2026-03-03 10:00'), []);
  const onto: core.Event[] = [];
  core.hear(linked, { to: 'AAAA', from: 'BBBB', key: 'k'.repeat(300), of: 2, at: at('2026-03-04 10:00'), on: 'promise', fields: {} }, at('2026-03-04 10:00'), onto);
  expect(onto).toMatchObject([{ type: 'refused', code: 'bad-field', by: { case: 'BBBB' } }]);
});

test('what is only for what was never told says so', () => {
  const { decide } = visit.actions;
  if (!decide) throw new Error('no such action');
  const refusal = caseOf({ actions: { ...visit.actions, decide: { ...decide, when: { objections: [null, 2] } } } });
  refusal.act('2026-03-03 10:00', 'object');
  expect(refusal.act('2026-03-03 11:00', 'decide')?.text).toEqual({ zh: '“决定”只适用于：objections: 未说明、2。', en: '"decide" is only for cases where objections: not told or 2.' });
});
