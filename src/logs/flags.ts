import { LogError } from './error.ts';

/** `ACTION=COLUMN` of `--map`; of a log of events, `ACTION="What happened"`. */
export interface Mapping {
  readonly action: string;
  readonly from: string;
}

/** `ACTION.FIELD=VALUE` of `--field`; a value that begins with @ names the column it is taken from. */
export interface FieldFlag {
  readonly action: string;
  readonly field: string;
  readonly value: string;
}

/** The columns of a log of events. */
export interface EventColumns {
  readonly id: string;
  readonly activity: string;
  readonly date: string;
}

// A name before the first =, then anything in quotation marks, or all up to the next comma.
const PAIR = /\s*([^=,"]+?)\s*=\s*(?:"([^"]*)"|([^,]*))\s*(?:,|$)/y;

/** Reads `a=b,c="d, e"`. @throws LogError naming the flag */
export function pairs(flag: string, text: string): [string, string][] {
  const found: [string, string][] = [];
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < text.length) {
    const at = PAIR.lastIndex;
    const m = PAIR.exec(text);
    const value = m?.[2] ?? m?.[3]?.trim() ?? '';
    if (!m?.[1] || value === '')
      throw new LogError(flag, `${flag} 读到“${text.slice(at)}”处有误；请写 名称=值，以逗号相隔。`, `${flag} is wrong at "${text.slice(at)}"; write NAME=VALUE, with commas between.`);
    found.push([m[1], value]);
  }
  return found;
}

export const readMap = (texts: readonly string[]): Mapping[] =>
  texts.flatMap((t) => pairs('--map', t)).map(([action, from]) => ({ action, from }));

export const readFields = (texts: readonly string[]): FieldFlag[] =>
  texts.flatMap((t) => pairs('--field', t)).map(([name, value]) => {
    const [action, field, ...more] = name.split('.');
    if (!action || !field || more.length > 0)
      throw new LogError('--field', `“${name}”应写成 操作.字段，如 accept.notice。`, `"${name}" must be ACTION.FIELD, as in accept.notice.`);
    return { action, field, value };
  });

/** `ID,ACTIVITY,DATE`. */
export function readEvents(text: string): EventColumns {
  const [id, activity, date, ...more] = text.split(',').map((t) => t.trim());
  if (!id || !activity || !date || more.length > 0)
    throw new LogError('--events', `“${text}”应为三个列名：编号,事项,时间。`, `"${text}" must be three columns: ID,ACTIVITY,DATE.`);
  return { id, activity, date };
}
