import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import { instantOf } from '../src/core/index.ts';
import { entering, importRegister, openRegisterSheet, starter } from '../src/exchange/index.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { workflowIdOf } from '../src/receipts.ts';
import { type Office, office } from './support/office.ts';

let place: Office;
beforeAll(async () => {
  place = await office(inject('engine'));
});
afterAll(() => place.stop());

const ROWS = '编号,收到时间,受理时间,归档时间\nopen-1,2026-01-05,2026-01-08,\nopen-2,2026-02-02,,\nopen-3,2026-03-02,2026-03-30,\n';

test('open cases go on from their timeline: nobody hears of the past, the ladder begins now, and people can act', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redress-start-'));
  try {
    const file = join(folder, 'register.csv');
    await writeFile(file, ROWS);
    const [procedure, calendar, now] = [loadProcedure('xinfang-2022'), loadCalendar('cn'), instantOf(Date.now())];
    const run = { procedure, calendar, now, units: {}, flags: { key: '编号', unit: 'street', channel: 'letter', map: ['received=收到时间,accept=受理时间'], field: ['accept.notice=见旧登记簿'] } };
    const into = entering(place.register, starter(place.redress, procedure, calendar, undefined));
    const importing = async () => {
      const { sheet, plan } = await openRegisterSheet(file, run);
      return importRegister(sheet, plan, { ...run, into, refuse: () => Promise.resolve(), progress: () => undefined });
    };
    expect(await importing()).toMatchObject({ entered: 3, open: 3, started: 3, refused: 0 });
    expect(await importing()).toMatchObject({ entered: 0, again: 3, started: 0 });
    const cases = await place.register.list();
    expect(cases).toHaveLength(3);
    for (const { receipt, seq } of cases) {
      await expect.poll(async () => (await place.register.case(receipt))?.level).toBe(1);
      const timeline = await place.redress.timeline(receipt);
      const [before, after] = [timeline.filter((e) => e.recordedAt <= now), timeline.filter((e) => e.recordedAt > now)];
      expect(before.filter((e) => e.type === 'escalated' || e.type === 'reminded' || e.type === 'noticed')).toEqual([]);
      expect(after.filter((e) => e.type === 'reminded')).toEqual([]);
      for (const e of after) if (e.type === 'escalated') expect([e.rung, e.times]).toEqual([1, 1]);
      // No more notices than duties that were overdue, and all of them about what the engine found.
      const notices = await place.register.notices.of(receipt);
      expect(notices.length).toBeGreaterThan(0);
      expect(notices.every((n) => n.of > before.length && n.of <= seq + after.length)).toBe(true);
      expect(new Set(notices.map((n) => n.role)).size).toBe(notices.length);
    }
    const accepted = cases.find((c) => c.stage === 'accepted');
    const taken = await place.redress.act(accepted?.receipt ?? '', { action: 'issue-opinion', by: { role: 'handler', person: 'p' }, fields: { outcome: 'support', opinion: 'paper' } });
    expect(taken.stage).toBe('answered');
    const described = await place.redress.temporal.workflow.getHandle(workflowIdOf(accepted?.receipt ?? '')).describe();
    expect(described.status.name).toBe('RUNNING');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
