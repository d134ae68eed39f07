import type { Column, OutRow } from '../../sheets/index.ts';
import type { Recorded } from '../../register/index.ts';
import type { Discretion } from './discretion.ts';
import { flatten } from './flat.ts';

/** The columns of a table of events. */
export const EVENT_COLUMNS: readonly Column[] = [
  'case', 'seq', 'type', 'activity', 'lifecycle', 'at', 'recordedAt', 'procedure', 'version', 'channel', 'unit', 'receivedAt', 'stage', 'role', 'person',
  'duty', 'instance', 'dueDate', 'dueAt', 'late', 'why', 'paper', 'number', 'text', 'fields',
].map((key) => ({ key, title: key }));

/** One row for each event, the cases in the order of their receipts. */
export async function* eventRows(stories: AsyncIterable<Recorded>, discreet: Discretion): AsyncGenerator<OutRow> {
  for await (const story of stories) {
    const { procedure, version, channel, receivedAt } = story.view;
    for (const { fields, ...event } of flatten(story, discreet))
      yield { ...event, procedure, version, channel, receivedAt, fields: Object.keys(fields).length === 0 ? '' : JSON.stringify(fields) };
  }
}
