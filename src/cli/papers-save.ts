import { stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { configFrom } from '../config.ts';
import { storeOf, verified, versionsOf } from '../filing/index.ts';
import { RedressError } from '../errors.ts';
import type { SaveOptions } from './commands/papers.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { mayRead } from './kept-to.ts';

/** Saves a paper as it lies in the archive, after its hash was held against the register. */
export async function savePaper(io: Io, number: string, file: string, { edition, pdf, as }: SaveOptions): Promise<void> {
  await withRegister(async (register) => {
    const store = storeOf(process.env, configFrom(process.env).home);
    const versions = await versionsOf(register, number);
    for (const receipt of new Set(versions.map((v) => v.receipt))) await mayRead(register, receipt, as?.trim());
    const { path, bytes } = await verified(store, number, versions, edition, pdf ?? false);
    io.out(await written(file, basename(path), bytes));
  });
}

/** Writes a file that is not there yet, in a folder under its own name. The answer is where. @throws RedressError `exists` */
export async function written(file: string, name: string, bytes: Uint8Array): Promise<string> {
  const target = (await stat(file).catch(() => undefined))?.isDirectory() ? join(file, name) : file;
  await writeFile(target, bytes, { flag: 'wx' }).catch((error: unknown) => {
    if (error instanceof Error && Reflect.get(error, 'code') === 'EEXIST')
      throw new RedressError('exists', 'file', { zh: `${target} 已存在，未覆盖。请另写文件名。`, en: `${target} exists and was not overwritten. Give another name.` });
    throw error;
  });
  return target;
}
