import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { type Config, keyFile, keyOf } from '../config.ts';

/** The keys that this Redress encrypts with: those it is given, or has; else a new one, kept in its home. */
export async function keyFor(config: Config): Promise<string> {
  const known = await keyOf(config);
  if (known !== undefined) return known;
  const made = randomBytes(32).toString('base64');
  await writeFile(keyFile(config.home), `${made}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}
