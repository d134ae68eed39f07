import type { Instant } from '../core/index.ts';
import type { Lang, Text } from '../core/text.ts';
import { timeIn } from '../filing/index.ts';
import { scheduleStates, type ScheduleState } from '../schedules/index.ts';
import { withRedress } from './connect.ts';
import type { Io } from './io.ts';
import { namesOf } from './names.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { scheduleFile } from './schedule-file.ts';
import { pairs } from './table.ts';

const T = {
  zh: { none: '机构文件中没有定期任务（schedules）。', next: '下次', last: '最近', never: '尚无', waiting: '尚未登记', unit: '单位', opens: '程序', note: '原因', apply: '有不一致的定期任务；运行 redress schedule apply 使其一致。' },
  en: { none: 'The institution\'s file has no schedules.', next: 'Next', last: 'Last', never: 'none yet', waiting: 'not open yet', unit: 'Unit', opens: 'Opens', note: 'Why', apply: 'Some differ from the file; "redress schedule apply" makes them equal.' },
} as const;

const STATUS: Readonly<Record<ScheduleState['status'], Text>> = {
  on: { zh: '运行中', en: 'on' },
  paused: { zh: '已暂停', en: 'paused' },
  differs: { zh: '与机构文件不一致', en: 'differs from the file' },
  'not-applied': { zh: '引擎中还没有', en: 'not on the engine yet' },
  'not-in-file': { zh: '机构文件中已没有', en: 'no longer in the file' },
};

/** The schedules with their next times and the case that each opened last. */
export async function listSchedules(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  await withRedress(async (redress) => {
    const institution = await scheduleFile(redress.register);
    const states = await scheduleStates(redress.temporal, redress.register, institution);
    if (json) return io.out(printed({ schedules: states }));
    const t = T[io.lang];
    if (states.length === 0) return io.out(t.none);
    const names = await namesOf(redress.register, io.lang);
    const at = (instant: Instant): string => timeIn(institution.zone, instant);
    for (const [i, one] of states.entries()) {
      if (i > 0) io.out('');
      io.out(`${paint.strong(one.name)}  ${statusOf(one, io.lang)}`);
      const last = one.last === undefined ? t.never : `${at(one.last.due)}  ${one.last.receipt}  ${one.last.stage === undefined ? paint.bad(`${t.waiting}${one.last.waiting === undefined ? '' : ` (${one.last.waiting})`}`) : names.stage(one.opens, one.last.stage)}`;
      for (const line of pairs([
        [t.opens, one.opens], [t.unit, names.unit(one.unit)], ...(one.note === undefined ? [] : [[t.note, one.note] as const]),
        [t.next, one.next.length === 0 ? '-' : one.next.map(at).join('  ')], [t.last, last],
      ])) io.out(line);
    }
    if (states.some((s) => s.status === 'differs' || s.status === 'not-applied' || s.status === 'not-in-file')) io.out(`\n${t.apply}`);
  });
}

function statusOf({ status }: ScheduleState, lang: Lang): string {
  const text = STATUS[status][lang];
  return status === 'on' ? text : paint.warn(text);
}
