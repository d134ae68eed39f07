import type { Organisation } from '../people/index.ts';
import type { Register } from '../register/index.ts';
import { remembering } from '../remember.ts';

/** Who holds which post, as things stand. */
export interface Directory {
  organisation(): Promise<Organisation>;
}

/** The register's organisation, remembered for some seconds: a busy office tells the same few people again and again. */
export const directory = (register: Register): Directory => ({ organisation: remembering(() => register.people.organisation()) });
