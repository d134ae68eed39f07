import type { ExecProtocolOptionsStream, PGlite } from '@electric-sql/pglite';
import { EmbeddedError, EmbeddedPGlite } from './embedded.ts';

const [STARTUP, QUERY, PARSE, SYNC, FLUSH, TERMINATE] = [0, 0x51, 0x50, 0x53, 0x48, 0x58];

/**
 * An embedded database that several connections can share through PGLiteSocketServer.
 *
 * There is one session behind them all. The server's queue takes single protocol messages and lets another
 * connection in between unless `isInTransaction()`; a statement with parameters is five messages, so two
 * connections would bind their values to each other's statements. Here the messages of an exchange are kept until
 * it is complete and then run one after the other, and the connection keeps its turn meanwhile. A connection that
 * ends halfway leaves nothing behind.
 */
export class SharedPGlite extends EmbeddedPGlite {
  #kept: Uint8Array[] = [];
  #unsynced = false;

  override isInTransaction(): boolean {
    return !this.stopped && (this.#kept.length > 0 || this.#unsynced || super.isInTransaction());
  }

  override async execProtocolRawStream(message: Uint8Array, options: ExecProtocolOptionsStream): Promise<void> {
    const type = message[0];
    if (type === STARTUP || type === TERMINATE) return this.#run([message], options);
    this.#kept.push(message);
    if (type !== QUERY && type !== SYNC && type !== FLUSH) return;
    const exchange = this.#kept;
    this.#kept = [];
    this.#unsynced = type === FLUSH;
    return this.#run(exchange, options);
  }

  /** The server calls it, with ROLLBACK, when the connection whose turn it is has gone. */
  override async exec(...args: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    this.#kept = [];
    this.#unsynced = false;
    return this.stopped ? [] : super.exec(...args);
  }

  /** The server's queue stops for ever at an error thrown here, so the connection is told instead. */
  async #run(exchange: readonly Uint8Array[], options: ExecProtocolOptionsStream): Promise<void> {
    try {
      await this.admit(super.isInTransaction() ? 'rollback' : statementOf(exchange[0]));
      for (const message of exchange) if (!this.stopped) await super.execProtocolRawStream(message, options);
    } catch (error) {
      if (error instanceof EmbeddedError && error.code === '53100') options.onRawData(Buffer.concat([response('ERROR', error.code, error.message), READY]));
      else options.onRawData(response('FATAL', '58030', 'the embedded database could not take this message'));
    }
  }
}

/** The words of a statement at the beginning of an exchange; enough of them to tell reading from writing. */
function statementOf(message: Uint8Array | undefined): string {
  const type = message?.[0];
  if (message === undefined || (type !== QUERY && type !== PARSE)) return 'show';
  const from = type === QUERY ? 5 : message.indexOf(0, 5) + 1;
  return Buffer.from(message.subarray(from, from + 64)).toString();
}

/** ErrorResponse: severity, code, message. */
function response(severity: 'ERROR' | 'FATAL', code: string, message: string): Buffer {
  const fields = Buffer.from(`S${severity}\0V${severity}\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** ReadyForQuery, in no transaction. */
const READY = Buffer.from('Z\0\0\0\x05I', 'latin1');
