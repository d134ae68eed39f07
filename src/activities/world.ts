import type { Channel } from '../channels/index.ts';
import type { Register } from '../register/index.ts';
import type { Directory } from './directory.ts';

/** What the activities act on. */
export interface World {
  readonly register: Register;
  /** The first one carries notices. */
  readonly channels: readonly Channel[];
  /** The folder of the archive. */
  readonly archive: string;
}

/** The world with its directory at hand. */
export interface Office extends World {
  readonly directory: Directory;
  /** The notices being sent now, by key. */
  readonly underWay: Map<string, Promise<void>>;
}
