import { configFrom } from '../config.ts';
import { endingOf, filing, type Filing, storeOf } from '../filing/index.ts';
import type { PaperRow, Register } from '../register/index.ts';
import type { ByOptions } from './commands/papers.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { contentOf } from './papers-add.ts';
import { byOf, nameOf, stateOf } from './papers-words.ts';

/** Replaces a paper by a corrected one; both stay on file. */
export async function correctPaper(io: Io, number: string, file: string, o: ByOptions & { readonly reason: string }): Promise<void> {
  const by = byOf(o);
  const bytes = await contentOf(file);
  await withRegister(async (register) => told(io, await roomOf(register).correct(number, { reason: o.reason, by, bytes, ending: endingOf(file) }), o.json));
}

/** Gives up a paper that is not filed yet. */
export async function giveUpPaper(io: Io, number: string, o: { readonly reason: string; readonly json?: boolean }): Promise<void> {
  await withRegister(async (register) => told(io, await roomOf(register).giveUp(number, o.reason), o.json));
}

function roomOf(register: Register): Filing {
  const store = storeOf(process.env, configFrom(process.env).home);
  return filing({ register, store, draft: () => Promise.reject(new Error('nothing is drafted here')) });
}

function told(io: Io, paper: PaperRow, json: boolean | undefined): void {
  if (json) return io.out(printed(paper));
  io.out(`${nameOf(paper)}  ${stateOf(paper, io.lang)}${paper.state === 'filed' ? `  ${paper.path}` : ''}`);
  if (paper.sha256 !== undefined) io.out(paper.sha256);
}
