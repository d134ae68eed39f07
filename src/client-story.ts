import type { Client } from '@temporalio/client';
import { loadCalendar } from './calendars/load.ts';
import { type CaseState, type Event, fold, widened } from './core/index.ts';
import { RedressError } from './errors.ts';
import { loadProcedure } from './procedures/load.ts';
import { workflowIdOf } from './receipts.ts';
import type { CaseInput } from './workflows/messages.ts';

/** A case as its timeline makes it, with the procedure and the calendar that it runs on. */
export interface Story {
  readonly state: CaseState;
  readonly events: readonly Event[];
}

type Rules = Pick<CaseInput, 'procedure' | 'calendar'>;

/** Folds a timeline on the rules that the case was opened with, wherever these still are. */
export async function storyOf(temporal: Client, receipt: string, events: readonly Event[]): Promise<Story> {
  const { procedure, calendar } = (await pinned(temporal, receipt)) ?? onFile(receipt, events);
  return { events, state: fold(widened(procedure), calendar, events) };
}

/** The rules that travel in the input of the workflow; none where the engine has forgotten the case, or is away. */
async function pinned(temporal: Client, receipt: string): Promise<Rules | undefined> {
  const { namespace, loadedDataConverter: { payloadConverter, payloadCodecs } } = temporal.options;
  try {
    const execution = { workflowId: workflowIdOf(receipt) };
    const { history } = await temporal.workflowService.getWorkflowExecutionHistory({ namespace, execution, maximumPageSize: 1 });
    let payloads = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    for (const codec of payloadCodecs.toReversed()) payloads = await codec.decode(payloads);
    const [input] = payloads;
    return input && payloadConverter.fromPayload<CaseInput>(input);
  } catch {
    return undefined;
  }
}

/** The same rules from their files, if those still have the same version. */
function onFile(receipt: string, events: readonly Event[]): Rules {
  const [opened] = events;
  if (opened?.type === 'opened') {
    const procedure = loadProcedure(opened.procedure.id);
    if (procedure.version === opened.procedure.version) return { procedure, calendar: loadCalendar(opened.calendar.id) };
  }
  throw new RedressError('rules-gone', 'receipt', {
    zh: `引擎已不再保存 ${receipt}，其所用版本的程序文件也不在。可用 --json 读取经过。`,
    en: `The engine no longer keeps ${receipt}, and its version of the procedure is not on file. Its timeline can be read with --json.`,
  });
}
