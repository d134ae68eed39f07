import type { Procedure } from '../../src/core/index.ts';
import { listProcedures, loadProcedure } from '../../src/procedures/load.ts';

/** The procedures of the package that can be used; what is wrong with the others is for a test of theirs to say. */
export function usable(only?: string): Procedure[] {
  return listProcedures().filter((id) => only === undefined || id === only).flatMap((id) => {
    try {
      return [loadProcedure(id)];
    } catch {
      return [];
    }
  });
}
