import { expect, test } from 'vitest';
import * as core from '../../src/core/index.ts';
import { story } from '../support/story.ts';

// A limit whose length is told: so many times its count (kr-minwon), from the start to the extension and the last event.

test('is fixed when the duty starts, stands in its first event, and is still there when the case is read again', () => {
  const s = story('kr-minwon', '2026-03-04 10:00', { period: 'days', longDays: 12 });
  expect(s.due('handle-days')).toBe('2026-03-19');
  expect(s.events.find((e) => e.type === 'duty-started' && e.duty === 'handle-days')).toMatchObject({ multiple: 12 });
  expect(s.events.flatMap((e) => (e.type === 'duty-started' && e.duty !== 'handle-days' ? [e.multiple] : []))).toEqual([undefined]);
  expect(s.duty('handle-days')?.multiple).toBe(12);
  for (const e of s.events) expect(core.Event.parse(e)).toEqual(e);
});

const more = (hours: number) => ({ role: 'section-head', fields: { hours, reason: 'r', notice: 'doc-1' } });

test('what may be added is as many times over', () => {
  const s = story('kr-minwon', '2026-03-04 10:00', { period: 'short', shortDays: 2 });
  expect(s.act('2026-03-04 15:00', 'extend-hours', more(17))).toBe('extension-too-long');
  expect(s.act('2026-03-04 15:00', 'extend-hours', more(16))).toBeUndefined();
});

test('told with the starting action, it is that action\'s', () => {
  const s = story('kr-minwon', '2026-03-04 10:00', { period: 'days' });
  expect(s.act('2026-03-06 11:00', 'ask-supplement', { role: 'handler', fields: { what: 'w', allow: 9, letter: 'doc-1' } })).toBeUndefined();
  expect(s.due('supplement')).toBe('2026-03-16');
  expect(s.until('2026-03-18 09:00').act('2026-03-18 10:00', 'ask-again', { role: 'handler', fields: { what: 'w', allow: 7, letter: 'doc-2' } })).toBeUndefined();
  expect([s.duty('supplement')?.multiple, s.duty('supplement/2')?.multiple]).toEqual([9, 7]);
});
