import { and, asc, desc, eq, gte, lte, sql, type SQL } from 'drizzle-orm';
import { CaseView, DutyView } from '../core/effects.ts';
import { Event } from '../core/events.ts';
import type { Instant } from '../core/instant.ts';
import type { Database } from './database.ts';
import { cases, duties, events } from './schema.ts';

const LIMIT = 200;

export interface CaseFilter {
  readonly stage?: string;
  readonly unit?: string;
  readonly overdue?: boolean;
  /** At least so many rungs of a ladder told. */
  readonly level?: number;
  readonly procedure?: string;
  /** 200 when left out. */
  readonly limit?: number;
}

export interface OwedFilter {
  readonly role?: string;
  readonly unit?: string;
  /** Due at this instant or before. */
  readonly until?: Instant;
  /** 200 when left out. */
  readonly limit?: number;
}

/** An open duty and the case that it belongs to. */
export interface Owed {
  readonly duty: DutyView;
  readonly case: CaseView;
}

/** All recorded events of a case in their order; none for a case that is not known. */
export async function timeline(db: Database, receipt: string): Promise<Event[]> {
  const found = await db.select({ body: events.body }).from(events).where(eq(events.receipt, receipt)).orderBy(asc(events.seq));
  return found.map((row) => Event.parse(row.body));
}

export async function caseOf(db: Database, receipt: string): Promise<CaseView | undefined> {
  const [row] = await db.select({ view: cases.view }).from(cases).where(eq(cases.receipt, receipt));
  return row && CaseView.parse(row.view);
}

/** Cases that fit, the newest first. */
export async function list(db: Database, f: CaseFilter): Promise<CaseView[]> {
  const fits: (SQL | undefined)[] = [
    f.stage === undefined ? undefined : eq(cases.stage, f.stage),
    f.unit === undefined ? undefined : eq(cases.unit, f.unit),
    f.overdue === undefined ? undefined : eq(cases.overdue, f.overdue),
    f.level === undefined ? undefined : gte(cases.level, f.level),
    f.procedure === undefined ? undefined : eq(cases.procedure, f.procedure),
  ];
  const found = await db.select({ view: cases.view }).from(cases).where(and(...fits))
    .orderBy(desc(cases.receivedAt), asc(cases.receipt)).limit(f.limit ?? LIMIT);
  return found.map((row) => CaseView.parse(row.view));
}

/** Open duties, the most urgent first. */
export async function owed(db: Database, f: OwedFilter): Promise<Owed[]> {
  const fits: (SQL | undefined)[] = [
    eq(duties.status, 'open'),
    f.role === undefined ? undefined : eq(duties.owes, f.role),
    // What is one unit's own stands under that unit, whichever case it is in.
    f.unit === undefined ? undefined : sql`case when ${duties.view}->>'person' like 'unit:%' then ${duties.view}->>'person' = ${`unit:${f.unit}`} else ${cases.unit} = ${f.unit} end`,
    f.until === undefined ? undefined : lte(duties.dueAt, f.until),
  ];
  const found = await db.select({ duty: duties.view, case: cases.view }).from(duties)
    .innerJoin(cases, eq(cases.receipt, duties.receipt)).where(and(...fits))
    .orderBy(asc(duties.dueAt), asc(duties.receipt), asc(duties.instance)).limit(f.limit ?? LIMIT);
  return found.map((row) => ({ duty: DutyView.parse(row.duty), case: CaseView.parse(row.case) }));
}
