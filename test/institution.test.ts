import { describe, expect, test } from 'vitest';
import { InstitutionError, loadInstitution, mailboxesAmongHeld, parseInstitution, postsOf, unitsWithoutLiaison } from '../src/institution/index.ts';

const HEAD = 'id: x\ntitle: { zh: 甲, en: A }\n';
const TITLE = 'title: { zh: 甲, en: A }';
const UNITS = `units:\n  a:\n    ${TITLE}\n`;
const PEOPLE = 'people:\n  p: { name: 甲, unit: a }\n  q: { name: 乙, unit: a }\n';
const ROTA = `rotas:\n  duty:\n    ${TITLE}\n    unit: a\n    kind: duty\n    starts: 2026-01-05\n    turn: day\n    people: [p]\n`;

const problems = (source: string): { line: number; at: string; en: string; zh: string }[] => {
  try {
    parseInstitution(source, 'x.yaml');
  } catch (error) {
    if (error instanceof InstitutionError) return error.problems.map(({ line, at, text }) => ({ line, at, ...text }));
    throw error;
  }
  return [];
};

describe('a mistake in an institution file is named by its line', () => {
  test.each([
    ['an unknown person as holder', `${HEAD}${UNITS}    posts:\n      head:\n        holder: nobody\n`, 8, 'units.a.posts.head.holder.0.person', 'there is no person "nobody"', '没有“nobody”'],
    ['an unknown deputy with days', `${HEAD}${PEOPLE}${UNITS}    posts:\n      head:\n        holder: p\n        deputies:\n          - q\n          - { person: z, from: 2026-01-01 }\n`, 14, 'units.a.posts.head.deputies.1.person', '"z"', '“z”'],
    ['an unknown rota of a post', `${HEAD}${UNITS}    posts:\n      head: { rota: nights }\n`, 7, 'units.a.posts.head.rota', 'there is no rota "nights"', '没有“nights”这张值班表'],
    ['an unknown unit of a person', `${HEAD}people:\n  p:\n    name: 甲\n    unit: b\n${UNITS}`, 6, 'people.p.unit', 'there is no unit "b"', '没有名为“b”的单位'],
    ['an unknown person on a rota', `${HEAD}${PEOPLE}${ROTA.replace('[p]', '\n      - p\n      - z')}${UNITS}`, 15, 'rotas.duty.people.1', '"z"', '“z”'],
    ['an unknown liaison', `${HEAD}${UNITS}    liaison: z\n`, 6, 'units.a.liaison', '"z"', '“z”'],
    ['a liaison other than the holder of that post', `${HEAD}${PEOPLE}${UNITS}    liaison: p\n    posts: { liaison: { holder: [{ person: p, to: 2026-01-31 }, { person: q, from: 2026-02-01 }] } }\n`, 9, 'units.a.liaison', 'does not hold the post "liaison"', '两处应写同一人'],
    ['a liaison beside a mailbox of that name', `${HEAD}${PEOPLE}${UNITS}    liaison: p\n    posts: { liaison: { email: l@b.example } }\n`, 9, 'units.a.liaison', 'does not hold the post "liaison"', '“p”不是'],
    ['a holding that ends before it begins', `${HEAD}${PEOPLE}${UNITS}    posts:\n      head:\n        holder:\n          - person: p\n            from: 2026-02-01\n            to: 2026-01-31\n`, 14, 'units.a.posts.head.holder.0.to', '"to" (2026-01-31) lies before "from"', '早于'],
    ['two holders at the same time', `${HEAD}${PEOPLE}${UNITS}    posts:\n      head:\n        holder:\n          - { person: p, to: 2026-01-31 }\n          - { person: q, from: 2026-01-31 }\n`, 13, 'units.a.posts.head.holder.1', 'at the same time as "p"', '与“p”重叠'],
    ['a deputy who is the holder', `${HEAD}${PEOPLE}${UNITS}    posts:\n      head: { holder: p, deputies: [p] }\n`, 10, 'units.a.posts.head.deputies.0', 'holds the post itself', '同时又是任职人'],
    ['a vacant post with a holder', `${HEAD}${PEOPLE}${UNITS}    posts:\n      head: { holder: p, vacant: true }\n`, 10, 'units.a.posts.head.vacant', 'vacant and yet', '空缺'],
    ['a post that reaches nobody', `${HEAD}${UNITS}    posts:\n      head: { ${TITLE} }\n`, 7, 'units.a.posts.head', 'nobody can be told here', '无人可通知'],
    ['shifts that overlap', `${HEAD}${PEOPLE}${ROTA}    shifts:\n      - { from: "08:00", to: "16:00" }\n      - { from: "15:00", to: "24:00" }\n${UNITS}`, 16, 'rotas.duty.shifts.1', 'overlaps another one', '重叠'],
    ['a night shift into the next morning’s', `${HEAD}${PEOPLE}${ROTA}    shifts:\n      - { from: "08:00", to: "20:00" }\n      - { from: "20:00", to: "08:30" }\n${UNITS}`, 16, 'rotas.duty.shifts.1', 'the first of the next day', '次日第一班次'],
    ['a time of day that there is not', `${HEAD}${PEOPLE}${ROTA}    shifts:\n      - { from: "8:00", to: "16:00" }\n${UNITS}`, 15, 'rotas.duty.shifts.0.from', 'write a time of day as HH:MM', '时刻'],
    ['a day that there is not', `${HEAD}${PEOPLE}${ROTA.replace('2026-01-05', '2026-02-30')}${UNITS}`, 11, 'rotas.duty.starts', 'not a day that exists', '没有这一天'],
    ['a weekday twice', `${HEAD}${PEOPLE}${ROTA}    days: [1, 3, 1]\n${UNITS}`, 14, 'rotas.duty.days.2', 'weekday 1 is listed twice', '星期 1'],
    ['an e-mail address that two persons have', `${HEAD}people:\n  p: { name: 甲, unit: a, email: one@b.example }\n  q: { name: 乙, unit: a, email: One@b.example }\n${UNITS}`, 5, 'people.q.email', '"p" has the same e-mail address', '与“p”的电子邮件相同'],
    ['a phone number that two persons have', `${HEAD}people:\n  p: { name: 甲, unit: a, phone: "100 0000 0001" }\n  q: { name: 乙, unit: a, phone: "10000000001" }\n${UNITS}`, 5, 'people.q.phone', '"p" has the same phone number', '电话号码相同'],
    ['a phone number without quotes', `${HEAD}people:\n  p:\n    name: 甲\n    unit: a\n    phone: 077100000\n${UNITS}`, 7, 'people.p.phone', 'between quotes', '加引号'],
    ['a way without an address', `${HEAD}people:\n  p: { name: 甲, unit: a, email: p@b.example, ways: [email, sms] }\n${UNITS}`, 4, 'people.p.ways.1', 'no phone number for this way', '没有填写手机号码'],
    ['a person without a name', `${HEAD}people:\n  p: { unit: a }\n${UNITS}`, 4, 'people.p.name', 'this is missing', '没有填写'],
    ['a zone that there is not', `${HEAD}zone: Asia/Nowhere\n${UNITS}`, 3, 'zone', 'no such time zone', '没有这个时区'],
    ['a scheme of numbers without its year', `${HEAD}numbering:\n  xf: 示街信{n}号\n${UNITS}`, 4, 'numbering.xf', '{year}', '须有一个 {year}'],
    ['a scheme of numbers with another part', `${HEAD}numbering:\n  xf: 示街信〔{year}〕{n}{x}号\n${UNITS}`, 4, 'numbering.xf', 'only {year} and {n}', '只能用'],
    ['quiet hours of no length', `${HEAD}notices: { quiet: ["22:00", "22:00"] }\n${UNITS}`, 3, 'notices.quiet', 'same time', '相同'],
    ['a field that there is not', `${HEAD}${UNITS}    posts:\n      head:\n        email: a@b.example\n        holders: p\n`, 9, 'units.a.posts.head.holders', 'no field "holders"', '没有“holders”这个字段'],
    ['leave that ends before it begins', `${HEAD}${PEOPLE}${UNITS}leave:\n  - { person: p, from: 2026-10-02, to: 2026-10-01 }\n`, 10, 'leave.0.to', 'does not lie after', '不晚于'],
    ['leave of nobody', `${HEAD}${UNITS}leave:\n  - { person: z, from: 2026-10-01, to: 2026-10-01 }\n`, 7, 'leave.0.person', '"z"', '“z”'],
  ])('%s', (_what, source, line, at, en, zh) => {
    expect(problems(source)).toEqual([{ line, at, en: expect.stringContaining(en), zh: expect.stringContaining(zh) }]);
  });

  test('all of them at once, each in both languages', () => {
    const found = problems(`${HEAD}people:\n  p: { name: 甲, unit: b }\n  q: { name: 乙, unit: c }\n${UNITS}    liaison: z\n    parent: a\n`);
    expect(found.map((p) => p.line)).toEqual([4, 5, 9, 10]);
    // Those of a part and those of how parts go together, too; and a part with a mistake is still there for others.
    const both = problems(`${HEAD}people:\n  p: { name: 甲, unit: a, email: nowhere }\n${UNITS}    liaison: z\n    reserve: [z]\n    posts:\n      head: { holder: [p, 7], deputies: [y] }\n`);
    expect(both.map((p) => [p.line, p.at])).toEqual([[4, 'people.p.email'], [8, 'units.a.liaison'], [11, 'units.a.posts.head.holder.1'], [11, 'units.a.posts.head.deputies.0.person']]);
    for (const { zh } of found) expect(zh).toMatch(/[一-鿿]/);
  });
});

