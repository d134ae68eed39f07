import type { Refusal } from './core/index.ts';
import type { Text } from './core/text.ts';

/** What a user of Redress gets: which part of the request is wrong, what is wrong with it and what to do, in both languages. */
export class RedressError extends Error {
  override name = 'RedressError';
  readonly code: string;
  readonly field: string;
  readonly text: Text;

  constructor(code: string, field: string, text: Text, cause?: unknown) {
    super(text.en, cause === undefined ? {} : { cause });
    this.code = code;
    this.field = field;
    this.text = text;
  }
}

/** An action or an opening that the procedure does not allow. Nothing has changed. `code` is one of the core's refusals. */
export class Refused extends RedressError {
  override name = 'Refused';

  static by(refusal: Refusal): Refused {
    return new Refused(refusal.code, refusal.field, refusal.text);
  }
}
