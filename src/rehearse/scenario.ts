import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { explained, pathOf } from '../calendars/issue.ts';
import { loadCalendar } from '../calendars/load.ts';
import { type Calendar, type Instant, type Procedure, readMoment, REFUSALS } from '../core/index.ts';
import { type Institution, parseInstitution } from '../institution/index.ts';
import { loadProcedure } from '../procedures/load.ts';
import { placeOf } from '../procedures/place.ts';
import { cast, procedureOf } from './cast.ts';
import { type Absences, holderOf, officeOf } from './office.ts';
import { othersIn } from './others.ts';
import { ScenarioError, type ScenarioProblem } from './scenario-error.ts';
import { ScenarioFile } from './scenario-file.ts';
import { backwards, noSuch, noTime, readSteps, type Reader, type ScenarioStep } from './scenario-steps.ts';
import { readWhen } from './when.ts';

export type { ScenarioStep } from './scenario-steps.ts';

/** A case of a scenario, ready to be opened. */
export interface Matter {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly channel: string;
  readonly unit: string;
  readonly fields: ScenarioFile['fields'];
  readonly receivedAt: Instant;
}

/** A scenario ready to be run. */
export interface Scenario extends Pick<ScenarioFile, 'title' | 'unit' | 'fields' | 'vacant' | 'onLeave' | 'named' | 'deputies' | 'hours'> {
  readonly file: string;
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly channel: string;
  readonly receivedAt: Instant;
  readonly steps: readonly ScenarioStep[];
  /** The cases beside it, by name, in the order in which they are opened. */
  readonly also: readonly (Matter & { readonly name: string })[];
  /** Who is there to be told. */
  readonly institution: Institution;
  readonly until?: Instant;
}

type Path = readonly (string | number)[];

/**
 * Reads a scenario.
 * @param file names the source in errors
 * @throws ScenarioError with every problem; ProcedureError; CalendarError
 */
export function readScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = doc.errors;
  if (syntax) throw new ScenarioError(file, [{ line: lines.linePos(syntax.pos[0]).line, path: '', text: { zh: `YAML 语法有误：${syntax.message}`, en: `This is no YAML: ${syntax.message}` } }]);
  const line = (path: Path): number => placeOf(doc, lines, [...path]).line;
  const parsed = ScenarioFile.safeParse(doc.toJS());
  if (!parsed.success) throw new ScenarioError(file, parsed.error.issues.map((i) => problemOf(i, line)));
  const procedure = loadProcedure(parsed.data.procedure);
  const calendar = loadCalendar(parsed.data.calendar ?? procedure.calendar);
  const problems: ScenarioProblem[] = [];
  const wrong: Reader['wrong'] = (path, said) => void problems.push({ line: line(path), path: path.join('.'), text: said });
  const scenario = ready(file, parsed.data, procedure, calendar, { line, wrong });
  if (problems.length > 0 || !scenario) throw new ScenarioError(file, problems);
  return scenario;
}

/** Whoever is complained of is named in the intake field that the procedure has for it. */
function complainedOf({ named }: ScenarioFile, { excludes }: Procedure, reader: Reader): ScenarioFile['fields'] {
  if (named.length === 0) return {};
  if (excludes) return { [excludes.field]: named.map(holderOf).join(' ') };
  reader.wrong(['named'], { zh: '该程序登记时没有“被反映的人员”字段（excludes）。', en: 'This procedure has no intake field for who is complained of ("excludes").' });
  return {};
}

function problemOf(issue: z.core.$ZodIssue, line: (path: Path) => number): ScenarioProblem {
  const path = pathOf(issue);
  const expect = path.at(-1) === 'expect' && issue.code === 'invalid_format';
  const zh = `请写 refused 加上以下原因之一：${REFUSALS.join('、')}。`;
  return { line: line(path), path: path.join('.'), text: expect ? { zh, en: `${issue.message}.` } : explained(issue) };
}

/** The cases beside it, in the order of their times. */
function besides({ also, unit }: ScenarioFile, calendar: Calendar, first: Instant, reader: Reader): Scenario['also'] {
  const all = Object.entries(also).flatMap(([name, one]) => {
    const procedure = loadProcedure(one.procedure);
    const theirs = loadCalendar(one.calendar ?? procedure.calendar);
    const channel = one.channel ?? Object.keys(procedure.channels)[0] ?? '';
    if (!Object.hasOwn(procedure.channels, channel)) reader.wrong(['also', name, 'channel'], noSuch(channel, Object.keys(procedure.channels)));
    const receivedAt = readWhen(calendar, first, one.receivedAt, 'noon');
    if (receivedAt === undefined) reader.wrong(['also', name, 'receivedAt'], noTime(one.receivedAt));
    return receivedAt === undefined ? [] : [{ name, procedure, calendar: theirs, channel, unit: one.unit ?? unit, fields: one.fields, receivedAt }];
  });
  return all.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
}

/** The institution that the scenario names, or one that has all of whom it speaks. */
function institutionFor(file: string, raw: ScenarioFile, procedures: readonly Procedure[], absences: Absences, reader: Reader): Institution {
  if (raw.institution === undefined) return officeOf(procedures, raw.unit, absences, othersIn(raw, procedures));
  const path = join(dirname(file), raw.institution);
  if (existsSync(path)) return parseInstitution(readFileSync(path, 'utf8'), path);
  reader.wrong(['institution'], { zh: `没有文件 ${path}。`, en: `There is no file ${path}.` });
  return officeOf(procedures, raw.unit, absences);
}

/** The scenario, where its times can be read at all; `reader` hears of every problem. */
function ready(file: string, raw: ScenarioFile, procedure: Procedure, calendar: Calendar, reader: Reader): Scenario | undefined {
  const { title, unit, vacant, onLeave, named, deputies, hours } = raw;
  const fields = { ...raw.fields, ...complainedOf(raw, procedure, reader) };
  const channel = raw.channel ?? Object.keys(procedure.channels)[0] ?? '';
  if (!Object.hasOwn(procedure.channels, channel)) reader.wrong(['channel'], noSuch(channel, Object.keys(procedure.channels)));
  for (const list of ['vacant', 'onLeave', 'named', 'deputies'] as const)
    for (const [i, role] of raw[list].entries())
      if (!procedure.roles[role]) reader.wrong([list, i], noSuch(role, Object.keys(procedure.roles)));
  const receivedAt = readMoment(calendar, raw.receivedAt, 'start');
  if (receivedAt === undefined) {
    reader.wrong(['receivedAt'], noTime(raw.receivedAt));
    return undefined;
  }
  const also = besides(raw, calendar, receivedAt, reader);
  const roots = new Map([['main', procedure], ...also.map((a) => [a.name, a.procedure] as const)]);
  const steps = readSteps(raw.steps, (name) => procedureOf(name, roots), calendar, { receivedAt, first: also[0] && also[0].receivedAt < receivedAt ? also[0].receivedAt : receivedAt }, reader);
  const absences = { vacant, onLeave, named, deputies };
  const institution = institutionFor(file, raw, cast([...roots.values()]), absences, reader);
  const scenario = { file, procedure, calendar, channel, unit, fields, ...absences, receivedAt, steps, also, institution, ...(title ? { title } : {}), ...(hours ? { hours } : {}) };
  if (raw.until === undefined) return scenario;
  const until = readWhen(calendar, receivedAt, raw.until, 'end');
  if (until === undefined) reader.wrong(['until'], noTime(raw.until));
  else if (until < (steps.at(-1)?.at ?? receivedAt)) reader.wrong(['until'], backwards(raw.until));
  return until === undefined ? undefined : { ...scenario, until };
}
