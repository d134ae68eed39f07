import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as core from '../../src/core/index.ts';
import { calendarOf, paces, PROCEDURES, walk } from '../support/walk.ts';

const received = fc.integer({ min: 0, max: 365 * 24 * 60 }).map((m) => core.instantOf(Date.UTC(2025, 5, 1) + m * core.MINUTE));
const punctual = fc.boolean();
const runs = { numRuns: 150 };

describe.each(PROCEDURES.map((p) => [p.id, p] as const))('every walk through %s', (_, procedure) => {
  const each = (name: string, holds: (w: ReturnType<typeof walk>) => void): void =>
    test(name, () => {
      fc.assert(fc.property(received, paces, punctual, (at, pace, p) => holds(walk(procedure, at, pace, p))), runs);
    });

  each('folds to the state it left', ({ state, events }) => {
    expect(core.fold(procedure, calendarOf(procedure), events)).toEqual(state);
  });

  each('numbers its events without a gap, and each is of the schema', ({ events }) => {
    expect(events.map((e) => e.seq)).toEqual(events.map((_e, i) => i + 1));
    for (const e of events) expect(core.Event.safeParse(e).error).toBeUndefined();
  });

  each('tells no leader of a duty that was met before', ({ events }) => {
    const met = new Set<string>();
    for (const e of events) {
      if (e.type === 'met' || e.type === 'released') met.add(e.instance);
      if (e.type === 'duty-started') met.delete(e.instance);
      if (e.type === 'escalated' || e.type === 'fell-overdue' || e.type === 'reminded') expect(met).not.toContain(e.instance);
    }
  });

  each('leaves no open duty without a next instant', ({ path }) => {
    for (const { state, now } of path) {
      if (state.closedAt !== undefined || !Object.values(state.duties).some((d) => d.status === 'open')) continue;
      const next = core.nextInstant(state);
      expect(next !== undefined && next > now).toBe(true);
    }
  });

  each('reminds once for each due date', ({ events }) => {
    const told = events.filter((e) => e.type === 'reminded').map((e) => `${e.instance} ${e.n} ${e.dueAt}`);
    expect(new Set(told).size).toBe(told.length);
  });

  each('says why whatever it told more than a minute late', ({ events }) => {
    for (const e of events)
      if (e.type === 'fell-overdue') expect(core.msOf(e.recordedAt) - core.msOf(e.at) > core.MINUTE).toBe(e.why !== undefined);
      else if (e.type === 'escalated' && e.why !== 'passed-on' && e.why !== 'unanswered') expect(e.scheduled !== undefined).toBe(e.why !== undefined);
  });

  each('explains each date by the count that gave it', ({ state }) => {
    for (const d of Object.values(state.duties)) {
      const { dueDate, actBy, dueAt } = core.explain(state, d.instance) ?? {};
      if (d.status !== 'paused') expect({ dueDate, actBy, dueAt }).toEqual({ dueDate: d.due.dueDate, actBy: d.due.actBy, dueAt: d.due.dueAt });
    }
  });

  each('refuses a refused action without a trace, and takes what the check lets through', ({ state, now }) => {
    const before = structuredClone(state.duties);
    for (const action of Object.keys(procedure.actions)) core.refusalOf(state, { action, by: { role: 'nobody' } }, now);
    expect(state.duties).toEqual(before);
  });
});

test('a reminder that was due is never lost when a date moves, and a moved one comes again only for its new date', () => {
  fc.assert(
    fc.property(received, paces, (at, pace) => {
      const procedure = PROCEDURES[0];
      if (!procedure) throw new Error('no procedure');
      const { events, path } = walk(procedure, at, pace);
      for (const { state, now } of path)
        for (const d of Object.values(state.duties))
          if (d.status === 'open') for (const r of d.reminders) expect(r.sent || r.at > now).toBe(true);
      expect(events.length).toBeGreaterThan(0);
    }),
    runs,
  );
});
