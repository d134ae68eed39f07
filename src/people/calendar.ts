import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator';
import { type Day, dayOf, type Instant, msOf, numberOf } from '../core/instant.ts';
import type { Lang } from '../core/text.ts';
import type { Deadline } from './deadlines.ts';
import type { Organisation } from './organisation.ts';
import { type Shift, titleOf } from './rota.ts';

const T = {
  zh: {
    of: (name: string) => `${name}的值班与期限`, due: (title: string) => `截止：${title}`, receipt: (r: string) => `登记号：${r}`,
    actBy: (day: string) => `最迟工作日：${day}`, instead: (name: string) => `替 ${name}`,
  },
  en: {
    of: (name: string) => `Shifts and deadlines of ${name}`, due: (title: string) => `Due: ${title}`, receipt: (r: string) => `Receipt: ${r}`,
    actBy: (day: string) => `Act by: ${day}`, instead: (name: string) => `instead of ${name}`,
  },
} as const;

/**
 * A person's calendar in iCalendar form (RFC 5545). Shifts are instants in UTC, which every calendar shows on its own
 * clocks; a deadline is the whole of its day wherever it is read. What stays the same keeps its UID. Pure.
 * @param at when the calendar is made
 */
export function calendarOf(organisation: Organisation, person: string, shifts: readonly Shift[], deadlines: readonly Deadline[], at: Instant): string {
  const name = nameOf(organisation, person);
  const lang: Lang = organisation.people[person]?.lang ?? organisation.lang;
  const t = T[lang];
  const stamp = new Date(msOf(at));
  const calendar = ical({
    name: t.of(name),
    prodId: { company: 'Redress', product: 'People', language: lang === 'zh' ? 'ZH' : 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
  });
  // Only says on whose clocks the rota is; the times themselves are in UTC, so no definition of the zone is needed.
  calendar.x('X-WR-TIMEZONE', organisation.zone);
  const uid = (...parts: readonly string[]): string => `${parts.join('.').replaceAll(/[^\w.-]/g, '-')}@${organisation.id || 'redress'}`;
  for (const { rota, from, to, planned, because, person: who } of shifts)
    calendar.createEvent({
      id: uid('shift', who, rota, from),
      stamp,
      start: new Date(msOf(from)),
      end: new Date(msOf(to)),
      summary: titleOf(organisation, rota)[lang],
      busystatus: ICalEventBusyStatus.BUSY,
      ...(because !== 'plan' && planned !== undefined && planned !== who && { description: t.instead(nameOf(organisation, planned)) }),
    });
  for (const { receipt, instance, title, dueDate, actBy } of deadlines)
    calendar.createEvent({
      id: uid('duty', receipt, instance),
      stamp,
      allDay: true,
      start: midnight(dueDate),
      end: midnight(dayOf(numberOf(dueDate) + 1)),
      summary: t.due(title[lang]),
      description: [t.receipt(receipt), ...(actBy === dueDate ? [] : [t.actBy(actBy)])].join('\n'),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return calendar.toString();
}

const midnight = (day: Day): Date => new Date(`${day}T00:00:00.000Z`);

const nameOf = ({ people }: Organisation, id: string): string => (Object.hasOwn(people, id) ? people[id]?.name : undefined) ?? id;
