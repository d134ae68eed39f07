import { describe, expect, test } from 'vitest';
import { Instant } from '../src/core/instant.ts';
import { loadInstitution, parseInstitution } from '../src/institution/index.ts';
import { type Asked, find, type Organisation, organisationOf, unknownPeople } from '../src/people/index.ts';

const at = Instant.parse('2026-10-14T02:00:00.000Z'); // a Wednesday, 10:00
const organisation = organisationOf(parseInstitution(`
id: office
title: { zh: 办事处, en: Office }
people:
  holder: { name: 任职人, title: { zh: 主任, en: Director }, unit: section, email: holder@o.example, phone: "10000000001" }
  deputy: { name: 代理人甲, unit: street, email: deputy@o.example, lang: en }
  second: { name: 代理人乙, unit: street, phone: "10000000002" }
  textual: { name: 先短信, unit: street, email: textual@o.example, phone: "10000000003", ways: [sms, email] }
  mute: { name: 无联系方式, unit: street }
  day: { name: 白班, unit: street, email: day@o.example }
  night: { name: 夜班, unit: station, email: night@o.example }
rotas:
  duty: { title: { zh: 值班, en: Duty }, unit: street, kind: duty, starts: 2026-01-01, turn: shift, shifts: [{ from: "08:00", to: "20:00" }, { from: "20:00", to: "08:00" }], people: [day, night] }
  reception: { title: { zh: 接访, en: Reception }, unit: street, kind: reception, starts: 2026-01-01, turn: day, days: [3], shifts: [{ from: "09:00", to: "12:00" }], people: [deputy] }
units:
  street:
    title: { zh: 街道, en: Street }
    posts:
      leader: { title: { zh: 领导, en: Leader }, email: leader@o.example, group: leaders, holder: holder, deputies: [deputy, second] }
      office: { email: office@o.example, rota: duty, deputies: [deputy] }
      reception: { rota: reception }
      desk: { title: { zh: 窗口, en: Desk }, email: desk@o.example, group: desks, lang: en }
      robot: { group: desks }
      shared: { email: shared@o.example, holder: mute }
      silent: { holder: mute }
      text: { holder: textual }
      acting: { vacant: true, deputies: [deputy] }
      empty: { vacant: true, email: empty@o.example }
      own: { email: deputy@o.example }
      borrowed: { email: Deputy@o.example, holder: mute, group: desks }
      changing: { holder: [{ person: holder, to: 2026-10-13 }, { person: deputy, from: 2026-10-14, to: 2026-10-20 }], email: changing@o.example }
  section: { title: { zh: 科, en: Section }, parent: street, posts: { desk: { vacant: true } } }
  station: { title: { zh: 站, en: Station }, parent: section }
  bureau: { title: { zh: 局, en: Bureau }, liaison: second }
  office: { title: { zh: 办, en: Office }, parent: bureau, liaison: day }
  branch: { title: { zh: 所, en: Branch }, parent: bureau }
`, 'office.yaml'));

const ask = (role: string, more: Partial<Asked> = {}, o: Organisation = organisation) => find(o, { unit: 'station', role, at, excluded: {}, unanswered: [], ...more });
const onLeave = (...people: string[]): Organisation =>
  ({ ...organisation, leave: people.map((person) => ({ person, from: Instant.parse('2026-10-13T16:00:00.000Z'), to: Instant.parse('2026-10-14T16:00:00.000Z'), kind: 'leave' as const })) });

