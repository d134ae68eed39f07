import { join } from 'node:path';
import { stringify } from 'yaml';
import { LOOPBACK } from './ports.ts';

/** The loopback ports of one server: gRPC for callers first, the rest for its own services. */
export type EnginePorts = {
  readonly frontend: number;
  readonly frontendMembership: number;
  readonly history: number;
  readonly historyMembership: number;
  readonly matching: number;
  readonly matchingMembership: number;
  readonly worker: number;
  readonly workerMembership: number;
};

export const PORT_NAMES = [
  'frontend', 'frontendMembership', 'history', 'historyMembership',
  'matching', 'matchingMembership', 'worker', 'workerMembership',
] as const satisfies readonly (keyof EnginePorts)[];

/** The database file of a home; server builds and the Temporal CLI write the same one. */
export const databaseFile = (home: string): string => join(home, 'temporal.db');

/** SQLite settings by which a commit survives a crash of the machine, not only of the process. */
export const PRAGMAS = { journal_mode: 'wal', synchronous: '2' } as const;

const FOR_TESTS = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  // New search attributes can be used at once; a production server may take two seconds.
  'system.forceSearchAttributesCacheRefreshOnRead': true,
};

/** Dynamic configuration of a server which has this machine to itself. */
export function dynamicConfig(options: { timeSkipping: boolean }): Record<string, unknown> {
  return {
    'matching.numTaskqueueReadPartitions': 1,
    'matching.numTaskqueueWritePartitions': 1,
    // A timer fires up to this much late (default: a second) and waits for a poll (default: 20 a second).
    'history.timerProcessorMaxTimeShift': '10ms',
    'history.timerProcessorMaxPollRPS': 1_000,
    'history.transferProcessorMaxPollRPS': 1_000,
    'history.visibilityProcessorMaxPollRPS': 1_000,
    'frontend.persistenceMaxQPS': 10_000,
    'history.persistenceMaxQPS': 45_000,
    ...(options.timeSkipping ? FOR_TESTS : {}),
  };
}

/** Dynamic configuration as the file that the server reads. */
export function dynamicConfigYaml(values: Record<string, unknown>): string {
  return stringify(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [{ value }]])));
}

/** The server's static configuration: every service on loopback, one SQLite database. */
export function serverYaml(options: { home: string; memory: boolean; ports: EnginePorts; dynamicConfigFile: string }): string {
  const { home, memory, ports, dynamicConfigFile } = options;
  const frontend = `${LOOPBACK}:${ports.frontend}`;
  return stringify({
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'sqlite',
      visibilityStore: 'sqlite',
      numHistoryShards: 1,
      datastores: { sqlite: { sql: sqlite(memory ? undefined : databaseFile(home)) } },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: LOOPBACK } },
    services: {
      frontend: service(ports.frontend, ports.frontendMembership),
      history: service(ports.history, ports.historyMembership),
      matching: service(ports.matching, ports.matchingMembership),
      worker: service(ports.worker, ports.workerMembership),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: frontend },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    namespaceDefaults: { archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } } },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
  });
}

const service = (grpcPort: number, membershipPort: number): object => ({ rpc: { grpcPort, membershipPort, bindOnIP: LOOPBACK } });

function sqlite(file: string | undefined): object {
  return {
    pluginName: 'sqlite',
    databaseName: file ?? 'redress',
    connectAddr: 'localhost',
    connectProtocol: 'tcp',
    connectAttributes: file === undefined
      ? { mode: 'memory', cache: 'shared' }
      : { cache: 'private', setup: 'true', ...PRAGMAS },
    maxConns: 1,
    maxIdleConns: 1,
  };
}
