import { type Calendar, Day, type Instant, readMoment } from '../core/index.ts';
import { RedressError } from '../errors.ts';

/** A moment as somebody wrote it after an option. @throws RedressError naming the option */
export function momentAfter(option: string, text: string, calendar: Calendar): Instant {
  const at = readMoment(calendar, text, 'start');
  if (at !== undefined) return at;
  throw new RedressError('bad-date', option, {
    zh: `${option}：没有“${text}”这个时间；请写 2026-11-24、2026-11-24 15:30 或 2026-11-24T07:30:00Z。`,
    en: `${option}: "${text}" is no date that exists; write 2026-11-24, 2026-11-24 15:30 or 2026-11-24T07:30:00Z.`,
  });
}

/** A day as somebody wrote it after an option. @throws RedressError naming the option */
export function dayAfter(option: string, text: string): Day {
  const day = Day.safeParse(text.trim());
  if (day.success) return day.data;
  throw new RedressError('bad-date', option, {
    zh: `${option}：没有“${text}”这一天；请写成 2026-11-24。`,
    en: `${option}: "${text}" is no day that exists; write it as 2026-11-24.`,
  });
}
