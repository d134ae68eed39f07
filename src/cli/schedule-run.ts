import { officeOf, timeIn, zoneOf } from '../filing/index.ts';
import { handleOf, type Ran, runFor, runNow } from '../schedules/index.ts';
import { withRedress } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { whenAfter } from './rota-when.ts';

export interface RunOptions {
  readonly due?: string;
  readonly json?: boolean;
}
export interface PauseOptions {
  readonly note?: string;
}

const T = {
  zh: { opened: '已登记', waiting: '尚未登记', trying: '引擎会继续重试；见 redress schedule list。', paused: '已暂停', resumed: '已恢复；暂停期间漏掉的可用 redress schedule run 名称 --due 补登。' },
  en: { opened: 'opened', waiting: 'not open yet', trying: 'The engine goes on trying; see "redress schedule list".', paused: 'paused', resumed: 'goes on. What was missed meanwhile can be opened with "redress schedule run NAME --due WHEN".' },
} as const;

/** Opens the case of a schedule out of turn, or the one that was missed. */
export async function runSchedule(io: Io, name: string, { due, json }: RunOptions): Promise<void> {
  await withRedress(async ({ temporal, register }) => {
    const zone = zoneOf(await officeOf(register));
    const ran = due === undefined ? await runNow(temporal, name) : await runFor(temporal, name, whenAfter('--due', due, zone), zone);
    if (json) return io.out(printed(ran));
    for (const line of lines(io, ran, zone)) io.out(line);
  });
}

function lines({ lang }: Io, { due, receipt, waiting }: Ran, zone: string): string[] {
  const t = T[lang];
  if (receipt !== undefined) return [`${t.opened}  ${timeIn(zone, due)}  ${receipt}`];
  return [`${t.waiting}  ${timeIn(zone, due)}${waiting === undefined ? '' : `  (${waiting})`}`, t.trying];
}

export async function pauseSchedule(io: Io, name: string, { note }: PauseOptions): Promise<void> {
  await withRedress(async ({ temporal }) => {
    const { handle } = await handleOf(temporal, name);
    await handle.pause(note?.trim() || 'redress schedule pause');
    io.out(`${name}  ${T[io.lang].paused}`);
  });
}

export async function resumeSchedule(io: Io, name: string): Promise<void> {
  await withRedress(async ({ temporal }) => {
    const { handle } = await handleOf(temporal, name);
    await handle.unpause();
    io.out(`${name}  ${T[io.lang].resumed}`);
  });
}