describe('who is told', () => {
  test('the holder, of the nearest unit above that has the post, with everything to reach them by', () => {
    expect(ask('leader')).toEqual({
      reached: {
        person: 'holder', as: 'holder', name: '任职人', title: { zh: '主任', en: 'Director' }, lang: 'zh', groups: ['leaders'],
        ways: [{ via: 'email', address: 'holder@o.example' }, { via: 'sms', address: '10000000001' }],
      },
      passed: [],
    });
    expect(ask('text').reached?.ways).toEqual([{ via: 'sms', address: '10000000003' }, { via: 'email', address: 'textual@o.example' }]);
  });

  test('who was appointed before who is on duty, before the holder, before the deputies in order', () => {
    expect(ask('leader', { appointed: 'second' }).reached).toMatchObject({ person: 'second', as: 'appointed', title: { en: 'Leader' } });
    expect(ask('office').reached).toMatchObject({ person: 'day', as: 'on-duty' });
    expect(ask('office', { at: Instant.parse('2026-10-14T12:00:00.000Z') }).reached).toMatchObject({ person: 'night', as: 'on-duty' });
    expect(ask('office', { unanswered: ['day'] })).toMatchObject({ reached: { person: 'deputy', as: 'deputy', lang: 'en' }, passed: [{ role: 'office', person: 'day', why: 'unanswered' }] });
    expect(ask('reception').reached).toMatchObject({ person: 'deputy', as: 'on-duty' });
    expect(ask('leader', { unanswered: ['holder'] }).reached).toMatchObject({ person: 'deputy', as: 'deputy' });
    expect(ask('leader', { unanswered: ['holder', 'deputy'] }).reached).toMatchObject({ person: 'second', as: 'deputy', ways: [{ via: 'sms', address: '10000000002' }] });
    expect(ask('nothing-of-the-kind', { appointed: 'second' }).reached).toMatchObject({ person: 'second', groups: [] });
  });

  test('on leave, named, in conflict, silent, out of reach: each is passed and the reason said', () => {
    expect(ask('leader', { excluded: { deputy: 'conflict' }, unanswered: ['second'] }, onLeave('holder'))).toEqual({
      passed: [{ role: 'leader', person: 'holder', why: 'on-leave' }, { role: 'leader', person: 'deputy', why: 'conflict' }, { role: 'leader', person: 'second', why: 'unanswered' }],
    });
    expect(ask('leader', { excluded: { holder: 'named' } }, onLeave('holder')).passed).toEqual([{ role: 'leader', person: 'holder', why: 'named' }]);
    expect(ask('silent')).toEqual({ passed: [{ role: 'silent', person: 'mute', why: 'no-address' }] });
    expect(ask('office', {}, onLeave('day'))).toMatchObject({ reached: { person: 'deputy' }, passed: [{ role: 'office', person: 'day', why: 'on-leave' }] });
    expect(ask('leader', {}, { ...onLeave('holder'), leave: onLeave('holder').leave.map((l) => ({ ...l, to: at })) }).reached?.person).toBe('holder');
  });

  test('a unit’s liaison gets what the role liaison gets, and the one above only where a unit has none', () => {
    expect(ask('liaison', { unit: 'office' }).reached).toMatchObject({ person: 'day', as: 'holder', title: { zh: '联络员', en: 'Liaison' } });
    expect(ask('liaison', { unit: 'branch' }).reached).toMatchObject({ person: 'second' });
    expect(ask('liaison', { unit: 'office', excluded: { day: 'named' } })).toEqual({ passed: [{ role: 'liaison', person: 'day', why: 'named' }] });
    expect(ask('liaison')).toEqual({ passed: [{ role: 'liaison', why: 'vacant' }] });
  });

  test('a person is passed once, whatever they are besides', () => {
    expect(ask('leader', { appointed: 'holder', excluded: { holder: 'named' } })).toMatchObject({ reached: { person: 'deputy' }, passed: [{ person: 'holder' }] });
    expect(ask('leader', { appointed: 'gone' })).toMatchObject({ reached: { person: 'holder' }, passed: [{ role: 'leader', person: 'gone', why: 'no-address' }] });
  });

  test('a unit that is excluded takes with it whoever belongs to it or to one below', () => {
    expect(ask('leader', { excluded: { 'unit:section': 'named' } })).toMatchObject({ reached: { person: 'deputy' }, passed: [{ person: 'holder', why: 'named' }] });
    expect(ask('office', { excluded: { 'unit:section': 'conflict' }, at: Instant.parse('2026-10-14T12:00:00.000Z') }).passed).toEqual([{ role: 'office', person: 'night', why: 'conflict' }]);
    expect(ask('leader', { excluded: { 'unit:station': 'named' } }).reached?.person).toBe('holder');
    expect(ask('leader', { excluded: { 'unit:street': 'named' } }).reached).toBeUndefined();
  });

  test('nobody holds the post: vacant, also where a unit has it empty that its parent has filled', () => {
    for (const role of ['empty', 'nothing-of-the-kind']) expect(ask(role)).toEqual({ passed: [{ role, why: 'vacant' }] });
    expect(ask('desk')).toEqual({ passed: [{ role: 'desk', why: 'vacant' }] });
    expect(find(organisation, { unit: 'no-such-unit', role: 'leader', at, excluded: {}, unanswered: [] })).toEqual({ passed: [{ role: 'leader', why: 'vacant' }] });
    expect(ask('reception', { at: Instant.parse('2026-10-15T02:00:00.000Z') })).toEqual({ passed: [{ role: 'reception', why: 'vacant' }] });
    expect(ask('reception', { at: Instant.parse('2026-10-15T02:00:00.000Z'), appointed: 'mute' }).passed).toEqual([{ role: 'reception', person: 'mute', why: 'no-address' }, { role: 'reception', why: 'vacant' }]);
    expect(ask('acting').reached).toMatchObject({ person: 'deputy', as: 'deputy' });
  });

  test('days count on the clocks of the office, the last included', () => {
    const who = (when: string): string | undefined => ask('changing', { at: Instant.parse(when) }).reached?.person;
    expect(['2026-10-13T15:59:59.999Z', '2026-10-13T16:00:00.000Z', '2026-10-20T15:59:59.999Z', '2026-10-20T16:00:00.000Z'].map(who)).toEqual(['holder', 'deputy', 'deputy', undefined]);
    expect(ask('changing', { at: Instant.parse('2026-10-20T16:00:00.000Z') }).passed).toEqual([{ role: 'changing', why: 'vacant' }]);
  });

  test('a mailbox is told as such, with its group, but not with its unit excluded', () => {
    const desk = (more: Partial<Asked>) => ask('desk', { unit: 'street', ...more });
    expect(desk({ unanswered: ['day'] })).toEqual({ reached: { as: 'mailbox', title: { zh: '窗口', en: 'Desk' }, lang: 'en', ways: [{ via: 'email', address: 'desk@o.example' }], groups: ['desks'] }, passed: [] });
    expect(ask('robot').reached).toEqual({ as: 'mailbox', lang: 'zh', ways: [], groups: ['desks'] });
    expect(desk({ excluded: { 'unit:street': 'named' } })).toEqual({ passed: [{ role: 'desk', why: 'named' }] });
    expect(desk({ excluded: { 'unit:section': 'named' } }).reached?.as).toBe('mailbox');
    expect(desk({ appointed: 'deputy' }).reached).toMatchObject({ person: 'deputy', as: 'appointed' });
  });
});

