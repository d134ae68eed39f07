import type { Refusal } from '../core/refusal.ts';
import type { Text } from '../core/text.ts';

/**
 * What can be wrong with a log, and what becomes of the case:
 *
 * not judged, for one of its times cannot be right: `bad-row`, `no-id`,
 * `no-receipt`, `bad-date`, `in-the-future`, `before-receipt`;
 * judged as if the step had not been taken by the end of the log: `empty`,
 * `after-until`, `refused`;
 * judged as it stands: `same-day`, `within-a-minute`, `received-again`,
 * `repeated-id`.
 */
export type DirtCode =
  | 'bad-row' | 'no-id' | 'no-receipt' | 'bad-date' | 'in-the-future' | 'before-receipt'
  | 'empty' | 'after-until' | 'refused'
  | 'same-day' | 'within-a-minute' | 'received-again' | 'repeated-id';

/** Something wrong in a log: the line of the file, why, and what was done about it. */
export interface Dirt {
  /** Line of the file, as an editor counts; the header is line 1. */
  readonly row: number;
  readonly id?: string;
  readonly code: DirtCode;
  readonly text: Text;
}

type Make = (row: number, id: string, what?: string, value?: string) => Dirt;

const of = (code: DirtCode, zh: (what: string, value: string) => string, en: (what: string, value: string) => string): Make =>
  (row, id, what = '', value = '') => ({ row, ...(id === '' ? {} : { id }), code, text: { zh: zh(what, value), en: en(what, value) } });

export const dirt = {
  badRow: of('bad-row', (w) => `该行无法读取（${w}）；未评判。`, (w) => `The row cannot be read (${w}); not judged.`),
  noId: of('no-id', () => '没有编号；未评判。', () => 'No id; not judged.'),
  noReceipt: of('no-receipt', (w) => `没有收到时间（${w}）；未评判。`, (w) => `No time of receipt (${w}); not judged.`),
  badDate: of('bad-date', (w, v) => `${w}：没有“${v}”这个时间；未评判。`, (w, v) => `${w}: "${v}" is no time that exists; not judged.`),
  future: of('in-the-future', (w, v) => `${w}：“${v}”尚未到来；未评判。`, (w, v) => `${w}: "${v}" has not come yet; not judged.`),
  beforeReceipt: of('before-receipt', (w, v) => `${w}：“${v}”早于收到时间；未评判。`, (w, v) => `${w}: "${v}" lies before the receipt; not judged.`),
  empty: of('empty', (w) => `${w} 为空；按至今未办评判。`, (w) => `${w} is empty; judged as not done by the end.`),
  afterUntil: of('after-until', (w, v) => `${w}：“${v}”在评判终点之后；按未办评判。`, (w, v) => `${w}: "${v}" lies after the end of the run; judged as not done.`),
  sameDay: of('same-day', (w) => `${w} 与另一步骤同日，先后不明；按程序中的顺序处理。`, (w) => `${w} falls on the day of another step, in no certain order; taken in the order of the procedure.`),
  withinAMinute: of('within-a-minute', (w) => `${w} 距收到不足一分钟，可能只是移交；照原样评判。`, (w) => `${w} comes within a minute of the receipt, perhaps a hand-over; judged as it stands.`),
  receivedAgain: of('received-again', (_, v) => `再次收到（${v}）；以第一次为准。`, (_, v) => `Received again (${v}); the first counts.`),
  repeatedId: of('repeated-id', () => '该编号前面出现过；按另一事项评判。按事件记录的日志应先按编号排序。', () => 'The id came before; judged as a case of its own. A log of events must be sorted by case.'),
} satisfies Record<string, Make>;

/** A step that the procedure does not allow: left out, and said why. */
export const refusedStep = (row: number, id: string, action: string, { code, text }: Pick<Refusal, 'text'> & { readonly code: string }): Dirt => ({
  row, id, code: 'refused', text: { zh: `${action} 未被程序接受（${code}），略去：${text.zh}`, en: `${action} is not allowed by the procedure (${code}) and left out: ${text.en}` },
});
