import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { type Institution, parseInstitution } from '../institution/index.ts';
import type { Register } from '../register/index.ts';

/** An institution with the hash of the file that describes it. */
export interface OnFile {
  readonly institution: Institution;
  readonly source: string;
}

const SAMPLE = fileURLToPath(new URL('../../examples/institution.yaml', import.meta.url));

/** The institution that REDRESS_INSTITUTION names, else the sample. @throws RedressError or InstitutionError naming the file */
export async function institutionOf({ institution: file = SAMPLE }: Config): Promise<OnFile> {
  try {
    const text = await readFile(file, 'utf8');
    return { institution: parseInstitution(text, file), source: createHash('sha256').update(text).digest('hex') };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
    throw new RedressError('no-institution', 'REDRESS_INSTITUTION', {
      zh: `机构文件 ${file} 无法读取（${error.code}）。请核对 REDRESS_INSTITUTION。`,
      en: `The institution's file ${file} cannot be read (${error.code}). Check REDRESS_INSTITUTION.`,
    }, error);
  }
}

/**
 * Brings an institution into the register; the sample, which nobody asked for, never over one that is there.
 * @returns what the institution that is there now is called
 */
export async function bringIn(register: Register, { institution, source }: OnFile, config: Config): Promise<Text> {
  const present = await register.institution();
  if (config.institution === undefined && present !== undefined && present.id !== institution.id) return present.title;
  // A file that has not changed does not undo what was brought in since.
  await register.importInstitution(institution, { source });
  return institution.title;
}
