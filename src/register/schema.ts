import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

// The one dialect, for PGlite and PostgreSQL. After a change: npm run migrations.

export * from './schema-figures.ts';
export * from './schema-links.ts';
export * from './schema-papers.ts';
export * from './schema-people.ts';

/** An instant. As text it has PostgreSQL's form, so what people read comes from the jsonb beside it. */
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });

/** The newest view of each case. The columns are for finding it, `view` is what it says. */
export const cases = pgTable(
  'cases',
  {
    receipt: text().primaryKey(),
    seq: integer().notNull(),
    procedure: text().notNull(),
    version: integer().notNull(),
    unit: text().notNull(),
    stage: text().notNull(),
    overdue: boolean().notNull(),
    level: integer().notNull(),
    receivedAt: instant('received_at').notNull(),
    closedAt: instant('closed_at'),
    nextDue: instant('next_due'),
    view: jsonb().notNull(),
  },
  (t) => [
    index('cases_stage').on(t.stage, t.receivedAt),
    index('cases_unit').on(t.unit, t.receivedAt),
    index('cases_overdue').on(t.level, t.receivedAt).where(sql`${t.overdue}`),
    index('cases_level').on(t.level),
    index('cases_received').on(t.receivedAt, t.receipt),
  ],
);

/** The timelines. A trigger refuses to change a row: the table is append only. */
export const events = pgTable(
  'events',
  {
    receipt: text().notNull(),
    seq: integer().notNull(),
    type: text().notNull(),
    at: instant('at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    body: jsonb().notNull(),
  },
  (t) => [primaryKey({ columns: [t.receipt, t.seq] }), index('events_type').on(t.type, t.at)],
);

export const duties = pgTable(
  'duties',
  {
    receipt: text().notNull(),
    instance: text().notNull(),
    owes: text().notNull(),
    status: text().notNull(),
    overdue: boolean().notNull(),
    dueAt: instant('due_at').notNull(),
    view: jsonb().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.receipt, t.instance] }),
    index('duties_open').on(t.dueAt).where(sql`${t.status} = 'open'`),
    index('duties_open_by_role').on(t.owes, t.dueAt).where(sql`${t.status} = 'open'`),
  ],
);

/** Who came with what. Personal data lies here, and as a shadow for searching in `intake_words`, which empties with it. */
export const intakes = pgTable('intakes', {
  receipt: text().primaryKey(),
  key: text().notNull().unique('intakes_key'),
  contact: jsonb().notNull(),
  summary: text().notNull(),
  /** The only roles that may know who it was; nothing where whoever handles the case may. */
  identity: jsonb(),
  createdAt: instant('created_at').notNull().defaultNow(),
});

/** What became of each notice. No address: that is looked up when it is sent. */
export const notices = pgTable(
  'notices',
  {
    key: text().primaryKey(),
    receipt: text().notNull(),
    of: integer().notNull(),
    role: text().notNull(),
    subject: jsonb().notNull(),
    status: text({ enum: ['waiting', 'sending', 'sent', 'failed'] }).notNull(),
    attempts: integer().notNull(),
    channel: text(),
    reason: text(),
    sentAt: instant('sent_at'),
    /** When it may go out, and what it says until then. */
    notBefore: instant('not_before'),
    waiting: jsonb(),
    /** The one message that it went into with others, and since when that is being sent. */
    digest: text(),
    claimedAt: instant('claimed_at'),
    /** What the case was told of it: whom it reached, and who was passed over. */
    outcome: jsonb(),
  },
  (t) => [index('notices_receipt').on(t.receipt, t.of), index('notices_waiting').on(t.notBefore).where(sql`${t.status} = 'waiting'`), index('notices_digest').on(t.digest).where(sql`${t.status} = 'sending'`), index('notices_unsent').on(t.status).where(sql`${t.status} <> 'sent'`)],
);
