import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FieldValue, Report, reportsOf } from '../src/core/index.ts';
import type { Text } from '../src/core/text.ts';
import { draft, findOffice, kinds, type PaperContext, PaperError, papers, toPdf } from '../src/documents/index.ts';
import { samples } from '../src/documents/sample-cases.ts';
import { houses } from '../src/documents/samples.ts';
import { bare, day, ended } from '../src/documents/words.ts';
import { paragraphsOf, partsOf } from './support/docx.ts';
import { story } from './support/story.ts';
import { procedure, PROCEDURES } from './support/walk.ts';

const t = (zh: string, en = zh): Text => ({ zh, en });

const context: PaperContext = { lang: 'zh', letterhead: { name: t('示例街道办事处', 'Sample Street Office'), red: false }, unitTitle: t('街道办事处', 'Street office') };

function report(kind: string, facts: Record<string, string> = {}, more: object = {}): Report {
  return Report.parse({
    key: 'k', receipt: 'R-7K2M-9QXT', of: 3, kind, at: '2026-11-24T02:00:00.000Z',
    data: {
      procedure: t('信访事项办理程序', 'Handling of petitions'), channel: t('来信', 'letter'), unit: 'street', receivedOn: '2026-11-20', day: '2026-11-24',
      facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, { title: t(name), value: t(value) }])),
      clocks: [], outcomes: [], passages: [], ...more,
    },
  });
}

const flat = (s: string): string => s.replace(/[\s\p{C}\uFFFD]/gu, '');
const clock = (right: boolean) => ({ title: t('请求复查的权利'), owes: t('信访人'), dueDate: '2026-12-24', law: t('《信访工作条例》第三十五条'), right, overdue: false });

