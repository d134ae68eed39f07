import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PaperRow, Register } from '../register/index.ts';
import { stemOf } from './paths.ts';
import type { Store } from './store.ts';

/** Makes a PDF of a DOCX file in a folder, and returns its path; nothing where this machine cannot. */
export type ToPdf = (docx: string, folder: string) => Promise<string | undefined>;

export interface Pdfs {
  /** Makes the PDF of a filed paper, by and by, one after the other. What fails is told and left for `makeMissing`. */
  make(paper: PaperRow): void;
  makeMissing(most?: number): Promise<number>;
  idle(): Promise<void>;
}

interface Means {
  readonly register: Register;
  readonly store: Store;
  readonly toPdf?: ToPdf | undefined;
  readonly onPdfFailure?: ((key: string, error: unknown) => void) | undefined;
}

/** PDFs come beside the papers and after them: a paper is on file without. */
export function pdfs({ register, store, toPdf, onPdfFailure }: Means): Pdfs {
  let last: Promise<unknown> = Promise.resolve();
  const queued = (paper: PaperRow): Promise<boolean> => {
    if (!toPdf || paper.pdfPath !== undefined || !paper.path.endsWith('.docx')) return Promise.resolve(false);
    const made = last.then(() => beside(register, store, toPdf, paper)).catch((error: unknown) => {
      onPdfFailure?.(paper.key, error);
      return false;
    });
    last = made;
    return made;
  };
  return {
    make: (paper) => void queued(paper),
    async makeMissing(most = 100) {
      if (!toPdf) return 0;
      const made = await Promise.all((await register.papers.withoutPdf(most)).map(queued));
      return made.filter(Boolean).length;
    },
    async idle() {
      await last;
    },
  };
}

/** The PDF is made of what lies in the archive, so that both say the same. */
async function beside(register: Register, store: Store, toPdf: ToPdf, { key, path }: PaperRow): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'redress-pdf-'));
  try {
    const docx = join(folder, 'paper.docx');
    await writeFile(docx, await store.get(path), { mode: 0o600 });
    const pdf = await toPdf(docx, folder);
    if (pdf === undefined) return false;
    const pdfPath = `${stemOf(path)}.pdf`;
    const { sha256 } = await store.put(pdfPath, await readFile(pdf));
    await register.papers.pdf(key, pdfPath, sha256);
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
