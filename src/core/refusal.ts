import type { Text } from './text.ts';

/** Why an action is not taken. A value, not an exception: the edges turn it into their own errors. */
export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  /** The part of the request that is wrong. */
  readonly field: string;
  /** What is wrong, and what to do. */
  readonly text: Text;
}

export const REFUSALS = [
  'case-closed', 'done-before', 'unknown-action', 'not-your-part', 'out-of-turn', 'bad-field', 'bad-date', 'not-in-force',
  'in-the-future', 'before-receipt', 'before-its-turn', 'not-so', 'person-needed', 'same-person', 'not-appointed', 'takes-no-part', 'too-late', 'not-settled', 'nothing-to-extend', 'extended-before',
  'extension-too-long', 'extension-too-late', 'which-one', 'no-such-event', 'done-often-enough', 'not-yet',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export const refuse = (code: RefusalCode, field: string, zh: string, en: string): Refusal => ({
  refused: true,
  code,
  field,
  text: { zh, en },
});

export const isRefusal = (x: object): x is Refusal => 'refused' in x;
