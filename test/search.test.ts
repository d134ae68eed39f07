import { drizzle } from 'drizzle-orm/pglite';
import { assert, property, string, nat } from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCases } from '../bench/figures-cases.ts';
import { random, WORDS } from '../bench/figures-words.ts';
import { CaseView, Event, Instant, viewOf } from '../src/core/index.ts';
import { excerptOf } from '../src/figures/search.ts';
import { gramsOf, normal, probesOf, wordsOf } from '../src/figures/words.ts';
import { EmbeddedPGlite } from '../src/register/embedded.ts';
import { embed } from '../src/register/folder.ts';
import { openRegister, type Register } from '../src/register/index.ts';
import { registerOn } from '../src/register/register.ts';
import * as schema from '../src/register/schema.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';

test.each([
  ['ＡＢＣ　１２３', 'abc 123'],
  ['ﾊﾝｶｸ', 'ハンカク'],
  ['葛\u{e0100}城', '葛城'],
  ['\u2f00\u2f84', '一至'],
  ['\uf900', '豈'],
  ['Straße ÉCOLE', 'straße école'],
  ['a\u00adb\u200bc', 'abc'],
  [' 多 \n\t 行\0字 ', '多 行 字'],
])('%j is searched as %j', (text, searched) => {
  expect(normal(text)).toBe(searched);
  expect(normal(searched)).toBe(searched);
});

test('whatever stands in a text is found by its grams', () => {
  assert(property(string({ unit: 'grapheme', maxLength: 60 }), nat(60), nat(20), (text, from, length) => {
    const [whole, part] = [normal(text), normal(Array.from(text).slice(from, from + length).join(''))];
    if (part === '' || !whole.includes(part)) return;
    const grams = new Set(gramsOf(whole));
    for (const probe of probesOf(part)) expect(grams).toContain(probe);
  }), { numRuns: 2000 });
});

test('no two signs or pairs of signs have the same gram', () => {
  const texts = ['a', 'b', 'ab', 'ba', '信', '访', '信访', '访信', '\u{2a6d6}', '\u{2a6d6}信', '信\u{2a6d6}', '\u{10ffff}\u{10ffff}'];
  const grams = texts.map((text) => Math.max(...gramsOf(text)));
  expect(new Set(grams).size).toBe(texts.length);
  expect(Math.max(...grams)).toBeLessThan(2 ** 53);
});

test('an excerpt is the text as it was written, around the first place', () => {
  const text = `${'前'.repeat(40)}ＷＡＴＥＲ 漏水${'后'.repeat(40)}漏水`;
  expect(excerptOf(text, 'water', normal)).toBe(`…${'前'.repeat(16)}ＷＡＴＥＲ 漏水${'后'.repeat(13)}…`);
  expect(excerptOf('漏水', '漏水', normal)).toBe('漏水');
  expect(excerptOf('停电', '漏水', normal)).toBeUndefined();
});

const START = Instant.parse('2026-01-05T01:00:00.000Z');
const view = (receipt: string, more: Partial<CaseView> = {}): CaseView =>
  CaseView.parse({
    receipt, procedure: 'xinfang-2022', version: 1, calendar: 'cn', calendarVersion: '1', channel: 'letter', unit: 'street', stage: 'received',
    receivedAt: START, openedAt: START, seq: 1, overdue: false, level: 0, duties: [], ...more,
  });
const opened = (receipt: string, fields = {}): Event => Event.parse({
  seq: 1, type: 'opened', at: START, recordedAt: START, receipt, channel: 'letter', unit: 'street', stage: 'received',
  procedure: { id: 'xinfang-2022', version: 1 }, calendar: { id: 'cn', version: '1' }, fields,
});
const acted = (seq: number, fields: object, more = {}): Event =>
  Event.parse({ seq, type: 'acted', at: START, recordedAt: START, action: 'note', by: { role: 'office' }, fields, ...more });

const made = [...makeCases({ cases: 150, seed: 31, from: Instant.parse('2026-01-10T00:00:00.000Z'), until: Instant.parse('2026-11-24T00:00:00.000Z') })];

/** All that can be found of a case, told apart by who may read it. */
const textsOf = (c: (typeof made)[number]): { told: string; brought: string } => ({
  told: plain(c.events.flatMap((e) => [
    ...(e.type === 'opened' ? [e.receipt] : []),
    ...(e.type === 'opened' || e.type === 'acted' ? Object.values(e.fields).filter((v) => typeof v === 'string') : []),
    ...(e.type === 'acted' ? [e.note ?? '', e.by.person ?? ''] : []),
    ...(e.type === 'corrected' ? [e.reason] : []),
  ]).join('\n')),
  brought: plain([c.intake.summary, c.intake.contact.name, c.intake.contact.phone, c.intake.contact.address].join('\n')),
});
const plain = (text: string): string => text.toLowerCase().replaceAll(/ +/g, ' ');

