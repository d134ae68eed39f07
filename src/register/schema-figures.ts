import { bigint, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });

/** What people said to an entry of the accountability ledger. A trigger refuses to change a row: append only. */
export const explanations = pgTable(
  'explanations',
  {
    key: text().primaryKey(),
    receipt: text().notNull(),
    instance: text().notNull(),
    role: text().notNull(),
    person: text().notNull(),
    text: text().notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('explanations_receipt').on(t.receipt, t.instance)],
);

/**
 * What a search finds on timelines, a row for each event that has any words. `grams` are the signs and pairs of signs
 * of `words`, by which rows are found that may contain something; whether they do is then looked up in `words`.
 */
export const eventWords = pgTable(
  'event_words',
  {
    receipt: text().notNull(),
    seq: integer().notNull(),
    words: text().notNull(),
    grams: bigint({ mode: 'number' }).array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.receipt, t.seq] }), index('event_words_grams').using('gin', t.grams)],
);

/**
 * The same for who came with what. Personal data, like `intakes`, of which a trigger keeps it a mere shadow: what is
 * changed or erased there is gone from here.
 */
export const intakeWords = pgTable(
  'intake_words',
  {
    receipt: text().primaryKey(),
    words: text().notNull(),
    grams: bigint({ mode: 'number' }).array().notNull(),
  },
  (t) => [index('intake_words_grams').using('gin', t.grams)],
);