describe('who is excluded reads nothing in another way', () => {
  test('not through the post’s mailbox, which is for persons without an address of their own', () => {
    expect(ask('shared').reached).toMatchObject({ person: 'mute', as: 'holder', ways: [{ via: 'email', address: 'shared@o.example' }] });
    expect(ask('shared', { excluded: { mute: 'named' } })).toEqual({ passed: [{ role: 'shared', person: 'mute', why: 'named' }] });
    expect(ask('leader', { excluded: { holder: 'named', deputy: 'named', second: 'named' } }).reached).toBeUndefined();
    // Somebody without an address is appointed in place of a holder who is excluded and reads the post's mail.
    expect(ask('leader', { appointed: 'mute' }).reached).toMatchObject({ person: 'mute', ways: [{ address: 'leader@o.example' }] });
    expect(ask('leader', { appointed: 'mute', excluded: { holder: 'named' } })).toMatchObject({ reached: { person: 'deputy' }, passed: [{ person: 'mute', why: 'no-address' }, { person: 'holder', why: 'named' }] });
  });

  test('not through a mailbox that is their own address', () => {
    expect(ask('own').reached?.as).toBe('mailbox');
    expect(ask('own', { excluded: { deputy: 'conflict' } })).toEqual({ passed: [{ role: 'own', why: 'conflict' }] });
    expect(ask('borrowed').reached).toMatchObject({ person: 'mute', ways: [{ address: 'Deputy@o.example' }], groups: ['desks'] });
    expect(ask('borrowed', { excluded: { deputy: 'named' } })).toEqual({ passed: [{ role: 'borrowed', person: 'mute', why: 'no-address' }] });
  });

  test('not through the group of a post that they hold or are deputy of', () => {
    expect(ask('leader', { excluded: { second: 'named' } }).reached).toMatchObject({ person: 'holder', groups: [] });
    expect(ask('leader', { excluded: { day: 'named' } }).reached).toMatchObject({ person: 'holder', groups: ['leaders'] });
  });
});

