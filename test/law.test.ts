import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { listProcedures } from '../src/procedures/load.ts';
import { openLab, quietWorker, readScenario, rehearse } from '../src/rehearse/index.ts';
import { bundle } from '../src/worker.ts';
import { expected, given, type LawRow, readTable, readyFor, runRow, TABLES, tableOf, untilOf } from './support/law.ts';
import { scenarioOf } from './support/law-engine.ts';

const tables = (existsSync(TABLES) ? readdirSync(TABLES) : []).filter((f) => f.endsWith('.yaml')).map((f) => basename(f, '.yaml')).toSorted();

/** The rows of a table; of one that cannot be read none, for its own test says why. */
function rowsOf(id: string): readonly LawRow[] {
  try {
    return readTable(id).rows;
  } catch {
    return [];
  }
}

test('every procedure has a table worked out by hand', () => {
  expect(listProcedures().filter((id) => !tables.includes(id)), 'procedures without test/law/<id>.yaml').toEqual([]);
});

describe.each(tables)('%s, by the law', (id) => {
  test('the table can be read, is of the procedure whose name it has, and has one row for the engine', () => {
    const { procedure, rows } = readTable(id);
    expect({ procedure, engine: rows.filter((row) => row.engine).length }).toEqual({ procedure: id, engine: 1 });
  });
  test.each(rowsOf(id).map((row) => [row.name, row] as const))('%s', (_, row) => {
    expect(given(row, runRow(id, row)), `${row.law}\n${row.how}`).toEqual(expected(row, readyFor(id, row).calendar));
  });
});

let bundled: Promise<WorkflowBundle> | undefined;

// Without the engine of the whole run (`npm test`) these are left out.
describe.skipIf(inject('engine') === undefined)('one row of each on the engine, in virtual time', () => {
  beforeAll(quietWorker);
  test.concurrent.each(tables.flatMap((id) => rowsOf(id).filter((row) => row.engine).map((row) => [id, row.name, row] as const)))('%s: %s', async (id, _, row) => {
    const onCore = runRow(id, row);
    const scenario = readScenario(scenarioOf(id, row, untilOf(row, onCore)), `test/law/${id}.yaml`);
    const { procedure, unit, institution } = scenario;
    const lab = await openLab({ engine: inject('engine').address, procedure, unit, institution, workflowBundle: await (bundled ??= bundle()), progress: () => undefined });
    try {
      const { state } = await rehearse(lab, scenario);
      expect(given(row, state), `${row.law}\n${row.how}`).toEqual(expected(row, scenario.calendar));
    } finally {
      await lab.stop();
    }
  }, 600_000);
});

const ROW = 'procedure: xinfang-2022\nrows:\n  - name: one\n    law: l\n    how: h\n    receivedAt: 2026-03-02 10:00\n';

describe('a table that is wrong names the row and the entry', () => {
  test.each([
    [`${ROW}    expect: { decide: { dueDate: 2026-02-30 } }\n`, /row "one" → expect\.decide/],
    [`${ROW}    expect: {}\n`, /row "one" → expect/],
    [`${ROW}    expects: { decide: { late: false } }\n`, /row "one" → /],
    [`${ROW}    steps: [{ at: 2026-03-03, action: accept }]\n    expect: { decide: { late: false } }\n`, /row "one" → steps\.0\.as/],
    [`${ROW}    steps: [{ at: 2026-03-03, action: accept, as: office, refused: because }]\n    expect: { decide: { late: false } }\n`, /row "one" → steps\.0\.refused/],
  ])('%#', (text, message) => expect(() => tableOf(text, 'table.yaml')).toThrow(message));

  const rowOf = (more: string) => {
    const [row] = tableOf(ROW + more, 'table.yaml').rows;
    if (!row) throw new Error('no row');
    return row;
  };
  test('and so does a step that goes otherwise than it says, or a date that the case does not give', () => {
    expect(() => runRow('xinfang-2022', rowOf('    steps: [{ at: 2026-03-03, action: serve, as: office, fields: { how: post, proof: p } }]\n    expect: { decide: { late: false } }\n'))).toThrow(/row "one" → steps\.0 \(serve\): refused \(out-of-turn/);
    expect(() => runRow('xinfang-2022', rowOf('    steps: [{ at: 2026-03-03, action: accept, as: office, fields: { notice: n }, refused: out-of-turn }]\n    expect: { decide: { late: false } }\n'))).toThrow(/was to be refused \(out-of-turn\), but was taken/);
    const wrong = rowOf('    expect: { decide: { dueDate: 2026-03-16 }, object: none }\n');
    expect(given(wrong, runRow('xinfang-2022', wrong))).toEqual({ decide: { dueDate: '2026-03-17' }, object: 'none' });
  });
});
