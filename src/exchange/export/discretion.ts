import type { FieldValue, Procedure, Values } from '../../core/index.ts';
import { procedureOnFile } from '../../procedures/load.ts';

/**
 * What of an event may leave the register. Free text can hold anything that
 * somebody typed, and who is complained of is nobody's business, so neither
 * goes out unless it was asked for; of a procedure that is not at hand, whose
 * fields have no known kind, no text goes out at all.
 */
export interface Discretion {
  fields(procedure: string, action: string | undefined, fields: Values): Readonly<Record<string, FieldValue>>;
  /** A member of staff; never somebody outside the institution. */
  person(procedure: string, role: string, person: string | undefined): string | undefined;
  text(text: string | undefined): string | undefined;
}

const PRIVATE: ReadonlySet<string> = new Set(['text', 'people', 'person']);

export function discretion(withText: boolean): Discretion {
  const known = new Map<string, Procedure | undefined>();
  const procedureOf = (id: string): Procedure | undefined => {
    if (!known.has(id)) known.set(id, procedureOnFile(id));
    return known.get(id);
  };
  return {
    fields(id, action, fields) {
      if (withText) return fields;
      const procedure = procedureOf(id);
      const kinds = action === undefined ? procedure?.intake : procedure?.actions[action]?.fields;
      return Object.fromEntries(Object.entries(fields).filter(([name, value]) => (kinds?.[name] === undefined ? typeof value !== 'string' : !PRIVATE.has(kinds[name].kind))));
    },
    person: (id, role, person) => ((procedureOf(id)?.roles[role]?.outside ?? role === 'petitioner') ? undefined : person),
    text: (text) => (withText ? text : undefined),
  };
}
