import { type Edge, type Frame, type Graph, inside, type Node, type NodeKind } from './graph-model.ts';

/** The drawing in Mermaid, which many wikis and code hosts show by themselves. */
export function mermaid(graph: Graph): string {
  return [
    '---', `title: ${JSON.stringify(graph.title)}`, '---',
    `flowchart ${graph.across ? 'LR' : 'TB'}`,
    ...content(graph),
    ...graph.edges.map((e) => `  ${edge(e)}`),
    ...graph.asides.map((a, i) => `  aside${i}["${[bold(text(a.title)), ...a.lines.map(text)].join('<br/>')}"]:::aside`),
    ...Object.entries(CLASSES).map(([name, style]) => `  classDef ${name} ${style}`),
  ].join('\n');
}

const CLASSES: Readonly<Record<NodeKind | 'aside', string>> = {
  start: 'fill:#333,stroke:#333,color:#fff', stage: 'fill:#e8f0fa,stroke:#3465a4', final: 'fill:#eeeeec,stroke:#555753,stroke-width:3px', any: 'fill:#fff,stroke:#888a85,stroke-dasharray:4',
  duty: 'fill:#fff,stroke:#3465a4', inside: 'fill:#f6f6f4,stroke:#888a85', right: 'fill:#eaf6ea,stroke:#4e9a06',
  link: 'fill:#fff,stroke:#75507b,stroke-dasharray:5', aside: 'fill:#fff,stroke:#ccc,text-align:left',
};

/** A name that is no word of Mermaid's own: "end" and "default" would break the drawing. */
const id = (name: string): string => `n_${name.replaceAll(/[^A-Za-z0-9]/g, '_')}`;

const text = (raw: string): string => raw.replaceAll('&', '#amp;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;').replaceAll('`', "'");
const bold = (words: string): string => `<b>${words}</b>`;

function node(n: Node): string {
  const words = [...(n.title === '' ? [] : [bold(text(n.title))]), ...(n.badge === undefined ? [] : [bold(text(n.badge))]), ...n.lines.map(text)].join('<br/>');
  if (n.kind === 'start') return `${id(n.id)}${n.title === '' ? '(( ))' : `(["${words}"])`}:::start`;
  const [open, close] = n.kind === 'any' ? ['(', ')'] : ['[', ']'];
  return `${id(n.id)}${open}"${words}"${close}:::${n.kind}`;
}

/** Nodes and frames, those of a frame in it. */
function content(graph: Graph, outer?: Frame): string[] {
  const { frames, nodes } = inside(graph, outer);
  const lines = [...nodes.map(node), ...frames.flatMap((f) => [`subgraph ${id(f.id)}["${f.lines.length > 0 ? f.lines.map(text).join('<br/>') : ' '}"]`, ...content(graph, f), 'end'])];
  return lines.map((line) => `  ${line}`);
}

function edge(e: Edge): string {
  const label = e.lines.length > 0 ? `|"${e.lines.map(text).join('<br/>')}"|` : '';
  return `${id(e.from)} ${e.dashed ? '-.->' : '-->'}${label} ${id(e.to)}`;
}
