import { writeFile } from 'node:fs/promises';
import { loadProcedure } from '../procedures/load.ts';
import { mermaidOf, svgOf, type What } from '../procedures/graph.ts';
import type { Io } from './io.ts';

/** Draws a procedure: Mermaid to the output, or SVG to a file. */
export async function graph(io: Io, name: string, what: What, svg: string | undefined): Promise<void> {
  const procedure = loadProcedure(name);
  if (svg === undefined) return io.out(mermaidOf(procedure, what, io.lang).trimEnd());
  await writeFile(svg, await svgOf(procedure, what, io.lang));
  io.out(svg);
}