test('what is left out has its usual value, and files of mailboxes alone stay as they were', () => {
  const old = parseInstitution(`${HEAD}lang: en\n${UNITS}    posts: { head: { email: a@b.example, title: { zh: 甲, en: A } } }\n  b: { title: { zh: 乙, en: B }, parent: a, posts: { handler: { email: b@b.example, lang: zh } } }\n`, 'x.yaml');
  expect(old).toMatchObject({ zone: 'Asia/Shanghai', people: {}, rotas: {}, leave: [] });
  expect(postsOf(old)).toEqual([
    { unit: 'a', role: 'head', email: 'a@b.example', lang: 'en', title: { zh: '甲', en: 'A' } },
    { unit: 'b', role: 'handler', email: 'b@b.example', lang: 'zh' },
    { unit: 'b', role: 'head', email: 'a@b.example', lang: 'en', title: { zh: '甲', en: 'A' } },
  ]);
});

test('a unit may leave a post vacant that its parent has, and a post of persons needs no mailbox', () => {
  const i = parseInstitution(`${HEAD}${PEOPLE}${UNITS}    posts: { head: { holder: [p, { person: q, from: 2027-01-01 }] } }\n`.replace('[p,', '[{ person: p, to: 2026-12-31 },'), 'x.yaml');
  expect(i.units['a']?.posts['head']).toMatchObject({ holder: [{ person: 'p', to: '2026-12-31' }, { person: 'q', from: '2027-01-01' }], deputies: [] });
  expect(postsOf(i)).toEqual([{ unit: 'a', role: 'head', lang: 'zh' }]);
});

