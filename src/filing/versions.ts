import type { PaperRow, Register } from '../register/index.ts';
import { isVoid, noSuchPaper, notFiled, refusal } from './errors.ts';
import { spellingsOf } from './scheme.ts';
import { sha256Of, type Store } from './store.ts';

/** All versions of a paper, the oldest first. @param which its number, or the key of any version. @throws RedressError `no-such-paper` */
export async function versionsOf(register: Register, which: string): Promise<PaperRow[]> {
  const found = await register.papers.versions(spellingsOf(which));
  if (found.length === 0) throw noSuchPaper(which);
  return found;
}

/** A version that is on file: the newest, or the one that is asked for. @throws RedressError */
export function filedVersion(which: string, versions: readonly PaperRow[], version?: number): PaperRow {
  const found = versions.findLast((v) => v.state === 'filed' && (version === undefined || v.version === version));
  if (found) return found;
  if (version !== undefined) throw refusal('no-such-version', 'version', `${which} 没有第 ${version} 版，或该版尚未归档。`, `${which} has no version ${version} on file.`);
  throw versions.every((v) => v.state === 'void') ? isVoid(which, versions[0]?.givenUp) : notFiled(which);
}

/** A paper as it lies in the archive, its hash held against the register. @throws RedressError where it is another */
export async function verified(store: Store, which: string, versions: readonly PaperRow[], version: number | undefined, pdf: boolean): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const paper = filedVersion(which, versions, version);
  const [path, sha256] = pdf ? [paper.pdfPath, paper.pdfSha256] : [paper.path, paper.sha256];
  if (path === undefined) throw refusal('no-pdf', '--pdf', `${which} 没有 PDF。`, `There is no PDF of ${which}.`);
  const bytes = await store.get(path);
  if (sha256Of(bytes) === sha256) return { path, bytes };
  throw refusal('changed', 'number', `${which} 在档案中的内容与登记的哈希不符，未输出。请运行 redress papers check。`, `What the archive holds as ${which} does not have the hash on record, and was not given out. Run: redress papers check`);
}
