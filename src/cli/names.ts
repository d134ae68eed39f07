import type { Procedure } from '../core/procedure.ts';
import type { Lang } from '../core/text.ts';
import { procedureOnFile } from '../procedures/load.ts';
import type { Register } from '../register/index.ts';

/** What people call the units, stages, roles and channels whose ids a view holds. An id without a name stays as it is. */
export interface Names {
  unit(id: string): string;
  stage(procedure: string, id: string): string;
  role(procedure: string, id: string): string;
  duty(procedure: string, id: string): string;
}

export async function namesOf(register: Register, lang: Lang): Promise<Names> {
  const units = (await register.institution())?.units ?? {};
  const known = new Map<string, Procedure | undefined>();
  const procedure = (id: string): Procedure | undefined => {
    if (!known.has(id)) known.set(id, procedureOnFile(id));
    return known.get(id);
  };
  return {
    unit: (id) => units[id]?.title[lang] ?? id,
    stage: (of, id) => procedure(of)?.stages[id]?.title[lang] ?? id,
    role: (of, id) => procedure(of)?.roles[id]?.title[lang] ?? id,
    duty: (of, id) => procedure(of)?.duties[id]?.title[lang] ?? id,
  };
}
