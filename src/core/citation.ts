import { z } from 'zod';
import { Day } from './instant.ts';
import { Text } from './text.ts';

/** What kind of rule it is, from binding law down to the institution's own. */
export const Rank = z.enum(['statute', 'party-state-regulation', 'ministry-rule', 'local-rule', 'practice', 'house']);
export type Rank = z.infer<typeof Rank>;

/** A law or rule that a procedure rests on. */
export const Source = z.strictObject({
  title: Text,
  rank: Rank,
  /** In force from this day, and until that one where it has ended. */
  from: Day.optional(),
  to: Day.optional(),
});
export type Source = z.infer<typeof Source>;

/** Where a limit is written. `confirmed` says that somebody read the text itself. */
export const Citation = z.strictObject({
  source: z.string().min(1),
  /** One string where both languages write it alike. */
  article: z.preprocess((raw) => (typeof raw === 'string' ? { zh: raw, en: raw } : raw), Text),
  confirmed: z.boolean(),
  note: Text.optional(),
});
export type Citation = z.infer<typeof Citation>;
