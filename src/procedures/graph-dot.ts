import { type Aside, type Edge, type Frame, type Graph, inside, type Node, type NodeKind } from './graph-model.ts';
import { broken, ems } from './graph-text.ts';

const FONT = 'Noto Sans CJK SC,Source Han Sans SC,PingFang SC,Microsoft YaHei,SimHei,Helvetica,Arial,sans-serif';

interface Look { readonly fill: string; readonly line: string; readonly style?: string; readonly double?: boolean; readonly wide: number }

const LOOKS: Readonly<Record<NodeKind, Look>> = {
  start: { fill: '#333333', line: '#333333', wide: 8 },
  stage: { fill: '#e8f0fa', line: '#3465a4', wide: 15 },
  final: { fill: '#eeeeec', line: '#555753', double: true, wide: 12 },
  any: { fill: '#ffffff', line: '#888a85', style: 'rounded,dashed', wide: 10 },
  duty: { fill: '#ffffff', line: '#3465a4', wide: 21 },
  inside: { fill: '#f6f6f4', line: '#888a85', wide: 21 },
  right: { fill: '#eaf6ea', line: '#4e9a06', wide: 21 },
  link: { fill: '#ffffff', line: '#75507b', style: 'dashed', wide: 12 },
};

/** The drawing in Graphviz's language. Every text is given the room that it takes, for the layout knows no font. */
export function dot(graph: Graph): string {
  const anchor = (id: string): string => graph.frames.find((f) => f.id === id)?.nodes.at(-1) ?? id;
  return [
    'digraph procedure {',
    `graph [rankdir=${graph.across ? 'LR' : 'TB'}, compound=true, nodesep=${graph.across ? '0.18' : '0.35'}, ranksep=${graph.across ? '0.7' : '0.45'}, pad=0.3, fontname="${FONT}", labelloc=t, labeljust=l, label=${heading(graph)}];`,
    `node [shape=plain, fontname="${FONT}"];`,
    `edge [fontname="${FONT}", color="#555753", arrowsize=0.7];`,
    ...content(graph),
    ...graph.edges.map((e) => edge(e, graph.frames, anchor)),
    ...shelves(graph),
    '}',
  ].join('\n');
}

const id = (name: string): string => `"${name}"`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A line of text in a cell that is wide enough for it. */
function cell(text: string, size: number, { bold = false, align = 'LEFT', color = '#222222' } = {}): string {
  const width = Math.ceil(ems(text) * size * (bold ? 1.06 : 1)) + 6;
  const inner = bold ? `<B>${escaped(text)}</B>` : escaped(text);
  return `<TD ALIGN="${align}" WIDTH="${width}" HEIGHT="${Math.ceil(size * 1.3)}"><FONT POINT-SIZE="${size}" COLOR="${color}">${inner}</FONT></TD>`;
}

const row = (...cells: readonly string[]): string => `<TR>${cells.join('')}</TR>`;

function node(n: Node): string {
  const look = LOOKS[n.kind];
  if (n.kind === 'start' && n.title === '') return `${id(n.id)} [shape=circle, style=filled, fillcolor="${look.fill}", width=0.22, label=""];`;
  const color = n.kind === 'start' ? '#ffffff' : '#111111';
  const title = broken(n.title, look.wide).map((line) => row(cell(line, 12, { bold: true, color })));
  const badge = n.badge === undefined ? [] : broken(n.badge, look.wide).map((line) => row(cell(line, 13, { bold: true, color: n.kind === 'right' ? '#346604' : '#204a87' })));
  const rows = [...title, ...badge, ...listRows(n.lines, look.wide * 1.25)].join('');
  const style = look.style === undefined ? '' : ` STYLE="${look.style.toUpperCase()}"`;
  const table = `<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1" COLOR="${look.line}" BGCOLOR="${look.fill}"${style}>${rows}</TABLE>`;
  const framed = look.double ? `<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="2" CELLPADDING="0" COLOR="${look.line}"><TR><TD>${table}</TD></TR></TABLE>` : table;
  return `${id(n.id)} [label=<${framed}>];`;
}

