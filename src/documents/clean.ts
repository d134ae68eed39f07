// oxlint-disable-next-line no-control-regex -- what XML 1.0 does not allow, what this room uses itself, and marks that turn the writing direction over
const UNFIT = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]/g;

/**
 * Words that somebody typed, as a document can hold them: control characters go, half of a surrogate pair becomes �,
 * every kind of line end becomes `\n`, a tab a blank. Rare characters stay as they are.
 */
export const clean = (text: string): string =>
  text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replaceAll('\t', ' ').replace(UNFIT, '').toWellFormed();
