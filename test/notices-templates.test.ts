import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NoticeKind } from '../src/core/effects.ts';
import { Day } from '../src/core/instant.ts';
import { type NoticeView, TemplateError, type Templates, templates } from '../src/notices/index.ts';

const RECEIPT = '8A9V-G6QS-B3QH';
const LANGS = ['zh', 'en'] as const;
const WAYS = ['email', 'log', 'sms', 'group', 'webhook'] as const;
const BRIEF = ['sms', 'group', 'webhook'] as const;

const view = (more: Partial<NoticeView> = {}): NoticeView => ({
  kind: 'reminder', receipt: RECEIPT, urgent: false,
  subject: { zh: `【${RECEIPT}】提醒：决定是否受理`, en: `[${RECEIPT}] Reminder: decide whether to accept` },
  body: { zh: '信访工作机构：\n\n提醒：决定是否受理。\n\n本事项的逾期义务\n· 登记（接待人员）：2026-09-22（星期二），已逾期', en: 'petition office:\n\nReminder: decide whether to accept.\n\nOverdue in this case\n- register (receptionist): 2026-09-22 (Tuesday), overdue' },
  line: { zh: `【${RECEIPT}】提醒：决定是否受理`, en: `[${RECEIPT}] Reminder: decide whether to accept` },
  clock: {
    title: { zh: '决定是否受理', en: 'decide whether to accept' }, dueDate: Day.parse('2026-10-06'), actBy: Day.parse('2026-09-30'),
    law: { zh: '《信访工作条例》第二十三条', en: 'Regulations on Petition Work (2022) Art. 23' },
  },
  link: `https://xf.example.cn/${RECEIPT}`,
  ...more,
});
const bare = (more: Partial<NoticeView> = {}): NoticeView => view({ line: undefined, clock: undefined, link: undefined, name: undefined, ...more });

let folder: string;
let ours: Templates;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-notices-'));
  ours = templates();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder of a house's own templates. */
