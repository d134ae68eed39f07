import { elements } from './elements.ts';
import { attribute } from './xml.ts';
import type { Zip } from './zip.ts';

/** Formats that are built in, those of Chinese and Japanese programs included. */
const isBuiltIn = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a cell of each style shows its number as a date. */
export async function readStyles(zip: Zip, path: string): Promise<boolean[]> {
  const own = new Map<number, boolean>();
  const dates: boolean[] = [];
  let inside = false;
  await elements(zip, path, (name, attributes) => {
    if (name === 'numFmt') own.set(Number(attribute(attributes, 'numFmtId')), isDateFormat(attribute(attributes, 'formatCode') ?? ''));
    if (name === 'cellXfs') inside = true;
    if (name !== 'xf' || !inside) return;
    const id = Number(attribute(attributes, 'numFmtId') ?? 0);
    dates.push(own.get(id) ?? isBuiltIn(id));
  }, (name) => {
    if (name === 'cellXfs') inside = false;
  });
  return dates;
}

/** Whether a number format shows a day or a time of day. An elapsed time ([h]:mm) is an amount. */
export function isDateFormat(code: string): boolean {
  const [first = ''] = code.split(';');
  if (/\[(h+|m+|s+)\]/i.test(first)) return false;
  const signs = first.replaceAll(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/g, '');
  return !/general/i.test(signs) && /[ymdhs]/i.test(signs);
}
