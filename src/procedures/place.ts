import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an entry is written in the file; where it is missing, or written in short, the nearest entry around it. */
export function placeOf(doc: Document, lines: LineCounter, path: readonly (string | number)[]): Position {
  let node: unknown = doc.contents;
  let found = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(doc);
    if (isMap(node)) {
      const pair = node.items.find((i) => isScalar(i.key) && i.key.value === step);
      // A single entry where a list may stand: `met: { by: archive }`.
      if (!pair && typeof step === 'number') continue;
      if (!pair || !isScalar(pair.key)) break;
      found = pair.key.range?.[0] ?? found;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (!isNode(item)) break;
      found = item.range?.[0] ?? found;
      node = item;
    } else break;
  }
  return positionAt(lines, found);
}

export function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

const isNode = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
