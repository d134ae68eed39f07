import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Duration, Procedure } from '../src/core/index.ts';
import { type Change, diffProcedures, SECTIONS, WEIGHTS } from '../src/procedures/diff.ts';
import { longer } from '../src/procedures/diff-limits.ts';
import { listProcedures, loadProcedure } from '../src/procedures/load.ts';
import { redress } from './support/redress.ts';

type Draft = ReturnType<typeof draft>;
/** A procedure that a test may change. */
const draft = (id = 'cn-ogi-2019') => structuredClone(loadProcedure(id));
const amount = (text: string): Duration => Duration.parse(text);

/** What is said of one change to a procedure. */
function said(change: (p: Draft) => void, id?: string): Change[] {
  const after = draft(id);
  change(after);
  return diffProcedures(loadProcedure(id ?? 'cn-ogi-2019'), Procedure.parse(after));
}

/** One entry of a draft, which the test knows to be there. */
function entry<T>(record: Record<string, T>, name: string): T {
  const found = record[name];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}
const duty = (p: Draft, name: string) => entry(p.duties, name);
const action = (p: Draft, name: string) => entry(p.actions, name);

describe('what differs, and for whom it matters', () => {
  test.each<[string, (p: Draft) => void, Partial<Change>, string, string]>([
    ['a shorter limit of the institution', (p) => { duty(p, 'respond').limit.count = amount('15 working days'); }, { path: 'duties.respond.limit', kind: 'changed', section: 'duty', weight: 'stricter' }, '期限由 20 个工作日改为 15 个工作日', 'limit: 20 working days, now 15 working days'],
    ['a longer one', (p) => { duty(p, 'respond').limit.count = amount('1 month'); }, { path: 'duties.respond.limit' }, '1 个月', '1 month'],
    ['calendar days for as many working days', (p) => { duty(p, 'respond').limit.count = amount('20 calendar days'); }, { weight: 'stricter' }, '20 日', '20 calendar days'],
    ['the first day counted', (p) => { duty(p, 'respond').limit.firstDay = 'included'; }, { weight: 'stricter' }, '首日计入', 'the first day counted'],
    ['more time for the applicant', (p) => { entry(p.actions, 'ask-correction').times = 2; }, { path: 'actions.ask-correction.times', section: 'action' }, '同一事项中可办次数由 1 次改为 2 次', 'how often in one case: once, now 2 times'],
    ['a longer extension', (p) => { const { extension } = duty(p, 'respond'); if (extension) extension.upTo = amount('30 working days'); }, { path: 'duties.respond.extension.upTo', weight: 'easier' }, '延期上限由 20 个工作日改为 30 个工作日', 'most that it may be extended'],
    ['no extension any more', (p) => { delete duty(p, 'respond').extension; }, { path: 'duties.respond.extension', kind: 'gone', weight: 'stricter' }, '删去延期，原为：最多延 20 个工作日', 'no extension any more'],
    ['a pause taken away', (p) => { duty(p, 'respond').pauses.pop(); }, { path: 'duties.respond.pauses', kind: 'gone', weight: 'stricter' }, '征求其他机关意见', 'asking another organ'],
    ['a pause that may last longer', (p) => { entry(Object.fromEntries(duty(p, 'respond').pauses.map((x) => [x.on, x])), 'consult-third-party').atMost = amount('20 working days'); }, { weight: 'easier' }, '停计最长由 15 个工作日改为 20 个工作日', 'longest pause'],
    ['a limit that begins again no more', (p) => { duty(p, 'respond').restarts.pop(); }, { path: 'duties.respond.restarts', weight: 'stricter' }, '收到补正的申请', 'corrected request received'],
    ['a reminder less', (p) => { duty(p, 'respond').reminders.pop(); }, { path: 'duties.respond.reminders' }, '提前 10 个工作日、提前 5 个工作日', '5 working days before'],
    ['another who owes it', (p) => { duty(p, 'respond').owes = 'section'; }, { path: 'duties.respond.owes' }, '义务人由政府信息公开工作机构经办人改为保存信息的承办科室', 'who owes it'],
    ['a further start', (p) => { duty(p, 'search').starts.push({ on: 'corrected' }); }, { path: 'duties.search.starts', kind: 'added', weight: 'stricter' }, '新增起算事由：“收到补正的申请”', 'new start'],
    ['a start that knows a condition', (p) => { entry(Object.fromEntries(duty(p, 'respond').starts.map((s) => [s.on, s])), 'opened').when = { arrival: 'online' }; }, { path: 'duties.respond.starts', weight: 'easier' }, '提交方式为互联网或者传真', 'how it was lodged is web or fax'],
    ['a paper that is no longer needed', (p) => { entry(Object.fromEntries(duty(p, 'search').met.map((m) => [m.by, m])), 'section-replied').with = undefined; }, { path: 'duties.search.met' }, '承办科室提交检索结果', 'the section reports'],
    ['no ladder any more', (p) => { const d = duty(p, 'respond'); delete d.ladder; d.expiry = 'lapses'; }, { path: 'duties.respond.ladder', weight: 'easier' }, '删去逾期逐级上报', 'no ladder any more'],
    ['a duty less', (p) => { delete p.duties['inform-third-party']; }, { path: 'duties.inform-third-party', kind: 'gone', weight: 'easier' }, '取消义务', 'no more duty'],
    ['a right of the applicant less', (p) => { delete p.duties['correction']; }, { path: 'duties.correction', kind: 'gone', section: 'right', weight: 'less' }, '取消权利', 'no more right'],
    ['leaders told sooner', (p) => { entry(Object.fromEntries(entry(p.ladders, 'line').map((r) => [r.tell, r])), 'deputy-head').after = amount('1 working day'); }, { path: 'ladders.line', weight: 'stricter' }, '第 2 级由分管负责人（再过 2 个工作日）改为分管负责人（再过 1 个工作日）', 'rung 2'],
    ['a rung more', (p) => { entry(p.ladders, 'line').unshift({ tell: 'section' }); }, { path: 'ladders.line' }, '保存信息的承办科室（立即） → ', 'section that holds the information (at once)'],
    ['what the applicant may no longer do', (p) => { action(p, 'withdraw').by = ['office']; }, { path: 'actions.withdraw.by', kind: 'gone', weight: 'less' }, '删去可办理的角色，原为：申请人', 'applicant'],
    ['what the applicant is told', (p) => { action(p, 'ask-section').tell.push('applicant'); }, { path: 'actions.ask-section.tell', kind: 'added', weight: 'more' }, '新增办理后被告知的角色：申请人', 'applicant'],
    ['a stage more to do it in', (p) => { action(p, 'extend').from = ['received', 'unclear']; }, { path: 'actions.extend.from', kind: 'added' }, '“待申请人补正”', '"waiting for the correction"'],
    ['a field more', (p) => { action(p, 'extend').fields['until'] = { kind: 'date', optional: false }; }, { path: 'actions.extend.fields.until', kind: 'added' }, 'until（必填，日期）', 'until (required, a date)'],
    ['a bound moved', (p) => { entry(action(p, 'extend').fields, 'days').most = 30; }, { path: 'actions.extend.fields.days.most' }, '最多 30（《政府信息公开条例》第三十三条第二款）', 'at most 30'],
    ['somebody has read the article', (p) => { duty(p, 'search').cite.confirmed = true; }, { path: 'duties.search.cite' }, '（条文未核实）改为《本机关规则》检索', '(text not confirmed), now'],
    ['a wider circle that knows the applicant', (p) => { p.identity = ['office']; }, { path: 'identity', section: 'part', weight: 'more' }, '办理事项的人', 'whoever handles the case'],
    ['who takes no part', (p) => { p.intake['named'] = { kind: 'people', optional: true }; p.excludes = { field: 'named', why: 'named' }; }, { path: 'excludes', kind: 'added' }, '不参与（被反映对象）', 'takes no part (complained of)'],
    ['a paper more', (p) => { p.papers['reply'] = { title: { zh: '答复书', en: 'reply' }, on: [{ on: 'provide' }], needs: [], copies: [] }; }, { path: 'papers.reply', section: 'paper' }, '答复书（“答复：提供信息”）', 'reply ("answer: provide")'],
    ['another law', (p) => { entry(p.sources, 'house').rank = 'practice'; }, { path: 'sources.house.rank' }, '效力等级由本单位规则改为实践做法', 'house rule, now practice'],
    ['another calendar', (p) => { p.calendar = 'kr'; }, { path: 'calendar', section: 'procedure' }, '日历由 cn 改为 kr', 'cn, now kr'],
    ['words alone', (p) => { duty(p, 'search').title = { zh: '检索', en: 'search' }; }, { path: 'duties.search.title', section: 'wording' }, '措辞由检索信息并提出公开意见改为检索', 'now search'],
  ])('%s', (_, change, like, zh, en) => {
    const changes = said(change);
    const found = changes.find((c) => isDeepStrictEqual({ ...c, ...like }, c));
    expect(found, JSON.stringify(changes, null, 1)).toBeDefined();
    expect(found?.text.zh).toContain(zh);
    expect(found?.text.en).toContain(en);
  });

  test('time of somebody outside who is not the petitioner is kinder to nobody', () => {
    const [change] = said((p) => { duty(p, 'third-party').limit.count = amount('10 working days'); });
    expect(change).toMatchObject({ section: 'right', path: 'duties.third-party.limit' });
    expect(change?.weight).toBeUndefined();
  });

  test('a right that is shortened is less for the petitioner, and the institution is not said to have it stricter', () => {
    const changes = said((p) => { duty(p, 'object').limit.count = amount('30 calendar days'); }, 'kr-minwon');
    expect(changes.map((c) => [c.path, c.weight])).toEqual([['duties.object.limit', 'less']]);
  });

  test('a count that a field multiplies is said with the field, and whether it is longer depends on what is told', () => {
    const changes = said((p) => { duty(p, 'handle-days').limit.times = 'weeks'; }, 'kr-minwon');
    expect(changes.map((c) => [c.path, c.weight])).toEqual([['duties.handle-days.limit', undefined]]);
    expect(changes[0]?.text.en).toContain('1 working day × days (of 6 or more) (the first day counted), now 1 working day × weeks');
  });

  test('a link to another case', () => {
    const link = { title: { zh: '投诉', en: 'complaint' }, relation: 'follow-up', on: [{ on: 'refuse' }], opens: 'service-complaint', unit: 'superior', many: false, hands: {}, sets: {}, petitioner: true, tells: {}, hears: { closed: { act: 'mend-notice', fields: {} } } } as const;
    const [added] = said((p) => { p.links['complaint'] = structuredClone({ ...link, on: [{ on: 'refuse' }] }); });
    expect(added).toMatchObject({ kind: 'added', section: 'link', path: 'links.complaint' });
    expect(added?.text.en).toContain('opens service-complaint ("answer: not provided", the unit above)');
  });
});

