import type { Post } from '../institution/index.ts';
import type { Register } from '../register/index.ts';

type Language = 'zh' | 'en';

/** Who holds a post, and the language of an institution. */
export interface Directory {
  post(unit: string, role: string): Promise<Post | undefined>;
  language(): Promise<Language>;
}

/** Milliseconds after which a post is looked up again. */
const FRESH_MS = 5_000;

/** The register's posts, remembered for some seconds: a busy office tells the same few posts again and again. */
export function directory(register: Register, now: () => number = Date.now): Directory {
  const posts = remembering((key: string) => register.post(...split(key)), now);
  const languages = remembering(async () => (await register.institution())?.lang ?? 'zh', now);
  return { post: (unit, role) => posts(`${unit}/${role}`), language: () => languages('') };
}

function split(key: string): [unit: string, role: string] {
  const at = key.lastIndexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}

function remembering<T>(look: (key: string) => Promise<T>, now: () => number): (key: string) => Promise<T> {
  const known = new Map<string, { until: number; value: Promise<T> }>();
  return (key) => {
    const found = known.get(key);
    if (found && found.until > now()) return found.value;
    const value = look(key);
    known.set(key, { until: now() + FRESH_MS, value });
    // A failure is not remembered.
    value.catch(() => known.delete(key));
    return value;
  };
}
