import { damaged, noSuchSheet, notASheet, otherFormat } from '../error.ts';
import { elements } from './elements.ts';
import { readStyles } from './styles.ts';
import { attribute } from './xml.ts';
import type { Zip } from './zip.ts';

/** What is to be known of a workbook before its rows are read. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly path: string; readonly hidden: boolean }[];
  /** Days are counted from 1904, as workbooks from old Macs do. */
  readonly from1904: boolean;
  /** Whether a cell of each style shows its number as a date. */
  readonly dates: readonly boolean[];
  readonly strings?: string;
}

/** @throws SheetError for an archive that holds no workbook */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  if (!zip.has('_rels/.rels')) throw zip.has('content.xml') || zip.has('mimetype') ? otherFormat(zip.file) : notASheet(zip.file);
  const path = (await relations(zip, '_rels/.rels', '')).find((r) => r.type.endsWith('/officeDocument'))?.target;
  if (path === undefined || !zip.has(path)) throw damaged(zip.file);
  if (path.endsWith('.bin')) throw otherFormat(zip.file);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const relation = await relations(zip, `${folder}_rels/${path.slice(folder.length)}.rels`, folder);
  const targetOf = (type: string): string | undefined => relation.find((r) => r.type.endsWith(`/${type}`) && zip.has(r.target))?.target;
  const sheets: { name: string; path: string; hidden: boolean }[] = [];
  let from1904 = false;
  const found = await elements(zip, path, (name, attributes) => {
    if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
    if (name !== 'sheet') return;
    const target = relation.find((r) => r.id === attribute(attributes, 'id') && r.type.endsWith('/worksheet'))?.target;
    if (target !== undefined && zip.has(target)) sheets.push({ name: attribute(attributes, 'name') ?? '', path: target, hidden: /hidden/i.test(attribute(attributes, 'state') ?? '') });
  });
  if (!found.has('workbook') || sheets.length === 0) throw notASheet(zip.file);
  const [styles, strings] = [targetOf('styles'), targetOf('sharedStrings')];
  return { sheets, from1904, dates: styles === undefined ? [] : await readStyles(zip, styles), ...(strings === undefined ? {} : { strings }) };
}

/** The sheet that was asked for, else the first that people see. @throws SheetError naming those there are */
export function chosen({ sheets }: Workbook, asked: string | number | undefined, file: string): Workbook['sheets'][number] {
  const sheet = typeof asked === 'string' ? sheets.find((s) => s.name.trim() === asked.trim()) : asked === undefined ? (sheets.find((s) => !s.hidden) ?? sheets[0]) : sheets[asked - 1];
  if (!sheet) throw noSuchSheet(file, asked ?? 1, sheets.map((s) => s.name));
  return sheet;
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

async function relations(zip: Zip, path: string, folder: string): Promise<Relation[]> {
  const list: Relation[] = [];
  if (!zip.has(path)) return list;
  await elements(zip, path, (name, attributes) => {
    if (name !== 'Relationship') return;
    const target = attribute(attributes, 'Target') ?? '';
    list.push({ id: attribute(attributes, 'Id') ?? '', type: attribute(attributes, 'Type') ?? '', target: resolved(folder, target) });
  });
  return list;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