describe('how long', () => {
  test.each([
    ['10 working days', '10 calendar days', -1], ['10 calendar days', '12 working days', 1], ['10 working days', '12 calendar days', undefined],
    ['1 month', '31 calendar days', 1], ['1 month', '28 calendar days', -1], ['1 month', '30 calendar days', undefined], ['60 minutes', '1 working hour', 1],
    ['2 calendar days', '30 minutes', -1], ['5 working days', '5 working days', 0],
  ])('%s, then %s', (a, b, sign) => {
    const found = longer(amount(a), amount(b));
    expect(found === undefined ? undefined : Math.sign(found)).toBe(sign);
  });
});

/** The duties and actions that came or went whole. */
const whole = (list: Change[], kind: Change['kind']) => list.filter((c) => c.kind === kind && /^(duties|actions)\.[^.]+$/.test(c.path)).map((c) => c.path).toSorted();

/** Every smallest entry of a value, with a way to put another in its place. */
function leaves(value: unknown, put: (other: unknown) => void): { value: unknown; put: (other: unknown) => void }[] {
  if (typeof value !== 'object' || value === null) return [{ value, put }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, (other) => Object.assign(value, { [key]: other })));
}
const others = (value: unknown): unknown[] =>
  typeof value === 'string' ? [`${value}x`, 'section', 'received', 'provide', 'line', 'rolls'] : typeof value === 'number' ? [value + 1] : [value !== true];

