import type { Calendar } from '../../core/calendar.ts';
import { type About, fromDateHolidays, HOUSE_HOURS_NOTE } from './date-holidays.ts';
import { named } from './names.ts';

// One country is one entry. South Korea is not here: date-holidays 3.37 has its New Year a day late and lacks its
// temporary holidays and election days.

const SOURCE = `Package date-holidays, corrected in src/calendars/sources. ${HOUSE_HOURS_NOTE}`;

/** Where the days are fixed by law, nothing is announced year by year. */
const FIXED_BY_LAW = { version: '2026.1', announcedThrough: '2036-12-31' } as const;

const US: About = {
  id: 'us',
  version: '2027.1',
  title: { zh: '美国（联邦）', en: 'United States (federal)' },
  zone: 'America/New_York',
  announcedThrough: '2027-12-31',
  source: `${SOURCE} Days on which an order closed the offices are not legal holidays and not here.`,
};

/** Federal holidays, 5 U.S.C. 6103. */
export const us = (): Calendar =>
  fromDateHolidays({ about: US, country: 'US', types: ['public', 'bank'], call: { 'Labour Day': 'Labor Day' } });

const NL: About = {
  id: 'nl',
  ...FIXED_BY_LAW,
  title: { zh: '荷兰', en: 'Netherlands' },
  zone: 'Europe/Amsterdam',
  source: `${SOURCE} With Good Friday and every 5 May, on which legal periods do not end either (Algemene termijnenwet, Art. 3).`,
};

export const nl = (): Calendar =>
  fromDateHolidays({
    about: NL,
    country: 'NL',
    also: ['Good Friday'],
    yearly: [['05-05', named('Liberation Day', false)]],
    call: { 'Boxing Day': 'Second Day of Christmas' },
  });

const IT: About = {
  id: 'it',
  ...FIXED_BY_LAW,
  title: { zh: '意大利', en: 'Italy' },
  zone: 'Europe/Rome',
  source: `${SOURCE} Without the days of local patron saints.`,
};

export const it = (): Calendar =>
  fromDateHolidays({
    about: IT,
    country: 'IT',
    call: { 'Boxing Day': "Saint Stephen's Day", 'National Day 2011': '150 years of Italian unity' },
  });

const DE: About = {
  id: 'de',
  ...FIXED_BY_LAW,
  title: { zh: '德国（全国）', en: 'Germany (nationwide)' },
  zone: 'Europe/Berlin',
  source: `${SOURCE} Only the days that every state has.`,
};

export const de = (): Calendar =>
  fromDateHolidays({
    about: DE,
    country: 'DE',
    call: { 'Boxing Day': 'Second Day of Christmas', 'National Holiday': 'Day of German Unity' },
  });
