import type { Report } from '../core/effects.ts';
import type { By } from '../core/events.ts';
import { type Instant, instantOf } from '../core/instant.ts';
import type { Text } from '../core/text.ts';
import type { PaperRow, Register, Wanted } from '../register/index.ts';
import { remembering } from '../remember.ts';
import { alreadyFiled, clash, isVoid, needed, noSuchPaper } from './errors.ts';
import { contextOf, type Directory, type Draft, type Office, officeOf, zoneOf } from './office.ts';
import { placeOf, short, stemOf } from './paths.ts';
import { type Pdfs, pdfs, type ToPdf } from './pdf.ts';
import { Scheme } from './scheme.ts';
import { type Kept, keptOf, type Store } from './store.ts';
import { filedVersion, versionsOf } from './versions.ts';
import { dayIn } from './zone.ts';

export interface Means {
  readonly register: Register;
  readonly store: Store;
  readonly draft: Draft;
  /** Makes a PDF of a DOCX file and returns its path. Without it there are no PDFs. */
  readonly toPdf?: ToPdf | undefined;
  /** The institution as it is now; the register's when left out. */
  readonly office?: (() => Promise<Office>) | undefined;
  /** The clock for what has no time of its own. */
  readonly now?: (() => Instant) | undefined;
  /** Told of each PDF that could not be made. */
  readonly onPdfFailure?: ((key: string, error: unknown) => void) | undefined;
}

export interface Filed {
  readonly path: string;
  readonly sha256: string;
  readonly number?: string;
}

/** A paper that somebody else made: a scan, or a document of the office's own. */
export interface Own {
  readonly receipt: string;
  readonly unit: string;
  readonly of: number;
  readonly kind: string;
  readonly title: Text;
  readonly bytes: Uint8Array;
  /** Of its file, with the dot: `.pdf`. */
  readonly ending: string;
  readonly series?: string | undefined;
  readonly at?: Instant | undefined;
  readonly to?: string | undefined;
  readonly copies?: readonly string[] | undefined;
}

/** Why a filed paper is replaced, by whom, and with what: another file, or a report that is drafted anew under the same number. */
export type Correcting = { readonly reason: string; readonly by?: By | undefined; readonly at?: Instant | undefined } & (
  | { readonly bytes: Uint8Array; readonly ending: string }
  | { readonly report: Report }
);

export interface Filing {
  /**
   * Puts a paper on file once for its key: number, draft, archive, entry. A call that died anywhere in between is made
   * good by the next one with the same key, under the same number.
   * @throws StoreError, RegisterUnavailable; RedressError `void` for a paper that was given up
   */
  file(report: Report): Promise<Filed>;
  /** Puts a file on record; the same file for the same case only once. */
  add(own: Own): Promise<PaperRow>;
  /** Puts a new version of a filed paper on record. Both stay. @param which its number, or the key of any version */
  correct(which: string, correction: Correcting): Promise<PaperRow>;
  /** Gives up a paper that is not filed. It keeps its number. */
  giveUp(which: string, reason: string): Promise<PaperRow>;
  /** All versions of a paper, the oldest first. @throws RedressError `no-such-paper` */
  versions(which: string): Promise<PaperRow[]>;
  /** Makes the PDFs that are missing on record. The answer is how many were made. */
  makePdfs(most?: number): Promise<number>;
  /** Waits for the PDFs that are being made. */
  idle(): Promise<void>;
}

