import { statfs } from 'node:fs/promises';
import { type ExecProtocolOptionsStream, PGlite, type QueryOptions, type Results } from '@electric-sql/pglite';

/** Bytes that must stay free on the disk: four segments of the write-ahead log, which is written in such pieces. */
export const RESERVE = 64 * 1024 * 1024;

/** What PostgreSQL would say; `code` is the SQLSTATE. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError';
  readonly code: '53100' | '58030';

  constructor(code: '53100' | '58030') {
    super(code === '53100' ? 'the disk of the embedded database is full' : 'the embedded database has stopped');
    this.code = code;
  }
}

/**
 * PGlite, made safe against a full disk. When its log cannot grow it panics, and whatever is asked of it afterwards
 * never returns and holds up the whole process. So writing is refused in time, and after a panic everything is.
 */
export class EmbeddedPGlite extends PGlite {
  readonly #folder: string | undefined;
  readonly #reserve: number;
  #stopped = false;

  constructor(folder: string | undefined, reserve: number = RESERVE) {
    super(folder);
    this.#folder = folder;
    this.#reserve = reserve;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  override async query<T>(statement: string, params?: unknown[], options?: QueryOptions): Promise<Results<T>> {
    await this.admit(statement);
    try {
      return await super.query<T>(statement, params, options);
    } catch (error) {
      if (error instanceof Error && Reflect.get(error, 'severity') === 'PANIC') this.#stopped = true;
      throw error;
    }
  }

  override async execProtocolRawStream(message: Uint8Array, options: ExecProtocolOptionsStream): Promise<void> {
    const onRawData = (data: Uint8Array): void => {
      if (data[0] === 0x45 && Buffer.from(data).includes('SPANIC\0')) this.#stopped = true;
      options.onRawData(data);
    };
    return super.execProtocolRawStream(message, { ...options, onRawData });
  }

  /** A stopped one cannot say goodbye either; its log brings everything back at the next opening. */
  override async close(): Promise<void> {
    if (!this.#stopped) await super.close();
  }

  /** @throws EmbeddedError where the statement would not come to an end */
  protected async admit(statement: string): Promise<void> {
    if (this.#stopped) throw new EmbeddedError('58030');
    if (this.#folder === undefined || /^\s*(select|show|begin|rollback)\b/i.test(statement)) return;
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize < this.#reserve) throw new EmbeddedError('53100');
  }
}
