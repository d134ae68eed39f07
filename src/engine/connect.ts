import { Connection } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { EngineError } from './errors.ts';
import { prepare } from './prepare.ts';
import { NAMESPACE, RETENTION_DAYS } from './start.ts';
import type { Engine } from './start.ts';

export type ConnectOptions = {
  readonly namespace?: string;
  readonly retentionDays?: number;
  /** TLS, API key and the like, for a server that wants them. */
  readonly connection?: Omit<ConnectionOptions, 'address'>;
};

/**
 * Takes a server that runs already (`TEMPORAL_ADDRESS`), and makes sure of its namespace and
 * search attributes. `stop` and `kill` leave it alone.
 * @throws EngineError `engine-unreachable`, or `engine-forbidden` when something is missing there
 */
export async function connectEngine(address: string, options: ConnectOptions = {}): Promise<Engine> {
  const { namespace = NAMESPACE, retentionDays = RETENTION_DAYS } = options;
  const connection = await Connection.connect({ ...options.connection, address }).catch((cause) => {
    throw new EngineError('engine-unreachable', { address }, {
      en: `No Temporal server answers on ${address}.`,
      zh: `地址 ${address} 上没有 Temporal 服务器应答。`,
    }, cause);
  });
  try {
    await prepare(connection, namespace, retentionDays);
  } finally {
    await connection.close();
  }
  return { address, namespace, pid: undefined, how: 'address', ports: undefined, stop: leave, kill: leave };
}

const leave = async (): Promise<void> => {};
