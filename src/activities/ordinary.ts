import type { Channel } from '../channels/index.ts';
import { draft as ours } from '../documents/index.ts';
import { type Draft, filing, type Filing, folder, type Store, type ToPdf } from '../filing/index.ts';
import { type Templates, templates as loaded } from '../notices/index.ts';
import type { Register } from '../register/index.ts';
import type { World } from './world.ts';

export interface Given {
  readonly register: Register;
  readonly channels: readonly Channel[];
  /** The archive: a store, or the path of a folder. */
  readonly archive: Store | string;
  /** The product's own, where left out. */
  readonly templates?: Templates | undefined;
  readonly draft?: Draft | undefined;
  readonly toPdf?: ToPdf | undefined;
  readonly link?: World['link'];
  readonly cases?: World['cases'];
}

let known: Templates | undefined;

/** The world as an institution has it: papers are drafted, numbered and archived, notices follow the templates. */
export function ordinary({ register, channels, archive, templates = (known ??= loaded()), draft = ours, toPdf, link, cases }: Given): World & { readonly room: Filing } {
  const store = typeof archive === 'string' ? folder(archive) : archive;
  const room = filing({ register, store, draft, toPdf });
  return { register, channels, templates, link, cases, room, file: (report) => room.file(report) };
}

