import type { CaseView, Notice } from '../core/effects.ts';
import type { Event } from '../core/events.ts';
import type { Instant } from '../core/instant.ts';
import type { Institution, Post } from '../institution/institution.ts';
import type { Plan } from '../people/plan.ts';
import { type Bulk, bulkOn } from './bulk.ts';
import * as cases from './cases.ts';
import type { Database } from './database.ts';
import { failure } from './failure.ts';
import { type Figures, figuresOn } from './figures.ts';
import * as intakes from './intakes.ts';
import { type Links, linksOn } from './links.ts';
import * as notices from './notices.ts';
import { type Papers, papersOn } from './papers.ts';
import { type People, peopleOn } from './people.ts';
import { type Bringing, importInstitution } from './people-import.ts';
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
  /** Puts an institution in the place of the one before; history stays. Throws RedressError `overlaps-history`. */
  importInstitution(institution: Institution, bringing?: Bringing): Promise<Plan | undefined>;
  readonly people: People;
  readonly notices: {
    begin(batch: readonly Notice[]): Promise<Map<string, notices.Progress>>;
    progress(keys: readonly string[]): Promise<Map<string, notices.Progress>>;
    waiting(until: Instant, most: number): Promise<Notice[]>;
    claim(keys: readonly string[], digest: string): Promise<string[]>;
    claimed(digest: string): Promise<Notice[]>;
    sent(outcome: notices.Sent): Promise<void>;
    failed(outcome: notices.Failed): Promise<void>;
    putOff(key: string, reason: string): Promise<void>;
    of(receipt: string): Promise<notices.NoticeRow[]>;
  };
  readonly links: Links;
  readonly papers: Papers;
  readonly bulk: Bulk;
  readonly figures: Figures;
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
    importInstitution: (institution, bringing) => importInstitution(db, safely, institution, bringing),
    people: peopleOn(db, safely),
    notices: {
      begin: (batch) => safely(notices.begin(db, batch)),
      progress: (keys) => safely(notices.progress(db, keys)),
      waiting: (until, most) => safely(notices.waiting(db, until, most)),
      claim: (keys, digest) => safely(notices.claim(db, keys, digest)),
      claimed: (digest) => safely(notices.claimed(db, digest)),
      sent: (outcome) => safely(notices.sent(db, outcome)),
      failed: (outcome) => safely(notices.failed(db, outcome)),
      putOff: (key, reason) => safely(notices.putOff(db, key, reason)),
      of: (receipt) => safely(notices.noticesOf(db, receipt)),
    },
    links: linksOn(db, safely),
    papers: papersOn(db, safely),
    bulk: bulkOn(db, safely),
    figures: figuresOn(db, safely),
    close,
  };
}