/** Nodes and frames, those of a frame in it. The start comes first, and so above. */
function content(graph: Graph, outer?: Frame): string[] {
  const { frames, nodes } = inside(graph, outer);
  return [...nodes.map(node), ...frames.map((f) => frame(graph, f))];
}

/** What hangs together with nothing else is put in rows, so that it makes no tower. */
function shelves({ nodes, edges, across }: Graph): string[] {
  const alone = nodes.filter((n) => !edges.some((e) => e.from === n.id || e.to === n.id)).map((n) => id(n.id));
  const most = across ? 5 : Math.ceil(alone.length / 4);
  const rows = Array.from({ length: Math.ceil(alone.length / most) }, (_, i) => alone.slice(i * most, (i + 1) * most));
  return rows.filter((r) => r.length > 1).map((r) => `${r.join(' -> ')} [style=invis];`);
}

function frame(graph: Graph, f: Frame): string {
  const lines = listRows(f.lines, 20);
  // A node and no label, so that no edge runs through it.
  const list = lines.length > 0 ? [`${id(`${f.id}-list`)} [label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${lines.join('')}</TABLE>>];`] : [];
  return [
    `subgraph "cluster_${f.id}" { style="rounded"; color="#a0b4cc"; bgcolor="#f7fafd"; label="";`,
    ...content(graph, f), ...list,
    '}',
  ].join('\n');
}

function edge(e: Edge, frames: readonly Frame[], anchor: (id: string) => string): string {
  const rows = e.lines.flatMap((line) => broken(line, 13)).map((line) => row(cell(line, 9.5, { align: 'CENTER', color: '#204a87' })));
  const label = rows.length > 0 ? `label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">${rows.join('')}</TABLE>>` : '';
  const tail = frames.some((f) => f.id === e.from) ? `ltail="cluster_${e.from}"` : '';
  const style = e.dashed ? 'style=dashed, color="#75507b"' : '';
  return `${id(anchor(e.from))} -> ${id(e.to)} [${[label, tail, style].filter((x) => x !== '').join(', ')}];`;
}

/** The title, with what is listed beside. */
function heading({ title, asides }: Graph): string {
  const rows = [row(cell(title, 16, { bold: true })), ...asides.flatMap(aside)];
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">${rows.join('')}<TR><TD HEIGHT="14"></TD></TR></TABLE>>`;
}

/** A list beside, in columns where it is long. */
const aside = ({ title, lines }: Aside): string[] => [row(cell(title, 11, { bold: true })), columned(lines, lines.length > 8 ? 3 : 1, lines.length > 8 ? 32 : 95, 10)];

/** The lines of a node; a long list in columns. */
function listRows(lines: readonly string[], wide: number): string[] {
  const columns = lines.length > 24 ? 3 : lines.length > 9 ? 2 : 1;
  if (columns > 1) return [columned(lines, columns, wide, 9.5)];
  return lines.flatMap((line) => broken(line, wide)).map((line) => row(cell(line, 9.5, { color: '#444444' })));
}

/** Lines in columns of about the same height, none torn. */
function columned(lines: readonly string[], columns: number, wide: number, size: number): string {
  const whole = lines.map((line) => broken(line, wide));
  const height = Math.ceil(whole.reduce((sum, l) => sum + l.length, 0) / columns);
  const packed: string[][] = [];
  for (const one of whole) {
    const last = packed.at(-1);
    if (last && last.length + one.length <= height + 1) last.push(...one);
    else packed.push([...one]);
  }
  const longest = Math.max(...packed.map((list) => list.length));
  const filled = (list: readonly string[]): string[] => [...list, ...Array.from({ length: longest - list.length }, () => ' ')];
  const column = (list: readonly string[]): string => `<TD><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${filled(list).map((line) => row(cell(line, size, { color: '#444444' }))).join('')}</TABLE></TD>`;
  return `<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="6" CELLPADDING="0"><TR>${packed.map(column).join('')}</TR></TABLE></TD></TR>`;
}
