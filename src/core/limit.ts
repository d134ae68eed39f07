import { z } from 'zod';
import { TimeOfDay } from './calendar.ts';
import { Duration } from './duration.ts';
import { FieldName } from './fields.ts';

/** How long a duty has, and how that time is counted. "15 calendar days" alone is short for `{ count: … }`. */
export const Limit = z.preprocess(
  (raw) => (typeof raw === 'string' ? { count: raw } : raw),
  z.strictObject({
    count: Duration.optional(),
    /** The count so many times over: a number told at intake or with the starting action, as where a table sets the limit. */
    times: FieldName.optional(),
    /** Instead of a count: the name of a date field of the starting action, which sets the last day itself. */
    field: FieldName.optional(),
    /** A different count for what starts by night, as with a call-out. */
    night: z.strictObject({ count: Duration, from: TimeOfDay, to: TimeOfDay }).optional(),
    /** Whether the day of the event is itself counted. */
    firstDay: z.enum(['excluded', 'included']).default('excluded'),
    /**
     * Whether a last day that is a day of rest moves on to the next working day.
     * Left out where the law is silent: then a duty of the institution stays
     * and a right of the petitioner rolls.
     */
    lastDay: z.enum(['stays', 'rolls']).optional(),
    /** When the last day ends. */
    ends: z.union([z.enum(['end-of-day', 'close-of-business']), TimeOfDay]).default('end-of-day'),
  }).refine((l) => (l.count === undefined) !== (l.field === undefined), {
    error: 'a limit has either a count ("15 calendar days") or the date field that sets it',
  }).refine((l) => l.times === undefined || l.count !== undefined, {
    error: 'only a count ("1 working day") can be taken so many times',
  }),
);
export type Limit = z.infer<typeof Limit>;
