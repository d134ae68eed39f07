import { readFile } from 'node:fs/promises';
import { loadCalendar } from '../calendars/load.ts';
import { type Event, instantOf } from '../core/index.ts';
import { loadProcedure } from '../procedures/load.ts';
import { type Lab, type LabOptions, openLab, quietWorker, readScenario, rehearse, type Rehearsal, rehearseLog, type Scenario } from '../rehearse/index.ts';
import type { RehearseOptions } from './commands/rehearse.ts';
import type { Io } from './io.ts';
import { procedureOf, runOf } from './log-options.ts';
import { logPrinter } from './log-output.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { headingOf, timelineLines } from './timeline-lines.ts';

/** Rehearses a scenario and prints its timeline. */
export async function runScenario(io: Io, file: string, json: boolean): Promise<void> {
  const scenario = readScenario(await readFile(file, 'utf8'), file);
  const { procedure, unit, institution } = scenario;
  const rehearsal = await inLab(io, { procedure, unit, institution }, (lab) => rehearse(lab, scenario, (text) => io.progress(text)));
  io.done();
  if (json) io.out(printed(asJson(scenario, rehearsal)));
  else for (const line of lines(scenario, rehearsal, io)) io.out(line);
}

/** Rehearses the cases of a log and prints how each went. */
export async function runLog(io: Io, file: string, o: RehearseOptions): Promise<void> {
  const procedure = loadProcedure(procedureOf(o));
  const run = runOf(o, procedure, loadCalendar(o.calendar ?? procedure.calendar), instantOf(Date.now()));
  const printer = logPrinter(io, o.json ?? false, { zh: '演练', en: 'Rehearsal' });
  printer.end(await inLab(io, { procedure, unit: 'log' }, (lab) => rehearseLog(lab, file, run, printer.each, o.atOnce)));
}

type LabOf = Pick<LabOptions, 'procedure' | 'unit' | 'institution'>;

/** Gives the work a lab, and takes the lab down again however the work ends, an interrupt included. */
async function inLab<T>(io: Io, of: LabOf, work: (lab: Lab) => Promise<T>): Promise<T> {
  quietWorker();
  io.progress({ zh: '演练：正在启动引擎……', en: 'Rehearsal: starting an engine…' });
  const opening = openLab({ ...of, engine: process.env['REDRESS_REHEARSAL_ENGINE'] || undefined, progress: (text) => io.progress(text) });
  // The first interrupt takes the lab down; a second one ends the process as it stands.
  const interrupted = (): void => void opening.then((lab) => lab.stop()).finally(() => process.exit(130)).catch(() => undefined);
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    return await work(await opening);
  } finally {
    await opening.then((lab) => lab.stop(), () => undefined);
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

function asJson({ title, receivedAt }: Scenario, { events, state, others, until }: Rehearsal): object {
  const { procedure, calendar, stage, receipt } = state;
  return {
    ...(title ? { title } : {}),
    procedure: { id: procedure.id, version: procedure.version },
    calendar: { id: calendar.id, version: calendar.version },
    receipt, receivedAt, until, stage, closed: state.closedAt !== undefined, events,
    ...(others.length === 0 ? {} : { others: others.map((o) => ({ name: o.name, receipt: o.receipt, procedure: { id: o.state.procedure.id, version: o.state.procedure.version }, stage: o.state.stage, closed: o.state.closedAt !== undefined, events: o.events })) }),
  };
}

function lines({ title }: Scenario, { events, state, others, until }: Rehearsal, { lang }: Io): string[] {
  const end = state.closedAt === undefined
    ? { zh: `演练到此为止（${until}）；事项尚未结案。`, en: `The rehearsal ends here (${until}); the case is not closed.` }
    : { zh: '事项已结案。', en: 'The case is closed.' };
  return [...(title ? [paint.strong(title[lang]), ''] : []), ...headingOf(state, state.unit, lang), '', ...timelineLines(state, shown(events.filter((e) => e.type !== 'not-taken' || e.case === undefined)), lang), '', end[lang],
    ...others.flatMap((o) => ['', paint.strong(o.name), ...headingOf(o.state, o.state.unit, lang), '', ...timelineLines(o.state, o.events, lang)])];
}

/** A step that was not taken is told as a machine's would be, under the number of the event before it. */
function shown(events: Rehearsal['events']): Event[] {
  let seq = 1;
  return events.map((e) => {
    if (e.type !== 'not-taken') {
      seq = e.seq;
      return e;
    }
    const { at, action, by, code, field } = e;
    return { type: 'refused', seq, at, recordedAt: at, action, by, code, field };
  });
}
