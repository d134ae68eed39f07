import type { Mapping } from './flags.ts';

// What logs whose columns are known stand for, where no --map says so. A reply or an end alone is all that
// such a log shows of a case; it then stands for every step that a procedure has up to it.
const ENDED: Readonly<Record<string, readonly string[]>> = {
  'xinfang-2022': ['accept', 'issue-opinion', 'serve'],
  'uk-foi-2000': ['answer'],
  'company-complaint': ['acknowledge', 'reply-stage-one'],
  'nl-permit': ['decide'],
};

/** Columns that name the end of a case. */
const ENDS = ['replied', 'ended', 'answered', 'closed'];

/** What happened, in a log of road fines, by action of examples/procedures/it-fine.yaml. */
const FINES: readonly Mapping[] = [
  { action: 'received', from: 'Insert Fine Notification' },
  { action: 'pay', from: 'Payment' },
  { action: 'appeal-to-prefect', from: 'Insert Date Appeal to Prefecture' },
  { action: 'appeal-to-judge', from: 'Appeal to Judge' },
  { action: 'add-penalty', from: 'Add penalty' },
  { action: 'send-to-collection', from: 'Send for Credit Collection' },
];

/** What a row-per-case log stands for: columns that are named as actions are, else a reply or an end. */
export function presetOf(procedure: string, actions: readonly string[], header: readonly string[]): Mapping[] {
  const own = header.filter((c) => actions.includes(c)).map((c) => ({ action: c, from: c }));
  const end = ENDS.find((c) => header.includes(c));
  const steps = own.length > 0 || end === undefined ? own : (ENDED[procedure] ?? []).map((action) => ({ action, from: end }));
  return header.includes('received') ? [{ action: 'received', from: 'received' }, ...steps] : steps;
}

/** What a log of events stands for: what happened is named as actions are, but for the fines. */
export const presetOfEvents = (procedure: string, actions: readonly string[]): Mapping[] =>
  procedure === 'it-fine' ? [...FINES] : ['received', ...actions].map((action) => ({ action, from: action }));
