import type { Calendar } from '../../core/calendar.ts';
import { type Day, dayOf, numberOf, weekdayOf } from '../../core/instant.ts';
import type { Text } from '../../core/text.ts';
import { calendarOf, SPAN } from './date-holidays.ts';
import { day, type NamedDay, years } from './days.ts';

// Counted from the rule itself (관공서의 공휴일에 관한 규정, the decree on the holidays of public offices), as it stood each
// year. date-holidays 3.37 has the three days of the lunar new year a day late and lacks Labour Day, the election days
// and the temporary holidays.

/** On which days of the week a holiday is made up for by the next working day (대체공휴일); never before `since`. */
interface Moves {
  readonly on: readonly number[];
  readonly since: number;
}
const NEVER: Moves = { on: [], since: Infinity };
/** Art. 3(1)(ii), first applied in 2014. */
const FEAST: Moves = { on: [7], since: 2014 };
const weekend = (since: number): Moves => ({ on: [6, 7], since });

interface Holiday {
  readonly at: number;
  readonly name: Text;
  readonly moves: Moves;
}

type Solar = readonly [monthDay: string, zh: string, en: string, moves: Moves, from?: number, to?: number];

const SOLAR: readonly Solar[] = [
  ['01-01', '元旦', "New Year's Day", NEVER],
  ['03-01', '三一节', 'Independence Movement Day', weekend(2022)],
  ['04-05', '植树节', 'Arbor Day', NEVER, 2005, 2005],
  ['05-01', '劳动节', 'Labour Day', weekend(2026), 2026],
  ['05-05', '儿童节', "Children's Day", weekend(2014)],
  ['06-06', '显忠日', 'Memorial Day', NEVER],
  ['07-17', '制宪节', 'Constitution Day', NEVER, 2005, 2007],
  ['07-17', '制宪节', 'Constitution Day', weekend(2026), 2026],
  ['08-15', '光复节', 'Liberation Day', weekend(2021)],
  ['10-03', '开天节', 'National Foundation Day', weekend(2021)],
  ['10-09', '韩文节', 'Hangeul Day', weekend(2021), 2013],
  ['12-25', '圣诞节', 'Christmas Day', weekend(2023)],
];

const SEOLLAL: Text = { zh: '春节', en: 'Seollal' };
const BUDDHA: Text = { zh: '佛诞日', en: "Buddha's Birthday" };
const CHUSEOK: Text = { zh: '中秋节', en: 'Chuseok' };

/** Elections at the end of a term, and what the government named for one year. Later ones are not known. */
const ONCE: readonly (readonly [days: readonly string[], zh: string, en: string])[] = [
  [['2006-05-31', '2010-06-02', '2014-06-04', '2018-06-13', '2022-06-01', '2026-06-03'], '地方选举日', 'local elections'],
  [['2008-04-09', '2012-04-11', '2016-04-13', '2020-04-15', '2024-04-10'], '国会议员选举日', 'parliamentary election'],
  [['2007-12-19', '2012-12-19', '2017-05-09', '2022-03-09', '2025-06-03'], '总统选举日', 'presidential election'],
  [['2015-08-14', '2016-05-06', '2017-10-02', '2020-08-17', '2023-10-02', '2024-10-01', '2025-01-27'], '临时公休日', 'temporary holiday'],
];

/** The day of the Korean lunar calendar in a year. It follows the new moon in Seoul, so some years differ from China's by a day. */
function lunar(year: number, month: number, date: number): number {
  const wanted = `${month}/${date}`;
  const first = numberOf(day(`${year}-01-01`));
  for (let d = first; d < first + 366; d += 1) if (DANGI.format(new Date(`${dayOf(d)}T12:00:00Z`)) === wanted) return d;
  throw new Error(`no ${wanted} of the lunar calendar in ${year}`);
}
const DANGI = new Intl.DateTimeFormat('en-u-ca-dangi', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });

function holidaysIn(year: number): Holiday[] {
  const on = (d: string): number => numberOf(day(d));
  const three = (middle: number, name: Text): Holiday[] => [-1, 0, 1].map((i) => ({ at: middle + i, name, moves: FEAST }));
  return [
    ...SOLAR.flatMap(([monthDay, zh, en, moves, from = SPAN.from, to = SPAN.to]) =>
      year >= from && year <= to ? [{ at: on(`${year}-${monthDay}`), name: { zh, en }, moves }] : []),
    ...three(lunar(year, 1, 1), SEOLLAL),
    { at: lunar(year, 4, 8), name: BUDDHA, moves: weekend(2023) },
    ...three(lunar(year, 8, 15), CHUSEOK),
    ...ONCE.flatMap(([list, zh, en]) => list.filter((d) => d.startsWith(`${year}-`)).map((d) => ({ at: on(d), name: { zh, en }, moves: NEVER }))),
  ];
}

/** Art. 3: a holiday that falls on a day of rest, or with another on one weekday, is made up for on the first working day after it. */
function madeUp(year: number, holidays: readonly Holiday[]): Holiday[] {
  const taken = new Set(holidays.map((h) => h.at));
  return [...new Set(holidays.map((h) => h.at))].toSorted((a, b) => a - b).flatMap((at) => {
    const here = holidays.filter((h) => h.at === at);
    return lost(year, at, here).map(({ name: { zh, en } }) => {
      let next = at + 1;
      while (weekdayOf(next) > 5 || taken.has(next)) next += 1;
      taken.add(next);
      return { at: next, name: { zh: `${zh}（补假）`, en: `${en} (substitute day)` }, moves: NEVER };
    });
  });
}

/** The holidays of one day that are to be made up for. */
function lost(year: number, at: number, here: readonly Holiday[]): readonly Holiday[] {
  const movable = here.filter((h) => h.moves.since <= year);
  const weekday = weekdayOf(at);
  return weekday > 5 ? movable.filter((h) => h.moves.on.includes(weekday)) : movable.slice(0, here.length - 1);
}

const named = ({ at, name }: Holiday): { day: Day; name: Text } => ({ day: dayOf(at), name });

const all = (): NamedDay[] =>
  years(SPAN.from, SPAN.to).flatMap((year) => {
    const holidays = holidaysIn(year);
    return [...holidays, ...madeUp(year, holidays)].map(named);
  });

/** The holidays of Korea's public offices. Through 2027 as the yearly almanac (월력요항) of June 2026 has them. */
export const kr = (): Calendar =>
  calendarOf(
    {
      id: 'kr',
      version: '2027.1',
      title: { zh: '韩国（官公署公休日）', en: 'South Korea (holidays of public offices)' },
      zone: 'Asia/Seoul',
      announcedThrough: '2027-12-31',
      // Art. 9 of the rules on the service of state officials has them at work 09:00-18:00, with an hour for lunch.
      hours: [['09:00', '12:00'], ['13:00', '18:00']],
      source:
        'Computed in src/calendars/sources/kr.ts from the decree on the holidays of public offices (관공서의 공휴일에 관한 규정) as amended on 2026-04-30, with the Korean lunar calendar of the ICU library, the elections held and the temporary holidays named so far. 2026 and 2027 compared with published lists. Election days after 2027 and temporary holidays to come are not in it. Office hours 09:00-12:00 and 13:00-18:00.',
    },
    all(),
  );
