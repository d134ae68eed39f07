import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calendars } from '../people/feed.ts';
import { withRegister } from './connect.ts';
import { UsageError } from './failure.ts';
import type { Io } from './io.ts';
import { thisMinute } from './rota-when.ts';

const DONE = {
  zh: (n: number, dir: string) => `${dir} 中已写入 ${n} 份日历。`,
  en: (n: number, dir: string) => `${n} calendars are in ${dir}.`,
} as const;

/** Prints a person's calendar, or writes one for each person, called by the person's id. */
export async function feed(io: Io, person: string | undefined, { all }: { readonly all?: string }): Promise<void> {
  if ((person === undefined) === (all === undefined))
    throw new UsageError('person', { zh: '请写明 person（人员代号），或用 --all 指定文件夹，二者只选其一。', en: 'Name a person, or give a folder with --all: one of the two.' });
  await withRegister(async (register) => {
    const found = await calendars(register, person === undefined ? undefined : [person], thisMinute());
    if (all === undefined) {
      // Lines of iCalendar end in CR LF; the LF is the terminal's.
      for (const text of found.values()) for (const line of text.trimEnd().split(/\r?\n/)) io.out(`${line}\r`);
      return;
    }
    await mkdir(all, { recursive: true });
    for (const [id, text] of found) {
      const path = join(all, `${id}.ics`);
      // A calendar program that reads at this moment sees the old file or the new one.
      await writeFile(`${path}.part`, text);
      await rename(`${path}.part`, path);
    }
    io.out(DONE[io.lang](found.size, all));
  });
}
