import { z } from 'zod';
import { minutesOf, TimeOfDay } from '../core/calendar.ts';
import { Day } from '../core/instant.ts';
import { Name, Text } from '../core/text.ts';
import { wrong } from './words.ts';

const MIDNIGHT = 24 * 60;

/** `to` at or before `from` is a time of the next day; both the same is the whole round of the clock. */
const ShiftTimes = z.strictObject({ from: TimeOfDay, to: TimeOfDay });
export type ShiftTimes = z.infer<typeof ShiftTimes>;

/**
 * The shifts of a day, each from and to so many minutes after the midnight with which the day begins. A shift that
 * begins before the one listed before it ends is one of the night: it begins on the next day.
 */
export function spansOf(shifts: readonly ShiftTimes[]): [from: number, to: number][] {
  let after = 0;
  return shifts.map(({ from, to }) => {
    const begin = minutesOf(from) + (minutesOf(from) < after ? MIDNIGHT : 0);
    const length = minutesOf(to) - minutesOf(from);
    after = begin + length + (length > 0 ? 0 : MIDNIGHT);
    return [begin, after];
  });
}

/** Who takes turns at what. The first person has the first turn on the day `starts`. */
export const RotaPlan = z
  .strictObject({
    title: Text,
    unit: Name,
    /** `duty` is answering for what comes in; `reception` is a leader's day for meeting petitioners. */
    kind: z.enum(['duty', 'reception']),
    starts: Day,
    /** When the next person's turn comes. */
    turn: z.enum(['day', 'week', 'shift']),
    shifts: z.array(ShiftTimes).min(1).default([{ from: '00:00', to: '24:00' }]),
    /** ISO weekdays on which there are shifts at all; every day when left out. Days left out take no turn. */
    days: z.array(z.int().min(1).max(7)).min(1).optional(),
    people: z.array(Name).min(1),
  })
  .superRefine(({ shifts, days = [] }, ctx) => {
    const spans = spansOf(shifts);
    const round = (spans[0]?.[0] ?? 0) + MIDNIGHT;
    for (const [i, [from, to]] of spans.entries()) {
      if (shifts[i]?.from === '24:00') wrong(ctx, ['shifts', i, 'from'], { zh: '班次不能从 24:00 开始；请写 00:00', en: 'a shift cannot begin at 24:00; write 00:00' });
      else if (from < (spans[i - 1]?.[1] ?? 0) || to > round)
        wrong(ctx, ['shifts', i], { zh: '与另一班次（或次日第一班次）重叠', en: 'this shift overlaps another one, or the first of the next day' });
    }
    for (const [i, day] of days.entries())
      if (days.indexOf(day) < i) wrong(ctx, ['days', i], { zh: `星期 ${day} 列了两次`, en: `weekday ${day} is listed twice` });
  });
export type RotaPlan = z.infer<typeof RotaPlan>;
