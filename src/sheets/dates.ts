const DAY_MS = 86_400_000;

const DATE = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:[ T]?(\d\d)(\d\d)(\d\d)?)?$/;
const TIME = /^(?:T|\s)*(上午|早上|中午|下午|晚上|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*分?)?\s*(?::?(\d{1,2})(?:\.\d+)?\s*秒?)?\s*(AM|PM)?$/i;
const WEEKDAY = /\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?/;
const ZONED = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const NUMERALS = '〇一二三四五六七八九';

/**
 * A date as people write it, as the core reads it: `2026年1月5日 9:30` becomes
 * `2026-01-05 09:30`. Undefined where it is none, or could be two (1/5/2026).
 */
export function readDate(raw: string): string | undefined {
  const text = plain(raw);
  if (ZONED.test(text)) return text;
  const compact = COMPACT.exec(text);
  if (compact) return said(compact.slice(1, 4), compact.slice(4, 7));
  const date = DATE.exec(text);
  if (!date) return undefined;
  const rest = text.slice(date[0].length);
  if (rest === '') return said(date.slice(1, 4), []);
  const time = TIME.exec(rest);
  if (!time) return undefined;
  const [, before, hour, minute, second, after] = time;
  return said(date.slice(1, 4), [half(Number(hour), before ?? after), minute ?? '0', second]);
}

/** Whether a text has the form of a date, though perhaps no such day exists. */
export const looksLikeDate = (raw: string): boolean => DATE.test(plain(raw)) || COMPACT.test(plain(raw));

/**
 * The date that a spreadsheet keeps as a number of days. Undefined where none is:
 * of 1900 the sheets count a 29 February that never was, as day 60.
 */
export function dateOfSerial(serial: number, from1904: boolean): string | undefined {
  const seconds = Math.round(serial * 86_400);
  const [days, time] = [Math.floor(seconds / 86_400), ((seconds % 86_400) + 86_400) % 86_400];
  const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60].map(String);
  if (days === 0 && !from1904) return serial < 0 ? undefined : timeOf(clock);
  if (days < 0 || days > 2_958_465 || (days === 60 && !from1904)) return undefined;
  const first = from1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const day = new Date(first + days * DAY_MS).toISOString().slice(0, 10);
  return time === 0 ? day : `${day} ${timeOf(clock)}`;
}

/** Milliseconds of a date as `readDate` writes it, as if in UTC: for the true dates of a spreadsheet. */
export function utcOf(text: string): number | undefined {
  const m = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d(?::\d\d)?))?$/.exec(text);
  const ms = m ? Date.parse(`${m[1]}T${m[2] ?? '00:00'}Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function said(date: readonly (string | undefined)[], clock: readonly (string | undefined)[]): string | undefined {
  const [year = '', month = '', day = ''] = date;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return undefined;
  if (clock[0] === undefined) return text;
  const [h, m, s] = clock.map((part) => Number(part ?? 0));
  return (h ?? 0) > 23 || (m ?? 0) > 59 || (s ?? 0) > 59 ? undefined : `${text} ${timeOf(clock)}`;
}

/** Without seconds where they are none. */
function timeOf(clock: readonly (string | undefined)[]): string {
  const [h = '0', m = '0', s = '0'] = clock;
  const parts = [h, m, s].map((part) => part.padStart(2, '0'));
  return (parts[2] === '00' ? parts.slice(0, 2) : parts).join(':');
}

function half(hour: number, which: string | undefined): string {
  const late = which !== undefined && /下午|晚上|PM/i.test(which);
  const early = which !== undefined && /上午|早上|AM/i.test(which);
  return String(late && hour < 12 ? hour + 12 : early && hour === 12 ? 0 : hour);
}

/** Full-width signs and the numerals of official papers (二〇二六年一月五日) as plain ones; the weekday is left out. */
function plain(raw: string): string {
  const text = raw.normalize('NFKC').trim().replace(WEEKDAY, '');
  return /^[〇○零一二三四五六七八九]{4}年/.test(text) ? text.replace(/^.*?[日号]/, numbered) : text;
}

const numbered = (date: string): string => date.replaceAll(/[〇○零一二三四五六七八九十]+/g, (run) => {
  const [tens = '', ones] = run.replaceAll(/[○零]/g, '〇').split('十');
  return ones === undefined ? digits(tens) : `${tens === '' ? '1' : digits(tens)}${ones === '' ? '0' : digits(ones)}`;
});

const digits = (numerals: string): string => Array.from(numerals, (n) => NUMERALS.indexOf(n)).join('');
