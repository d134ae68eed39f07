import { z } from 'zod';
import { saysOtherwise } from './liaison.ts';
import { listOf } from './post.ts';
import { type Check, wrong } from './words.ts';

const text = z.string().optional().catch(undefined);
const texts = z.array(z.string()).catch([]);
const held = z.preprocess(listOf, z.array(z.object({ person: text, from: text }).partial().catch({}))).catch([]);
const record = <T extends z.ZodType>(value: T) => z.record(z.string(), value).catch({});

/** What refers to what, in whatever state the rest of a file is: so that all its mistakes are named at once. */
const References = z.object({
  units: record(z.object({ parent: text, liaison: text, posts: record(z.object({ rota: text, holder: held, deputies: held }).partial().catch({})) }).partial().catch({})),
  people: record(z.object({ unit: text, email: text, phone: text }).catch({})),
  rotas: record(z.object({ unit: text, people: texts }).partial().catch({})),
  leave: z.array(z.object({ person: text }).catch({})).catch([]),
});
type References = z.infer<typeof References>;

/** A file whose parts go together. Says nothing of the parts themselves. */
export const Together = References.superRefine(checkTogether);

/** Every unit, person and rota that is named must be there, and each person has an own address. */
export function checkTogether(i: References, ctx: Check): void {
  checkReferences(i, ctx);
  checkAddresses(i, ctx);
}

function checkReferences({ units, people, rotas, leave }: References, ctx: Check): void {
  const unit = (path: readonly PropertyKey[], name: string | undefined): void => {
    if (name !== undefined && !Object.hasOwn(units, name)) wrong(ctx, path, { en: `there is no unit "${name}"`, zh: `没有名为“${name}”的单位` });
  };
  const person = (path: readonly PropertyKey[], id: string | undefined): void => {
    if (id !== undefined && !Object.hasOwn(people, id)) wrong(ctx, path, { en: `there is no person "${id}" under "people"`, zh: `人员中没有“${id}”` });
  };
  const rota = (path: readonly PropertyKey[], id: string | undefined): void => {
    if (id !== undefined && !Object.hasOwn(rotas, id)) wrong(ctx, path, { en: `there is no rota "${id}" under "rotas"`, zh: `没有“${id}”这张值班表` });
  };
  for (const [id, one] of Object.entries(people)) unit(['people', id, 'unit'], one.unit);
  for (const [id, one] of Object.entries(rotas)) {
    unit(['rotas', id, 'unit'], one.unit);
    for (const [n, who] of (one.people ?? []).entries()) person(['rotas', id, 'people', n], who);
  }
  for (const [name, { parent, liaison, posts = {} }] of Object.entries(units)) {
    const path = ['units', name];
    unit([...path, 'parent'], parent);
    if (above(units, name).includes(name)) wrong(ctx, [...path, 'parent'], { en: 'the units above this one come back to it', zh: '上级单位形成了循环' });
    person([...path, 'liaison'], liaison);
    if (saysOtherwise(liaison, posts))
      wrong(ctx, [...path, 'liaison'], { en: `"${liaison ?? ''}" does not hold the post "liaison" of this unit; say the same in both places, or in one only`, zh: `“${liaison ?? ''}”不是本单位“liaison”岗位的任职人；两处应写同一人，或只写一处` });
    for (const [role, post] of Object.entries(posts)) {
      rota([...path, 'posts', role, 'rota'], post.rota);
      for (const as of ['holder', 'deputies'] as const)
        for (const [n, one] of (post[as] ?? []).entries()) person([...path, 'posts', role, as, n, 'person'], one.person);
    }
  }
  for (const [n, away] of leave.entries()) person(['leave', n, 'person'], away.person);
}

/** One address, one person: what is for one must not be read by another, least of all by one who is excluded. */
function checkAddresses({ people }: References, ctx: Check): void {
  for (const field of ['email', 'phone'] as const) {
    const first = new Map<string, string>();
    for (const [id, one] of Object.entries(people)) {
      const address = one[field]?.toLowerCase().replaceAll(/[ -](?=\d)/g, '');
      if (address === undefined) continue;
      const other = first.get(address);
      if (other === undefined) first.set(address, id);
      else wrong(ctx, ['people', id, field], {
        en: `"${other}" has the same ${field === 'email' ? 'e-mail address' : 'phone number'}; each person needs an own one`,
        zh: `与“${other}”的${field === 'email' ? '电子邮件' : '电话号码'}相同；每人须有自己的`,
      });
    }
  }
}

/** The units above one, the nearest first. Ends where a circle closes. */
export function above(units: Readonly<Record<string, { readonly parent?: string | undefined }>>, unit: string): string[] {
  const found: string[] = [];
  for (let up = units[unit]?.parent; up !== undefined && !found.includes(up); up = units[up]?.parent) found.push(up);
  return found;
}
