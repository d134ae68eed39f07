import type { DataConverter } from '@temporalio/common';
import type { ClientOptions } from './client.ts';
import { RedressError } from './errors.ts';

/** The names of keys, which tell nothing of them. @throws CodecError */
export async function keyIdsOf(key: string | undefined): Promise<string[]> {
  const { codecKeys } = await import('./engine/codecKeys.ts');
  return codecKeys(key).map(({ id }) => id);
}

/**
 * How what goes to the engine is compressed and encrypted. Worker and clients must have the same keys.
 * @throws CodecError
 */
export async function converterOf(key: string | undefined): Promise<DataConverter> {
  const [{ dataConverter }, { codecKeys }] = await Promise.all([import('./engine/codec.ts'), import('./engine/codecKeys.ts')]);
  return dataConverter({ keys: codecKeys(key) });
}

/**
 * As `converterOf`, for a Redress that runs. What is encrypted with a key that its worker lacks would hold up the case
 * for ever, so that is not even sent.
 * @throws RedressError `wrong-key`
 */
export async function converterFor({ key, keyIds }: Pick<ClientOptions, 'key' | 'keyIds'>): Promise<DataConverter> {
  const [first] = await keyIdsOf(key);
  if (keyIds === undefined || (first === undefined ? keyIds.length === 0 : keyIds.includes(first))) return converterOf(key);
  throw new RedressError('wrong-key', 'REDRESS_KEY', {
    zh: '运行中的 Redress 没有 REDRESS_KEY 的第一个密钥。请使用启动时的密钥，或取消 REDRESS_KEY 的设置。',
    en: 'The Redress that runs does not have the first key in REDRESS_KEY. Use the key it was started with, or unset REDRESS_KEY.',
  });
}
