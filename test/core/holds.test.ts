import { expect, test } from 'vitest';
import { holds } from '../../src/core/holds.ts';
import type { Condition } from '../../src/core/procedure.ts';

const known = { channel: 'visit', facts: { kind: 'big', settled: false, count: 2 } };

test.each<[Condition | undefined, boolean]>([
  [undefined, true],
  [{ kind: 'big' }, true],
  [{ kind: ['little', 'big'] }, true],
  [{ kind: 'big', count: 3 }, false],
  [{ settled: false }, true],
  // What was never told is neither no nor nought: it is null.
  [{ owner: false }, false],
  [{ owner: null }, true],
  [{ kind: null }, false],
  [{ owner: ['x', null], kind: ['big', null] }, true],
  // How the matter came is no field.
  [{ channel: 'visit' }, true],
  [{ channel: ['letter', 'web'] }, false],
  [{ channel: null }, false],
  // Nor is what every object has.
  [{ toString: null }, true],
])('%j', (condition, answer) => expect(holds(known, condition)).toBe(answer));
