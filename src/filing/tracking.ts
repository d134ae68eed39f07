/** The weights of the eight digits in the check digit of UPU S10. */
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** The number of a registered letter without blanks, in capitals; nothing where it cannot be one. */
export function trackingOf(raw: string): string | undefined {
  const text = raw.normalize('NFKC').replaceAll(/[\s-]+/g, '').toUpperCase();
  const international = /^[A-Z]{2}(\d+)[A-Z]{2}$/.exec(text)?.[1];
  if (international !== undefined) return international.length === 9 && international[8] === checkDigit(international) ? text : undefined;
  // Inland mail has numbers of its own.
  return /^[A-Z0-9]{8,30}$/.test(text) && /\d{6}/.test(text) ? text : undefined;
}

function checkDigit(digits: string): string {
  const rest = 11 - (WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11);
  return String(rest === 10 ? 0 : rest === 11 ? 5 : rest);
}
