import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** Which case asked for a link to which, and what the other is to it. Kept apart from the views, so that no two links close a loop. */
export const caseLinks = pgTable(
  'case_links',
  {
    receipt: text().notNull(),
    key: text().notNull(),
    other: text().notNull(),
    relation: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.receipt, t.key] }), index('case_links_other').on(t.other)],
);
