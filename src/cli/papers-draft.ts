import { configFrom } from '../config.ts';
import { reportNow } from '../core/index.ts';
import { papers } from '../documents/index.ts';
import { contextOf, officeOf } from '../filing/index.ts';
import { withRedress } from './connect.ts';
import type { Io } from './io.ts';
import { written } from './papers-save.ts';

/** Draws up a paper about a case as it stands, for a clerk who wants one. @throws PaperError where the case lacks what it needs */
export async function draftPaper(io: Io, receipt: string, kind: string, file: string): Promise<void> {
  const shelf = papers(configFrom(process.env).papers);
  await withRedress(async (redress) => {
    const { state, events } = await redress.story(receipt);
    const { register } = redress;
    const report = reportNow(state, events, kind);
    const directory = { office: () => officeOf(register), post: (unit: string, role: string) => register.post(unit, role), petitioner: (r: string) => register.petitioner(r) };
    io.out(await written(file, `${state.receipt}-${kind}.docx`, await shelf.draft(report, await contextOf(directory, report, undefined))));
  });
}