describe('on the sample institution', async () => {
  const sample = organisationOf(await loadInstitution('examples/institution.yaml'));
  const of = (role: string, excluded: Asked['excluded'], unit = 'civil-affairs') => find(sample, { unit, role, at, excluded, unanswered: [] });
  const above = { reviewer: 'review@district.example', assigner: 'assignments@district.example', 're-reviewer': 'review@city.example' };

  test('a complaint about the street office reaches the organs above, and nobody in it or below', () => {
    for (const [role, address] of Object.entries(above))
      for (const unit of ['street', 'civil-affairs']) expect(of(role, { 'unit:street': 'named' }, unit)).toEqual({ passed: [], reached: expect.objectContaining({ as: 'mailbox', ways: [{ via: 'email', address }] }) });
    for (const role of ['office', 'leader', 'handler', 'unit-deputy', 'unit-head', 'bureau-deputy', 'first-responsible', 'reception']) expect([role, of(role, { 'unit:street': 'named' }).reached]).toEqual([role, undefined]);
  });

  test('one about the district bars the street below it too, and reaches the city', () => {
    for (const role of ['reviewer', 'assigner', 'office', 'leader', 'handler', 'first-responsible']) expect([role, of(role, { 'unit:district': 'named' }).reached]).toEqual([role, undefined]);
    expect(of('re-reviewer', { 'unit:district': 'named' }).reached?.ways).toEqual([{ via: 'email', address: above['re-reviewer'] }]);
  });

  test('no rung of the ladder tells whoever is complained of', () => {
    const ladder = ['leader', 'unit-deputy', 'unit-head', 'bureau-deputy', 'first-responsible'];
    for (const person of ['leader-a', 'leader-b', 'leader-c', 'head-a', 'head-b'])
      for (const role of ladder) {
        const { reached } = of(role, { [person]: 'named' }, 'street');
        expect([person, role, reached?.as === 'mailbox', reached?.person === person]).toEqual([person, role, false, false]);
        expect(JSON.stringify(reached?.ways ?? [])).not.toMatch(/(unit-deputy|unit-head|deputy|head)@office/);
      }
    expect(of('first-responsible', { 'leader-c': 'named' })).toEqual({ passed: [{ role: 'first-responsible', person: 'leader-c', why: 'named' }] });
  });

  test('says which of some ids stand for nobody, and what may be meant', () => {
    expect(unknownPeople(sample, ['officer-a', 'unit:street', 'street', 'stret', 'unit:housin', 'unit:officer-a', 'Officer-A', '分管领导甲', '民政科', 'oficer-a', 'officer-z', 'nobody', ''])).toEqual([
      { id: 'street', like: 'unit:street' }, { id: 'stret', like: 'unit:street' }, { id: 'unit:housin', like: 'unit:housing' }, { id: 'unit:officer-a', like: 'officer-a' }, { id: 'Officer-A', like: 'officer-a' },
      { id: '分管领导甲', like: 'leader-a' }, { id: '民政科', like: 'unit:civil-affairs' }, { id: 'oficer-a', like: 'officer-a' }, { id: 'officer-z' }, { id: 'nobody' }, { id: '' },
    ]);
  });
});
