import type { CaseView, Notice } from '../core/effects.ts';
import type { Event } from '../core/events.ts';
import type { Institution, Post } from '../institution/institution.ts';
import * as cases from './cases.ts';
import type { Database } from './database.ts';
import { failure } from './failure.ts';
import * as intakes from './intakes.ts';
import * as notices from './notices.ts';
import * as papers from './papers.ts';
import * as posts from './posts.ts';
import { record } from './record.ts';

/**
 * The register: the projection of the cases that run and the archive of those that ended. The same on PGlite and
 * on PostgreSQL. Every method throws RegisterUnavailable while the database is away, and RegisterFault for what
 * nobody foresaw; no error holds personal data.
 */
export interface Register {
  /** Enters a matter once for each key. Throws RegisterConflict when the receipt belongs to another matter. */
  admit(intake: intakes.Intake): Promise<intakes.Admission>;
  /** Records events and the view of their case in one transaction. Idempotent. Throws RegisterConflict. */
  record(events: readonly Event[], view: CaseView): Promise<void>;
  /** As `record`, but the view replaces whatever stands there. For `redress verify`. */
  repair(events: readonly Event[], view: CaseView): Promise<void>;
  timeline(receipt: string): Promise<Event[]>;
  case(receipt: string): Promise<CaseView | undefined>;
  /** Cases that fit, the newest first. */
  list(filter?: cases.CaseFilter): Promise<CaseView[]>;
  /** Open duties, the most urgent first. */
  owed(filter?: cases.OwedFilter): Promise<cases.Owed[]>;
  /** Personal data: only for who needs it. */
  petitioner(receipt: string): Promise<Omit<intakes.Intake, 'key'> | undefined>;
  post(unit: string, role: string): Promise<Post | undefined>;
  institution(): Promise<posts.Entered | undefined>;
  importInstitution(institution: Institution): Promise<void>;
  readonly notices: {
    begin(batch: readonly Notice[]): Promise<Map<string, notices.Progress>>;
    sent(key: string, channel: string): Promise<void>;
    failed(key: string, reason: string): Promise<void>;
    putOff(key: string, reason: string): Promise<void>;
    of(receipt: string): Promise<notices.NoticeRow[]>;
  };
  readonly papers: {
    enter(paper: papers.Paper): Promise<papers.Paper>;
    find(key: string): Promise<papers.Paper | undefined>;
    of(receipt: string): Promise<papers.Paper[]>;
  };
  /** Waits for what runs and gives the database back. */
  close(): Promise<void>;
}

/** @param where the database without its password, or the folder, for errors */
export function registerOn(db: Database, where: string, close: () => Promise<void>): Register {
  const safely = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw failure(error, where);
    }
  };
  return {
    admit: (intake) => safely(intakes.admit(db, intake)),
    record: (events, view) => safely(record(db, events, view)),
    repair: (events, view) => safely(record(db, events, view, true)),
    timeline: (receipt) => safely(cases.timeline(db, receipt)),
    case: (receipt) => safely(cases.caseOf(db, receipt)),
    list: (filter = {}) => safely(cases.list(db, filter)),
    owed: (filter = {}) => safely(cases.owed(db, filter)),
    petitioner: (receipt) => safely(intakes.petitioner(db, receipt)),
    post: (unit, role) => safely(posts.post(db, unit, role)),
    institution: () => safely(posts.institution(db)),
    importInstitution: (institution) => safely(posts.importInstitution(db, institution)),
    notices: {
      begin: (batch) => safely(notices.begin(db, batch)),
      sent: (key, channel) => safely(notices.sent(db, key, channel)),
      failed: (key, reason) => safely(notices.failed(db, key, reason)),
      putOff: (key, reason) => safely(notices.putOff(db, key, reason)),
      of: (receipt) => safely(notices.noticesOf(db, receipt)),
    },
    papers: {
      enter: (paper) => safely(papers.enter(db, paper)),
      find: (key) => safely(papers.paper(db, key)),
      of: (receipt) => safely(papers.papersOf(db, receipt)),
    },
    close,
  };
}
