import type { Book } from './book-rows.ts';
import type { Places } from './places.ts';

type Data = Record<string, unknown>;

const TRUTH: Readonly<Record<string, boolean>> = { yes: true, 是: true, true: true, no: false, 否: false, false: false };

/** Items that are said with yes or no. */
const YES_NO = new Set(['letterhead.red', 'notices.workingHours']);

/** What a schedule says that may be a number, or yes or no. */
const SCHEDULED = /^schedules\.[^.]+\.(on|fields\.[^.]+)$/;

const plain = (value: string): string | number | boolean => (/^\d{1,9}$/.test(value) ? Number(value) : value === 'true' || value === 'false' ? value === 'true' : value);

/** The sheet of the institution itself: an item such as `letterhead.name.zh` in each row. */
export function frameIn({ tables }: Book, places: Places): Data {
  const data: Data = {};
  for (const { row, values: { item = '', value } } of tables.institution) {
    if (value === undefined) continue;
    const path = item.replace('notices.quiet.from', 'notices.quiet.0').replace('notices.quiet.to', 'notices.quiet.1').split('.');
    places.put(path, 'institution', row, 'value');
    set(data, path, YES_NO.has(item) ? (TRUTH[value.toLowerCase()] ?? value) : SCHEDULED.test(item) ? plain(value) : value);
  }
  const notices = record(data['notices']);
  if (notices['quiet'] !== undefined) data['notices'] = { ...notices, quiet: Object.values(record(notices['quiet'])) };
  return data;
}

export const record = (x: unknown): Data => (typeof x === 'object' && x !== null ? { ...x } : {});

function set(data: Data, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) data[first] = value;
  else {
    const below = record(data[first]);
    set(below, rest, value);
    data[first] = below;
  }
}
