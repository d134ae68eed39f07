import { expect, test } from 'vitest';
import * as core from '../../src/core/index.ts';
import { story } from '../support/story.ts';

// R22 Art. 22(2): whoever referred a matter sees to it that it is dealt with, also where it was accepted first and sent away afterwards.
test.each([
  ['hand-to-discipline', { notice: 'n' }],
  ['confirm-withdrawal', {}],
  ['redirect', { notice: 'n' }],
])('accepted, and then "%s": whoever referred it follows it up all the same', (on, fields) => {
  const s = story('referral', '2026-03-02 09:00');
  expect(s.act('2026-03-02 10:00', 'register', { fields: { category: 'appeal' } })).toBeUndefined();
  expect(s.act('2026-03-02 11:00', 'transfer', { fields: { units: 'unit:housing' } })).toBeUndefined();
  const events = [...s.events];
  const now = s.at('2026-03-05 10:00');
  const [linking] = core.linkingsOf(s.state(), events);
  let state = core.recordLink(s.state(), { link: linking?.link ?? '' }, { result: 'linked', receipt: 'HHHH' }, s.at('2026-03-02 11:01'), events);
  const hear = (what: string, n: number, told: core.Values) => {
    const heard = { to: 'S', from: 'HHHH', key: `HHHH/${n}/x`, of: n, at: now, on: what, fields: told };
    state = core.hear(state, core.Heard.parse(heard), now, events);
  };
  hear('accept', 3, { notice: 'n' });
  expect(state.duties['notice/housing']).toMatchObject({ status: 'met' });
  expect(Object.keys(state.duties).filter((d) => d.startsWith('follow-up'))).toEqual([]);
  hear(on, 4, fields);
  expect(events.filter((e) => e.type === 'refused')).toEqual([]);
  expect(Object.values(state.duties).filter((d) => d.duty === 'follow-up').map((d) => d.status)).toEqual(['open']);
});
