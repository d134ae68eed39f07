import { styleText } from 'node:util';

/** Colours, on a terminal that has them and where NO_COLOR does not forbid them. */
const painted = (style: Parameters<typeof styleText>[0]) => (text: string): string => styleText(style, text, { stream: process.stdout });

export const paint = {
  strong: painted('bold'),
  faint: painted('dim'),
  bad: painted('red'),
  good: painted('green'),
  warn: painted('yellow'),
};

/** Columns to write in; none where the output is not a terminal, for a file has no edge. */
export const columns = (): number | undefined => (process.stdout.isTTY ? Math.max(40, process.stdout.columns) : undefined);
