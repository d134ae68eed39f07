import type { PaperRow, Register, Series } from '../register/index.ts';
import { sha256Of, type Store, StoreError } from './store.ts';

/** Something that does not fit between register and archive, or within the register. */
export interface Finding {
  readonly problem: 'missing' | 'changed' | 'pdf-missing' | 'pdf-changed' | 'replaced-other';
  readonly key: string;
  readonly number?: string | undefined;
  readonly version: number;
  readonly path: string;
  readonly expected: string;
  readonly found?: string | undefined;
}

export interface Checked {
  /** Nothing is missing or changed, and no number is skipped or given past the counter. */
  readonly ok: boolean;
  readonly papers: number;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
  /** Each series of numbers. */
  readonly series: readonly Series[];
  /** Papers that have a number and are not filed yet. */
  readonly unfinished: readonly Pick<PaperRow, 'key' | 'number' | 'receipt' | 'kind' | 'madeAt'>[];
  readonly voided: readonly Pick<PaperRow, 'key' | 'number' | 'receipt' | 'kind' | 'givenUp'>[];
}

const PAGE = 500;

/**
 * Reads every paper on record from the archive, hashes it anew, and counts the numbers of each series.
 * @param progress told how many versions are read
 * @throws StoreError while the archive is away, for then nothing can be said of any paper
 */
export async function checkPapers(register: Register, store: Store, progress: (done: number) => void = () => undefined): Promise<Checked> {
  const findings: Finding[] = [];
  const [unfinished, voided]: [PaperRow[], PaperRow[]] = [[], []];
  let [papers, files, bytes] = [0, 0, 0];
  const hashes = new Map<string, string | undefined>();
  for (let after = ''; ; ) {
    const page = await register.papers.page(after, PAGE);
    for (const paper of page) {
      papers += 1;
      if (paper.state === 'drafting') unfinished.push(paper);
      if (paper.state === 'void') voided.push(paper);
      if (paper.state !== 'filed') continue;
      hashes.set(paper.key, paper.sha256);
      for (const { path, sha256, pdf } of filesOf(paper)) {
        const content = await contentOf(store, path);
        files += 1;
        bytes += content?.length ?? 0;
        const found = content && sha256Of(content);
        if (found !== sha256) findings.push({ problem: problemOf(found, pdf), key: paper.key, number: paper.number, version: paper.version, path, expected: sha256, found });
      }
      progress(papers);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.key;
  }
  findings.push(...(await brokenChains(register, hashes)));
  const series = await register.papers.series();
  const ok = findings.length === 0 && series.every((s) => s.missing.length === 0 && s.beyond.length === 0);
  return { ok, papers, files, bytes, findings, series, unfinished, voided };
}

const problemOf = (found: string | undefined, pdf: boolean): Finding['problem'] =>
  found === undefined ? (pdf ? 'pdf-missing' : 'missing') : pdf ? 'pdf-changed' : 'changed';

function filesOf({ path, sha256, pdfPath, pdfSha256 }: PaperRow) {
  return [
    ...(sha256 === undefined ? [] : [{ path, sha256, pdf: false }]),
    ...(pdfPath === undefined || pdfSha256 === undefined ? [] : [{ path: pdfPath, sha256: pdfSha256, pdf: true }]),
  ];
}

async function contentOf(store: Store, path: string): Promise<Uint8Array | undefined> {
  try {
    return await store.get(path);
  } catch (error) {
    if (error instanceof StoreError && (error.code === 'missing' || error.code === 'unsafe-path')) return undefined;
    throw error;
  }
}

/** A version says which hash it replaced; the version it names has that hash. */
async function brokenChains(register: Register, hashes: ReadonlyMap<string, string | undefined>): Promise<Finding[]> {
  const broken: Finding[] = [];
  for (let after = ''; ; ) {
    const page = await register.papers.page(after, PAGE);
    for (const { key, number, version, path, supersedes, replaced } of page)
      if (supersedes !== undefined && hashes.get(supersedes) !== replaced)
        broken.push({ problem: 'replaced-other', key, number, version, path, expected: replaced ?? '', found: hashes.get(supersedes) });
    const last = page.at(-1);
    if (!last || page.length < PAGE) return broken;
    after = last.key;
  }
}
