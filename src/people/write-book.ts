import type { Lang, Text } from '../core/text.ts';
import type { Institution } from '../institution/index.ts';
import { type Cell, type Column, type OutRow, writeBook } from '../sheets/index.ts';
import { type Field, type Table, TABLES, type TableName, TABLE_NAMES, wordFor } from './tables.ts';

type Row = Readonly<Record<string, Cell | undefined>>;

/** Writes an organisation as a workbook with a sheet for each table, whole or not at all. Cells that begin like a formula are defused. */
export async function writeOrganisation(path: string, file: Institution, lang: Lang): Promise<void> {
  const rows = rowsOf(file);
  await writeBook(path, TABLE_NAMES.map((name) => {
    const { title, fields: all }: Table = TABLES[name];
    const fields = all.filter((f) => !f.old);
    return { name: title[lang], columns: fields.map((f) => columnOf(f, lang)), rows: rows[name].map((row) => worded(fields, row, lang)) };
  }));
}

const columnOf = ({ key, title, kind, width }: Field, lang: Lang): Column => ({ key, title: title[lang], ...(kind && { kind }), ...(width !== undefined && { width }) });

/** Fields that take words have those of the language. Lists of them have their words with commas between. */
function worded(fields: readonly Field[], row: Row, lang: Lang): OutRow {
  return Object.fromEntries(fields.map((f) => {
    const value = row[f.key];
    return [f.key, f.words && typeof value === 'string' ? value.split(', ').map((word) => wordFor(f, word, lang)).join(lang === 'zh' ? '，' : ', ') : value];
  }));
}

const titled = (title: Text | undefined): Row => ({ titleZh: title?.zh, titleEn: title?.en });

function rowsOf(file: Institution): Record<TableName, readonly Row[]> {
  const { units, people, rotas, leave } = file;
  const posts = Object.entries(units).flatMap(([unit, u]) => Object.entries(u.posts).map(([role, post]) => ({ unit, role, post })));
  return {
    institution: frameRows(file),
    units: Object.entries(units).map(([id, { title, parent, liaison }]) => ({ id, ...titled(title), parent, liaison })),
    people: Object.entries(people).map(([id, { title, ways, ...person }]) => ({ id, ...person, ...titled(title), ways: ways?.join(', ') })),
    posts: posts.map(({ unit, role, post: { title, email, lang, group, rota, vacant } }) => ({ unit, role, ...titled(title), email, lang, group, rota, vacant: vacant === true ? 'true' : undefined })),
    holdings: posts.flatMap(({ unit, role, post }) => [
      ...post.holder.map((held) => ({ unit, role, as: 'holder', ...held })),
      ...post.deputies.map((held) => ({ unit, role, as: 'deputy', ...held })),
    ]),
    rotas: Object.entries(rotas).map(([id, { title, unit, kind, starts, turn, shifts, days, people: who }]) => ({
      id, ...titled(title), unit, kind, starts, turn, shifts: shifts.map((s) => `${s.from}-${s.to}`).join('; '), days: days?.join(', '), people: who.join(', '),
    })),
    leave: leave.map((away) => ({ ...away })),
  };
}

/** `schedules.NAME.opens`, `schedules.NAME.fields.units`: one row for each thing that is said. */
const scheduleItems = (schedules: Institution['schedules'] = {}): [string, string][] =>
  Object.entries(schedules).flatMap(([name, { fields, ...said }]) => [
    ...Object.entries(said).map(([key, value]): [string, string] => [`schedules.${name}.${key}`, String(value)]),
    ...Object.entries(fields).map(([key, value]): [string, string] => [`schedules.${name}.fields.${key}`, String(value)]),
  ]);

function frameRows({ id, title, lang, zone, letterhead, numbering = {}, notices, schedules }: Institution): Row[] {
  const items: Record<string, string | boolean | undefined> = {
    id, 'title.zh': title.zh, 'title.en': title.en, lang, zone,
    'letterhead.name.zh': letterhead?.name.zh, 'letterhead.name.en': letterhead?.name.en, 'letterhead.red': letterhead?.red, 'letterhead.address': letterhead?.address,
    'letterhead.phone': letterhead?.phone, 'letterhead.postcode': letterhead?.postcode, 'letterhead.signer.zh': letterhead?.signer?.zh, 'letterhead.signer.en': letterhead?.signer?.en,
    'letterhead.ombudsman.zh': letterhead?.ombudsman?.zh, 'letterhead.ombudsman.en': letterhead?.ombudsman?.en,
    ...Object.fromEntries(Object.entries(numbering).map(([series, scheme]) => [`numbering.${series}`, scheme])),
    ...Object.fromEntries(scheduleItems(schedules)),
    'notices.quiet.from': notices?.quiet?.[0], 'notices.quiet.to': notices?.quiet?.[1], 'notices.workingHours': notices?.workingHours,
  };
  return Object.entries(items).flatMap(([item, value]) => (value === undefined ? [] : [{ item, value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : value }]));
}
