import { z } from 'zod';
import { TimeOfDay } from '../core/calendar.ts';
import { FieldName, FieldValue } from '../core/fields.ts';
import { Name } from '../core/text.ts';
import { wrong } from '../institution/words.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** What a period is, and how often its case is opened. */
export const Every = z.enum(['day', 'week', 'month', 'quarter', 'year']);
export type Every = z.infer<typeof Every>;

/** Days that every month has: a date that some months lack would leave them without their case. */
const LAST_SAFE = 28;

const on: Readonly<Record<Every, { schema: z.ZodType; zh: string; en: string }>> = {
  day: { schema: z.undefined(), zh: '每天的任务没有 on', en: 'a daily one has no "on"' },
  week: { schema: z.enum(WEEKDAYS), zh: `每周的 on 应为 ${WEEKDAYS.join('、')} 之一`, en: `"on" of a weekly one is one of ${WEEKDAYS.join(', ')}` },
  month: { schema: z.union([z.int().min(1).max(LAST_SAFE), z.literal('last')]), zh: '每月的 on 应为 1 至 28，或 last（当月最后一天）', en: '"on" of a monthly one is 1 to 28, or "last" for the last day' },
  quarter: { schema: z.union([z.int().min(1).max(LAST_SAFE), z.literal('last')]), zh: '每季的 on 应为 1 至 28（季度第一个月的日期），或 last（季度最后一天）', en: '"on" of a quarterly one is 1 to 28, a day of the quarter\'s first month, or "last" for its last day' },
  year: { schema: z.union([z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/), z.literal('last')]), zh: '每年的 on 应为“01-15”这样的月日（日至 28），或 last（12 月 31 日）', en: '"on" of a yearly one is month and day as in "01-15" (days to 28), or "last" for 31 December' },
};

/**
 * A case that the calendar opens, as an institution's file has it: which procedure, in which unit, how often and when,
 * on the clocks of the institution's zone.
 */
export const Schedule = z
  .strictObject({
    opens: Name,
    unit: Name,
    /** One of the procedure's channels. */
    channel: Name.default('schedule'),
    every: Every,
    on: z.union([z.string(), z.int()]).optional(),
    at: TimeOfDay.refine((at) => at !== '24:00', { error: 'write 00:00 of the day after', params: { text: { zh: '请写次日的 00:00', en: 'write 00:00 of the day after' } } }),
    fields: z.record(FieldName, FieldValue).default({}),
    /** The text field of the intake that gets the name of the period: 2026-W47, 2026-11, 2026-Q4. */
    period: FieldName.optional(),
    /** Which period that is: the one that has ended, or the one that runs. Ended, where left out; for "on: last" the one that runs. */
    covers: z.enum(['past', 'current']).optional(),
  })
  .superRefine(({ every, on: given, covers, period }, ctx) => {
    const { schema, zh, en } = on[every];
    if (!schema.safeParse(given).success) wrong(ctx, ['on'], { zh, en });
    if (covers !== undefined && period === undefined) wrong(ctx, ['covers'], { zh: 'covers 只与 period 一起使用', en: '"covers" goes with "period"' });
  });
export type Schedule = z.infer<typeof Schedule>;

export const Schedules = z.record(Name, Schedule);
export type Schedules = z.infer<typeof Schedules>;

/** What a schedule's workflow is started with: all that the opening needs, so that what the engine holds says when it differs. */
export interface ScheduledOpening extends Schedule {
  readonly name: string;
  readonly zone: string;
  /** Clock times that stand in for those that the clocks skip. */
  readonly skipped: readonly string[];
}

/** What the workflow of a schedule asks of the world. Implemented in `activity.ts`. */
export interface OpeningActivities {
  /** Opens the case that is due; throws until it is open. Idempotent. */
  openScheduled(of: DueOpening): Promise<{ readonly receipt: string }>;
}

/** What the workflow tells its one activity: what to open, and the instant at which it was due. */
export interface DueOpening extends ScheduledOpening {
  readonly due: string;
}
