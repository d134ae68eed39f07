import { RedressError } from '../errors.ts';

/** A log that cannot be read, or flags that do not fit it or the procedure. Names the flag or the column. */
export class LogError extends RedressError {
  override name = 'LogError';

  constructor(field: string, zh: string, en: string, cause?: unknown) {
    super('bad-log', field, { zh, en }, cause);
  }
}
