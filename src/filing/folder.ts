import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { keptOf, segmentsOf, type Store, type StoreCode, StoreError } from './store.ts';

/** Where content is written before it has its place. */
const DRAFTS = '.drafts';
const STALE_MS = 24 * 60 * 60 * 1000;

/**
 * An archive in a folder. What is put is written beside its place, forced to the disk and then linked into it, so
 * that after a power cut it is there whole or not at all. Only the user that runs Redress can read it.
 */
export function folder(root: string): Store {
  const place = resolve(root);
  const drafts = join(place, DRAFTS);
  let tidied: Promise<void> | undefined;
  const store = {
    where: place,
    async put(path: string, bytes: Uint8Array) {
      const file = join(place, ...segmentsOf(path));
      await makeFolder(drafts);
      await makeFolder(dirname(file));
      await (tidied ??= tidy(drafts));
      const draft = join(drafts, randomUUID());
      try {
        await writeThrough(draft, bytes);
        await link(draft, file);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      } finally {
        await rm(draft, { force: true });
      }
      await syncFolder(dirname(file));
      return keptOf(await readFile(file));
    },
    async get(path: string) {
      const file = join(place, ...segmentsOf(path));
      // A disk that is not mounted is another thing than a paper that is gone.
      if (!(await stat(place).catch(() => undefined))) throw notThere(place);
      return readFile(file);
    },
  };
  return {
    where: place,
    put: (path, bytes) => told(place, store.put(path, bytes)),
    get: (path) => told(place, store.get(path)),
  };
}

/** Makes what is missing of a folder, and forces each new name in it to the disk. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** A process that was killed leaves its draft behind. */
async function tidy(drafts: string): Promise<void> {
  for (const name of await readdir(drafts).catch(() => [])) {
    const file = join(drafts, name);
    const written = await stat(file).then((s) => s.mtimeMs, () => Number.POSITIVE_INFINITY);
    if (Date.now() - written > STALE_MS) await rm(file, { force: true }).catch(() => undefined);
  }
}

async function writeThrough(file: string, content: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the name, too, outlives a power cut. Windows knows no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
};

const CODES: Readonly<Record<string, StoreCode>> = {
  ENOENT: 'missing', ENOSPC: 'full', EDQUOT: 'full', EROFS: 'read-only', EACCES: 'denied', EPERM: 'denied',
  ENOTDIR: 'denied', EEXIST: 'denied', EISDIR: 'denied', ELOOP: 'denied', ENAMETOOLONG: 'unsafe-path',
};

async function told<T>(place: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw storeError(CODES[codeOf(error)] ?? 'away', place, codeOf(error));
  }
}

const notThere = (place: string): StoreError =>
  new StoreError('away', { zh: `档案文件夹 ${place} 不存在。如果它在另一块磁盘上，请先挂载。`, en: `The archive ${place} does not exist. If it is on a disk of its own, mount it.` });

function storeError(code: StoreCode, place: string, system: string): StoreError {
  switch (code) {
    case 'missing':
      return new StoreError(code, { zh: `档案文件夹 ${place} 中没有这个文件。`, en: `There is no such file in the archive ${place}.` });
    case 'full':
      return new StoreError(code, { zh: `档案文件夹 ${place} 所在的磁盘已满，请腾出空间。`, en: `The disk of the archive ${place} is full. Free some space.` });
    case 'read-only':
      return new StoreError(code, { zh: `档案文件夹 ${place} 所在的磁盘只读。`, en: `The disk of the archive ${place} can only be read.` });
    case 'denied':
      return new StoreError(code, {
        zh: `无法写入或读取档案文件夹 ${place}（${system}）。请检查它是不是文件夹、所有者和权限。`,
        en: `The archive ${place} cannot be used (${system}). Check that it is a folder, who owns it and who may use it.`,
      });
    default:
      return new StoreError(code, {
        zh: `档案文件夹 ${place} 暂时无法使用（${system || '原因不明'}）。`,
        en: `The archive ${place} cannot be used at the moment (${system || 'no reason given'}).`,
      });
  }
}
