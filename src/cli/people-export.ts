import { writeFile } from 'node:fs/promises';
import { fileOf, plainOf } from '../people/file.ts';
import { RedressError } from '../errors.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { formOf } from './people-file.ts';
import { frameOf } from './people-import.ts';
import { thisMinute } from './rota-when.ts';
import { note } from './terminal.ts';

/** Writes the organisation as it stands to a file that can be brought in again. */
export async function exportPeople(io: Io, file: string): Promise<void> {
  const form = formOf(file);
  await withRegister(async (register) => {
    const [frame, organisation] = await Promise.all([frameOf(register), register.people.organisation()]);
    if (!frame) throw new RedressError('no-institution', 'file', { zh: '登记簿中还没有机构；请先用 redress people import 导入。', en: 'There is no institution in the register yet; bring one in with redress people import.' });
    const out = fileOf(frame, organisation, thisMinute());
    if (form === 'yaml') await writeFile(file, (await import('yaml')).stringify(plainOf(out), { lineWidth: 0 }));
    else await (await import('../people/write-book.ts')).writeOrganisation(file, out, io.lang);
    note(io, { zh: `已写入 ${file}。内有工作人员的联系方式，请妥善保管。`, en: `Written to ${file}. It holds the staff's addresses: keep it where only those see it who may.` });
  });
}
