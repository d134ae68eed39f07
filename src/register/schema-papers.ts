import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });

/**
 * Every version of every paper, one row each. A trigger keeps what a row says: its key, its number and, once it is
 * filed, its content never change, and no row goes.
 */
export const papers = pgTable(
  'papers',
  {
    key: text().primaryKey(),
    /** The key of the first version. */
    document: text().notNull(),
    receipt: text().notNull(),
    unit: text().notNull().default(''),
    of: integer().notNull(),
    kind: text().notNull(),
    title: jsonb(),
    series: text(),
    year: integer(),
    n: integer(),
    /** The document number as it is written. The same for all versions. */
    number: text(),
    version: integer().notNull().default(1),
    /** The version that this one replaces, the hash that it had, why, and who said so. */
    supersedes: text(),
    replaced: text(),
    reason: text(),
    by: jsonb(),
    /** Why it was given up, where it is void. */
    givenUp: text('given_up'),
    path: text().notNull(),
    sha256: text(),
    size: integer(),
    pdfPath: text('pdf_path'),
    pdfSha256: text('pdf_sha256'),
    state: text({ enum: ['drafting', 'filed', 'void'] }).notNull(),
    /** On the clock of the case. */
    madeAt: instant('made_at').notNull().defaultNow(),
    filedAt: instant('filed_at'),
    /** The role that it is addressed to, and those that get a copy. */
    addressee: text(),
    copies: jsonb().notNull().default([]),
  },
  (t) => [
    index('papers_receipt').on(t.receipt, t.of),
    uniqueIndex('papers_version').on(t.document, t.version),
    uniqueIndex('papers_path').on(t.path),
    uniqueIndex('papers_in_series').on(t.series, t.year, t.n, t.version),
    uniqueIndex('papers_number').on(t.number, t.version),
    index('papers_made').on(t.madeAt),
    check('papers_number_whole', sql`num_nulls(${t.series}, ${t.year}, ${t.n}, ${t.number}) in (0, 4)`),
    check('papers_filed_whole', sql`${t.state} <> 'filed' or (${t.sha256} is not null and ${t.filedAt} is not null)`),
    check('papers_replaces', sql`(${t.version} = 1) = (${t.supersedes} is null)`),
  ],
);

/** The last number given in each series and year. Only `take` moves it, by one, in the statement that enters the paper. */
export const paperSeries = pgTable(
  'paper_series',
  { series: text().notNull(), year: integer().notNull(), last: integer().notNull() },
  (t) => [primaryKey({ columns: [t.series, t.year] })],
);

/** Who must get a copy, and when and how it was given. */
export const paperCopies = pgTable(
  'paper_copies',
  { paper: text().notNull(), role: text().notNull(), person: text(), givenAt: instant('given_at'), how: text() },
  (t) => [primaryKey({ columns: [t.paper, t.role] })],
);

/** What became of a paper on its way to the petitioner. Append only; the last row decides. */
export const paperDeliveries = pgTable(
  'paper_deliveries',
  {
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The same on every attempt to record it. */
    key: text().notNull(),
    paper: text().notNull(),
    what: text({ enum: ['sent', 'received', 'refused', 'returned'] }).notNull(),
    how: text({ enum: ['in-person', 'post', 'electronic'] }).notNull(),
    at: instant('at').notNull(),
    /** The number of the registered letter. */
    tracking: text(),
    /** A reference, or the hash of a file. */
    proof: text(),
    by: jsonb(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('paper_deliveries_key').on(t.key), index('paper_deliveries_paper').on(t.paper, t.seq)],
);
