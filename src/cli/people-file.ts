import { extname } from 'node:path';
import type { Institution } from '../institution/index.ts';
import type { Frame } from '../people/file.ts';
import { UsageError } from './failure.ts';

/** A file's form by its name. @throws UsageError */
export function formOf(file: string): 'yaml' | 'xlsx' {
  const ending = extname(file).toLowerCase();
  if (ending === '.yaml' || ending === '.yml') return 'yaml';
  if (ending === '.xlsx') return 'xlsx';
  throw new UsageError('file', { zh: `file：“${file}”的扩展名应为 .yaml 或 .xlsx。`, en: `file: the name of "${file}" should end in .yaml or .xlsx.` });
}

/**
 * An institution from a file of either form, and the sheets that were not read.
 * @throws InstitutionError, BookError or SheetError naming what is wrong by line or row
 */
export async function institutionIn(file: string, frame: Frame | undefined): Promise<{ institution: Institution; ignored: readonly string[] }> {
  if (formOf(file) === 'yaml') return { institution: await (await import('../institution/load.ts')).loadInstitution(file), ignored: [] };
  return (await import('../people/from-book.ts')).loadBook(file, frame);
}
