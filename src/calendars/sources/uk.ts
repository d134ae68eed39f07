import type { Calendar } from '../../core/calendar.ts';
import type { Text } from '../../core/text.ts';
import { calendarOf, HOUSE_HOURS_NOTE, holidaysOf, type Place } from './date-holidays.ts';
import type { NamedDay } from './days.ts';
import type { Patch } from './patch.ts';

/** What date-holidays 3.37 has wrong for every part of the United Kingdom. */
const EVERYWHERE: readonly Patch[] = [
  { why: 'wedding of the Duke and Duchess of Cambridge, by proclamation', add: [['2011-04-29', { zh: '王室婚礼假日', en: 'Royal Wedding' }]] },
  {
    why: 'the spring holiday of 2012 was moved for the Diamond Jubilee',
    drop: ['2012-05-28'],
    add: [['2012-06-04', { zh: '春季银行假日', en: 'Spring bank holiday' }]],
  },
];

const SCOTLAND: readonly Patch[] = [
  { why: "St Andrew's Day became a bank holiday by an Act of 2007", drop: ['2005-11-30', '2006-11-30'] },
  { why: 'proclaimed for Scotland in February 2026', add: [['2026-06-15', { zh: '世界杯假日', en: 'World Cup bank holiday' }]] },
];

const ENGLAND_AND_WALES: Place = { country: 'GB', state: 'ENG', patches: EVERYWHERE };

/** The three parts that proclaim bank holidays. England and Wales have theirs together. */
const PARTS: readonly { readonly name: Text; readonly place: Place }[] = [
  { name: { zh: '英格兰和威尔士', en: 'England and Wales' }, place: ENGLAND_AND_WALES },
  { name: { zh: '苏格兰', en: 'Scotland' }, place: { country: 'GB', state: 'SCT', patches: [...EVERYWHERE, ...SCOTLAND] } },
  { name: { zh: '北爱尔兰', en: 'Northern Ireland' }, place: { country: 'GB', state: 'NIR', patches: EVERYWHERE } },
];

const ANNOUNCED = { announcedThrough: '2027-12-31', zone: 'Europe/London' } as const;

export const gbEng = (): Calendar =>
  calendarOf(
    {
      id: 'gb-eng',
      version: '2027.1',
      title: { zh: '英格兰和威尔士', en: 'England and Wales' },
      ...ANNOUNCED,
      source: `Bank holidays of England and Wales: package date-holidays, corrected in src/calendars/sources/uk.ts. ${HOUSE_HOURS_NOTE}`,
    },
    holidaysOf(ENGLAND_AND_WALES),
  );

/** FOIA 2000 s.10(6): a day that is a bank holiday in any part of the United Kingdom is no working day anywhere in it. */
export const ukFoi = (): Calendar =>
  calendarOf(
    {
      id: 'uk-foi',
      version: '2027.1',
      title: { zh: '英国信息自由法工作日', en: 'Working days of the Freedom of Information Act' },
      ...ANNOUNCED,
      source: `Freedom of Information Act 2000 s.10(6): no Saturday, Sunday, Christmas Day, Good Friday, nor bank holiday in any part of the United Kingdom. Package date-holidays, corrected in src/calendars/sources/uk.ts. ${HOUSE_HOURS_NOTE}`,
    },
    union(),
  );

/** Every holiday of any part; one that not all have says where it is one. */
function union(): NamedDay[] {
  const found = new Map<string, { day: NamedDay['day']; name: Text; parts: Text[] }>();
  for (const part of PARTS)
    for (const { day, name } of holidaysOf(part.place)) {
      const one = found.get(`${day} ${name.en}`) ?? { day, name, parts: [] };
      one.parts.push(part.name);
      found.set(`${day} ${name.en}`, one);
    }
  return [...found.values()].map(({ day, name, parts }) => ({
    day,
    name:
      parts.length === PARTS.length
        ? name
        : { zh: `${name.zh}（${parts.map((p) => p.zh).join('、')}）`, en: `${name.en} (${parts.map((p) => p.en).join(', ')})` },
  }));
}
