import { randomUUID } from 'node:crypto';
import type { NewCase, Redress } from '../client.ts';
import type { FieldValue } from '../core/fields.ts';
import { loadProcedure } from '../procedures/load.ts';
import { clockLines } from './clock-lines.ts';
import { withRedress } from './connect.ts';
import { readIntake, type Written } from './intake.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { retryWith } from './retry.ts';
import { sourceOf } from './source.ts';
import { typed } from './values.ts';

const T = {
  zh: { opened: (r: string) => `已登记，登记号 ${r}`, again: (r: string) => `该标识已登记过，登记号 ${r}`, clocks: '正在计时：', none: '没有正在计时的义务。', pending: '已受理登记，登记簿稍后可查。' },
  en: { opened: (r: string) => `Registered under ${r}`, again: (r: string) => `This key was used before; its case is ${r}`, clocks: 'Clocks that run:', none: 'No clock runs.', pending: 'Accepted; the register will show it shortly.' },
} as const;

/** Opens a case and says which clocks run now. */
export async function openCase(io: Io, file: string, o: { readonly key?: string; readonly json?: boolean }): Promise<void> {
  const written = readIntake(await sourceOf(file), file);
  await withRedress(async (redress) => {
    const { parseNewCase } = await import('../client.ts');
    const { receipt, again, recorded } = await opening(redress, written, o.key, parseNewCase);
    if (o.json) return io.out(printed({ receipt, again, recorded, duties: await redress.duties(receipt) }));
    const { state } = await redress.story(receipt);
    io.out(paint.strong(again ? T[io.lang].again(receipt) : T[io.lang].opened(receipt)));
    if (!recorded) io.out(T[io.lang].pending);
    const lines = clockLines(state, await redress.duties(receipt), io.lang);
    io.out(lines.length > 0 ? T[io.lang].clocks : T[io.lang].none);
    for (const line of lines) io.out(line);
  });
}

async function opening(redress: Redress, written: Written, key: string | undefined, parse: (raw: unknown) => NewCase) {
  const own = key ?? (typeof written.data['key'] === 'string' ? written.data['key'] : undefined);
  const sure = own ?? randomUUID();
  try {
    const matter = withTypes(parse({ ...written.data, key: sure }));
    return await retryWith(own === undefined ? sure : undefined, () => redress.open(matter));
  } catch (error) {
    throw written.located(error);
  }
}

/** "yes", "是" and the like as the procedure's kinds of fields want them. */
function withTypes(matter: NewCase): NewCase {
  const { intake } = loadProcedure(matter.procedure);
  const fields: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(matter.fields ?? {})) fields[name] = typeof value === 'string' ? typed(intake[name], value) : value;
  return { ...matter, fields };
}
