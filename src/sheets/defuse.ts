// A cell that begins like a formula is computed when a spreadsheet program opens it, and can send data away.
// Blanks before the sign do not help, and an apostrophe that is already there must not be mistaken for ours.
const LEAD = /^['\s\u200b\ufeff]*/u;

function risky(text: string): boolean {
  const lead = LEAD.exec(text)?.[0] ?? '';
  const sign = text.slice(lead.length, lead.length + 1).normalize('NFKC');
  return /[\t\r\n]/.test(lead) || (sign !== '' && '=+-@'.includes(sign));
}

/** Text that no spreadsheet program takes for a formula: an apostrophe goes in front of what could be one, full-width signs included. */
export const defused = (text: string): string => (risky(text) ? `'${text}` : text);

/** The inverse of `defused`. */
export const undefused = (text: string): string => (text.startsWith("'") && risky(text.slice(1)) ? text.slice(1) : text);
