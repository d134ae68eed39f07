import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });
const day = (name: string) => date(name, { mode: 'string' });
const number = (name: string) => bigint(name, { mode: 'number' }).generatedAlwaysAsIdentity();

/** The institution as it was last brought in. One row. */
export const institutions = pgTable('institutions', {
  id: text().primaryKey(),
  title: jsonb().notNull(),
  lang: text().notNull(),
  /** Whose clocks days, leave and rotas are on. */
  zone: text().notNull().default('Asia/Shanghai'),
  letterhead: jsonb(),
  numbering: jsonb(),
  notices: jsonb(),
  /** Grows with every import, so that two at once follow one another. */
  revision: integer().notNull().default(0),
  /** What the file was that it was last brought in from, so that the same file is not brought in over later changes. */
  source: text(),
});

export const units = pgTable('units', {
  id: text().primaryKey(),
  place: integer().notNull(),
  title: jsonb().notNull(),
  parent: text(),
});

/** Staff. A row stays when its person leaves, for the holdings of the past name it. */
export const people = pgTable('people', {
  id: text().primaryKey(),
  place: integer().notNull(),
  name: text().notNull(),
  title: jsonb(),
  unit: text().notNull(),
  email: text(),
  phone: text(),
  lang: text(),
  ways: jsonb(),
  /** The first day on which the person is no longer there. */
  leftOn: day('left_on'),
});

/** The posts that a unit has itself; one that it lacks is its parent's. Who holds them is in `holdings`. */
export const posts = pgTable(
  'posts',
  {
    unit: text().notNull(),
    role: text().notNull(),
    place: integer().notNull().default(0),
    title: jsonb(),
    email: text(),
    lang: text(),
    group: text('group_name'),
    rota: text(),
    /** Held by persons, or vacant; else it is a mailbox. */
    held: boolean().notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.unit, t.role] })],
);

/** Who held which post from which day to which, the last included. A row that ended stays; one that never began ends before it begins. */
export const holdings = pgTable(
  'holdings',
  {
    id: number('id').primaryKey(),
    unit: text().notNull(),
    role: text().notNull(),
    person: text().notNull(),
    as: text('held_as', { enum: ['holder', 'deputy'] }).notNull(),
    rank: integer().notNull(),
    from: day('from_day').notNull(),
    to: day('to_day'),
    enteredAt: instant('entered_at').notNull().defaultNow(),
    changedAt: instant('changed_at'),
  },
  (t) => [index('holdings_post').on(t.unit, t.role, t.from), index('holdings_person').on(t.person)],
);

/** The plans of the rotas and the days on which each is in force. */
export const rotas = pgTable(
  'rotas',
  {
    id: text().notNull(),
    from: day('from_day').notNull(),
    to: day('to_day'),
    place: integer().notNull(),
    plan: jsonb().notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.from] })],
);

/** When somebody is away. No reason in words: nobody needs it, and it may be private. */
export const leave = pgTable(
  'leave',
  {
    id: number('id').primaryKey(),
    person: text().notNull(),
    from: instant('from_at').notNull(),
    to: instant('to_at').notNull(),
    kind: text({ enum: ['leave', 'travel', 'training', 'other'] }).notNull(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
    cancelledAt: instant('cancelled_at'),
  },
  (t) => [index('leave_person').on(t.person, t.from), check('leave_goes_forward', sql`${t.from} < ${t.to}`)],
);

/** Changes of the rotas. Append only: a change is undone by another row that revokes it. */
export const rotaChanges = pgTable(
  'rota_changes',
  {
    id: text().notNull(),
    /** A swap has two parts. */
    part: integer().notNull(),
    /** The order in which they were made. */
    seq: number('seq'),
    kind: text({ enum: ['override', 'swap', 'handover', 'revoke'] }).notNull(),
    rota: text().notNull(),
    who: text(),
    instead: text(),
    from: instant('from_at'),
    to: instant('to_at'),
    revokes: text(),
    recordedAt: instant('recorded_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.part] }),
    index('rota_changes_rota').on(t.rota, t.seq),
    check('rota_changes_whole', sql`case ${t.kind} when 'revoke' then ${t.revokes} is not null else ${t.who} is not null and ${t.from} < ${t.to} end`),
  ],
);
