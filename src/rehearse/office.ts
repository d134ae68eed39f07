import type { Procedure } from '../core/index.ts';
import { Institution } from '../institution/index.ts';

/** An institution in which every role of a procedure is held by somebody, but for those that stand vacant. */
export function officeOf(procedure: Procedure, unit: string, vacant: readonly string[]): Institution {
  const held = Object.entries(procedure.roles).filter(([role, { outside }]) => !outside && !vacant.includes(role));
  return Institution.parse({
    id: 'rehearsal',
    title: { zh: '演练', en: 'Rehearsal' },
    units: {
      [unit]: {
        title: { zh: '演练单位', en: 'Unit of the rehearsal' },
        posts: Object.fromEntries(held.map(([role, { title }]) => [role, { title, email: `${role}@rehearsal.example` }])),
      },
    },
  });
}