const problem = (act: () => unknown): PaperError => {
  try {
    act();
  } catch (error) {
    if (error instanceof PaperError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
};

let house = '';
beforeAll(async () => { house = await mkdtemp(join(tmpdir(), 'redress-house-')); });
afterAll(() => rm(house, { recursive: true, force: true }));

const head = '---\ntitle: 测试\nlayout: letter\n---\n';
async function withTemplate(body: string, name = 'probe.zh.md'): Promise<void> {
  await rm(house, { recursive: true, force: true });
  house = await mkdtemp(join(tmpdir(), 'redress-house-'));
  await writeFile(join(house, name), body);
}

describe('kinds', () => {
  test('every paper of the Chinese and the English procedures has a template', () => {
    const { has } = papers();
    const both = ['receipt', 'acceptance-notice', 'non-acceptance-notice', 'transfer-letter', 'assignment-letter', 'transfer-notice', 'extension-notice',
      'handling-opinion', 'reply', 'review-opinion', 're-review-opinion', 'supervision-letter', 'overdue-report', 'incident-first-report',
      'incident-follow-up-report', 'incident-final-report', 'meeting-minutes', 'visit-record', 'commitments', 'closing-report', 'statistics-report', 'acknowledgement', 'stage-one-response', 'stage-two-response'];
    const english = ['foi-response', 'foi-refusal-notice', 'foi-extension-notice', 'foi-fees-notice', 'foi-clarification-notice', 'internal-review-outcome'];
    expect(kinds()).toEqual([...both, ...english].toSorted());
    expect(both.filter((k) => !has(k, 'zh') || !has(k, 'en'))).toEqual([]);
    expect(english.filter((k) => !has(k, 'en'))).toEqual([]);
  });

  test('a paper that has one language only is in that one', async () => {
    const paper = report('foi-fees-notice', { fee: '£24' });
    expect(paragraphsOf(await draft(paper, { ...context, lang: 'zh' }))).toContain('Dear Requester,');
  });

  test('a kind that nobody has a template for', async () => {
    await expect(draft(report('love-letter'), context)).rejects.toMatchObject({ code: 'no-such-paper', field: 'kind', text: { zh: expect.stringContaining('receipt') } });
  });
});

describe('templates', () => {
  test.each([
    ['{{ petitoner.name }}', /probe\.zh\.md:5: .*没有字段“petitoner”。可用：.*petitioner/s],
    ['\n{% for c in clocks %}{{ c.titel }}{% endfor %}', /probe\.zh\.md:6: .*“c\.titel”.*title、owes、dueDate、law、right、overdue、internal/s],
    ['{% if duty.law and duty.rule %}x{% endif %}', /“duty\.rule”.*reasons/s],
    ['{{ facts.reason.worth }}', /“facts\.reason\.worth”.*title、value、code/s],
    ['{{ receipt.number }}', /“receipt”是一个值/],
    ['{{ receipt | shout }}', /probe\.zh\.md:5: .*shout/],
    ['{{ receipt | raw }}', /raw/],
    ['{% include "x" %}', /include/],
    ['{% if duty %}', /not closed/],
  ])('an unknown field, filter or tag is found when the template is read: %s', async (body, said) => {
    await withTemplate(head + body);
    const error = problem(() => papers(house));
    expect(error.code).toBe('bad-template');
    expect(error.text.zh).toMatch(said);
    expect(error.problems[0]?.text.en).not.toMatch(/\p{Script=Han}/u);
  });

  test.each([
    ['no head', 1], ['---\ntitle: x\nlayout: postcard\n---\n', 3], ['---\ntitle: x\nlayout: letter\ncolour: red\n---\n', 2], ['---\ntitle: "{{ nobody }}"\nlayout: letter\n---\n', 2],
    ['---\ntitle: [x\nlayout: letter\n---\n', 3],
  ])('a wrong head: %j', async (source, line) => {
    await withTemplate(source);
    expect(problem(() => papers(house)).problems[0]?.line).toBe(line);
  });

  test('a file that is named wrong', async () => {
    await withTemplate(head, 'receipt.cn.md');
    expect(problem(() => papers(house)).text.en).toContain('kind.zh.md');
  });

  test('everything that is wrong is said at once, and a house stands in front', async () => {
    await withTemplate(`${head}{{ a }}\n{{ b }}`);
    expect(problem(() => papers(house)).problems.map((p) => p.line)).toEqual([5, 6]);
    await withTemplate(`${head}本单位自己的回执，登记号{{ receipt }}。`, 'receipt.zh.md');
    expect(paragraphsOf(await papers(house).draft(report('receipt'), context))).toContain('本单位自己的回执，登记号R-7K2M-9QXT。');
    expect(papers(house).kinds()).toEqual(kinds());
  });

  test.each(['<b>粗体</b>', '![图](x.png)', '> 引文', '    code', '**出席：**某人'])('what papers have no form for is refused: %s', async (body) => {
    await withTemplate(head + body);
    await expect(papers(house).draft(report('probe'), context)).rejects.toMatchObject({ code: 'bad-template' });
  });
});

test('the Chinese templates have Chinese punctuation, and the English ones no Chinese', async () => {
  const folder = fileURLToPath(new URL('../papers/', import.meta.url));
  for (const file of await readdir(folder)) {
    const words = (await readFile(join(folder, file), 'utf8')).replace(/^---[\s\S]*?\n---\n/, '').replace(/\{[{%][\s\S]*?[}%]\}/g, '');
    if (file.endsWith('.zh.md')) expect(words.match(/[\u4E00-\u9FFF][,;:!?().]|[,;:!?()][\u4E00-\u9FFF]| (?=[\u4E00-\u9FFF])(?<![|#.] )/g), file).toBeNull();
    else expect(words.match(/[\u3000-\u9FFF\uFF00-\uFFEF]/g), file).toBeNull();
  }
});

describe('what a paper cannot do without', () => {
  test.each([
    ['non-acceptance-notice', { way: '诉讼' }, 'facts.reason'],
    ['non-acceptance-notice', { reason: '不属于职权范围' }, 'facts.way'],
    ['handling-opinion', { claim: 'a', findings: 'b', outcome: 'c', conclusion: 'd' }, 'facts.basis'],
    ['transfer-notice', {}, 'facts.body'],
    ['assignment-letter', {}, 'facts.deadline'],
    ['extension-notice', { reason: 'x' }, 'duty'],
    ['overdue-report', {}, 'duty'],
    ['incident-final-report', { cause: 'a', course: 'b', handling: 'c', followUp: 'd' }, 'facts.lessons'],
  ])('%s without one field names it: %o', async (kind, facts, field) => {
    const failed = draft(report(kind, facts), { ...context, to: t('示例区信访局') });
    await expect(failed).rejects.toMatchObject({ code: 'missing-field', field, text: { zh: expect.stringContaining(kind), en: expect.stringContaining(field) } });
  });

  test('a letter to an authority needs to know which', async () => {
    await expect(draft(report('transfer-letter'), context)).rejects.toMatchObject({ code: 'missing-field', field: 'to' });
  });

  test('no error says a word of the case', async () => {
    await withTemplate(`${head}<i>{{ facts.reason.value }}</i>`);
    const error: unknown = await papers(house).draft(report('probe', { reason: '秘密' }), context).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PaperError);
    expect(JSON.stringify(error instanceof PaperError && [error.text, error.problems, error.message])).not.toMatch(/秘密|79d8/);
  });
});

describe('what people typed', () => {
  const signs = '# 一、 **重** | 表 | <b>粗</b> [x](http://example.com) `c` ![i](j) \\| 1. - > {{ receipt }} {% raw %} &lt; ~~删~~ http://a.example/b_c_d';

  test.each(['reply', 'stage-one-response'])('comes out as it was typed, in text and in tables: %s', async (kind) => {
    const all = paragraphsOf(await draft(report(kind, { answer: signs }), context));
    expect(all).toContain(`${signs}。`);
    const table = paragraphsOf(await draft(report('statistics-report', { period: '2026', figure: signs }), context));
    expect(table).toContain(signs);
  });

  test('in a title, an address and a copy', async () => {
    const bytes = await draft({ ...report('reply', { answer: '好' }), title: t('# <b>') }, { ...context, lang: 'en', petitioner: { name: '# |x|', address: '- 1\n2. 路' }, copies: [t('<c>&')] });
    expect(paragraphsOf(bytes)).toEqual(expect.arrayContaining(['Dear # |x|,', '- 1', '2. 路', 'Copies to: <c>&']));
    expect(paragraphsOf(await draft({ ...report('reply', { answer: '好' }), title: t('# <b>') }, context))).toContain('# <b>');
  });

  test('line ends make paragraphs, indents go, control characters and turned directions go, rare characters stay', async () => {
    const all = paragraphsOf(await draft(report('reply', { answer: '　　第一段\r\n\t 第二段\u0000\u202E\uFDD0\n\n𠮷田㐂\uD800' }), context));
    expect(all).toEqual(expect.arrayContaining(['第一段', '第二段', '𠮷田㐂\uFFFD。']));
  });

  test('any text at all', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (value) => {
      const marked = `开${value}合。`;
      const all = paragraphsOf(await draft(report('reply', { answer: marked }), context)).join('');
      expect(flat(all)).toContain(flat(marked));
    }), { numRuns: 60 });
  });

  test('a very long word and a very long text', async () => {
    const word = `https://example.com/${'x'.repeat(3000)}`;
    expect(paragraphsOf(await draft(report('reply', { answer: word }), context)).join('')).toContain(word);
  });
});

describe('words', () => {
  test.each([['2026-11-04', '2026年11月4日', '4 November 2026'], ['截止 2026-11-04（星期三） 前', '截止2026年11月4日（星期三）前', '截止 4 November 2026（星期三） 前'], ['2026-13-01', '2026-13-01', '2026-13-01'], ['12026-01-01', '12026-01-01', '12026-01-01']])('day: %s', (text, zh, en) => {
    expect([day(text, 'zh'), day(text, 'en')]).toEqual([zh, en]);
  });
  test.each([['好', '好。', '好.'], ['好。', '好。', '好。'], ['好；', '好。', '好.'], ['“好。”', '“好。”', '“好。”'], ['', '', ''], ['Why?', 'Why?', 'Why?']])('ended: %j', (text, zh, en) => {
    expect([ended(text, 'zh'), ended(text, 'en')]).toEqual([zh, en]);
  });
  test('bare', () => expect(bare(' 诉讼。； ')).toBe('诉讼'));
  test.each([['the drain', 'The drain'], ['s.43(2): trade secrets', 's.43(2): trade secrets'], ['ss. 31-33', 'ss. 31-33'], ['sections', 'Sections'], ['s.o.s.', 'S.o.s.']])('capitalize: %s', async (text, said) => {
    await withTemplate(`${head}{{ facts.x.value | capitalize }}`, 'probe.en.md');
    expect(paragraphsOf(await papers(house).draft(report('probe', { x: text }), { ...context, lang: 'en' }))).toContain(said);
  });
});

describe('the same input, the same bytes', () => {
  test('the samples in docs are those that the script makes; if not, run node src/documents/samples.ts', async () => {
    const from = await houses();
    const folder = fileURLToPath(new URL('../docs/samples/', import.meta.url));
    const stale: string[] = [];
    for (const s of samples(papers().has)) {
      const kept = await readFile(join(folder, `${s.kind}.${s.lang}.docx`));
      if (!kept.equals(await draft(s.paper, from(s)))) stale.push(`${s.kind}.${s.lang}`);
    }
    expect(stale).toEqual([]);
  });

  test('whatever the hour, and whatever was drafted before', async () => {
    const from = await houses();
    const all = samples(papers().has);
    const first = await Promise.all(all.map(async (s) => Buffer.from(await draft(s.paper, from(s))).toString('base64')));
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-06T07:08:09Z') });
    try {
      for (const [i, s] of [...all.entries()].toReversed()) expect(Buffer.from(await draft(s.paper, from(s))).toString('base64') === first[i]).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test('the properties carry the day of the case and no other', async () => {
    const parts = partsOf(await draft(report('receipt'), context));
    expect(parts.get('docProps/core.xml')).toContain('2026-11-24T02:00:00Z');
  });
});

async function reds(kind: string, facts: Record<string, string>, c: PaperContext): Promise<boolean> {
  return (partsOf(await draft(report(kind, facts), c)).get('word/document.xml') ?? '').includes('RedHead');
}

describe('the layout of GB/T 9704-2012', () => {
  const red: PaperContext = { ...context, number: '示街信〔2026〕3号', letterhead: { ...context.letterhead, red: true } };

  test('page, fonts and styles', async () => {
    const parts = partsOf(await draft(report('receipt'), red));
    const xml = parts.get('word/document.xml') ?? '';
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"');
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
    const styles = parts.get('word/styles.xml') ?? '';
    for (const font of ['仿宋_GB2312', '方正小标宋简体', '黑体', '楷体_GB2312', 'Times New Roman']) expect(styles + xml).toContain(font);
    expect(parts.get('word/fontTable.xml')).toContain('Noto Serif CJK SC');
    expect(parts.get('word/settings.xml')).toContain('evenAndOddHeaders');
  });

  test('a red head only where both the paper and the letterhead have one', async () => {
    expect(await reds('reply', { answer: '好' }, red)).toBe(true);
    expect(await reds('reply', { answer: '好' }, context)).toBe(false);
    expect(await reds('receipt', {}, red)).toBe(false);
  });

  test('headings are numbered, one alone is not, and typed numbers stay', async () => {
    await withTemplate(`${head}## 甲\n\n### 子\n\n一\n\n### 丑\n\n二\n\n## 乙\n\n### 寅\n\n三\n\n#### 末\n`);
    expect(paragraphsOf(await papers(house).draft(report('probe'), context))).toEqual(expect.arrayContaining(['一、甲', '（一）子', '（二）丑', '二、乙', '（一）寅', '1. 末']));
    await withTemplate(`${head}## 独\n\n文`);
    expect(paragraphsOf(await papers(house).draft(report('probe'), context))).toContain('独');
    await withTemplate(`${head}## 一、甲\n\n## 二、乙`);
    expect(paragraphsOf(await papers(house).draft(report('probe'), context))).toContain('二、乙');
  });

  test('attachments, signature, date and copies in order', async () => {
    await withTemplate('---\ntitle: 测试\nlayout: letter\naddressee: to\nattachments: [甲, "{{ facts.none.value | default: \'\' }}", 乙]\n---\n正文');
    const all = paragraphsOf(await papers(house).draft(report('probe'), { ...red, to: t('示例区信访局'), copies: [t('甲局'), t('乙局')] })).filter((p) => p.trim() !== '');
    expect(all).toEqual(['示例街道办事处', '测试', '示街信〔2026〕3号', '示例区信访局：', '正文', '附件：1. 甲', '2. 乙', '示例街道办事处', '2026年11月24日', '抄送：甲局，乙局。', '示例街道办事处\t2026年11月24日印发']);
  });

  test('nothing in the lists leaves no empty table and no lonely heading', async () => {
    const duty = { title: t('办理'), owes: t('承办人'), dueDate: '2026-11-20', law: t('《信访工作条例》第三十四条'), reasons: [] };
    const xml = partsOf(await draft(report('overdue-report', {}, { duty }), context)).get('word/document.xml') ?? '';
    expect(xml.match(/<w:tbl>/g)).toHaveLength(1);
    expect(xml).not.toContain('办理经过');
    expect(partsOf(await draft(report('closing-report'), context)).get('word/document.xml')).not.toContain('各项期限');
  });
});

describe('what a notice must say', () => {
  const opinion = { claim: '修路', findings: '属实', outcome: '支持', conclusion: '月底修好', basis: '第三十一条' };

  test('a handling opinion: request, facts and reasons, opinion, basis, remedy and its limit (Art. 32(1), Art. 35)', async () => {
    const all = paragraphsOf(await draft(report('handling-opinion', opinion, { clocks: [clock(true)] }), context)).join('');
    for (const must of ['信访请求', '修路', '事实和理由', '属实', '处理意见', '支持', '依据', '三十日内', '第三十五条', '2026年12月24日']) expect(all).toContain(must);
  });

  test.each([
    ['acceptance-notice', {}, ['受理', '第二十三条', '第三十四条', '三十日', '第十九条第三款', '第三十五条']],
    ['non-acceptance-notice', { reason: '不属于职权范围', way: '仲裁', body: '仲裁委员会' }, ['不予受理', '不属于职权范围', '仲裁', '请向仲裁委员会提出']],
    ['transfer-letter', {}, ['十五日内', '五个工作日内', '第三十条第三款']],
    ['extension-notice', { reason: '案情复杂' }, ['案情复杂', '2026年12月24日']],
    ['review-opinion', { findings: 'a', result: '维持', basis: 'b' }, ['三十日内', '第三十六条第一款']],
    ['re-review-opinion', { findings: 'a', result: '维持', basis: 'b' }, ['不再受理', '第三十六条第三款']],
  ])('%s', async (kind, facts, must) => {
    const all = paragraphsOf(await draft(report(kind, facts, { clocks: [clock(false)] }), { ...context, to: t('示例区信访局') })).join('');
    for (const words of must) expect(all).toContain(words);
  });

  test.each(['receipt', 'acceptance-notice', 'non-acceptance-notice', 'transfer-notice', 'extension-notice', 'reply', 'acknowledgement', 'stage-one-response', 'stage-two-response'])('%s names the petitioner’s own clocks in both languages', async (kind) => {
    const facts = { reason: 'a', way: 'b', body: 'c', answer: 'd' };
    const data = { clocks: [clock(true)], duty: { title: t('办理'), owes: t('承办人'), dueDate: '2026-11-20', law: t('x'), reasons: [] } };
    expect(paragraphsOf(await draft(report(kind, facts, data), context)).join('')).toContain('2026年12月24日');
    expect(paragraphsOf(await draft(report(kind, facts, data), { ...context, lang: 'en' })).join('')).toContain('24 December 2026');
  });
});

/** A paper in a language as one run of words; `codes` are the values as the procedure writes them. */
async function saidIn(kind: string, lang: 'zh' | 'en', facts: Record<string, string> = {}, more: { codes?: Record<string, string>; clocks?: object[]; duty?: object; outside?: boolean; letterhead?: object } = {}): Promise<string> {
  const { codes = {}, outside = true, letterhead = {}, ...data } = more;
  const plain = report(kind, { ...codes, ...facts }, data);
  const coded = Object.fromEntries(Object.entries(plain.data.facts).map(([name, line]) => [name, { ...line, ...(codes[name] !== undefined && { code: codes[name] }) }]));
  const paper = Report.parse({ ...plain, outside, data: { ...plain.data, facts: coded } });
  return paragraphsOf(await draft(paper, { ...context, lang, to: t('示例区信访局', 'District bureau'), letterhead: { ...context.letterhead, ...letterhead } })).join('\n');
}

const INTERNAL = { title: t('补救未送达的通知', 'mend the failed notice'), owes: t('信访工作机构', 'petition office'), dueDate: '2026-12-01', law: t('《本单位规则》', 'house rules'), right: false, overdue: false, internal: true };
const SIXTY = { title: t('办结', 'handle the matter'), owes: t('承办人', 'handler'), dueDate: '2027-01-23', law: t('《信访工作条例》第三十四条', 'Regulations on Petition Work (2022), Art. 34'), right: false, overdue: false };

describe('what is the institution’s own affair', () => {
  const facts = { reason: 'a', way: 'b', body: 'c', answer: 'd' };
  const letters = ['receipt', 'acceptance-notice', 'extension-notice', 'acknowledgement', 'stage-one-response', 'stage-two-response'].flatMap((kind) => (['zh', 'en'] as const).map((lang) => [kind, lang] as const));

  test.each(letters)('%s in %s does not list it, and lists the rest', async (kind, lang) => {
    for (const outside of [true, false]) {
      const said = await saidIn(kind, lang, facts, { clocks: [INTERNAL, SIXTY], outside });
      expect(said.toLowerCase()).not.toMatch(/补救未送达|failed notice|2026年12月1日|1 december 2026/);
      expect(said).toMatch(/2027年1月23日|23 January 2027/);
    }
  });

  test('a house’s template for an outside paper cannot list it either, a report on file can', async () => {
    await withTemplate('---\ntitle: 测试\nlayout: report\n---\n{% for c in clocks %}{{ c.title }}{% if c.internal %}（内部）{% endif %}；{% endfor %}共{{ owed.size }}项');
    for (const [outside, said] of [[true, '办结；共1项'], [false, '补救未送达的通知（内部）；办结；共2项']] as const)
      expect(paragraphsOf(await papers(house).draft({ ...report('probe', {}, { clocks: [INTERNAL, SIXTY] }), outside }, context))).toContain(said);
  });
});

describe('an acceptance notice promises what the law does', () => {
  test.each(['suggestion', 'allegation', 'other'])('%s: no sixty days, no extension, no review', async (category) => {
    for (const lang of ['zh', 'en'] as const) {
      const said = await saidIn('acceptance-notice', lang, {}, { codes: { category }, clocks: [SIXTY, { ...SIXTY, title: t('书面回复', 'answer in writing'), dueDate: '2026-12-20', law: t('《本单位规则》', 'house rules') }] });
      expect(said).not.toMatch(/六十日|三十日|第三十四条|第三十五条|复查|60 days|30 days|Art\. 3[45]|review|2027/);
      expect(said).toMatch(/第十九条第三款|Art\. 19\(3\)/);
      expect(said).toMatch(/书面回复，最迟于2026年12月20日完成|Answer in writing: by 20 December 2026/);
    }
  });

  test('a claim: sixty days, thirty more, review', async () => {
    const [zh, en] = await Promise.all((['zh', 'en'] as const).map((lang) => saidIn('acceptance-notice', lang, {}, { codes: { category: 'appeal' }, clocks: [SIXTY] })));
    for (const must of ['办结，最迟于2027年1月23日完成。依据：《信访工作条例》第三十四条。', '不超过三十日', '第十九条第三款', '您对处理意见不服的，可以自收到书面答复之日起三十日内', '第三十五条']) expect(zh).toContain(must);
    for (const must of ['Handle the matter: by 23 January 2027. Rule: Regulations on Petition Work (2022), Art. 34.', 'up to 30 days more', 'Art. 19(3)', 'within 30 days of receiving it (Regulations on Petition Work, Art. 35)']) expect(en).toContain(must);
    expect(zh).not.toContain('第三十一条第六项');
    expect(await saidIn('acceptance-notice', 'zh', {}, { codes: { category: 'appeal' } })).toContain('自受理之日起六十日内办结');
  });

  test('no category told: true of every matter', async () => {
    const [zh, en] = await Promise.all((['zh', 'en'] as const).map((lang) => saidIn('acceptance-notice', lang, {}, { clocks: [SIXTY] })));
    for (const must of ['属于《信访工作条例》第三十一条第六项的事项，自受理之日起六十日内办结', '其他事项，我单位参照上述期限办理', '属于《信访工作条例》第三十一条第六项的事项，您对处理意见不服的', '最迟于2027年1月23日完成。']) expect(zh).toContain(must);
    expect(zh).not.toContain('依据：《信访工作条例》第三十四条');
    for (const must of ['A matter of Art. 31(6)', 'the same times for other matters', 'If it is a matter of Art. 31(6) and you', 'by 23 January 2027.']) expect(en).toContain(must);
    expect(en).not.toContain('Rule: Regulations on Petition Work (2022), Art. 34');
  });
});

const declined = (lang: 'zh' | 'en', way: string, more: Record<string, string> = {}) => saidIn('non-acceptance-notice', lang, { reason: '见前', ...more }, { codes: { way } });

describe('a notice of non-acceptance goes by the reason', () => {
  test('re-reviewed before: not taken up again', async () => {
    const [zh, en] = await Promise.all([declined('zh', 'concluded-before'), declined('en', 'concluded-before')]);
    for (const must of ['信访事项不再受理告知书', '不再受理', '第三十六条第三款', '有新的事实和理由的，可以作为新的事项提出']) expect(zh).toContain(must);
    expect(zh).not.toMatch(/不予受理|诉讼|应当通过的途径/);
    for (const must of ['Art. 36(3)', 'bring them as a new case']) expect(en).toContain(must);
    expect(en).not.toMatch(/Courts|Where to go instead/);
  });

  test.each([[{}, '有关机关、单位受理', 'Another body has accepted it'], [{ body: '示例区水务局' }, '由示例区水务局受理', '示例区水务局 has accepted it']])('being handled elsewhere: %o', async (more, zh, en) => {
    const [a, b] = await Promise.all([declined('zh', 'handled-elsewhere', more), declined('en', 'handled-elsewhere', more)]);
    expect(a).toContain(zh);
    expect(a).toContain('第十九条第三款');
    expect(b).toContain(en);
    expect(b).toContain('Art. 19(3)');
    expect(a + b).not.toMatch(/诉讼|Courts|复核/);
  });

  test('for another body: it is named, or there is no letter', async () => {
    expect(await declined('zh', 'other-organ', { body: '示例区水务局' })).toContain('该事项应当由示例区水务局处理，请向其提出。');
    expect(await declined('en', 'other-organ', { body: 'the water bureau' })).toContain('It is for the water bureau to handle.');
    for (const lang of ['zh', 'en'] as const) await expect(declined(lang, 'other-organ')).rejects.toMatchObject({ code: 'missing-field', field: 'facts.body' });
  });

  test.each(['litigation', 'arbitration', 'party-appeal', 'administrative'])('%s: the way, and that it has limits of its own', async (way) => {
    expect(await declined('zh', way, { way: '仲裁' })).toMatch(/不予受理[\s\S]*情形为：仲裁。[\s\S]*各有期限/);
    expect(await declined('en', way, { way: 'arbitration' })).toMatch(/arbitration\.[\s\S]*time limits of their own/);
  });
});

describe('letters under the Freedom of Information Act', () => {
  const right = { ...clock(true), title: t('说明', 'clarify the request'), law: t('指引', 'guidance') };

  test('an extension names the exemption and rests the new date on section 10(3)', async () => {
    const old = { title: t('答复', 'answer the request'), owes: t('承办人', 'officer'), dueDate: '2026-12-24', law: t('第十条', 'Freedom of Information Act 2000, s.10(1)') };
    for (const more of [{ duty: { ...old, reasons: [] } }, { clocks: [{ ...old, right: false, overdue: false }] }]) {
      const said = await saidIn('foi-extension-notice', 'en', { reason: 'weighing', exemption: 's.43(2): commercial interests' }, more);
      expect(said).toContain('\ns.43(2): commercial interests.');
      expect(said).toMatch(/24 December 2026.*section 10\(3\)/);
      expect(said).not.toContain('10(1)');
    }
  });

  test('a refusal says why the exemption applies, a response what is left out', async () => {
    expect(await saidIn('foi-refusal-notice', 'en', { exemption: 's.40(2)', reason: 'it names people' })).toContain('Why it applies\nIt names people.');
    expect(await saidIn('foi-response', 'en', { answer: 'yes', exemption: 's.40(2)' })).toContain('What we have left out, and why\ns.40(2).');
    expect(await saidIn('foi-response', 'en', { answer: 'yes' })).not.toContain('left out');
  });

  test.each([['uphold', 'Our answer stands.'], ['release', 'The information is released.'], ['release-part', 'Part of the information is released.'], ['we agree in part', 'We agree in part.']])('an internal review says %s in words', async (result, said) => {
    expect((await saidIn('internal-review-outcome', 'en', { result })).split('\n')).toContain(said);
  });

  test.each([['foi-clarification-notice', { question: 'which' }, 'counts as abandoned'], ['foi-fees-notice', { fee: '£24' }, 'your request lapses']])('%s says what comes of silence, and when', async (kind, facts, said) => {
    const dated = await saidIn(kind, 'en', facts, { clocks: [right] });
    expect(dated).toMatch(new RegExp(`by 24 December 2026\\.[\\s\\S]*by then, your request ${said.replace('your request ', '')}\\. You can make it anew`));
    expect(await saidIn(kind, 'en', facts)).toContain('in the time given');
  });

  test('a fees notice says that nothing happens until it is paid', async () => {
    expect(await saidIn('foi-fees-notice', 'en', { fee: '£24' })).toContain('We do nothing more on your request until the fee is paid.');
  });
});

describe('the ombudsman', () => {
  const letters = [['extension-notice', { reason: 'a', ombudsman: '是' }], ['stage-one-response', { answer: 'a' }], ['stage-two-response', { answer: 'a' }]] as const;
  const OURS = { ombudsman: t('示例监察专员，电话123', 'the Sample Ombudsman (ombudsman.example)') };

  test.each(letters)('%s names the letterhead’s, else the one told, else none in particular', async (kind, facts) => {
    const data = { clocks: [SIXTY] };
    const other = { ...facts, ombudsmanContact: '某监察专员' };
    for (const [lang, ours, neutral] of [['zh', '示例监察专员，电话123', '对我单位有管辖权的监察专员'], ['en', 'the Sample Ombudsman (ombudsman.example)', 'the ombudsman responsible for us; ask us for the address']] as const) {
      const [first, second, third] = await Promise.all([saidIn(kind, lang, other, { ...data, letterhead: OURS }), saidIn(kind, lang, other, data), saidIn(kind, lang, facts, data)]);
      expect(first).toContain(ours);
      expect(first).not.toContain('某监察专员');
      expect(second).toContain('某监察专员');
      expect(third).toContain(neutral);
    }
  });

  test('no template names one of its own', async () => {
    const folder = fileURLToPath(new URL('../papers/', import.meta.url));
    for (const file of await readdir(folder)) expect(await readFile(join(folder, file), 'utf8'), file).not.toMatch(/Local Government|lgo\.org/);
  });
});

describe('the law as it is', () => {
  test('a referral: fifteen days as a rule, courts and discipline by rules of their own', async () => {
    const [zh, en] = await Promise.all([saidIn('transfer-notice', 'zh', { body: '水务局' }), saidIn('transfer-notice', 'en', { body: 'the water bureau' })]);
    expect(zh).toMatch(/一般应当自收到之日起十五日内.*第二十三条第四款/);
    expect(zh).not.toContain('自转送之日起满十五日');
    expect(en).toMatch(/as a rule within fifteen days.*Art\. 23\(4\)/);
  });

  test.each([['handling-opinion', 'Art. 35', 'a review'], ['review-opinion', 'Art. 36(1)', 'a second review']])('%s in English says by when to ask for %s', async (kind, article, what) => {
    const facts = { claim: 'a', findings: 'b', outcome: 'c', result: 'c', conclusion: 'd', basis: 'e' };
    for (const clocks of [[], [clock(true)]]) {
      const said = await saidIn(kind, 'en', facts, { clocks });
      expect(said).toContain(`for ${what} within 30 days of receiving this letter (Regulations on Petition Work, ${article}).`);
      if (clocks.length > 0) expect(said).toContain('the last day is 24 December 2026');
    }
  });

  test.each(['zh', 'en'] as const)('follow-ups are the house’s rule (%s)', async (lang) => {
    expect(await saidIn('incident-follow-up-report', lang, { situation: 'a' })).not.toMatch(/第二十五条|Art\. 25/);
  });
});

describe('reports', () => {
  test('a case with a clock that runs is not said to be closed', async () => {
    const [zh, en, done] = await Promise.all([saidIn('closing-report', 'zh', {}, { clocks: [SIXTY] }), saidIn('closing-report', 'en', {}, { clocks: [SIXTY] }), saidIn('closing-report', 'zh')]);
    expect(zh).toContain('尚未办结，仍有1项期限在计算');
    expect(zh).not.toMatch(/已经办结|结案报告/);
    expect(en).toContain('is still open: 1 clock runs');
    expect(en).not.toMatch(/is closed|Closing report/);
    expect(done).toContain('已经办结');
  });

  test.each(['zh', 'en'] as const)('a report of figures is not made from one case (%s)', async (lang) => {
    await expect(saidIn('statistics-report', lang, { category: '申诉求决' })).rejects.toMatchObject({ name: 'PaperError', code: 'not-of-one-case', field: 'period', text: { zh: expect.stringContaining('不能由一件事项生成'), en: expect.stringContaining('not made from one case') } });
    expect(await saidIn('statistics-report', lang, { period: '2026', received: '128' })).toContain('128');
  });
});

describe('brackets', () => {
  test('Chinese papers have none in one another, and no rule runs into them', async () => {
    const from = await houses();
    const law = t('《投诉处理守则（某监察专员）》第七章（答复）', 'Code (x), ch. 7 (reply)');
    for (const s of samples(papers().has)) {
      const data = { ...s.paper.data, clocks: s.paper.data.clocks.map((c) => ({ ...c, law })), ...(s.paper.data.duty && { duty: { ...s.paper.data.duty, law } }) };
      for (const p of paragraphsOf(await draft({ ...s.paper, data }, from(s)))) expect(p, `${s.kind}.${s.lang}`).not.toMatch(s.lang === 'zh' ? /（[^（）]*（|条文未核实/ : /\([^()]*\((?!\d|[a-z]\))|not confirmed/);
    }
  });
});

const roleOf = (id: string, action: string): string => procedure(id).actions[action]?.by[0] ?? '';

/** Tells a case step by step and drafts each paper from what the case is at that step, in both languages. */
async function told(id: string, receivedAt: string, steps: readonly (readonly [string, string, Record<string, FieldValue>?])[], intake: Record<string, FieldValue> = {}): Promise<string[]> {
  const s = story(id, receivedAt, intake);
  const made: string[] = [];
  for (const [when, action, fields = {}] of steps) {
    const before = s.events.length;
    // Another person each time, for a review is nobody's own work.
    expect(s.act(when, action, { fields, by: { role: roleOf(id, action), person: action } })).toBeUndefined();
    for (const paper of reportsOf(s.state(), s.events, s.events.slice(before))) {
      for (const lang of ['zh', 'en'] as const) {
        const all = paragraphsOf(await draft(Report.parse(paper), { ...context, lang, to: t('第一责任人', 'First responsible person') }));
        expect(all.join('')).toContain(lang === 'zh' && papers().has(paper.kind, 'zh') ? '示例街道办事处' : 'Sample Street Office');
      }
      made.push(paper.kind);
    }
  }
  return made;
}

describe('the papers that the procedures ask for', () => {
  test('have a template each', () => {
    const asked = PROCEDURES.flatMap((p) => Object.keys(p.papers));
    expect(asked.filter((kind) => !kinds().includes(kind))).toEqual([]);
  });

  test('a petition, from its acceptance to the review', async () => {
    // Nobody took the case upon themself, and the opinion is late.
    const words = { claim: '修路', findings: '属实', conclusion: '月底修好', basis: '第三十一条第六项' };
    expect(await told('xinfang-2022', '2026-09-02 10:00', [
      ['2026-09-02 11:00', 'triage'], ['2026-09-04 09:30', 'propose'], ['2026-09-08 09:30', 'accept'], ['2026-11-03 09:30', 'extend', { days: 30, reason: '管线改造' }], ['2026-12-21 09:30', 'issue-opinion', words],
      ['2026-12-22 09:30', 'serve'], ['2026-12-28 09:30', 'request-review'],
    ])).toEqual(['acceptance-notice', 'overdue-report', 'extension-notice', 'overdue-report', 'handling-opinion']);
    const reviewed = { findings: '清楚', conclusion: '维持', basis: '第三十五条' };
    expect(await told('xinfang-review', '2026-12-28 10:00', [['2026-12-29 09:30', 'admit'], ['2027-01-10 09:30', 'issue-review-opinion', reviewed]])).toEqual(['review-opinion']);
    expect(await told('xinfang-re-review', '2026-12-28 10:00', [['2026-12-29 09:30', 'admit'], ['2027-01-10 09:30', 'issue-re-review-opinion', reviewed]])).toEqual(['re-review-opinion']);
  });

  test('a complaint to a company', async () => {
    expect(await told('company-complaint', '2026-09-01 10:00', [
      ['2026-09-03 09:30', 'acknowledge'], ['2026-09-10 09:30', 'extend-stage-one', { days: 5, reason: 'the records are late' }], ['2026-09-16 09:30', 'reply-stage-one', { answer: 'we are sorry' }],
    ])).toEqual(['acknowledgement', 'extension-notice', 'stage-one-response']);
  });

  test('a request for information', async () => {
    expect(await told('uk-foi-2000', '2026-09-01 10:00', [
      ['2026-09-03 09:30', 'clarify', { question: 'which stations' }], ['2026-09-05 09:30', 'clarified'], ['2026-09-16 09:30', 'extend-public-interest', { days: 10, exemption: 'section 43', reason: 'the firm has only now answered' }],
      ['2026-09-26 09:30', 'answer', { answer: 'the table is enclosed' }], ['2026-10-16 09:30', 'request-internal-review'],
    ])).toEqual(['foi-clarification-notice', 'foi-extension-notice', 'foi-response']);
    expect(await told('uk-foi-review', '2026-10-16 09:30', [['2026-10-26 09:30', 'decide-review']], { decidedBy: 'officer-a' })).toEqual(['internal-review-outcome']);
  });
});

describe('LibreOffice that is not there', () => {
  test('no office, no PDF, no error', async () => {
    expect(await findOffice(['/nowhere'])).toBeUndefined();
    vi.stubEnv('PATH', '/nowhere');
    try {
      if ((await findOffice()) === undefined) expect(await toPdf('x.docx', house)).toBeUndefined();
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
