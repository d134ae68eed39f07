import { loadCalendar } from '../calendars/load.ts';
import { type Calendar, type Day, dayOf, type Instant, localDay } from '../core/index.ts';
import { loadProcedure } from '../procedures/load.ts';
import { type Definition, definitionOf } from './definitions.ts';

/** What counting rests on, for the procedures and calendars that the cases of a register name. */
export interface Loaded {
  readonly definitions: readonly Definition[];
  readonly zones: Readonly<Record<string, string>>;
  /** Procedures that cannot be found here, or do not say which duties the figures mean. */
  readonly undefined: readonly string[];
}

/** Loads definitions and zones. Cases of a procedure that is not at hand are counted as received and told of, and no more. */
export function loadRules(used: { readonly procedures: readonly string[]; readonly calendars: readonly string[] }): Loaded {
  const procedures = used.procedures.map((id) => [id, tried(() => loadProcedure(id))] as const);
  const calendars = used.calendars.map((id): [string, string | undefined] => [id, tried(() => loadCalendar(id))?.zone]);
  return {
    definitions: procedures.flatMap(([, p]) => (p ? [definitionOf(p)] : [])),
    zones: Object.fromEntries(calendars.flatMap(([id, zone]): [string, string][] => (zone === undefined ? [] : [[id, zone]]))),
    undefined: procedures.flatMap(([id, p]) => (p?.statistics ? [] : [id])),
  };
}

/** The day of an instant on a calendar; in UTC where that calendar is not at hand. */
export function dayOn(id: string, at: Instant): Day {
  const calendar: Calendar | undefined = tried(() => loadCalendar(id));
  return calendar ? dayOf(localDay(calendar, at)) : dayOf(Math.floor(Date.parse(at) / 86_400_000));
}

function tried<T>(load: () => T): T | undefined {
  try {
    return load();
  } catch {
    return undefined;
  }
}
