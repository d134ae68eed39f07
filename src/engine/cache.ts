import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The server release that this project is tested with. */
export const SERVER_VERSION = '1.32.1';

/** The user's cache folder for Redress: `REDRESS_CACHE`, else what the platform calls a cache. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['REDRESS_CACHE']) return env['REDRESS_CACHE'];
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'redress');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'redress');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'redress');
}

/** Where a built server is kept. */
export function cachedServer(folder: string = cacheFolder()): string {
  return join(folder, `temporal-server-${SERVER_VERSION}${process.platform === 'win32' ? '.exe' : ''}`);
}

/** Whether there is a program at this path that this user may run. */
export function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(() => true, () => false);
}
