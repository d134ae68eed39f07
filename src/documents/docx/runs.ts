import { TextRun, type IRunOptions } from 'docx';
import type { Line } from '../blocks.ts';

/** Runs of one paragraph, each in the look of the paragraph and what its own words add. */
export const runs = (line: Line, strong: Partial<IRunOptions>, em: Partial<IRunOptions>): TextRun[] =>
  line.map((r) => new TextRun({ ...(r.strong && strong), ...(r.em && em), text: r.text }));

export const plain = (line: Line): string => line.map((r) => r.text).join('');