const named = (word: string) => ({ units: '河畔站'.includes(word) ? ['riverside'] : [], stages: '已归档'.includes(word) ? ['xinfang-2022/archived'] : [] });

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

describe.each(['pglite', 'postgres'])('search on %s', (kind) => {
  let register: Register;
  let run: (statement: string) => Promise<{ rows: unknown[] }>;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    if (kind === 'pglite') {
      const { pglite, where, close } = await embed(undefined, (data) => new EmbeddedPGlite(data));
      register = registerOn(drizzle(pglite, { schema }), where, close);
      run = (statement) => pglite.query(statement);
    } else {
      const url = await postgres.database('search');
      register = await openRegister({ url });
      const client = new Client(url);
      await client.connect();
      closing.push(() => client.end());
      run = (statement) => client.query(statement);
    }
    for (const c of made) {
      await register.admit(c.intake);
      await register.record(c.events, viewOf(c.state));
    }
  });
  afterAll(async () => {
    await register?.close();
    for (const close of closing) await close();
  });

  let n = 0;
  /** A case with some words in it, in a place of its own. */
  const brought = async (summary: string, more: { contact?: object; events?: readonly Event[]; view?: Partial<CaseView> } = {}): Promise<string> => {
    const receipt = `${kind === 'pglite' ? 'PG' : 'PS'}00-0000-${String((n += 1)).padStart(4, '0')}`;
    await register.admit({ receipt, key: receipt, contact: { ...more.contact }, summary });
    await register.record([opened(receipt), ...(more.events ?? [])], view(receipt, { seq: 1 + (more.events?.length ?? 0), ...more.view }));
    return receipt;
  };
  const found = async (words: string, more = {}): Promise<string[]> => (await register.figures.search({ words, limit: 10_000, ...more })).map((f) => f.receipt);

  test('finds what a plain look through all texts finds, whatever is asked for', async () => {
    const next = random(77);
    const pick = <T>(of: readonly T[]): T => {
      const one = of[Math.floor(next() * of.length)];
      if (one === undefined) throw new Error('nothing to pick');
      return one;
    };
    const texts = made.map((c) => ({ receipt: c.intake.receipt, ...textsOf(c) }));
    let hits = 0;
    for (let i = 0; i < 150; i += 1) {
      const { told, brought: words } = pick(texts);
      const signs = Array.from((next() < 0.5 ? told : words).replaceAll(/\s/g, ''));
      const at = Math.floor(next() * signs.length);
      const piece = next() < 0.2 ? `${pick(WORDS)} ${pick(WORDS)}` : signs.slice(at, at + 1 + Math.floor(next() * 6)).join('');
      const asked = [...new Set(piece.split(' ').filter((w) => w !== ''))];
      for (const personal of [true, false]) {
        const expected = texts.filter((t) => asked.every((w) => t.told.includes(w) || (personal && t.brought.includes(w)))).map((t) => t.receipt);
        const got = await found(piece, { personal });
        expect(got.toSorted(), piece).toEqual(expected.toSorted());
        hits += got.length;
      }
    }
    expect(hits).toBeGreaterThan(500);
  });

  test.each([
    ['one sign', '龘', '门牌龘龘路'],
    ['two signs', '漏水', '楼上漏水三天'],
    ['part of a word in capitals', 'OSPIT', 'in hospital now'],
    ['half-width what was written full-width', 'ab-12', '合同编号ＡＢ－１２'],
    ['full-width what was written half-width', '１２３', 'room 4123'],
    ['Chinese and English together', '张a4', '复印纸张A4一箱'],
    ['a character beyond the usual ones', '\u{20bb7}', '\u{20bb7}先生来访'],
    ['a rare character beside a usual one', '\u{2a6d6}镇', '某\u{2a6d6}镇人民'],
    ['a compatibility character as the usual one', '豈', '\uf900有此理'],
    ['a variant without its selector', '葛城', '葛\u{e0100}城路'],
    ['signs that mean something elsewhere', '%_\\', '占比100%_\\未知'],
    ['a quotation mark', "o'b{r", "o'b{rien, \"quoted\""],
  ])('finds %s', async (_, words, text) => {
    const receipt = await brought(text);
    const hit = (await register.figures.search({ words, limit: 10_000 })).find((f) => f.receipt === receipt);
    expect(hit).toMatchObject({ where: ['intake'], excerpt: text });
    expect(await found(words, { personal: false })).not.toContain(receipt);
  });

  test('does not find what only looks alike', async () => {
    await brought('甲乙丙');
    for (const words of ['甲丙', '乙甲', '_乙_', '甲%', '乙丙丁', '']) expect(await found(words), words).toEqual([]);
  });

  test('finds words in different places of one case, and not those of two', async () => {
    const receipt = await brought('蓝莓', { events: [acted(2, { text: '草莓' }), acted(3, {}, { note: 'NOTE 杨梅', by: { role: 'office', person: 'officer-q9' } })] });
    await brought('蓝莓山楂');
    expect(await found('蓝莓　草莓 note OFFICER-Q9')).toEqual([receipt]);
    expect(await found('草莓 山楂')).toEqual([]);
    const [hit] = await register.figures.search({ words: '草莓 杨梅' });
    expect(hit).toMatchObject({ where: ['timeline'], excerpt: '草莓' });
  });

  test('finds names, addresses and telephone numbers for those who may, however the number is written', async () => {
    const receipt = await brought('', { contact: { name: '来访人甲', phone: '+86 138-0000 1111', address: '示范路９号', email: 'Somebody@Post.Example', lang: 'zh' } });
    for (const words of ['来访人甲', '13800001111', '138-0000', '示范路9号', 'post.example']) {
      expect(await found(words), words).toEqual([receipt]);
      expect(await found(words, { personal: false }), words).toEqual([]);
    }
  });

  test('finds receipts, numbers of papers, units and stages, the most telling first', async () => {
    const receipt = await brought('稀有词');
    const events = [Event.parse({ seq: 2, type: 'filed', at: START, recordedAt: START, of: 1, kind: 'receipt', key: 'k', path: 'p', sha256: 's', number: '示街信〔2026〕97号' })];
    const filed = await brought('无', { events });
    expect(await found('〔2026〕97号')).toEqual([filed]);
    expect((await register.figures.search({ words: receipt.slice(3).toLowerCase() }))[0]).toMatchObject({ receipt, where: ['receipt'] });
    const there = await brought('无', { view: { unit: 'riverside', stage: 'archived' } });
    expect(await register.figures.search({ words: '河畔 归档', named })).toMatchObject([{ receipt: there, where: ['unit', 'stage'], unit: 'riverside' }]);
    expect(await found('河畔')).toEqual([]);
    const spoken = await brought('河畔的路');
    expect(await found('河畔', { named })).toEqual([spoken, there]);
  });

  test('gives so many at most, the newest first', async () => {
    const receipts: string[] = [];
    for (const day of ['01', '03', '02']) receipts.push(await brought('同一个词甲', { view: { receivedAt: Instant.parse(`2026-03-${day}T00:00:00.000Z`) } }));
    expect(await found('同一个词甲')).toEqual([receipts[1], receipts[2], receipts[0]]);
    expect(await found('同一个词甲', { limit: 2 })).toEqual([receipts[1], receipts[2]]);
  });

  test('records the words with the events, once, however often and in what order they come', async () => {
    const receipt = await brought('顺序', { events: [acted(2, { text: '第二件' })] });
    const events = [opened(receipt), acted(2, { text: '第二件' }), acted(3, { text: '第三件' }), acted(4, { amount: 3 })];
    await Promise.all([events, events.slice(2), events.slice(0, 3)].map((batch) => register.record(batch, view(receipt, { seq: batch.at(-1)?.seq ?? 1 }))));
    const { rows } = await run(`select seq from event_words where receipt = '${receipt}' order by seq`);
    expect(rows).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
    expect(await found('第三件')).toEqual([receipt]);
  });

  test('finds nothing of a matter any more that was changed or erased', async () => {
    const receipt = await brought('将被删除的内容', { contact: { phone: '5550001' } });
    expect(await found('将被删除')).toEqual([receipt]);
    await run(`update intakes set key = key where receipt = '${receipt}'`);
    expect(await found('将被删除')).toEqual([receipt]);
    await run(`update intakes set summary = '', contact = '{}' where receipt = '${receipt}'`);
    expect(await found('将被删除')).toEqual([]);
    expect(await found('5550001')).toEqual([]);
    const other = await brought('另一件将删');
    await run(`delete from intakes where receipt = '${other}'`);
    expect(await found('另一件将删')).toEqual([]);
  });

  test('makes what was recorded before there was a search to be found', async () => {
    const receipt = await brought('旧登记簿', { events: [acted(2, { text: '旧办理记录' })] });
    await run(`delete from event_words where receipt = '${receipt}'`);
    await run(`delete from intake_words where receipt = '${receipt}'`);
    expect(await found('旧登记簿')).toEqual([]);
    expect(await register.figures.makeSearchable()).toBeGreaterThan(0);
    expect(await found('旧登记簿 旧办理记录')).toEqual([receipt]);
    expect(await register.figures.makeSearchable()).toBe(0);
  });

  test('stores what cannot be stored as it can be found', async () => {
    const receipt = await brought('断\ud83d字 nul\0符');
    expect(await found('nul 符')).toEqual([receipt]);
  });

  test('keeps words apart that belong to nobody in an error', async () => {
    const other = await openRegister({ memory: true });
    await other.close();
    const error: unknown = await other.figures.search({ words: '秘密' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(`${String(error)}${JSON.stringify(error)}${error instanceof Error ? error.stack : ''}`).not.toContain('秘密');
  });
});

test('words are asked for once each', () => {
  expect(wordsOf('  漏水　WATER water\n漏水 ')).toEqual(['漏水', 'water']);
});
