import { z } from 'zod';
import { Day, Instant } from './instant.ts';

/** What counting a limit comes to. Everything up to and including `dueAt` is in time. */
export const Due = z.object({
  /** The legal last day, in the calendar's zone. */
  dueDate: Day,
  /** The last working day not after it, which reminders aim at; the due date itself if that would lie before the start. */
  actBy: Day,
  dueAt: Instant,
  /** Whether the date lies beyond the holidays announced so far. */
  provisional: z.boolean(),
});
export type Due = z.infer<typeof Due>;
