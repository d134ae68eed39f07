import { dayOf, type Instant, instantOf, nameOfWeekday, numberOf, weekdayOf } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { localOf, readWhen } from '../people/moment.ts';

/** A time as somebody wrote it after an option: a whole day, or a moment. @throws RedressError naming the option */
export function whenAfter(option: string, text: string, zone: string): { from: Instant; to: Instant } {
  const when = readWhen(text, zone);
  if (when !== undefined) return when;
  throw new RedressError('bad-date', option, {
    zh: `${option}：没有“${text}”这个时间；请写 2026-11-24、“2026-11-24 15:30”或 2026-11-24T07:30:00Z。`,
    en: `${option}: "${text}" is no time that exists; write 2026-11-24, "2026-11-24 15:30" or 2026-11-24T07:30:00Z.`,
  });
}

/** Now, to the whole minute: rotas and leave have no seconds. */
export const thisMinute = (): Instant => instantOf(Math.floor(Date.now() / 60_000) * 60_000);

const SHORT: Readonly<Record<Lang, (name: string) => string>> = { zh: (name) => name.replace('星期', '周'), en: (name) => name.slice(0, 3) };

const NEXT_DAY: Readonly<Record<Lang, (time: string) => string>> = { zh: (time) => `次日 ${time}`, en: (time) => `${time} (next day)` };

/** A stretch as people read it: whole days as days; else with its times, and the day of its end only where that is another. */
export function stretchText(from: Instant, to: Instant, zone: string, lang: Lang): string {
  const [a, b] = [localOf(from, zone), localOf(to, zone)];
  const [first, last] = [numberOf(a.day), numberOf(b.day)];
  const begin = `${a.day} ${SHORT[lang](nameOfWeekday(weekdayOf(first))[lang])}`;
  if (a.time === '00:00' && b.time === '00:00') return last - first === 1 ? begin : `${begin}–${dayOf(last - 1)}`;
  if (last === first) return `${begin} ${a.time}–${b.time}`;
  if (last === first + 1) return `${begin} ${a.time}–${b.time === '00:00' ? '24:00' : NEXT_DAY[lang](b.time)}`;
  return `${begin} ${a.time}–${b.day} ${b.time}`;
}
