import type { Calendar } from '../../core/calendar.ts';
import { dayOf, numberOf } from '../../core/instant.ts';
import type { Text } from '../../core/text.ts';
import { calendarOf, HOUSE_HOURS_NOTE, holidaysOf, SPAN } from './date-holidays.ts';
import { day, type NamedDay, years } from './days.ts';

// The Commission decides each year's public holidays for the institutions in Brussels and publishes them in the Official
// Journal. The lists that were read (see `source`) all come out of the rule below, and none moves a holiday that falls
// on a weekend; so the rule makes every year. A day that some list adds is not here: one working day more is the reading
// that is stricter on the institution.

/** By how many days it lies after Easter Sunday. */
const MOVABLE: readonly (readonly [number, Text])[] = [
  [-3, { zh: '濯足节', en: 'Maundy Thursday' }],
  [-2, { zh: '耶稣受难日', en: 'Good Friday' }],
  [1, { zh: '复活节星期一', en: 'Easter Monday' }],
  [39, { zh: '耶稣升天节', en: 'Ascension Day' }],
  [40, { zh: '耶稣升天节次日', en: 'Day after Ascension Day' }],
  [50, { zh: '圣灵降临节星期一', en: 'Whit Monday' }],
];

const FIXED: readonly (readonly [string, Text])[] = [
  ['01-01', { zh: '元旦', en: "New Year's Day" }],
  ['01-02', { zh: '元旦次日', en: "Day after New Year's Day" }],
  ['05-01', { zh: '劳动节', en: 'Labour Day' }],
  ['05-09', { zh: '舒曼宣言纪念日', en: 'Anniversary of the Schuman Declaration' }],
  ['07-21', { zh: '比利时国庆日', en: 'Belgian National Day' }],
  ['08-15', { zh: '圣母升天节', en: 'Assumption' }],
  ['11-01', { zh: '诸圣节', en: "All Saints' Day" }],
  ['11-02', { zh: '诸灵节', en: "All Souls' Day" }],
  ...[24, 25, 26, 27, 28, 29, 30, 31].map((d): readonly [string, Text] => [`12-${d}`, { zh: '年终假日', en: 'End-of-year days' }]),
];

/** The institutions of the European Union in Brussels. 11 November, a holiday of Belgium, is none of theirs. */
export const eu = (): Calendar =>
  calendarOf(
    {
      id: 'eu',
      version: '2024.1',
      title: { zh: '欧洲联盟机构（布鲁塞尔）', en: 'Institutions of the European Union (Brussels)' },
      zone: 'Europe/Brussels',
      announcedThrough: '2024-12-31',
      source: `Commission decisions on public holidays, read for 2014 (OJ 2013/C 39/03), 2023 (OJ 2021/C 201 I/02) and, as far as 15 August, 2024 (OJ 2022/C 440/05); for 2017 and 2020 from secondary copies. Every other year, and the rest of 2024, is computed by the rule that these lists show (src/calendars/sources/eu.ts) and was not checked against its list; later than 2024 dates are provisional. Easter from package date-holidays. Luxembourg keeps 23 June in the place of 21 July. ${HOUSE_HOURS_NOTE}`,
    },
    holidays(),
  );

function holidays(): NamedDay[] {
  const easters = holidaysOf({ country: 'BE', types: [], also: ['Easter Sunday'] });
  const movable = easters.flatMap((easter) => MOVABLE.map(([after, name]) => ({ day: dayOf(numberOf(easter.day) + after), name })));
  const fixed = years(SPAN.from, SPAN.to).flatMap((year) => FIXED.map(([monthDay, name]) => ({ day: day(`${year}-${monthDay}`), name })));
  return [...movable, ...fixed];
}
