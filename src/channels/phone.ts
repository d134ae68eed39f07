/** A phone number as gateways want it. */
export interface Phone {
  /** +8613900000000 */
  readonly e164: string;
  /** 8613900000000 */
  readonly digits: string;
  /** 13900000000 where it is of the gateway's own country, else as `digits`. */
  readonly national: string;
}

/**
 * A number that can get a short message, however people write it: with blanks, hyphens, brackets, full-width digits,
 * 00 or + before the country. Undefined where it is none: too short, too long, a Chinese landline.
 * @param country the code that a number without one belongs to
 */
export function phoneOf(written: string, country: string): Phone | undefined {
  const bare = written.normalize('NFKC').replaceAll(/[\s\-‐-―().·]/g, '').replace(/^00/, '+');
  if (!/^\+?\d+$/.test(bare)) return undefined;
  const digits = bare.startsWith('+') ? bare.slice(1) : `${country}${bare.replace(/^0/, '')}`;
  if (!/^[1-9]\d{7,14}$/.test(digits)) return undefined;
  if (digits.startsWith('86') && !/^861[3-9]\d{9}$/.test(digits)) return undefined;
  return { e164: `+${digits}`, digits, national: digits.startsWith(country) ? digits.slice(country.length) : digits };
}
