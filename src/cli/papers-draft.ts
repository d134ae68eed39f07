import { configFrom } from '../config.ts';
import { type Report, reportNow } from '../core/index.ts';
import { PaperError, papers } from '../documents/index.ts';
import { RedressError } from '../errors.ts';
import { contextOf, officeOf } from '../filing/index.ts';
import type { DraftOptions } from './commands/papers.ts';
import { withRedress } from './connect.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { written } from './papers-save.ts';
import { pairsOf } from './values.ts';

/** Draws up a paper about a case as it stands, for a clerk who wants one. @throws PaperError where the case lacks what it needs */
export async function draftPaper(io: Io, receipt: string, kind: string, file: string, o: DraftOptions): Promise<void> {
  const facts = factsOf(o.field);
  const to = o.to?.trim();
  if (to === '') throw new UsageError('--to', { zh: '--to 不能为空。', en: '--to cannot be empty.' });
  const shelf = papers(configFrom(process.env).papers);
  await withRedress(async (redress) => {
    const { state, events } = await redress.story(receipt);
    const { register } = redress;
    const now = reportNow(state, events, kind);
    const report: Report = { ...now, data: { ...now.data, facts: { ...now.data.facts, ...facts } } };
    const context = await contextOf({ ...register, office: () => officeOf(register) }, report, undefined, o.as?.trim() ?? '');
    const bytes = await shelf.draft(report, { ...context, ...(to !== undefined && { to: { zh: to, en: to } }) }).catch((error: unknown) => {
      throw error instanceof PaperError && error.code === 'missing-field' ? lacking(kind, error.field) : error;
    });
    io.out(await written(file, `${state.receipt}-${kind}.docx`, bytes));
  });
}

/** What the clerk can give with the command is asked for by its option. */
function lacking(kind: string, missing: string): RedressError {
  const name = missing.replace(/^facts\./, '');
  const option = missing === 'to' ? '--to' : name === missing ? undefined : `--field ${name}=`;
  if (option === undefined) return new RedressError('missing-field', missing, { zh: `文书“${kind}”不能没有“${missing}”，而本事项没有这一项。`, en: `The paper "${kind}" cannot do without "${missing}", and the case has none.` });
  return new RedressError('missing-field', option.split(' ')[0] ?? '', {
    zh: `文书“${kind}”不能没有“${name}”，而本事项没有这一项；请用 ${option}${missing === 'to' ? ' ' : ''}… 写明。`,
    en: `The paper "${kind}" cannot do without "${name}", and the case has none; give it with ${option}${missing === 'to' ? ' ' : ''}….`,
  });
}

/** What a clerk says stands in the paper as it was written, whatever its language. */
const factsOf = (given: readonly string[]): Report['data']['facts'] =>
  Object.fromEntries(Object.entries(pairsOf(given)).map(([name, value]) => [name, { title: { zh: name, en: name }, value: { zh: value, en: value } }]));
