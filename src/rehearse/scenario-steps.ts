import type { Calendar, Instant, Procedure, Text } from '../core/index.ts';
import type { StepFile } from './scenario-file.ts';
import { readWhen } from './when.ts';

export interface ScenarioStep extends Omit<StepFile, 'at' | 'occurredAt' | 'expect'> {
  readonly at: Instant;
  readonly occurredAt: Instant;
  /** The reason for which it is to be refused. */
  readonly refused?: string;
  readonly line: number;
}

/** Where entries are in the file, and where one says what is wrong with them. */
export interface Reader {
  line(path: readonly (string | number)[]): number;
  wrong(path: readonly (string | number)[], text: Text): void;
}

/** Reads the steps of a scenario, each not before the one above it; what is wrong goes to the reader. */
export function readSteps(raw: readonly StepFile[], procedureFor: (name: string) => Procedure | undefined, calendar: Calendar, { receivedAt, first }: { readonly receivedAt: Instant; readonly first: Instant }, reader: Reader): ScenarioStep[] {
  const steps: ScenarioStep[] = [];
  let before = first;
  raw.forEach((step, i) => {
    const path = ['steps', i] as const;
    const procedure = procedureFor(step.case ?? 'main');
    if (procedure) named(step, procedure, path, reader);
    else reader.wrong([...path, 'case'], noCase(step.case ?? ''));
    const at = readWhen(calendar, receivedAt, step.at, 'noon');
    const occurredAt = step.occurredAt === undefined ? at : readWhen(calendar, receivedAt, step.occurredAt, 'noon');
    if (at === undefined) return reader.wrong([...path, 'at'], noTime(step.at));
    if (occurredAt === undefined) return reader.wrong([...path, 'occurredAt'], noTime(step.occurredAt ?? ''));
    if (at < before) reader.wrong([...path, 'at'], backwards(step.at));
    if (occurredAt > at) reader.wrong([...path, 'occurredAt'], { zh: '发生时间晚于登记时间（at）。', en: 'It happened after it was recorded ("at").' });
    before = at;
    const { at: _, occurredAt: __, expect, ...rest } = step;
    steps.push({ ...rest, at, occurredAt, line: reader.line(path), ...(expect === undefined ? {} : { refused: expect.slice('refused '.length) }) });
  });
  return steps;
}

/** An action that is expected to be refused may be one that there is not. */
function named({ action, as, expect }: StepFile, { actions, roles }: Procedure, path: readonly (string | number)[], reader: Reader): void {
  if (!actions[action] && action !== 'correct' && expect === undefined) reader.wrong([...path, 'action'], noSuch(action, Object.keys(actions)));
  if (!roles[as]) reader.wrong([...path, 'as'], noSuch(as, Object.keys(roles)));
}

const noCase = (name: string): Text => ({
  zh: `没有“${name}”这个事项；请写 also 中的名称，或关联的路径，如 claim/1、review.re-review。`,
  en: `There is no case "${name}"; write a name in "also", or the way of links to it, as in claim/1 or review.re-review.`,
});

export const noTime = (text: string): Text => ({
  zh: `没有“${text}”这个时间；请写 2026-11-24、2026-11-24 15:30 或 day 12。`,
  en: `"${text}" is no time that exists; write 2026-11-24, 2026-11-24 15:30 or day 12.`,
});

export const noSuch = (name: string, known: readonly string[]): Text => ({ zh: `没有“${name}”；有：${known.join('、')}。`, en: `There is no "${name}"; there are ${known.join(', ')}.` });

export const backwards = (text: string): Text => ({ zh: `“${text}”早于前一步；各步应按时间先后写。`, en: `"${text}" lies before the step above it; steps come in order of time.` });
