import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SheetError } from '../src/sheets/index.ts';
import { partsOf, readAll, workbook, zipOf } from './support/sheets.ts';

const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const ROWS = `<row r="1">${cell('a')}${cell('b')}</row>${Array.from({ length: 20 }, (_, i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>${i}</v></c><c r="B${i + 2}" s="1"><f>A${i + 2}</f><v>46027.5</v></c></row>`).join('')}`;
const BOOK = { rows: ROWS, merges: ['A3:A5', 'B1:B2'], strings: '<si><t>x</t></si>' };

/** Reads, or is refused in words; nothing else. */
async function tame(bytes: Uint8Array): Promise<void> {
  try {
    const { rows } = await readAll(bytes, { dates: ['b'] });
    for (const row of rows) for (const p of row.problems) expect(p.text.zh.length * p.text.en.length).toBeGreaterThan(0);
  } catch (error) {
    expect(error).toBeInstanceOf(SheetError);
  }
}

test('bytes that have changed on the way', async () => {
  const whole = workbook(BOOK);
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 6 });
  await fc.assert(fc.asyncProperty(changes, async (list) => {
    const bytes = Buffer.from(whole);
    for (const [at, by] of list) bytes[at] = (bytes[at] ?? 0) ^ by;
    await tame(bytes);
  }), { numRuns: 400 });
});

test('files that were cut off', async () => {
  const whole = workbook(BOOK);
  await fc.assert(fc.asyncProperty(fc.nat(whole.length), (length) => tame(whole.subarray(0, length))), { numRuns: 100 });
});

test('XML that is not what it should be, in an archive whose sums are right', async () => {
  const parts = partsOf(BOOK);
  const names = Object.keys(parts);
  const changes = fc.tuple(fc.nat(names.length - 1), fc.nat(5000), fc.nat(40), fc.constantFrom('', '<', '>', '"', '&#x110000;', '&nbsp;', '<!--', '<![CDATA[x', '</row>', '<row>', '<c r="ZZZZ1">', '<c r="A0">', ' r="-1"', 'NaN', '1e999', '\ud800'));
  await fc.assert(fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 3 }), async (list) => {
    const changed = { ...parts };
    for (const [which, at, length, by] of list) {
      const name = names[which] ?? '';
      const text = changed[name] ?? '';
      const from = at % (text.length + 1);
      changed[name] = text.slice(0, from) + by + text.slice(from + length);
    }
    await tame(zipOf(changed));
  }), { numRuns: 400 });
});

test('bytes of any kind', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), tame), { numRuns: 300 });
  await fc.assert(fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\n', '\r', ';', '\t', ' ', '中') }), (text) => tame(Buffer.from(`a,b\n${text}`))), { numRuns: 500 });
});

test('a packed stream that ends too early, and one that never ends', async () => {
  const packed = deflateRawSync(Buffer.from(partsOf(BOOK)['xl/worksheets/sheet1.xml'] ?? ''));
  for (const bytes of [packed.subarray(0, -8), Buffer.concat([packed.subarray(0, 20), Buffer.alloc(3000)])])
    await tame(zipOf({ ...partsOf(BOOK), 'xl/worksheets/sheet1.xml': { bytes, says: 5000 } }));
});
