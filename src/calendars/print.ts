import type { Calendar } from '../core/calendar.ts';

/** A calendar as its file holds it: one stretch a line, so that a new holiday is one line of a diff. */
export function print(calendar: Calendar): string {
  const entries = Object.entries(calendar).map(([key, value]) => `  ${JSON.stringify(key)}: ${printed(value)}`);
  return `{\n${entries.join(',\n')}\n}\n`;
}

function printed(value: unknown): string {
  const long = Array.isArray(value) && value.some((v) => typeof v === 'object' && !Array.isArray(v));
  if (!long) return JSON.stringify(value);
  return `[\n${value.map((v: unknown) => `    ${JSON.stringify(v)}`).join(',\n')}\n  ]`;
}
