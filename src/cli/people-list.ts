import type { Day } from '../core/instant.ts';
import type { Lang } from '../core/text.ts';
import { above } from '../institution/index.ts';
import { heldOn, knownUnit, localOf, type Organisation } from '../people/index.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { paint } from './paint.ts';
import { thisMinute } from './rota-when.ts';
import { table } from './table.ts';

const T = {
  zh: { head: ['代号', '姓名', '职务', '任职', '电子邮件', '电话'], liaison: '联络员', deputy: '（代理）', comma: '、' },
  en: { head: ['Id', 'Name', 'Title', 'Holds', 'E-mail', 'Phone'], liaison: 'liaison', deputy: ' (deputy)', comma: ', ' },
} as const;

/** The people, unit by unit in the tree, with what they hold today. */
export async function listPeople(io: Io, { unit, json }: { readonly unit?: string; readonly json?: boolean }): Promise<void> {
  await withRegister(async (register) => {
    const organisation = await register.people.organisation();
    const { units, people, zone } = organisation;
    if (unit !== undefined) knownUnit(organisation, '--unit', unit);
    const shown = inTree(organisation).filter((name) => unit === undefined || name === unit || above(units, name).includes(unit));
    if (json) return io.out(printed({ units: shown.map((id) => ({ id, ...units[id], people: Object.entries(people).filter(([, p]) => p.unit === id).map(([person, p]) => ({ id: person, ...p })) })) }));
    const today = localOf(thisMinute(), zone).day;
    const held = new Map<string, string[]>();
    for (const [name, { posts }] of Object.entries(units))
      for (const [role, { title }] of Object.entries(posts))
        for (const h of heldOn(organisation, name, role, today)) held.set(h.person, [...(held.get(h.person) ?? []), `${title?.[io.lang] ?? role}${h.as === 'deputy' ? T[io.lang].deputy : ''}`]);
    for (const line of shown.flatMap((name) => unitLines(organisation, name, liaisonOf(organisation, name, today), held, io.lang))) io.out(line);
  });
}

/** Each unit after the one above it. */
function inTree({ units }: Organisation): string[] {
  const below = (parent: string | undefined): string[] => Object.keys(units).filter((name) => units[name]?.parent === parent).flatMap((name) => [name, ...below(name)]);
  return below(undefined);
}

/** Who is the liaison of a unit itself. */
const liaisonOf = (organisation: Organisation, unit: string, today: Day): string | undefined => heldOn(organisation, unit, 'liaison', today)[0]?.person;

function unitLines({ units, people }: Organisation, name: string, liaison: string | undefined, held: ReadonlyMap<string, readonly string[]>, lang: Lang): string[] {
  const [t, unit] = [T[lang], units[name]];
  if (!unit) return [];
  const depth = above(units, name).length * 2;
  const staff = Object.entries(people).filter(([, p]) => p.unit === name);
  const reach = liaison === undefined ? [] : [`${t.liaison} ${people[liaison]?.name ?? liaison}`];
  const head = `${' '.repeat(depth)}${paint.strong(unit.title[lang])} ${paint.faint([name, ...reach].join(' · '))}`;
  if (staff.length === 0) return [head];
  const rows = staff.map(([id, p]) => [id, p.name, p.title?.[lang] ?? '', held.get(id)?.join(t.comma) ?? '', p.email ?? '', p.phone ?? '']);
  return [head, ...table(t.head.map((title, i) => ({ title, soft: i >= 2 && i <= 3 })), rows, depth + 2)];
}
