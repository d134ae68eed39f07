import chinese from 'chinese-days';
import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { Calendar } from '../../core/calendar.ts';
import { dayOf, numberOf } from '../../core/instant.ts';
import type { Text } from '../../core/text.ts';
import { day, type NamedDay, stretches, years } from './days.ts';
import { offsets } from './offsets.ts';
import { type Patch, patched } from './patch.ts';

/** The last year whose arrangement the State Council has announced, each November for the next. */
const ANNOUNCED = 2026;
const COMPUTED_TO = 2036;

/** The holidays by the English name that chinese-days gives them. */
const NAMES: Readonly<Record<string, Text>> = {
  "New Year's Day": { zh: '元旦', en: "New Year's Day" },
  'Spring Festival': { zh: '春节', en: 'Spring Festival' },
  'Tomb-sweeping Day': { zh: '清明节', en: 'Qingming Festival' },
  'Labour Day': { zh: '劳动节', en: 'Labour Day' },
  'Dragon Boat Festival': { zh: '端午节', en: 'Dragon Boat Festival' },
  'Mid-autumn Festival': { zh: '中秋节', en: 'Mid-Autumn Festival' },
  'National Day': { zh: '国庆节', en: 'National Day' },
  'Anti-Fascist 70th Day': { zh: '抗战胜利七十周年纪念日', en: '70th anniversary of victory in the war' },
};

/** Where chinese-days disagrees with the notices of 2025 and 2026: nowhere, checked day by day in test/calendar.test.ts. */
const PATCHES: readonly Patch[] = [];

function name(entry: string): Text {
  const english = entry.split(',')[0] ?? '';
  const found = NAMES[english];
  if (!found) throw new Error(`a holiday that cn.ts does not know: ${english}`);
  return found;
}

const moved = (n: Text): Text => ({ zh: `${n.zh}调休上班`, en: `working day moved for ${n.en}` });

const listed = (table: Readonly<Record<string, string>>): NamedDay[] =>
  Object.entries(table).map(([d, entry]) => ({ day: day(d), name: name(entry) }));

/**
 * The statutory days of a year not announced yet (全国年节及纪念日放假办法, as
 * amended in 2024). Which days are moved to make longer holidays nobody can
 * know, so none are; nor is a holiday on a weekend made up for.
 */
function statutory(year: number): NamedDay[] {
  const lunar = (month: string): number => numberOf(day(chinese.getSolarDateFromLunar(`${year}-${month}`).date));
  const solar = (d: string): number => numberOf(day(`${year}-${d}`));
  const from = (key: string, first: number, length: number): NamedDay[] =>
    Array.from({ length }, (_, i) => ({ day: dayOf(first + i), name: name(key) }));
  return [
    ...from("New Year's Day", solar('01-01'), 1),
    // The eve and the first three days of the first month.
    ...from('Spring Festival', lunar('01-01') - 1, 4),
    ...from('Tomb-sweeping Day', numberOf(day(chinese.getSolarTermDate(year, 4, 'pure_brightness'))), 1),
    ...from('Labour Day', solar('05-01'), 2),
    ...from('Dragon Boat Festival', lunar('05-05'), 1),
    ...from('Mid-autumn Festival', lunar('08-15'), 1),
    ...from('National Day', solar('10-01'), 3),
  ];
}

/** chinese-days computes lunar dates on the clocks of the machine and is a day out west of Greenwich. */
function inUtc<T>(compute: () => T): T {
  const { TZ } = process.env;
  process.env['TZ'] = 'UTC';
  try {
    return compute();
  } finally {
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  }
}

export const cn = (): Calendar =>
  Calendar.parse({
    id: 'cn',
    version: `${ANNOUNCED}.1`,
    title: { zh: '中国（国务院办公厅节假日安排）', en: 'China (State Council holiday notices)' },
    zone: 'Asia/Shanghai',
    offsets: offsets('Asia/Shanghai', 2004, COMPUTED_TO + 1),
    weekend: [6, 7],
    rest: stretches([
      ...patched(listed(data.holidays), PATCHES),
      ...inUtc(() => years(ANNOUNCED + 1, COMPUTED_TO).flatMap(statutory)),
    ]),
    work: stretches(listed(data.workdays).map((d) => ({ ...d, name: moved(d.name) }))),
    announcedThrough: `${ANNOUNCED}-12-31`,
    hours: [['09:00', '12:00'], ['14:00', '18:00']],
    overlays: [],
    source:
      'Package chinese-days, which follows the yearly notices of the General Office of the State Council; later years computed from the statutory days (全国年节及纪念日放假办法, 2024), without moved days and without a day in place of one that falls on a weekend. Office hours 09:00-12:00 and 14:00-18:00 are a house default.',
  });
