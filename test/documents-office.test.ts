import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Report } from '../src/core/effects.ts';
import type { Text } from '../src/core/text.ts';
import { draft, type PaperContext, papers, toPdf, toPdfs } from '../src/documents/index.ts';
import { samples } from '../src/documents/sample-cases.ts';
import { houses } from '../src/documents/samples.ts';
import { day } from '../src/documents/words.ts';
import { bare, fontsOf, glyphless, infoOf, needOffice, pixelsOf, scratch, textOf, type Word, wordsOf } from './support/libreoffice.ts';

// Every paper is opened with LibreOffice, one start for all of them, and looked at as a PDF and as a picture.

const t = (zh: string, en = zh): Text => ({ zh, en });
const context: PaperContext = { lang: 'zh', letterhead: { name: t('示例街道办事处', 'Sample Street Office'), red: true }, unitTitle: t('街道办事处'), number: '示街信〔2026〕3号' };

function report(kind: string, facts: Record<string, string>, more: object = {}): Report {
  return Report.parse({
    key: 'k', receipt: 'R-7K2M-9QXT', of: 3, kind, at: '2026-11-24T02:00:00.000Z',
    data: {
      procedure: t('信访事项办理程序', 'Handling of petitions'), channel: t('来信', 'letter'), unit: 'street', receivedOn: '2026-11-20', day: '2026-11-24',
      facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, { title: t(name), value: t(value) }])),
      clocks: [], outcomes: [], passages: [], ...more,
    },
  });
}

const passages = Array.from({ length: 900 }, (_, i) => ({ seq: i + 1, at: t('2026-11-24（星期二）09:00', '2026-11-24 (Tuesday) 09:00'), text: t(`第${i + 1}步：提醒承办人，办结并出具处理意见书，截止 2026-12-24（星期四）。`, `Step ${i + 1}: handler reminded to handle the matter and issue the opinion, due 2026-12-24 (Thursday).`) }));
const plain = { ...context, letterhead: { ...context.letterhead, red: false } };
const copies = [t('示例区信访局'), t('示例街道档案室')];

/** Papers that are hard to lay out, beside the samples. */
const HARD: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  grid: () => draft(report('reply', { answer: '测'.repeat(2000) }), plain),
  rare: () => draft(report('reply', { answer: '𠮷田㐂，姓名中有𠮷字' }), { ...plain, petitioner: { name: '𠮷㐂' } }),
  signs: () => draft(report('reply', { answer: '# 一 | 二 <b>三</b> **四** `五`' }), plain),
  word: () => draft(report('reply', { answer: `网址https://example.com/${'0123456789'.repeat(40)}完` }), plain),
  'long.zh': () => draft(report('closing-report', {}, { passages }), plain),
  'long.en': () => draft(report('closing-report', {}, { passages: passages.slice(0, 300) }), { ...plain, lang: 'en' }),
  ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`foot${n}`, () => draft(report('reply', { answer: Array.from({ length: 14 + n }, () => '一行。').join('\n') }), { ...plain, copies })])),
};

const { has } = papers();
const all = samples(has);
const name = (s: { kind: string; lang: string }): string => `${s.kind}.${s.lang}`;

const footOf = (words: readonly Word[], page: number): Word[] => words.filter((w) => w.page === page && w.top > 262).toSorted((a, b) => a.left - b.left);

let dir: Awaited<ReturnType<typeof scratch>>;
let pdf: (of: string) => string;

beforeAll(async () => {
  await needOffice();
  dir = await scratch();
  const from = await houses();
  const docs = [...all.map((s) => [name(s), () => draft(s.paper, from(s))] as const), ...Object.entries(HARD)];
  for (const [file, make] of docs) await writeFile(join(dir.path, `${file}.docx`), await make());
  await toPdfs(docs.map(([file]) => join(dir.path, `${file}.docx`)), dir.path);
  pdf = (of) => join(dir.path, `${of}.pdf`);
}, 900_000);
afterAll(() => dir?.remove());

