import type { Database } from './database.ts';
import * as copies from './papers-copies.ts';
import type { Copy, Given } from './papers-copies.ts';
import * as deliveries from './papers-deliveries.ts';
import type { Delivered, Delivery } from './papers-deliveries.ts';
import * as filing from './papers-filed.ts';
import type { Content } from './papers-filed.ts';
import * as legacy from './papers-legacy.ts';
import * as read from './papers-read.ts';
import type { Listed, PaperFilter, Series } from './papers-read.ts';
import type { PaperRow } from './papers-row.ts';
import { type Correction, correction, type Taken, take, type Wanted } from './papers-take.ts';

export type { Content, Copy, Correction, Delivered, Delivery, Given, Listed, PaperFilter, PaperRow, Series, Taken, Wanted };
export type { Paper } from './papers-legacy.ts';

/** The papers on the register. */
export interface Papers {
  /** Enters a paper that is about to be made, with the next number of its series, once for its key. */
  take(wanted: Wanted): Promise<Taken>;
  /** Enters a new version of a document that is filed, once for its key; nothing where there is no such document. */
  correct(correction: Correction): Promise<PaperRow | undefined>;
  /** The content lies in the archive. The first content stays and is the answer; nothing for a paper that is void. */
  filed(key: string, content: Content): Promise<PaperRow | undefined>;
  /** The PDF beside it lies there too. The first one stays. */
  pdf(key: string, path: string, sha256: string): Promise<void>;
  /** Gives up a paper that is not filed; it keeps its number. The answer is how the paper stands now. */
  giveUp(key: string, reason: string): Promise<PaperRow | undefined>;
  /** All versions of the documents that go by one of these numbers or keys, the oldest first. */
  versions(names: readonly string[]): Promise<PaperRow[]>;
  /** The newest version of each document, the newest document first, with what became of it on its way to the petitioner. */
  list(filter: PaperFilter): Promise<Listed[]>;
  /** Every version in the order of keys, after one of them. */
  page(after: string, limit: number): Promise<PaperRow[]>;
  /** DOCX files on record that have no PDF beside them. */
  withoutPdf(limit: number): Promise<PaperRow[]>;
  /** Each series of numbers, with the numbers that it lacks. */
  series(): Promise<Series[]>;
  /** Notes what became of a filed paper on its way to the petitioner, once for the key of the delivery. */
  deliver(delivery: Delivery): Promise<Delivered | undefined>;
  deliveries(keys: readonly string[]): Promise<Delivered[]>;
  /** Notes that a copy was given, and to whom. The first one stays. */
  gave(key: string, copy: Given): Promise<Copy | undefined>;
  copies(keys: readonly string[]): Promise<Copy[]>;
  /** @deprecated for what has no number: see `take` and `filed` */
  enter(paper: legacy.Paper): Promise<legacy.Paper>;
  /** @deprecated see `versions` */
  find(key: string): Promise<legacy.Paper | undefined>;
  /** @deprecated see `list` */
  of(receipt: string): Promise<legacy.Paper[]>;
}

/** @param safely turns what a driver throws into the register's own errors */
export function papersOn(db: Database, safely: <T>(work: Promise<T>) => Promise<T>): Papers {
  return {
    take: (wanted) => safely(take(db, wanted)),
    correct: (given) => safely(correction(db, given)),
    filed: (key, content) => safely(filing.filed(db, key, content)),
    pdf: (key, path, sha256) => safely(filing.pdf(db, key, path, sha256)),
    giveUp: (key, reason) => safely(filing.giveUp(db, key, reason)),
    versions: (names) => safely(read.versions(db, names)),
    list: (filter) => safely(read.list(db, filter)),
    page: (after, limit) => safely(read.page(db, after, limit)),
    withoutPdf: (limit) => safely(read.withoutPdf(db, limit)),
    series: () => safely(read.series(db)),
    deliver: (delivery) => safely(deliveries.deliver(db, delivery)),
    deliveries: (keys) => safely(deliveries.deliveriesOf(db, keys)),
    gave: (key, copy) => safely(copies.gave(db, key, copy)),
    copies: (keys) => safely(copies.copiesOf(db, keys)),
    enter: (paper) => safely(legacy.enter(db, paper)),
    find: (key) => safely(legacy.find(db, key)),
    of: (receipt) => safely(legacy.of(db, receipt)),
  };
}
