import { z } from 'zod';

export const UNITS = ['calendar-days', 'working-days', 'months', 'working-hours', 'minutes'] as const;
export const Unit = z.enum(UNITS);
export type Unit = z.infer<typeof Unit>;

/** No law counts further, and a typing error should not keep a case busy for millennia. */
const MOST = 36_600;
const MOST_MONTHS = 1200;
export const longestIn = (unit: Unit): number => (unit === 'months' ? MOST_MONTHS : MOST);

const SHORTHAND = /^(\d+) (calendar|working) (days?|hours?)$|^(\d+) (months?|minutes?)$/;

/** An amount of legal time: `{ amount: 5, unit: 'working-days' }`, written "5 working days" in a procedure file. */
export const Duration = z.preprocess(
  (raw) => (typeof raw === 'string' ? parse(raw) : raw),
  z.strictObject({ amount: z.int().min(0).max(MOST), unit: Unit }, {
    error: 'write a duration such as "15 calendar days", "5 working days", "2 months", "3 working hours" or "30 minutes"',
  }).refine((d) => d.unit !== 'months' || d.amount <= MOST_MONTHS, 'too many months'),
);
export type Duration = z.infer<typeof Duration>;

function parse(raw: string): unknown {
  const m = SHORTHAND.exec(raw.trim());
  if (!m) return raw;
  const [, n, kind, of, m2, whole] = m;
  const unit = kind ? `${kind}-${plural(of ?? '')}` : plural(whole ?? '');
  return { amount: Number(n ?? m2), unit };
}

const plural = (word: string): string => (word.endsWith('s') ? word : `${word}s`);

/** Whether the unit is counted in whole days, so that the duty ends with a day. */
export const inDays = (unit: Unit): boolean =>
  unit === 'calendar-days' || unit === 'working-days' || unit === 'months';
