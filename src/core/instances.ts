import type { CaseState } from './state.ts';

/** The next free name of an instance: `decide/2`. */
export function numbered(state: CaseState, stem: string, from = 2): string {
  let n = from;
  while (state.duties[`${stem}/${n}`]) n += 1;
  return `${stem}/${n}`;
}
