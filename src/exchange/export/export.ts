import type { Writable } from 'node:stream';
import type { Bulk, Recorded, StoryFilter } from '../../register/index.ts';
import { writeRows } from '../../sheets/index.ts';
import { writeChunks } from '../../sheets/write.ts';
import { discretion } from './discretion.ts';
import { ocelOf } from './ocel.ts';
import { withSpool } from './spool.ts';
import { EVENT_COLUMNS, eventRows } from './table.ts';
import { xesOf } from './xes.ts';

export const FORMATS = ['csv', 'xlsx', 'xes', 'ocel'] as const;
export type Format = (typeof FORMATS)[number];

export interface ExportRun {
  readonly format: Format;
  readonly filter?: StoryFilter;
  /** Whether free text and who is complained of go out too. */
  readonly withText?: boolean;
  readonly progress?: (cases: number, events: number) => void;
}

/** Writes timelines of the register into a file, whole or not at all, or a stream; how many cases and events they were. Memory does not grow with them. */
export async function exportTimelines(bulk: Pick<Bulk, 'stories'>, out: string | Writable, { format, filter, withText = false, progress }: ExportRun): Promise<{ cases: number; events: number }> {
  const discreet = discretion(withText);
  const done = { cases: 0, events: 0 };
  async function* counted(): AsyncGenerator<Recorded> {
    for await (const story of bulk.stories(filter)) {
      done.cases += 1;
      done.events += story.events.length;
      progress?.(done.cases, done.events);
      yield story;
    }
  }
  if (format === 'csv' || format === 'xlsx') await writeRows(out, EVENT_COLUMNS, eventRows(counted(), discreet), format, { name: 'events' });
  else await writeChunks(out, format === 'xes' ? xesOf(counted(), discreet) : withSpool((spool) => ocelOf(counted(), discreet, spool)));
  return done;
}
