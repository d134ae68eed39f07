import Holidays from 'date-holidays';
import { Calendar } from '../../core/calendar.ts';
import type { Text } from '../../core/text.ts';
import { day, type NamedDay, stretches, years } from './days.ts';
import { named } from './names.ts';
import { offsets } from './offsets.ts';
import { type Patch, patched } from './patch.ts';

export const SPAN = { from: 2005, to: 2036 } as const;

/**
 * Where public holidays are looked up. `also` names days that count as rest
 * though the package calls them otherwise, `yearly` days that it lacks, and
 * `call` the better English name of a day.
 */
export interface Place {
  readonly country: string;
  readonly state?: string;
  readonly types?: readonly string[];
  readonly also?: readonly string[];
  readonly yearly?: readonly (readonly [string, Text])[];
  readonly call?: Readonly<Record<string, string>>;
  readonly patches?: readonly Patch[];
}

/** The public holidays of a place, day by day, corrected. */
export function holidaysOf(place: Place): NamedDay[] {
  const { country, state, types = ['public'], also = [], yearly = [], call = {} } = place;
  const source = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const days: NamedDay[] = [];
  for (const year of years(SPAN.from, SPAN.to)) {
    for (const h of source.getHolidays(year, 'en')) {
      const english = h.name.replace(' (substitute day)', '');
      if (!types.includes(h.type) && !also.includes(english)) continue;
      const name = named(call[english] ?? english, h.substitute === true);
      days.push({ day: day(h.date.slice(0, 10)), name });
    }
    for (const [monthDay, name] of yearly) days.push({ day: day(`${year}-${monthDay}`), name });
  }
  return patched(days, place.patches ?? []);
}

/** What a calendar says of itself. */
export interface About {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly zone: string;
  readonly announcedThrough: string;
  readonly source: string;
  readonly hours?: readonly (readonly [string, string])[];
}

const HOUSE_HOURS = [['09:00', '17:00']] as const;

export const HOUSE_HOURS_NOTE = 'Office hours 09:00-17:00 are a house default.';

/** Makes a calendar of days of rest that are listed, with a weekend of Saturday and Sunday. */
export const calendarOf = ({ hours = HOUSE_HOURS, ...about }: About, days: readonly NamedDay[]): Calendar =>
  Calendar.parse({
    ...about,
    offsets: offsets(about.zone, SPAN.from, SPAN.to + 1),
    weekend: [6, 7],
    rest: stretches(days),
    work: [],
    hours,
    overlays: [],
  });

/** A calendar for any country that date-holidays knows. */
export const fromDateHolidays = ({ about, ...place }: Place & { readonly about: About }): Calendar =>
  calendarOf(about, holidaysOf(place));
