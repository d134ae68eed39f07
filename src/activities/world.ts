import type { Channel } from '../channels/index.ts';
import type { Outcome, Report } from '../core/effects.ts';
import type { Templates } from '../notices/index.ts';
import type { Register } from '../register/index.ts';
import type { Directory } from './directory.ts';
import type { Cases } from './links.ts';

/** What the activities act on. */
export interface World {
  readonly register: Register;
  readonly channels: readonly Channel[];
  readonly templates: Templates;
  /** Puts a paper on file, once for its key. */
  readonly file: (report: Report) => Promise<{ readonly path: string; readonly sha256: string; readonly number?: string | undefined }>;
  /** The cases on the engine, to be opened and told. Without them no link comes about. */
  readonly cases?: Cases | undefined;
  /** Where a case can be looked at, if anywhere: one link for each notice. */
  readonly link?: ((receipt: string) => string) | undefined;
}

/** The world with its directory at hand. */
export interface Office extends World {
  readonly directory: Directory;
  /** What is being sent now, by key. */
  readonly underWay: Map<string, Promise<Outcome>>;
}
