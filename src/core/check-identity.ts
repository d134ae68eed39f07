import { type Rule, warning } from './check-problem.ts';

/** Where a petitioner's identity is kept to a few roles, what would carry it further, or comes out without it. */
export const identity: Rule = (p, _, { procedure }) => {
  const { identity: kept } = p;
  if (!kept) return [];
  const letters = Object.entries(p.papers).flatMap(([kind, { to, copies }]) => {
    const others = to !== undefined && p.roles[to]?.outside ? copies.filter((role) => !kept.includes(role)) : [];
    return others.length === 0 ? [] : [warning(['papers', kind, 'copies'],
      `“${kind}”抄送 ${others.join('、')}，这些角色不能知道信访人是谁（identity），所以该文书不写信访人的姓名、地址。请删去抄送，或接受不写。`,
      `"${kind}" goes to ${others.join(', ')} too, who may not know the petitioner ("identity"), so it is made without name and address. Take the copies out, unless that is meant.`)];
  });
  const links = Object.entries(p.links).flatMap(([name, { opens, petitioner }]) => {
    const other = !petitioner || opens === undefined || opens === p.id ? undefined : procedure?.(opens);
    return other === undefined || other === 'missing' || other.identity ? [] : [warning(['links', name, 'petitioner'],
      `“${opens}”没有写明哪些角色可以知道信访人是谁（identity）；转去的姓名仍只限本程序所列角色。请在“${opens}”中写明，或不转信访人。`,
      `"${opens}" does not say who may know the petitioner ("identity"); who it is stays with the roles of this procedure. Say so there, or do not hand the petitioner on.`)];
  });
  return [...letters, ...links];
};
