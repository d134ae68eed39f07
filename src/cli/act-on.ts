import { randomUUID } from 'node:crypto';
import type { CaseState, FieldValue } from '../core/index.ts';
import { clockLines } from './clock-lines.ts';
import type { ActOptions } from './commands/act.ts';
import { withRedress } from './connect.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { retryWith } from './retry.ts';
import { timelineLines } from './timeline-lines.ts';
import { pairsOf, typed, typedAll } from './values.ts';

const T = {
  zh: { pending: '已接受，登记簿稍后可查。', stage: (s: string) => `现处于“${s}”。`, clocks: '正在计时：' },
  en: { pending: 'Accepted; the register will show it shortly.', stage: (s: string) => `The case is now "${s}".`, clocks: 'Clocks that run:' },
} as const;

/** Records what somebody did, and shows what follows from it. */
export async function actOn(io: Io, receipt: string, action: string, o: ActOptions): Promise<void> {
  const given = pairsOf(o.field);
  await withRedress(async (redress) => {
    const { state } = await redress.story(receipt);
    const key = o.key ?? randomUUID();
    const taken = await retryWith(o.key === undefined ? key : undefined, () =>
      redress.act(receipt, {
        action,
        by: { role: o.as ?? onlyRole(state, action), ...(o.person === undefined ? {} : { person: o.person }) },
        fields: fieldsOf(state, action, given),
        key,
        ...(o.at === undefined ? {} : { occurredAt: o.at }),
        ...(o.instance === undefined ? {} : { instance: o.instance }),
        ...(o.note === undefined ? {} : { note: o.note }),
      }));
    if (o.json) return io.out(printed(taken));
    const t = T[io.lang];
    const after = await redress.story(receipt);
    const seqs = new Set(taken.events.map((e) => e.seq));
    for (const line of timelineLines(after.state, after.events.filter((e) => seqs.has(e.seq)), io.lang)) io.out(line);
    io.out('');
    io.out(paint.strong(t.stage(after.state.procedure.stages[taken.stage]?.title[io.lang] ?? taken.stage)));
    if (!taken.recorded) io.out(t.pending);
    const clocks = clockLines(after.state, await redress.duties(receipt), io.lang);
    if (clocks.length > 0) io.out(t.clocks);
    for (const line of clocks) io.out(line);
  });
}

/** Who does it, where the procedure leaves no choice. */
function onlyRole({ procedure }: CaseState, action: string): string {
  const by = action === 'correct' ? procedure.corrects : procedure.actions[action]?.by;
  // An action that does not exist is refused by the case, which names those that do.
  if (by === undefined) return 'nobody';
  const [first = 'nobody', ...others] = by;
  if (others.length === 0) return first;
  const list = by.map((r) => `${r}（${procedure.roles[r]?.title.zh ?? r}）`).join('、');
  const names = by.map((r) => `${r} (${procedure.roles[r]?.title.en ?? r})`).join(', ');
  throw new UsageError('--as', { zh: `请用 --as 指明由谁办理：${list}。`, en: `Say who does it with --as: ${names}.` });
}

function fieldsOf({ procedure }: CaseState, action: string, given: Readonly<Record<string, string>>): Record<string, FieldValue> {
  if (action === 'correct') return Object.fromEntries(Object.entries(given).map(([k, v]) => [k, k === 'of' ? typed({ kind: 'days', optional: false }, v) : v]));
  return typedAll(procedure.actions[action]?.fields ?? {}, given);
}
