import type { Register } from '../register/index.ts';
import type { Organisation } from '../people/index.ts';

type Language = 'zh' | 'en';

/** Who holds which post, and the language of an institution. */
export interface Directory {
  organisation(): Promise<Organisation>;
  language(): Promise<Language>;
}

/** Milliseconds after which the organisation is read again. */
const FRESH_MS = 5_000;

/** The register's organisation, remembered for some seconds: a busy office tells the same few people again and again. */
export function directory(register: Register, now: () => number = Date.now): Directory {
  return {
    organisation: remembering(() => register.people.organisation(), now),
    language: remembering(async () => (await register.institution())?.lang ?? 'zh', now),
  };
}

function remembering<T>(look: () => Promise<T>, now: () => number): () => Promise<T> {
  let known: { until: number; value: Promise<T> } | undefined;
  return () => {
    if (known && known.until > now()) return known.value;
    const value = look();
    known = { until: now() + FRESH_MS, value };
    // A failure is not remembered.
    value.catch(() => (known = undefined));
    return value;
  };
}
