import { type Fields, type FieldValue, idsIn, type Instant, instantOf, type Values } from './core/index.ts';
import { RedressError } from './errors.ts';
import { onLeave, type Organisation, unknownPeople } from './people/index.ts';
import { readReceipt } from './receipts.ts';
import type { Register } from './register/index.ts';

/** What only the institution's file can tell of a field. */
const KNOWN: ReadonlySet<string> = new Set(['people', 'person', 'unit']);

/**
 * The fields of an act as the case takes them: receipts as they are printed, and a whole team by name. A slip in a
 * name would leave whoever is meant among those who are told, so each must be one that the institution knows.
 * @throws RedressError `no-such-person`, naming the field
 */
export async function readFields(register: Register, rules: Fields, values: Values): Promise<Record<string, FieldValue>> {
  const asked = Object.entries(rules).filter(([name, { kind }]) => KNOWN.has(kind) && typeof values[name] === 'string');
  const organisation = asked.length > 0 ? await register.people.organisation() : undefined;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => {
    const rule = rules[name];
    if (typeof value !== 'string' || !rule) return [name, value];
    if (rule.kind === 'case') return [name, readReceipt(value)];
    if (!organisation || !KNOWN.has(rule.kind)) return [name, value];
    known(organisation, name, rule.kind === 'unit' ? [`unit:${value.trim()}`] : idsIn(value));
    return [name, rule.whole ? idsIn(value).flatMap((id) => teamOf(organisation, id, instantOf(Date.now()))).join(' ') : value];
  }));
}

function known(organisation: Organisation, field: string, ids: readonly string[]): void {
  const [wrong] = unknownPeople(organisation, ids);
  if (!wrong) return;
  const { id, like } = wrong;
  throw new RedressError('no-such-person', `fields.${field}`, {
    zh: `本机构没有代号为“${id}”的人员或单位${like === undefined ? '' : `；是否指“${like}”？`}。人员代号见 redress people list，单位写作 unit:代号。`,
    en: `The institution has nobody, and no unit, called "${id}"${like === undefined ? '' : `. Did you mean "${like}"?`} See "redress people list"; a unit is written unit:NAME.`,
  });
}

/** A unit's people by name, but for those on leave; a person as they are. A unit without people stays: whoever holds its posts is then told. */
function teamOf(organisation: Organisation, id: string, at: Instant): string[] {
  if (!id.startsWith('unit:')) return [id];
  const team = Object.entries(organisation.people).filter(([person, p]) => p.unit === id.slice('unit:'.length) && !onLeave(organisation, person, at)).map(([person]) => person);
  return team.length > 0 ? team : [id];
}
