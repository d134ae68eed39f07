import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../src/calendars/load.ts';
import * as core from '../src/core/index.ts';
import { listProcedures } from '../src/procedures/load.ts';
import { drive } from './support/walk-driver.ts';
import { must } from './support/walk-must.ts';
import { usable } from './support/walk-procedures.ts';
import { commands, type Told } from './support/walk-steps.ts';
import { begin, type World } from './support/walk-world.ts';

// Random walks through every procedure: whatever people do, and whenever, what is forbidden is refused, what is permitted
// is taken, no duty is lost, and from wherever it stands the case can be brought to its end.

/** REDRESS_WALK=10 walks ten times as long; REDRESS_WALK_SEED=… elsewhere. */
const TIMES = Math.max(1, Number(process.env['REDRESS_WALK'] ?? 1));
const SEED = Number(process.env['REDRESS_WALK_SEED'] ?? 20_220_501);
const ONLY = process.env['REDRESS_WALK_ONLY'];
const WALKS = 40;

const procedures = usable(ONLY);
const calendars = new Map(procedures.map((p) => [p.calendar, loadCalendar(p.calendar)]));

/** What other procedures' links make a case of this one do. */
const toldBy = (id: string): Told[] => procedures.flatMap((p) => Object.values(p.links).filter((l) => l.opens === id).flatMap((l) => Object.values(l.tells)));

const start = fc.record({ received: fc.integer({ min: 0, max: 500 * 24 * 60 }), channel: fc.nat(20), seed: fc.nat(99_999) });

test.skipIf(ONLY !== undefined)('every procedure of the package is walked', () => {
  expect(procedures.map((p) => p.id)).toEqual(listProcedures());
});

describe.each(procedures.map((p) => [p.id, p] as const))('every walk through %s', (id, procedure) => {
  const calendar = calendars.get(procedure.calendar);
  if (!calendar) throw new Error(`no calendar ${procedure.calendar}`);

  test('keeps to the rules, and can be brought to an end', () => {
    fc.assert(
      fc.property(start, commands(toldBy(id)), fc.boolean(), (from, steps, driven) => {
        const { model, world } = begin(procedure, calendar, from);
        try {
          fc.modelRun(() => ({ model, real: world }), steps);
          whole(world, driven);
        } catch (error) {
          if (error instanceof Error) error.message += `\nThe walk through ${id}:\n  ${world.log.join('\n  ')}`;
          throw error;
        }
      }),
      { seed: SEED, numRuns: WALKS * TIMES, interruptAfterTimeLimit: 30_000 * TIMES },
    );
  });

  /** What must hold of a whole walk, at its end. */
  function whole({ state, events, now }: World, driven: boolean): void {
    expect(calendar && core.fold(procedure, calendar, events)).toEqual(state);
    for (const e of events) expect(core.Event.safeParse(e).error, JSON.stringify(e)).toBeUndefined();
    if (!driven) return;
    const { state: end, steps } = drive(state, now);
    const owed = Object.values(end.duties).filter((d) => core.isOpen(d)).map((d) => d.instance);
    must(end.closedAt !== undefined, () => `a dead end: from "${state.stage}" nobody could close the case; it came to "${end.stage}", and still owed is: ${owed.join(', ')}\nWhat was tried:\n  ${steps.slice(-40).join('\n  ')}`);
  }
});
