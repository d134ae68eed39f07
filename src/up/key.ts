import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { DataConverter } from '@temporalio/common';
import { type Config, keyFile, keyOf, type Reach } from '../config.ts';
import { RedressError } from '../errors.ts';

/** The keys that this Redress encrypts with: those it is given, or has; else a new one, kept in its home. */
export async function keyFor(config: Config): Promise<string> {
  const known = await keyOf(config);
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('base64');
  await writeFile(keyFile(config.home), `${made}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}

/** The names of keys, which tell nothing of them. @throws CodecError */
export async function keyIdsOf(key: string | undefined): Promise<string[]> {
  const { codecKeys } = await import('../engine/codecKeys.ts');
  return codecKeys(key).map(({ id }) => id);
}

/**
 * How what goes to the engine is compressed and encrypted. Worker and clients must have the same keys.
 * @throws CodecError
 */
export async function converterOf(key: string | undefined): Promise<DataConverter> {
  const [{ dataConverter }, { codecKeys }] = await Promise.all([import('../engine/codec.ts'), import('../engine/codecKeys.ts')]);
  return dataConverter({ keys: codecKeys(key) });
}

/**
 * As `converterOf`, for a Redress that runs. What is encrypted with a key that its worker lacks would hold up the case
 * for ever, so that is not even sent.
 * @throws RedressError `wrong-key`
 */
export async function converterFor({ key, keyIds }: Reach): Promise<DataConverter> {
  const [first] = await keyIdsOf(key);
  if (keyIds === undefined || (first === undefined ? keyIds.length === 0 : keyIds.includes(first))) return converterOf(key);
  throw new RedressError('wrong-key', 'REDRESS_KEY', {
    zh: '运行中的 Redress 没有 REDRESS_KEY 的第一个密钥。请使用启动时的密钥，或取消 REDRESS_KEY 的设置。',
    en: 'The Redress that runs does not have the first key in REDRESS_KEY. Use the key it was started with, or unset REDRESS_KEY.',
  });
}