/** The room in which papers get their number and their place. */
export function filing(means: Means): Filing {
  const { register, store, draft } = means;
  const now = means.now ?? (() => instantOf(Date.now()));
  const beside = pdfs(means);
  const office = remembering(means.office ?? (() => officeOf(register)));
  const post = remembering((unit = '', role = '') => register.post(unit, role));
  const directory: Directory = { office, post, petitioner: (receipt) => register.petitioner(receipt) };
  /** What is being filed now, by key. */
  const underWay = new Map<string, Promise<Filed>>();

  const drafted = async (report: Report, number: string | undefined): Promise<Uint8Array> => draft(report, await contextOf(directory, report, number));

  const take = async (wanted: Wanted): Promise<PaperRow> => {
    const taken = await register.papers.take(wanted);
    if ('clash' in taken) throw clash(wanted.series?.name ?? '', taken.clash);
    return taken.paper;
  };

  const put = async (report: Report): Promise<Filed> => {
    const paper = await take(wantedFor(report, await office(), now()));
    return answer(await complete(register, store, beside, paper, () => drafted(report, paper.number)));
  };

  return {
    file(report) {
      const begun = underWay.get(report.key) ?? put(report).finally(() => underWay.delete(report.key));
      underWay.set(report.key, begun);
      return begun;
    },
    async add(own) {
      const { sha256 } = contentOf(own.bytes);
      const key = `${own.receipt}/own/${short(`${own.kind}/${sha256}`)}`;
      const o = await office();
      const at = own.at ?? now();
      const paper = await take({
        ...own, key, sha256, madeAt: at, day: dayIn(zoneOf(o), at), series: seriesOf(o, own.series), addressee: own.to, copies: own.copies ?? [],
        path: placeOf({ ...own, key }, own.ending || '.bin'),
      });
      return complete(register, store, beside, paper, async () => own.bytes);
    },
    async correct(which, correction) {
      if (correction.reason.trim() === '') throw needed('reason', { zh: '请写明更正的理由。', en: 'say why it is corrected.' });
      const all = await versionsOf(register, which);
      const base = filedVersion(which, all);
      const content = 'bytes' in correction ? contentOf(correction.bytes) : undefined;
      if (content !== undefined && content.sha256 === base.sha256) return base;
      const paper = await register.papers.correct({
        document: base.document,
        // The same file for the same version is the same correction; that of a report goes by the report's key.
        key: 'report' in correction ? correction.report.key : `${base.document}/v/${short(`${base.key} ${content?.sha256 ?? ''}`)}`,
        reason: correction.reason.trim(), by: correction.by, madeAt: correction.at ?? now(), sha256: content?.sha256,
        stem: stemOf(all[0]?.path ?? base.path), ending: 'report' in correction ? '.docx' : correction.ending || '.bin',
      });
      if (!paper) throw noSuchPaper(which);
      return complete(register, store, beside, paper, async () => ('report' in correction ? drafted(correction.report, paper.number) : correction.bytes));
    },
    async giveUp(which, reason) {
      if (reason.trim() === '') throw needed('reason', { zh: '请写明作废的理由。', en: 'say why it is given up.' });
      const newest = (await versionsOf(register, which)).at(-1);
      const after = newest && (await register.papers.giveUp(newest.key, reason.trim()));
      if (!after) throw noSuchPaper(which);
      if (after.state === 'filed') throw alreadyFiled(which);
      return after;
    },
    versions: (which) => versionsOf(register, which),
    makePdfs: (most) => beside.makeMissing(most),
    idle: () => beside.idle(),
  };
}

function wantedFor(report: Report, office: Office, now: Instant): Wanted {
  const { key, receipt, unit, of, kind, title, at, to, copies, series } = report;
  return {
    key, receipt, unit, of, kind, title, copies, addressee: to,
    series: seriesOf(office, series),
    day: at === undefined ? report.data.day : dayIn(zoneOf(office), at),
    madeAt: at ?? now,
    path: placeOf(report, '.docx'),
  };
}

/** A series without a scheme has no numbers. */
function seriesOf({ numbering }: Office, name: string | undefined): Wanted['series'] {
  const scheme = name === undefined ? undefined : numbering?.[name];
  if (name === undefined || scheme === undefined) return undefined;
  const parsed = Scheme.safeParse(scheme);
  if (!parsed.success) throw needed(`numbering.${name}`, { zh: '文号写法须含 {year} 和 {n} 各一次，如 示街信〔{year}〕{n}号。', en: 'a scheme holds {year} and {n} once each, as in 示街信〔{year}〕{n}号.' });
  return { name, scheme: parsed.data };
}

/** From a number that is taken to a paper that is filed; nothing is done twice for one that is. */
async function complete(register: Register, store: Store, beside: Pdfs, paper: PaperRow, bytes: () => Promise<Uint8Array>): Promise<PaperRow> {
  const name = paper.number ?? paper.key;
  if (paper.state === 'void') throw isVoid(name, paper.givenUp);
  if (paper.state === 'filed') return paper;
  const filed = await register.papers.filed(paper.key, await store.put(paper.path, await bytes()));
  // Given up meanwhile: the file stays where it is, on no record.
  if (!filed) throw isVoid(name, undefined);
  beside.make(filed);
  return filed;
}

const answer = ({ path, sha256 = '', number }: PaperRow): Filed => ({ path, sha256, ...(number !== undefined && { number }) });

function contentOf(bytes: Uint8Array): Kept {
  if (bytes.length === 0) throw needed('file', { zh: '文件是空的。', en: 'the file is empty.' });
  return keptOf(bytes);
}
