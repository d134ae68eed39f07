/** What a node stands for, which decides how it looks. */
export type NodeKind = 'start' | 'stage' | 'final' | 'any' | 'duty' | 'inside' | 'right' | 'link';

export interface Node {
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  /** What stands beside the title, as the time allowed. */
  readonly badge?: string;
  readonly lines: readonly string[];
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly string[];
  /** Drawn from, or of, a link to another case. */
  readonly dashed?: boolean;
}

/** Stages from which the same can be done, drawn in one frame. An edge may begin at the frame. Of two frames one lies in the other, or they are apart. */
export interface Frame {
  readonly id: string;
  readonly lines: readonly string[];
  /** All nodes in it, also those in frames within it. */
  readonly nodes: readonly string[];
}

/** The frames that lie in a frame directly, or in none; and the nodes that do. */
export function inside(graph: Pick<Graph, 'frames' | 'nodes'>, outer?: Frame): { readonly frames: Frame[]; readonly nodes: Node[] } {
  const holds = (f: Frame, g: Frame): boolean => f !== g && g.nodes.every((n) => f.nodes.includes(n));
  const within = graph.frames.filter((f) => (outer ? holds(outer, f) : true));
  const frames = within.filter((f) => !within.some((g) => holds(g, f)));
  const nodes = graph.nodes.filter((n) => (outer ? outer.nodes.includes(n.id) : true) && !frames.some((f) => f.nodes.includes(n.id)));
  return { frames, nodes };
}

/** What is listed beside the drawing. */
export interface Aside {
  readonly title: string;
  readonly lines: readonly string[];
}

/** A drawing of a procedure, before anybody has said in which language of pictures. */
export interface Graph {
  readonly title: string;
  readonly across: boolean;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly frames: readonly Frame[];
  readonly asides: readonly Aside[];
}

/** Edges between the same two, put in one with all their words. */
export function merged(edges: readonly Edge[]): Edge[] {
  const found = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to} ${edge.dashed ?? false}`;
    const before = found.get(key);
    found.set(key, before ? { ...before, lines: [...new Set([...before.lines, ...edge.lines])] } : edge);
  }
  return [...found.values()];
}
