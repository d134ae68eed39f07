import { RedressError } from '../errors.ts';

/** Flags of an import or export that do not fit the table or the procedure. Names the flag. */
export class ExchangeError extends RedressError {
  override name = 'ExchangeError';

  constructor(field: string, zh: string, en: string) {
    super('bad-exchange', field, { zh, en });
  }
}
