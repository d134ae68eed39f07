import type { Text } from '../core/text.ts';
import { frameIn, record } from './book-frame.ts';
import { type Book, type BookProblem, type Entry, listed } from './book-rows.ts';
import type { Frame } from './file.ts';
import { Places } from './places.ts';
import type { TableName } from './tables.ts';

/** Part of an institution's file, not yet checked. */
type Data = Record<string, unknown>;

interface Reading {
  readonly book: Book;
  readonly places: Places;
  readonly problems: BookProblem[];
}

/** A workbook in the form of an institution's file, where each part of it stands, and what does not go together. */
export function organisationIn(book: Book, frame: Frame | undefined): { data: Data; places: Places; problems: BookProblem[] } {
  const reading: Reading = { book, places: new Places(book), problems: [] };
  const units = things(reading, 'units', ({ id: _id, parent, liaison, reserve, ...v }) => ({ ...titled(v), ...given({ parent, liaison, reserve }), posts: {} }));
  const people = things(reading, 'people', ({ id: _id, ways, ...v }) => ({ ...titled(v), ...(ways !== undefined && { ways: listed(ways) }) }));
  const rotas = things(reading, 'rotas', ({ id: _id, shifts, days, people: who = '', ...v }) => ({
    ...titled(v), people: listed(who), ...(shifts !== undefined && { shifts: shiftsIn(shifts) }), ...(days !== undefined && { days: listed(days).map(weekday) }),
  }));
  holdingsIn(reading, postsIn(reading, units));
  const leave = book.tables.leave.map((entry, n) => {
    reading.places.putRow(['leave', n], 'leave', entry.row);
    return entry.values;
  });
  const own = book.tables.institution.length > 0 ? frameIn(book, reading.places) : { ...frame };
  return { data: { ...own, units, people, rotas, leave }, places: reading.places, problems: reading.problems };
}

function report({ book, problems }: Reading, table: TableName, row: number, key: string, text: Text): void {
  const { sheet, columns } = book.names[table];
  const column = columns[key];
  problems.push({ sheet, row, ...(column !== undefined && { column }), text });
}

/** The rows of a sheet of which each is a thing of its own, by id. */
function things(reading: Reading, table: 'units' | 'people' | 'rotas', make: (values: Entry['values']) => Data): Record<string, Data> {
  const made = new Map<string, Data>();
  for (const { row, values } of reading.book.tables[table]) {
    const id = values['id'] ?? '';
    if (id === '') report(reading, table, row, 'id', { zh: '没有填写代号', en: 'the id is missing' });
    else if (made.has(id)) report(reading, table, row, 'id', { zh: `“${id}”前面已有一行`, en: `"${id}" has a row already` });
    else {
      reading.places.putRow([table, id], table, row);
      made.set(id, make(values));
    }
  }
  return Object.fromEntries(made);
}

interface Holders {
  readonly holder: Data[];
  readonly deputies: Data[];
}

/** Puts the posts into their units. Returns who is to hold each, by unit and role; nobody yet. */
function postsIn(reading: Reading, units: Readonly<Record<string, Data>>): Map<string, Holders> {
  const { book: { tables, names }, places } = reading;
  const posts = new Map<string, Holders>();
  for (const { row, values: { unit = '', role = '', vacant, ...v } } of tables.posts) {
    const own = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (!own) report(reading, 'posts', row, 'unit', { zh: `工作表“${names.units.sheet}”中没有“${unit}”`, en: `there is no unit "${unit}" in the sheet "${names.units.sheet}"` });
    else if (role === '') report(reading, 'posts', row, 'role', { zh: '没有填写角色', en: 'the role is missing' });
    else if (posts.has(`${unit}/${role}`)) report(reading, 'posts', row, 'role', { zh: `“${unit}”的“${role}”前面已有一行`, en: `"${role}" of "${unit}" has a row already` });
    else {
      places.putRow(['units', unit, 'posts', role], 'posts', row);
      const holders: Holders = { holder: [], deputies: [] };
      posts.set(`${unit}/${role}`, holders);
      own['posts'] = { ...record(own['posts']), [role]: { ...titled(v), ...(vacant === 'true' && { vacant: true }), ...holders } };
    }
  }
  return posts;
}

function holdingsIn(reading: Reading, posts: ReadonlyMap<string, Holders>): void {
  const { book: { tables, names }, places } = reading;
  for (const { row, values: { unit = '', role = '', as, ...held } } of tables.holdings) {
    const list = posts.get(`${unit}/${role}`)?.[as === 'deputy' ? 'deputies' : 'holder'];
    if (!list) report(reading, 'holdings', row, 'role', { zh: `工作表“${names.posts.sheet}”中没有“${unit}”的“${role}”`, en: `there is no post "${role}" of "${unit}" in the sheet "${names.posts.sheet}"` });
    else {
      places.putRow(['units', unit, 'posts', role, as === 'deputy' ? 'deputies' : 'holder', list.length], 'holdings', row);
      list.push(held);
    }
  }
}

/** Values with their title, of which one language stands for both. */
function titled({ titleZh, titleEn, ...values }: Entry['values']): Data {
  const [zh, en] = [titleZh ?? titleEn, titleEn ?? titleZh];
  return { ...values, ...(zh !== undefined && { title: { zh, en } }) };
}

const given = (values: Data): Data => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined));

const shiftsIn = (text: string): Data[] =>
  text.split(/[,，、;；\n]+/).filter((part) => part.trim() !== '').map((part) => {
    const [from = '', to = ''] = part.trim().split(/\s*[-–—~～至]+\s*/).map((time) => time.replace('：', ':').replace(/^(\d):/, '0$1:'));
    return { from, to };
  });

const WEEKDAYS = '一二三四五六日';

/** `1`, `一`, `周一`: 1 is Monday. What is none of these stays, and is refused as it is. */
function weekday(text: string): number | string {
  const name = text.replace(/^(周|星期)/, '').replace('天', '日');
  const n = name.length === 1 ? WEEKDAYS.indexOf(name) : -1;
  return n >= 0 ? n + 1 : /^\d$/.test(name) ? Number(name) : text;
}