describe.each(all)('$kind in $lang', (s) => {
  test('opens, says what it should, on A4, with every glyph', async () => {
    const file = pdf(name(s));
    const [{ pages, a4 }, fonts, text, pixels] = await Promise.all([infoOf(file), fontsOf(file), textOf(file), pixelsOf(file)]);
    expect(a4).toBe(true);
    expect(pages).toBeGreaterThanOrEqual(1);
    expect(pages).toBeLessThanOrEqual(3);
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter((f) => !f.embedded)).toEqual([]);
    if (s.lang === 'zh') expect(fonts.map((f) => f.name).join()).toMatch(/CJK|FangSong|SimSun|Song|Hei|Kai/i);
    expect(text).not.toMatch(/[\uFFFD□\uE000-\uF8FF]|\{\{|\}\}|undefined|\[object/);
    expect(await glyphless(text)).toEqual([]);
    const said = bare(text);
    if (s.kind !== 'statistics-report') expect(said).toContain(s.paper.receipt);
    expect(said).toContain(bare(s.number));
    // The category chooses the words and is not one of them.
    const [fact] = Object.entries(s.paper.data.facts).flatMap(([key, line]) => (key === 'category' ? [] : [line]));
    if (fact) expect(said.toLowerCase()).toContain(bare(day(fact.value[s.lang], s.lang)).slice(0, 12).toLowerCase());
    expect(pixels.dark / pixels.all).toBeGreaterThan(0.003);
    expect(pixels.dark / pixels.all).toBeLessThan(0.2);
  });
});

describe('the type area of GB/T 9704-2012, as LibreOffice lays it out', () => {
  let words: Word[];
  beforeAll(async () => { words = await wordsOf(pdf('grid')); });
  const lines = (page: number): Word[] => words.filter((w) => w.page === page && /^测+$/.test(w.text));

  test('28 characters a line, 22 lines a page', () => {
    expect(new Set(lines(2).map((w) => w.text.length))).toEqual(new Set([28]));
    expect(lines(2)).toHaveLength(22);
  });

  test('37 mm from the top, 28 mm from the left, 156 mm by 225 mm', () => {
    const [first, last] = [lines(2)[0], lines(2).at(-1)];
    expect(first?.left).toBeCloseTo(28, 0);
    expect((first?.right ?? 0) - (first?.left ?? 0)).toBeGreaterThan(154);
    expect((first?.right ?? 0) - (first?.left ?? 0)).toBeLessThan(157);
    expect(first?.top).toBeGreaterThan(36.5);
    expect(last?.bottom).toBeLessThan(37 + 225 + 1);
    expect(last?.bottom).toBeGreaterThan(37 + 225 - 7);
  });

  test('the first line of a paragraph stands two characters in', () => {
    const start = words.find((w) => w.page === 1 && w.text.startsWith('测'));
    expect(start?.text).toHaveLength(26);
    expect(start?.left).toBeCloseTo(28 + 2 * 5.556, 0);
  });

  test('page numbers: right on odd pages, left on even ones, below the type area', () => {
    expect(bare(footOf(words, 1).map((w) => w.text).join(''))).toBe('—1—');
    expect(footOf(words, 1).at(-1)?.right).toBeGreaterThan(174);
    expect(footOf(words, 1).at(-1)?.right).toBeLessThan(181);
    expect(footOf(words, 2)[0]?.left).toBeGreaterThan(30);
    expect(footOf(words, 2)[0]?.left).toBeLessThan(35);
  });

  test('the name is centred over the date, which ends four characters in', async () => {
    const end = words.filter((w) => w.page === Math.max(...words.map((x) => x.page)));
    const sign = end.find((w) => w.text === '示例街道办事处');
    const date = end.filter((w) => /^(2026|年|11|月|24|日)+$/.test(w.text));
    const [left, right] = [Math.min(...date.map((w) => w.left)), Math.max(...date.map((w) => w.right))];
    expect(184 - right).toBeCloseTo(4 * 5.556, -0.5);
    expect(Math.abs(((sign?.left ?? 0) + (sign?.right ?? 0)) / 2 - (left + right) / 2)).toBeLessThan(1.5);
  });

  test('a red head is red, and a plain one has no red in it', async () => {
    expect((await pixelsOf(pdf('acceptance-notice.zh'))).red).toBeGreaterThan(500);
    expect((await pixelsOf(pdf('receipt.zh'))).red).toBe(0);
  });

  test('the head stands 35 mm below the top of the type area', async () => {
    const headline = (await wordsOf(pdf('acceptance-notice.zh'))).find((w) => w.page === 1 && w.text === '示例街道办事处');
    expect(headline?.top).toBeGreaterThan(70);
    expect(headline?.top).toBeLessThan(78);
  });
});

