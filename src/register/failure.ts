import type { UnavailableCode } from './errors.ts';
import { RegisterConflict, RegisterFault, RegisterUnavailable } from './errors.ts';
import { unavailable } from './unavailable.ts';

/** Codes of the operating system and of PostgreSQL (SQLSTATE) that mean that the register is away, not wrong. */
const AWAY: Readonly<Record<string, UnavailableCode>> = {
  ECONNREFUSED: 'refused', ECONNRESET: 'ended', EPIPE: 'ended', ENOTFOUND: 'unknown-host', EAI_AGAIN: 'unknown-host',
  ETIMEDOUT: 'timeout', EHOSTUNREACH: 'timeout', ENETUNREACH: 'timeout', ENOENT: 'refused',
  ENOSPC: 'full', EDQUOT: 'full', EROFS: 'read-only', EACCES: 'no-permission', EPERM: 'no-permission',
  '28P01': 'login', '28000': 'login', '3D000': 'no-database', '42501': 'no-permission',
  '25006': 'read-only', '53100': 'full', '53200': 'too-many', '53300': 'too-many', '53400': 'too-many',
  '57014': 'timeout', '55P03': 'timeout', '58030': 'damaged', XX001: 'damaged', XX002: 'damaged',
};

/** SQLSTATE classes: connection exceptions, and the server being stopped or starting. */
const AWAY_CLASSES = [/^08/, /^57P/];

/**
 * Turns whatever a driver threw into one of the register's errors. Drivers put the values of a statement into
 * their messages, so nothing of the original is passed on but its code and the names of table and constraint.
 */
export function failure(error: unknown, where: string): Error {
  if (error instanceof RegisterUnavailable || error instanceof RegisterConflict || error instanceof RegisterFault) return error;
  const codes = chain(error);
  for (const { code } of codes) {
    const away = AWAY[code] ?? (AWAY_CLASSES.some((c) => c.test(code)) ? 'ended' : undefined);
    if (away) return unavailable(away, where);
  }
  for (const { message } of codes) {
    if (/timeout/i.test(message)) return unavailable('timeout', where);
    if (/terminated|is closed|not queryable|Cannot use a pool/i.test(message)) return unavailable('ended', where);
    if (/no space left/i.test(message)) return unavailable('full', where);
  }
  const first = codes.find((c) => c.code !== '');
  return new RegisterFault(first?.code ?? '', first?.about ?? '');
}

/** The SQLSTATE of an error, however deep a driver wrapped it. */
export const sqlState = (error: unknown): string | undefined => chain(error).find((c) => /^[0-9A-Z]{5}$/.test(c.code))?.code;

/** What PostgreSQL said in DETAIL; only for errors that the register itself raises. */
export const detail = (error: unknown): string => chain(error).find((c) => c.detail !== '')?.detail ?? '';

interface Cause {
  readonly code: string;
  readonly message: string;
  readonly about: string;
  readonly detail: string;
}

function chain(error: unknown): Cause[] {
  const causes: Cause[] = [];
  for (let e = error; e instanceof Error && causes.length < 8; e = e.cause) {
    const about = [text(e, 'table'), text(e, 'constraint')].filter(Boolean).join(', ');
    causes.push({ code: text(e, 'code'), message: e.message.split('\n')[0] ?? '', about, detail: text(e, 'detail') });
  }
  return causes;
}

function text(e: Error, key: string): string {
  const value: unknown = Reflect.get(e, key);
  return typeof value === 'string' ? value : '';
}
