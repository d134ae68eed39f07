import type { Channel } from '../channels/index.ts';
import type { Register } from '../register/index.ts';

/** What the activities act on. */
export interface World {
  readonly register: Register;
  /** The first one carries notices. */
  readonly channels: readonly Channel[];
  /** The folder of the archive. */
  readonly archive: string;
}
