import type { Procedure } from '../core/index.ts';
import type { Lang } from '../core/text.ts';
import { dot } from './graph-dot.ts';
import { dutiesGraph } from './graph-duties.ts';
import { mermaid } from './graph-mermaid.ts';
import type { Graph } from './graph-model.ts';
import { stagesGraph } from './graph-stages.ts';

/** What of a procedure is drawn: where a case can stand, or what is owed by when. */
export type What = 'stages' | 'duties';

const graphOf = (p: Procedure, what: What, lang: Lang): Graph => (what === 'stages' ? stagesGraph(p, lang) : dutiesGraph(p, lang));

/** A drawing of a procedure in Mermaid. */
export const mermaidOf = (p: Procedure, what: What, lang: Lang): string => `${mermaid(graphOf(p, what, lang))}\n`;

/** A drawing of a procedure as SVG. The layout runs in this process and needs no network. */
export async function svgOf(p: Procedure, what: What, lang: Lang): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  return (await instance()).renderString(dot(graphOf(p, what, lang)), { format: 'svg' });
}
