import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { bundle } from '../src/worker.ts';

// Histories as earlier versions of the workflow left them. An open case lives for months: each must replay for ever.
// A new one is recorded with `npm run histories` at each release, and none is ever changed or taken away.

const folder = new URL('./histories/', import.meta.url);
const files = readdirSync(folder).filter((f) => f.endsWith('.json'));
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

let workflowBundle: WorkflowBundle;
beforeAll(async () => {
  workflowBundle = await bundle();
});

test.each(files)('%s replays', async (file) => {
  await Worker.runReplayHistory({ workflowBundle }, historyFromJSON(read(file)));
});

test('there is a history of each kind', () => {
  expect(files.map((f) => f.replace(/^v[\d.]+-/, ''))).toEqual(expect.arrayContaining(['ordinary.json', 'untouched.json', 'undelivered.json', 'clarified.json']));
});

test('a history that has been tampered with does not', async () => {
  const file = files.find((f) => f.endsWith('untouched.json'));
  const text = readFileSync(new URL(file ?? '', folder), 'utf8');
  // Where the workflow asked for a timer, the history now says that it wrote its attributes.
  const history: { events: { eventId: string; eventType: string }[] } = JSON.parse(text);
  const timer = history.events.find((e) => e.eventType === 'EVENT_TYPE_TIMER_STARTED');
  const upsert = history.events.find((e) => e.eventType === 'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES');
  expect(timer && upsert).toBeDefined();
  const tampered = { ...history, events: history.events.map((e) => (e === timer ? { ...upsert, eventId: e.eventId } : e)) };
  await expect(Worker.runReplayHistory({ workflowBundle }, historyFromJSON(tampered))).rejects.toThrow(DeterminismViolationError);
});
