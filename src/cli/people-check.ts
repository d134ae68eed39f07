import type { Text } from '../core/text.ts';
import { InstitutionError } from '../institution/load.ts';
import type { Frame } from '../people/file.ts';
import { BookError, placed } from '../people/from-book.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { institutionIn } from './people-file.ts';
import { type Remark, remarksOn, remarkText } from './people-remarks.ts';
import { thisMinute } from './rota-when.ts';
import { note } from './terminal.ts';

const T = {
  zh: { fine: (f: string) => `${f}：没有错误。`, bad: (n: number) => `${n} 处错误。` },
  en: { fine: (f: string) => `${f}: no errors.`, bad: (n: number) => `${n} error${n === 1 ? '' : 's'}.` },
} as const;

/** Stands for what the register would say of the institution itself. */
const ANY: Frame = { id: 'institution', title: { zh: '机构', en: 'Institution' }, lang: 'zh', zone: 'Asia/Shanghai' };

interface Found {
  readonly place: Text;
  readonly line?: number;
  readonly sheet?: string;
  readonly row?: number;
  readonly column?: string;
  readonly text: Text;
}

/** Says what is wrong with an institution's file, by line or by sheet and row. The exit code is 1 where anything is; a warning is nothing wrong. */
export async function checkPeople(io: Io, file: string, json: boolean): Promise<void> {
  const { problems, warnings } = await foundIn(io, file);
  if (problems.length > 0) process.exitCode = 1;
  if (json) return io.out(printed({ file, ok: problems.length === 0, problems: problems.map(({ place: _place, ...p }) => p), warnings }));
  for (const { place } of problems) io.out(place[io.lang]);
  for (const one of warnings) io.out(paint.warn(remarkText(one)[io.lang]));
  io.out(problems.length > 0 ? paint.bad(T[io.lang].bad(problems.length)) : paint.good(T[io.lang].fine(file)));
}

async function foundIn(io: Io, file: string): Promise<{ problems: readonly Found[]; warnings: readonly Remark[] }> {
  try {
    const { institution, ignored } = await institutionIn(file, ANY);
    if (ignored.length > 0) note(io, { zh: `未读取的工作表：${ignored.join('、')}`, en: `Sheets that were not read: ${ignored.join(', ')}` });
    return { problems: [], warnings: remarksOn(institution, thisMinute()) };
  } catch (error) {
    if (error instanceof BookError) return { warnings: [], problems: error.problems.map((p) => ({ ...p, place: placed(p) })) };
    if (!(error instanceof InstitutionError)) throw error;
    return { warnings: [], problems: error.problems.map(({ line, at, text }) => ({
      line, text, place: { zh: `${file}:${line}: ${at && `${at}：`}${text.zh}`, en: `${file}:${line}: ${at && `${at}: `}${text.en}` },
    })) };
  }
}