test('a liaison is the holder of that post where the unit has none, and may be named in both places alike', () => {
  const i = parseInstitution(`${HEAD}${PEOPLE}${UNITS}    liaison: p\n  b: { ${TITLE}, parent: a, liaison: q, posts: { liaison: { holder: [{ person: q, from: 2026-01-01 }, { person: p, to: 2025-12-31 }] } } }\n`, 'x.yaml');
  expect(postsOf(i).map(({ unit, role }) => `${unit}/${role}`)).toEqual(['a/liaison', 'b/liaison']);
  expect(i.units['a']?.posts).toEqual({});
});

const department = (id: string, more: string): string => `  ${id}: { ${TITLE}, parent: a, ${more} }\n`;

test('a department with people and posts and no liaison of its own is pointed out, its parent’s does not stand for it', () => {
  const people = 'people:\n  p: { name: 甲, unit: a }\n  q: { name: 乙, unit: b }\n  r: { name: 丙, unit: c }\n  s: { name: 丁, unit: d }\n';
  const i = parseInstitution(`${HEAD}${people}${UNITS}    liaison: p\n${department('b', 'posts: { handler: { holder: q } }')}${department('c', 'liaison: r, posts: { handler: { holder: r } }')}${department('d', 'posts: {}')}${department('e', 'posts: { handler: { email: e@b.example } }')}`, 'x.yaml');
  expect(unitsWithoutLiaison(i)).toEqual(['b']);
  // Whoever is named as a liaison only does not make the mailboxes beside them posts of persons.
  expect(mailboxesAmongHeld(parseInstitution(`${HEAD}${PEOPLE}${UNITS}    posts: { liaison: { holder: p }, handler: { email: e@b.example } }\n`, 'x.yaml'))).toEqual([]);
});

test('the sample has an office with sections and stations, a rota round the clock and one of reception', async () => {
  const sample = await loadInstitution('examples/institution.yaml');
  const below = (parent: string) => Object.values(sample.units).filter((u) => u.parent === parent).length;
  expect([below('street'), below('veterans-centre')]).toEqual([3, 2]);
  expect([sample.units['street']?.parent, sample.units['district']?.parent]).toEqual(['district', 'city']);
  expect(mailboxesAmongHeld(sample)).toEqual([{ unit: 'street', role: 'handler' }]);
  expect(unitsWithoutLiaison(sample)).toEqual([]);
  expect(Object.values(sample.rotas).map((r) => r.kind)).toEqual(['duty', 'reception']);
  // Sample people are called by their posts, and can be reached nowhere.
  for (const { name, email, phone } of Object.values(sample.people)) {
    expect(name).toMatch(/(甲|乙|丙|丁|联络员)$/);
    expect(email ?? '.example').toMatch(/\.example$/);
    expect(phone ?? '100').toMatch(/^100/);
  }
});
