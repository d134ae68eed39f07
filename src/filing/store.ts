import { createHash } from 'node:crypto';
import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';

/** What lies under a path: the hash of the bytes that are there, and how many they are. */
export interface Kept {
  readonly sha256: string;
  readonly size: number;
}

/** Where papers lie. Paths have forward slashes on every system. */
export interface Store {
  /** For people: the folder, or the bucket. No secret. */
  readonly where: string;
  /**
   * Puts a content under a path, whole or not at all. Where one lies there already, that one stays and is the answer.
   * @throws StoreError
   */
  put(path: string, bytes: Uint8Array): Promise<Kept>;
  /** @throws StoreError `missing` where nothing lies under the path */
  get(path: string): Promise<Uint8Array>;
}

/** `away`, `full`, `damaged` and `read-only` may pass; `denied`, `no-bucket` and `unsafe-path` need somebody; `missing` is an answer. */
export type StoreCode = 'away' | 'full' | 'read-only' | 'damaged' | 'denied' | 'no-bucket' | 'missing' | 'unsafe-path' | 'refused';

const LASTING: readonly StoreCode[] = ['denied', 'no-bucket', 'missing', 'unsafe-path', 'refused'];

/** The archive did not do what was asked. `message` and `text` say where and what to check; no key and no content is in them. */
export class StoreError extends RedressError {
  override name = 'StoreError';
  /** Whether the same call may succeed later, without anybody's doing. */
  readonly retryable: boolean;

  constructor(code: StoreCode, text: Text) {
    super(code, 'REDRESS_ARCHIVE', text);
    this.retryable = !LASTING.includes(code);
  }
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const keptOf = (bytes: Uint8Array): Kept => ({ sha256: sha256Of(bytes), size: bytes.length });

/** A name that every file system and every S3 server takes, and that leads nowhere else. */
const SEGMENT = /^(?!.*\.$)(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9%=_-][a-z0-9%=._-]{0,199}$/i;

/** The names of a path. @throws StoreError where one could lead out of the archive, or hide in it */
export function segmentsOf(path: string): string[] {
  const segments = path.split('/');
  if (segments.length > 8 || !segments.every((s) => SEGMENT.test(s)))
    throw new StoreError('unsafe-path', {
      zh: `归档路径“${path.slice(0, 80)}”不能使用。`,
      en: `"${path.slice(0, 80)}" is no path that the archive takes.`,
    });
  return segments;
}
