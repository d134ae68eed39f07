import { z } from 'zod';

/** Words that a person reads, in both languages of the product. */
export const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;

export type Lang = keyof Text;

/** Lower case words joined by hyphens. */
export const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A name used as a key in a procedure. */
export const Name = z
  .string()
  .regex(NAME, 'a name is lower-case words joined by hyphens, as in "request-review"');
