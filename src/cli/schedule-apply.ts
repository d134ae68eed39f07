import type { Text } from '../core/text.ts';
import { type Applied, applySchedules } from '../schedules/index.ts';
import { withRedress } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { scheduleFile } from './schedule-file.ts';

const WHAT: Readonly<Record<Applied['what'], Text>> = {
  created: { zh: '已新建', en: 'created' },
  changed: { zh: '已更改', en: 'changed' },
  removed: { zh: '已删除', en: 'removed' },
  kept: { zh: '没有变化', en: 'as before' },
};
const NONE: Text = { zh: '机构文件中没有定期任务，引擎中也没有。', en: 'There are no schedules, neither in the file nor on the engine.' };

/** Makes the engine's schedules equal to those of the institution's file. */
export async function applyNow(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  await withRedress(async ({ temporal, register }) => {
    const done = await applySchedules(temporal, await scheduleFile(register));
    if (json) return io.out(printed({ schedules: done }));
    if (done.length === 0) io.out(NONE[io.lang]);
    for (const { name, what } of done) io.out(`${name}  ${WHAT[what][io.lang]}`);
  });
}
