import type { Instant } from '../../src/core/index.ts';
import { type LawRow, readyFor } from './law.ts';

/** A row of a table as a scenario for the engine, which is watched until the same instant as the core. JSON is YAML. */
export function scenarioOf(id: string, row: LawRow, until: Instant | undefined): string {
  const { channel, receivedAt, steps } = readyFor(id, row);
  const last = steps.at(-1)?.instant ?? receivedAt;
  return JSON.stringify({
    procedure: id,
    ...(row.calendar === undefined ? {} : { calendar: row.calendar }),
    unit: 'unit',
    channel,
    receivedAt,
    fields: row.fields,
    steps: steps.map(({ instant, happened, action, as, person, instance, fields, refused }) => ({
      at: instant, occurredAt: happened, action, as, fields,
      ...(person === undefined ? {} : { person }), ...(instance === undefined ? {} : { instance }), ...(refused === undefined ? {} : { expect: `refused ${refused}` }),
    })),
    until: until ?? last,
  });
}
