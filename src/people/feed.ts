import { DAY_MS, type Instant, instantOf, msOf } from '../core/instant.ts';
import type { Register } from '../register/index.ts';
import { calendarOf } from './calendar.ts';
import { knownPerson } from './changes.ts';
import { deadlinesBy } from './deadlines.ts';
import { nextShifts } from './rota.ts';

/** Days before and after now of which a calendar has the shifts. */
const [BEFORE, AFTER] = [14, 120];

/** More than an institution has open at once. */
const MOST_DUTIES = 100_000;

/** The calendars of some persons, or of all, by id. @throws RedressError where there is no such person */
export async function calendars(register: Pick<Register, 'owed' | 'people'>, persons: readonly string[] | undefined, at: Instant): Promise<Map<string, string>> {
  const [organisation, owed] = await Promise.all([register.people.organisation(), register.owed({ limit: MOST_DUTIES })]);
  for (const person of persons ?? []) knownPerson(organisation, 'person', person);
  const casting = await register.people.casting([...new Set(owed.map((o) => o.case.receipt))]);
  const deadlines = deadlinesBy(organisation, owed, casting, at);
  const [from, to] = [instantOf(msOf(at) - BEFORE * DAY_MS), instantOf(msOf(at) + AFTER * DAY_MS)];
  return new Map((persons ?? Object.keys(organisation.people)).map((person) =>
    [person, calendarOf(organisation, person, nextShifts(organisation, person, from, to), deadlines.get(person) ?? [], at)]));
}