describe('what is hard to lay out', () => {
  test('rare characters have glyphs, and a character that no font has is found', async () => {
    expect(bare(await textOf(pdf('rare')))).toContain('𠮷田㐂');
    expect(await glyphless('𠮷㐂')).toEqual([]);
    expect(await glyphless('a\u{2FE0}')).toEqual(['\u{2FE0}']);
  });

  test('signs of Markdown and HTML stand as they were typed', async () => {
    expect(bare(await textOf(pdf('signs')))).toContain('#一|二<b>三</b>**四**`五`');
  });

  test('a very long word stays within the page', async () => {
    expect(Math.max(...(await wordsOf(pdf('word'))).map((w) => w.right))).toBeLessThan(186);
    expect(bare(await textOf(pdf('word')))).toContain('0123456789'.repeat(40));
  });

  test.each(['zh', 'en'] as const)('thirty pages of passages: all there, in order, with the head on every page (%s)', async (lang) => {
    const file = pdf(`long.${lang}`);
    const { pages } = await infoOf(file);
    const text = await textOf(file);
    expect(pages).toBeGreaterThanOrEqual(lang === 'zh' ? 30 : 8);
    expect(text.match(lang === 'zh' ? /序号/g : /No\. +When/g)?.length).toBeGreaterThanOrEqual(pages - 1);
    const seen = [...bare(text).matchAll(lang === 'zh' ? /第(\d+)步/g : /Step(\d+):/g)].map((m) => Number(m[1]));
    expect(seen).toEqual(passages.slice(0, lang === 'zh' ? 900 : 300).map((p) => p.seq));
  });

  test.each(Array.from({ length: 8 }, (_, n) => n))('the record of copies stands at the foot of the last page and covers nothing (%i)', async (n) => {
    const words = await wordsOf(pdf(`foot${n}`));
    const copy = words.find((w) => w.text.startsWith('抄送'));
    expect(copy?.page).toBe(Math.max(...words.map((w) => w.page)));
    expect(copy?.top).toBeGreaterThan(235);
    const above = words.filter((w) => w.page === copy?.page && w !== copy && w.top < (copy?.top ?? 0));
    expect(above.every((w) => w.bottom <= (copy?.top ?? 0) + 0.5)).toBe(true);
  });
});

/** The processes that have a path in their command line. */
async function running(path: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const lines = await Promise.all((await readdir('/proc')).filter((p) => /^\d+$/.test(p)).map((p) => readFile(`/proc/${p}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(path));
}

describe('toPdf', () => {
  test('calls at the same time do not meet', async () => {
    const folders = await Promise.all([scratch(), scratch()]);
    const made = await Promise.all(folders.map((f) => toPdf(join(dir.path, 'receipt.zh.docx'), f.path)));
    expect(await Promise.all(made.map(async (m) => (await readFile(m ?? '')).subarray(0, 5).toString()))).toEqual(['%PDF-', '%PDF-']);
    await Promise.all(folders.map((f) => f.remove()));
  });

  test('what takes too long is ended, with every process of its own', async () => {
    const out = join(dir.path, 'late');
    await expect(toPdfs([join(dir.path, 'long.zh.docx')], out, 400)).rejects.toThrow('more than 0.4 s');
    await expect.poll(() => running(out), { timeout: 5000 }).toEqual([]);
    expect(await readdir(out)).toEqual([]);
  });

  test('what is no document is an error and no PDF', async () => {
    const odd = join(dir.path, 'odd.docx');
    await copyFile(pdf('receipt.zh'), odd);
    await writeFile(odd, 'PK\u0003\u0004 nothing');
    await expect(toPdf(odd, join(dir.path, 'out'))).rejects.toThrow();
  });
});
