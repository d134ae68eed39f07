import type { Text } from '../core/text.ts';

/** Why the register cannot be used; stable, so that another layer can choose its own words. */
export type UnavailableCode =
  | 'nowhere' | 'refused' | 'unknown-host' | 'timeout' | 'login' | 'no-database' | 'no-permission' | 'too-many'
  | 'ended' | 'full' | 'read-only' | 'in-use' | 'no-folder' | 'damaged' | 'bad-url';

/** The register is away. `text` says what to check; neither it nor `message` holds a password or personal data. */
export class RegisterUnavailable extends Error {
  override name = 'RegisterUnavailable';
  readonly code: UnavailableCode;
  readonly text: Text;

  constructor(code: UnavailableCode, text: Text) {
    super(text.en);
    this.code = code;
    this.text = text;
  }
}

/** What is to be recorded contradicts what is recorded: the register was tampered with, or there is a bug. */
export class RegisterConflict extends Error {
  override name = 'RegisterConflict';
  readonly receipt: string;
  readonly text: Text;

  constructor(receipt: string, text: Text) {
    super(text.en);
    this.receipt = receipt;
    this.text = text;
  }

  /** Another event stands under this number. */
  static event(receipt: string, seq?: number): RegisterConflict {
    const n = seq === undefined ? '' : ` ${seq}`;
    return new RegisterConflict(receipt, {
      en: `Case ${receipt} already has another event${n} on its timeline. Nothing was recorded. Compare the case with its workflow before going on.`,
      zh: `${receipt} 的时间线上已有另一条第${n || '若干'} 号事件，本次未作任何登记。请先将登记簿与流程核对。`,
    });
  }

  /** The receipt number belongs to another intake. */
  static receipt(receipt: string): RegisterConflict {
    return new RegisterConflict(receipt, {
      en: `Receipt ${receipt} already belongs to another matter.`,
      zh: `登记号 ${receipt} 已用于另一事项。`,
    });
  }
}

/** The database refused a statement for a reason nobody foresaw. Holds no value of it, for values may be personal data. */
export class RegisterFault extends Error {
  override name = 'RegisterFault';
  /** SQLSTATE or the system's code; empty where there was none. */
  readonly code: string;

  constructor(code: string, about: string) {
    super(`The register's database reported ${code || 'an error without a code'}${about && ` on ${about}`}.`);
    this.code = code;
  }
}
