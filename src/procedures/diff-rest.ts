import type { Procedure } from '../core/index.ts';
import { Text } from '../core/text.ts';
import { both, type Change, moved, same } from './diff-change.ts';

/**
 * What differs and has not been said yet: titles, hints, and whatever a
 * procedure learns to say after this was written. So that no difference goes
 * unsaid.
 */
export function rest(a: Procedure, b: Procedure, said: readonly Change[]): Change[] {
  const paths = said.map((c) => c.path);
  return leaves(a, b, '').filter(({ path }) => !PLACES.test(path) && !paths.some((p) => within(path, p) || within(p, path))).flatMap(told);
}

/** Where an action may be taken has been looked at, and said where it is news. */
const PLACES = /^actions\.[^.]+\.from$/;

interface Leaf { readonly path: string; readonly before: unknown; readonly after: unknown }

const within = (path: string, of: string): boolean => path === of || path.startsWith(`${of}.`);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The smallest entries that differ. Words in two languages are one entry. */
function leaves(before: unknown, after: unknown, path: string): Leaf[] {
  if (same(before, after)) return [];
  const words = Text.safeParse(before).success || Text.safeParse(after).success;
  if (words || !isRecord(before) || !isRecord(after)) return [{ path, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => leaves(before[key], after[key], path === '' ? key : `${path}.${key}`));
}

function say(value: unknown): Text | undefined {
  if (value === undefined) return undefined;
  const words = Text.safeParse(value);
  const raw = typeof value === 'string' ? value : JSON.stringify(value);
  return words.success ? words.data : both(raw, raw);
}

function told({ path, before, after }: Leaf): Change[] {
  const wording = Text.safeParse(before).success || Text.safeParse(after).success;
  const about = { section: wording ? 'wording' : 'other', path, subject: both(path, path) } as const;
  return moved(about, '', wording ? both('措辞', 'wording') : both('内容', 'entry'), say(before), say(after));
}
