/** Milliseconds after which something is looked up again. */
const FRESH_MS = 5_000;
/** So that a process that runs for years does not remember everything it ever met. */
const MOST = 5_000;

/** Looks something up once every few seconds: notices and papers come in crowds. A failure is not remembered. */
export function remembering<T>(look: (...key: string[]) => Promise<T>): (...key: string[]) => Promise<T> {
  const known = new Map<string, { readonly until: number; readonly value: Promise<T> }>();
  return (...key) => {
    const name = JSON.stringify(key);
    const found = known.get(name);
    if (found && found.until > Date.now()) return found.value;
    if (known.size >= MOST) known.clear();
    const value = look(...key);
    known.set(name, { until: Date.now() + FRESH_MS, value });
    value.catch(() => known.delete(name));
    return value;
  };
}