async function house(files: Record<string, string>): Promise<string> {
  const path = await mkdtemp(join(folder, 'house-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return path;
}

/** What is wrong with a house's templates, without the folder's name. */
async function wrong(files: Record<string, string>): Promise<{ zh: string; en: string }> {
  const path = await house(files);
  try {
    templates(path);
  } catch (error) {
    if (error instanceof TemplateError) return { zh: error.text.zh.replaceAll(`${path}/`, ''), en: error.text.en.replaceAll(`${path}/`, '') };
    throw error;
  }
  throw new Error('nothing is wrong');
}

describe('privacy', () => {
  const MARK = '秘密-secret-𠮷';
  const marked = (kind: NoticeKind, more: Partial<NoticeView> = {}) => view({
    kind, subject: { zh: `关于${MARK}`, en: `about ${MARK}` }, body: { zh: `某某：\n\n${MARK}`, en: `who:\n\n${MARK}` }, name: MARK, ...more,
  });

  test.each(NoticeKind.options.flatMap((kind) => LANGS.flatMap((lang) => BRIEF.map((via) => [kind, lang, via] as const))))('%s in %s by %s says nothing of subject, body or name', (kind, lang, via) => {
    for (const v of [marked(kind), marked(kind, { line: undefined, clock: undefined, link: undefined }), marked(kind, { urgent: true })]) {
      const { subject, body } = ours.render(v, lang, via);
      expect(subject).not.toBe('');
      expect(`${subject}\n${body}`).not.toContain(MARK);
      expect(`${subject}\n${body}`).toContain(RECEIPT);
    }
  });

  test.each(LANGS.flatMap((lang) => WAYS.map((via) => [lang, via] as const)))('a digest in %s by %s says nothing of any subject or body', (lang, via) => {
    const said = ours.digest(NoticeKind.options.map((kind) => marked(kind, { name: '值班员甲' })), lang, via);
    expect(`${said.subject}\n${said.body}`).not.toContain(MARK);
  });

  test('an e-mail to whoever is told does say it, so the marker can be seen', () => {
    for (const kind of NoticeKind.options) expect(ours.render(marked(kind), 'zh', 'email').body).toContain(MARK);
  });

  test('a house cannot make a brief template that tells more: the fields are not there', async () => {
    const said = await wrong({ 'reminder.zh.sms.liquid': '{{ line }}：\n{{ body }}\n{{ subject }} {{ greeting }}' });
    expect(said.en).toBe([
      'reminder.zh.sms.liquid:2 There is no field "body"; there are: kind, receipt, urgent, line, clock, link.',
      'reminder.zh.sms.liquid:3 There is no field "subject"; there are: kind, receipt, urgent, line, clock, link.',
      'reminder.zh.sms.liquid:3 There is no field "greeting"; there are: kind, receipt, urgent, line, clock, link.',
    ].join('\n'));
    expect((await wrong({ 'digest.en.liquid': '{% for e in entries %}{{ e.body }}{% endfor %}' })).en).toContain('There is no field "e.body"; there are: kind, receipt');
  });

  test('nor one for every way, where a brief way would use it', async () => {
    const path = await house({ 'default.zh.liquid': '{{ subject }}\n{{ body }}' });
    expect(() => templates(path)).toThrow(/default\.zh\.liquid:1 There is no field "subject"/);
  });
});

describe('the templates of the product', () => {
  test('are there for every kind and language, for e-mail, short messages and groups', async () => {
    const files = new Set(await readdir(new URL('../notices/', import.meta.url)));
    for (const kind of [...NoticeKind.options, 'digest'])
      for (const lang of LANGS)
        for (const via of ['email', 'sms']) expect(files).toContain(`${kind}.${lang}.${via}.liquid`);
    for (const kind of NoticeKind.options) for (const lang of LANGS) expect(files).toContain(`${kind}.${lang}.group.liquid`);
  });

  test.each(NoticeKind.options.flatMap((kind) => LANGS.flatMap((lang) => WAYS.map((via) => [kind, lang, via] as const))))('%s in %s by %s is whole, with everything and with nothing', (kind, lang, via) => {
    for (const v of [view({ kind }), bare({ kind })]) {
      const { subject, body } = ours.render(v, lang, via);
      const all = `${subject}\n${body}`;
      expect(all).not.toMatch(/undefined|null|\{\{|\{%|：\n\n——|[:：]\s*$|，。|\n\n\n| $/);
      expect(subject).not.toContain('\n');
    }
  });

  test('an e-mail greets, says what happened, by when and why, and gives one link', () => {
    expect(ours.render(view({ kind: 'raised', name: '值班员甲（科长）' }), 'zh', 'email')).toEqual({
      subject: `【${RECEIPT}】提醒：决定是否受理`,
      body: `值班员甲（科长）：

以下事项逾期未办，现按程序上报，请予督促。

提醒：决定是否受理。

本事项的逾期义务
· 登记（接待人员）：2026-09-22（星期二），已逾期

事项：决定是否受理
截止：2026年10月6日（星期二）
最后工作日：2026年9月30日（星期三）
依据：《信访工作条例》第二十三条

查看和办理：https://xf.example.cn/${RECEIPT}

——
登记号：${RECEIPT}
本邮件由系统自动发出，请勿直接回复。`,
    });
    expect(ours.render(view({ kind: 'overdue' }), 'en', 'email').body).toBe(`petition office:

The following is overdue. Please do it now, or say what stands in the way.

Reminder: decide whether to accept.

Overdue in this case
- register (receptionist): 2026-09-22 (Tuesday), overdue

Duty: decide whether to accept
Due: Tuesday 6 October 2026
Last working day: Wednesday 30 September 2026
Law: Regulations on Petition Work (2022) Art. 23

See it and act on it: https://xf.example.cn/${RECEIPT}

--
Receipt: ${RECEIPT}
Sent automatically; please do not reply.`);
  });

  test.each(WAYS.flatMap((via) => LANGS.map((lang) => [via, lang] as const)))('a clock of minutes shows its minute and not its day alone: by %s in %s', (via, lang) => {
    const dueAt = { zh: '2026-10-06（星期二）14:30', en: '2026-10-06 (Tuesday) 14:30' };
    const minute = view({ urgent: true, clock: { title: { zh: '初报', en: 'first report' }, dueDate: Day.parse('2026-10-06'), actBy: Day.parse('2026-09-30'), law: { zh: '法', en: 'law' }, dueAt } });
    const { subject, body } = ours.render(minute, lang, via);
    const said = `${subject}\n${body}`;
    expect(said.split(dueAt[lang])).toHaveLength(2);
    expect(said).not.toMatch(/2026年10月6日|6 October|最后工作日|Last working day|9月30日|30 Sep/);
    const many = ours.digest([minute, view()], lang, via);
    expect(`${many.subject}\n${many.body}`).toContain(dueAt[lang]);
    if (via === 'sms') expect(ours.render({ ...minute, line: { zh: '长'.repeat(90), en: 'x' } }, 'zh', 'sms').subject.replace(/ https.*/, '').length).toBeLessThanOrEqual(70);
  });

  test('a body without a greeting loses nothing, and the log says what an e-mail says', () => {
    const v = view({ body: { zh: '第一行：\n第二行', en: 'a' } });
    expect(ours.render(v, 'zh', 'email').body).toContain('特此提醒。\n\n第一行：\n第二行\n\n事项');
    expect(ours.render(v, 'zh', 'log')).toEqual(ours.render(v, 'zh', 'email'));
  });

  test.each([
    ['received', '已收到并登记'], ['done', '补充材料'], ['due', '决定是否受理，截止 2026-10-06'], ['reminder', '提醒：决定是否受理，最迟于 2026-09-30（含）完成'], ['overdue', '已逾期：决定是否受理'],
    ['raised', '逾期督促（第 2 级）：决定是否受理'], ['unanswered', '无人确认，转请处理：决定是否受理'], ['lapsed', '申请复查'], ['changed', '办结并出具处理意见书'], ['paper', '处理意见书'],
  ] as const)('a short message (%s) fits one: 70 characters with its link', (kind, words) => {
    const { subject, body } = ours.render(view({ kind, line: { zh: `【${RECEIPT}】${words}`, en: words }, link: `https://xf.example.cn/${RECEIPT}` }), 'zh', 'sms');
    expect(body).toBe('');
    expect(subject.length).toBeLessThanOrEqual(70);
    expect(subject).toContain(words);
    expect(subject.split(RECEIPT)).toHaveLength(2);
    expect(subject).toMatch(/2026-10-06|2026-09-30|最迟9月30日/);
  });

  test('a short message cuts a long line, never the link, and never through a character', () => {
    const { subject } = ours.render(view({ line: { zh: '👩🏽‍💻'.repeat(60), en: 'x'.repeat(200) } }), 'zh', 'sms');
    expect(subject).toBe(`${'👩🏽‍💻'.repeat(43)}…，最迟9月30日。 https://xf.example.cn/${RECEIPT}`);
  });

  test('what a notice says is neither escaped nor read as a template', () => {
    const words = '<b>&amp; "引号" \'x\'</b> {{ 7 | times: 7 }} {% if true %}';
    const { subject, body } = ours.render(view({ subject: { zh: `${words}\r\n第二行`, en: 'a' }, body: { zh: words, en: 'a' }, line: { zh: words, en: 'a' } }), 'zh', 'email');
    expect(subject).toBe(`${words} 第二行`);
    expect(body).toContain(words);
    expect(ours.render(view({ line: { zh: words, en: 'a' } }), 'zh', 'group').subject).toBe(words);
  });

  test('what is endless is cut, and shows it', () => {
    const { subject, body } = ours.render(view({ subject: { zh: '𠮷'.repeat(500), en: 'a' }, body: { zh: '长'.repeat(300_000), en: 'a' } }), 'zh', 'email');
    expect(subject).toBe(`${'𠮷'.repeat(199)}…`);
    expect(body).toHaveLength(100_000);
    expect(body.endsWith('…')).toBe(true);
  });
});

const day = (n: number) => Day.parse(`2026-10-${String(n).padStart(2, '0')}`);

const late = (n: number, more: Partial<NoticeView> = {}) => view({
  kind: 'overdue', receipt: `R-${String(n).padStart(2, '0')}`, link: `https://xf.example.cn/R-${String(n).padStart(2, '0')}`, line: { zh: `【R-${String(n).padStart(2, '0')}】已逾期：办结`, en: `[R-${String(n).padStart(2, '0')}] Overdue: handle` },
  clock: { title: { zh: '办结', en: 'handle' }, dueDate: day(1 + (n % 28)), actBy: day(1 + (n % 28)), law: { zh: '法', en: 'law' } }, ...more,
});

describe('a digest', () => {
  const forty = Array.from({ length: 40 }, (_, n) => late(n));

  test('of forty late matters is one message with forty lines, receipt and link each', () => {
    for (const lang of LANGS)
      for (const via of ['email', 'group', 'webhook'] as const) {
        const { subject, body } = ours.digest(forty, lang, via);
        expect(subject).toContain('40');
        expect(body.match(/^\d+\. /gm)).toHaveLength(40);
        for (const { receipt } of forty) expect(body.split(new RegExp(`\\b${receipt}\\b`))).toHaveLength(3);
      }
  });

  test('begins with the minute clocks, then goes by the day to act by, then by what it is about', () => {
    const views = [bare({ kind: 'done', receipt: 'Z', line: { zh: 'Z', en: 'Z' } }), late(9), late(3, { kind: 'reminder' }), late(3, { receipt: 'R-R', kind: 'raised' }), late(20, { urgent: true })];
    const order = (via: 'email' | 'group') => [...ours.digest(views, 'en', via).body.matchAll(/^\d+\. (?:\[[^\]]*\] )?(.*)$/gm)].map((m) => m[0]);
    expect(order('email')).toEqual([
      '1. [R-20] Overdue: handle (urgent), due Wednesday 21 October 2026',
      '2. [R-R] [R-03] Overdue: handle, due Sunday 4 October 2026',
      '3. [R-03] Overdue: handle, due Sunday 4 October 2026',
      '4. [R-09] Overdue: handle, due Saturday 10 October 2026',
      '5. Z',
    ]);
  });

  test('by short message gives the count and the most urgent', () => {
    expect(ours.digest(forty, 'zh', 'sms')).toEqual({ subject: '您有 40 件待办事项，逾期 40 件。最急：R-00，最迟10月1日。 https://xf.example.cn/R-00', body: '' });
    expect(ours.digest([late(1)], 'en', 'sms').subject).toBe('1 matter waits for you, 1 overdue. First: R-01, by 2 Oct. https://xf.example.cn/R-01');
  });

  test('greets by name in an e-mail', () => {
    expect(ours.digest([late(1, { name: '值班员甲' }), late(2)], 'zh', 'email').body).toMatch(/^值班员甲：\n\n以下 2 件事项等待处理，逾期 2 件/);
    expect(ours.digest([late(1, { name: '值班员甲' })], 'zh', 'group').body).not.toContain('值班员甲');
  });
});

describe('a house’s own templates', () => {
  test('come before those of the product, the more special first', async () => {
    const own = templates(await house({
      'reminder.zh.email.liquid': '甲 {{ receipt }}\n{{ body }}',
      'due.zh.liquid': '乙 {{ receipt }}\n{{ line }}',
      'default.en.webhook.liquid': 'C {{ receipt }}',
      '_foot.en.liquid': 'Our own foot.',
    }));
    expect(own.render(view(), 'zh', 'email').subject).toBe(`甲 ${RECEIPT}`);
    expect(own.render(view(), 'zh', 'log').subject).toBe(`甲 ${RECEIPT}`);
    expect(own.render(view(), 'zh', 'sms')).toEqual(ours.render(view(), 'zh', 'sms'));
    expect(own.render(view({ kind: 'due' }), 'zh', 'webhook').subject).toBe(`乙 ${RECEIPT}`);
    expect(own.render(view({ kind: 'due' }), 'zh', 'email')).toEqual(ours.render(view({ kind: 'due' }), 'zh', 'email'));
    expect(own.render(view(), 'en', 'webhook').subject).toBe(`C ${RECEIPT}`);
    expect(own.render(view(), 'en', 'email').body).toMatch(/Art\. 23\n\nOur own foot\.$/);
  });

  test('written on Windows work the same', async () => {
    const own = templates(await house({ 'reminder.zh.email.liquid': '\uFEFF主题\r\n\r\n第一行\r\n第二行\r\n' }));
    expect(own.render(view(), 'zh', 'email')).toEqual({ subject: '主题', body: '第一行\n第二行' });
  });

  test('a folder that is not there is the system’s error, with its path', () => {
    expect(() => templates(join(folder, 'none'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  test('a template that comes to its limits on a real notice still leaves it told', async () => {
    const own = templates(await house({ 'reminder.zh.email.liquid': '甲\n{% for a in (1..body.size) %}{% for b in (1..body.size) %}x{% endfor %}{% endfor %}' }));
    const { subject, body } = own.render(view({ body: { zh: '长'.repeat(50_000), en: 'a' } }), 'zh', 'email');
    expect(subject).toBe(view().subject.zh);
    expect(body).toMatch(/^长{50000}\n/);
    expect(body).toContain('决定是否受理 2026-10-06\nhttps://xf.example.cn');
  });
});

describe('what is wrong in a template is told by file and line, in both languages', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['a field that is not there', { 'reminder.zh.email.liquid': '{{ subject }}\n\n{{ body }}\n{{ petitioner }}' }, 'reminder.zh.email.liquid:4 There is no field "petitioner"; there are: kind, receipt, urgent, line, clock, link, greeting, subject, body.', 'reminder.zh.email.liquid:4 没有字段“petitioner”，可用的有：kind, receipt, urgent, line, clock, link, greeting, subject, body。'],
    ['in the subject', { 'reminder.zh.email.liquid': '{{ subjet }}\n{{ body }}' }, 'reminder.zh.email.liquid:1 There is no field "subjet"', 'reminder.zh.email.liquid:1 没有字段“subjet”'],
    ['of a clock', { 'due.en.email.liquid': 'x\n{% if clock %}\n{{ clock.due | day }}{% endif %}' }, 'due.en.email.liquid:3 There is no field "clock.due"; there are: title, dueDate, actBy, law, dueAt.', '没有字段“clock.due”，可用的有：title, dueDate, actBy, law, dueAt。'],
    ['of a text', { 'due.en.email.liquid': 'x\n{{ body.petitioner }}' }, 'due.en.email.liquid:2 There is no field "body.petitioner".', '没有字段“body.petitioner”。'],
    ['in a branch that is not taken', { 'due.en.email.liquid': 'x\n{% if kind == "never" %}{{ nobody }}{% endif %}' }, 'due.en.email.liquid:2 There is no field "nobody"', '没有字段“nobody”'],
    ['in a condition', { 'due.en.email.liquid': 'x\n{% unless nobody == 1 %}a{% endunless %}' }, 'due.en.email.liquid:2 There is no field "nobody"', '没有字段“nobody”'],
    ['as what a filter is given', { 'due.en.email.liquid': 'x\n{{ body | append: nobody }}' }, 'due.en.email.liquid:2 There is no field "nobody"', '没有字段“nobody”'],
    ['in a loop', { 'digest.en.email.liquid': '{{ count }}\n{% for e in entries %}\n{{ e.receipt }} {{ e.recipt }} {{ forloop.index }}\n{% endfor %}' }, 'digest.en.email.liquid:3 There is no field "e.recipt"', '没有字段“e.recipt”'],
    ['outside its loop', { 'digest.en.email.liquid': '{{ count }}\n{% for e in entries %}{% endfor %}{{ e.receipt }}' }, 'digest.en.email.liquid:2 It fails when it is tried out: undefined variable: e', '试填失败'],
    ['in an included part', { 'due.en.email.liquid': 'x\n{% include "_part" %}', '_part.liquid': '\n\n{{ nobody }}' }, '_part.liquid:3 There is no field "nobody"', '没有字段“nobody”'],
    ['a filter that is not there', { 'reminder.zh.sms.liquid': '{{ line | shorten: 20 }}' }, 'reminder.zh.sms.liquid:1 There is no filter "shorten"; there are: abs,', '没有过滤器“shorten”，可用的有：'],
    ['a tag that is not there', { 'reminder.zh.sms.liquid': 'x\n{% layout "a" %}' }, 'reminder.zh.sms.liquid:2 There is no tag "layout"; there are: #, assign,', '没有标签“layout”，可用的有：'],
    ['a tag that is not closed', { 'reminder.zh.sms.liquid': 'x\n\n{% if line %}' }, 'reminder.zh.sms.liquid:3 This is no template: tag {% if line %} not closed', '模板语法有误'],
    ['an output that is not closed', { 'reminder.zh.sms.liquid': '{{ line' }, 'reminder.zh.sms.liquid:1 This is no template: output "{{ line" not closed', '模板语法有误'],
    ['a part that is not there', { 'reminder.zh.sms.liquid': 'x\n{% include "_none" %}' }, 'The folder has no "_none.liquid" to include.', '文件夹中没有可引用的“_none.liquid”。'],
    ['a part outside the folder', { 'reminder.zh.sms.liquid': 'x\n{% include "../../../etc/passwd" %}' }, 'The folder has no "../../../etc/passwd.liquid" to include.', '文件夹中没有可引用的'],
    ['a part of a computed name', { 'reminder.zh.sms.liquid': 'x\n{% include receipt %}' }, 'reminder.zh.sms.liquid:2 The name of what is included must stand in quotation marks.', '须写成引号中的固定文字'],
    ['a part that includes itself', { 'reminder.zh.sms.liquid': 'x\n{% include "_me" %}', '_me.liquid': '{% include "_me" %}' }, 'What is included includes itself again.', '又引用了自己'],
    ['a kind that there is not', { 'remind.zh.liquid': 'x' }, 'remind.zh.liquid A file is named kind.language.liquid', '文件名应为'],
    ['a language that there is not', { 'reminder.fr.liquid': 'x' }, 'reminder.fr.liquid A file is named', '文件名应为'],
    ['a way that there is not', { 'reminder.zh.fax.liquid': 'x' }, 'reminder.zh.fax.liquid A file is named', '文件名应为'],
  ])('%s', async (_, files, en, zh) => {
    const said = await wrong(files);
    expect(said.en).toContain(en);
    expect(said.zh).toContain(zh);
  });

  test('a loop without end ends', async () => {
    const began = Date.now();
    const said = await wrong({ 'reminder.zh.sms.liquid': 'x\n{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}' });
    expect(said.en).toMatch(/reminder\.zh\.sms\.liquid:2 It fails when it is tried out: .*limit exceeded/);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  test('everything at once, each problem once', async () => {
    const said = await wrong({ 'default.zh.liquid': '{{ nobody }}', 'reminder.zh.sms.liquid': '{{ line | shorten }}', 'remind.zh.liquid': 'x' });
    expect(said.en.split('\n')).toHaveLength(3);
  });
});