describe('every procedure', () => {
  const all = listProcedures();

  test.each(all)('%s does not differ from itself', (id) => {
    expect(diffProcedures(loadProcedure(id), Procedure.parse(draft(id)))).toEqual([]);
  });

  test.each(all)('%s: what one has and the other lacks is the same either way round', (id) => {
    const [a, b] = [loadProcedure(id), loadProcedure('cn-ogi-2019')];
    const [there, back] = [diffProcedures(a, b), diffProcedures(b, a)];
    expect(whole(there, 'added')).toEqual(whole(back, 'gone'));
    for (const c of there) {
      expect(SECTIONS).toContain(c.section);
      if (c.weight !== undefined) expect(WEIGHTS).toContain(c.weight);
      expect(c.text.zh + c.text.en).not.toMatch(/undefined|\[object/);
    }
  });

  test('no entry of one can change unsaid', { timeout: 120_000 }, () => {
    const original = loadProcedure('cn-ogi-2019');
    const changed = draft();
    const unsaid: string[] = [];
    let tried = 0;
    for (const { value, put } of leaves(changed, () => undefined)) {
      for (const other of others(value)) {
        put(other);
        const valid = Procedure.safeParse(changed);
        if (!valid.success || other === value) continue;
        tried += 1;
        if (diffProcedures(original, valid.data).length === 0) unsaid.push(`${String(value)} -> ${String(other)}`);
        break;
      }
      put(value);
    }
    expect(unsaid).toEqual([]);
    expect(tried).toBeGreaterThan(500);
  });
});

describe('redress procedure diff', () => {
  let folder: string;
  let other: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redress-diff-'));
    other = join(folder, 'other.yaml');
    const text = await readFile('procedures/cn-ogi-2019.yaml', 'utf8');
    await writeFile(other, text.replace('version: 2\n', 'version: 3\n').replace('    limit: 20 working days\n', '    limit: 15 working days\n'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['zh', ['cn-ogi-2019 第 2 版 → cn-ogi-2019 第 3 版', '期限由 20 个工作日改为 15 个工作日【对机关更严】', '共 2 处差别；对机关更严 1。']],
    ['en', ['cn-ogi-2019 v2 → cn-ogi-2019 v3', 'limit: 20 working days, now 15 working days [stricter on the institution]', '2 differences; stricter on the institution 1.']],
  ])('says it in words (%s)', async (lang, words) => {
    const { code, out } = await redress(['procedure', 'diff', 'cn-ogi-2019', other, '--lang', lang]);
    expect(code).toBe(0);
    for (const word of words) expect(out).toContain(word);
  });

  test('says that nothing differs', async () => {
    const { code, out } = await redress(['procedure', 'diff', 'cn-ogi-2019', 'procedures/cn-ogi-2019.yaml', '--lang', 'zh']);
    expect([code, out.trim()]).toEqual([0, 'cn-ogi-2019 第 2 版 与 cn-ogi-2019 第 2 版 没有差别。']);
  });

  test('--json gives both, the differences, and how many weigh on whom', async () => {
    const { out } = await redress(['procedure', 'diff', 'cn-ogi-2019', other, '--json']);
    const Answer = z.object({ a: z.object({ version: z.literal(2) }), b: z.object({ version: z.literal(3) }), changes: z.array(z.object({ path: z.string() })), weights: z.object({ stricter: z.literal(1), less: z.literal(0) }) });
    expect(Answer.parse(JSON.parse(out)).changes.map((c) => c.path)).toEqual(['version', 'duties.respond.limit']);
  });

  test('a name that is none is said to be none; a receipt asks for the engine', async () => {
    const env = { REDRESS_HOME: join(folder, 'nothing-runs-here') };
    const [unknown, receipt] = await Promise.all([
      redress(['procedure', 'diff', 'cn-ogi-2018', 'cn-ogi-2019', '--lang', 'en'], { env }),
      redress(['procedure', 'diff', '7q2m-0kxd-4tfa', 'cn-ogi-2019', '--lang', 'en'], { env }),
    ]);
    expect([unknown.code, receipt.code]).not.toContain(0);
    expect(unknown.err).toContain('There is no procedure "cn-ogi-2018"');
    expect(receipt.err).not.toContain('There is no procedure');
  });
});
