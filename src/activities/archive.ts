import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Report } from '../core/effects.ts';
import type { Lang } from '../core/text.ts';

/** Where a report lies within the archive, and what it holds. */
export interface Filed {
  /** `<receipt>/<kind>-<of>.md`, with forward slashes on every system. */
  readonly path: string;
  readonly sha256: string;
}

/**
 * Puts a report into the archive, whole or not at all: it is written beside its place, forced to the disk and then
 * linked into it. Where a report already lies there, that one stays and is the answer.
 * @throws the system's error, such as ENOSPC; nothing is then left behind
 */
export async function archive(root: string, report: Report, lang: Lang): Promise<Filed> {
  const path = `${folderOf(report.receipt)}/${report.kind}-${report.of}.md`;
  const place = join(root, path);
  const folder = dirname(place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomUUID()}`);
  try {
    await writeThrough(draft, report.body[lang].endsWith('\n') ? report.body[lang] : `${report.body[lang]}\n`);
    await link(draft, place);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  return { path, sha256: createHash('sha256').update(await readFile(place)).digest('hex') };
}

async function writeThrough(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the name, too, outlives a power cut. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A receipt as the name of a folder: never above the archive, never hidden. */
const folderOf = (receipt: string): string => encodeURIComponent(receipt).replaceAll('*', '%2A').replace(/^\./, '%2E');
