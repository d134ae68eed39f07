import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Seen } from './http-server.ts';

/** The receivers of http-server.ts, running in a process of their own. */
export interface Receivers {
  readonly url: string;
  /** What has arrived since it was asked for last. */
  seen(): Promise<Seen[]>;
  stop(): Promise<void>;
}

export async function startReceivers(): Promise<Receivers> {
  const child: ChildProcess = fork(fileURLToPath(new URL('http-server.ts', import.meta.url)), [], { execArgv: [] });
  const [port] = z.tuple([z.int()]).rest(z.unknown()).parse(await once(child, 'message'));
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    seen: async () => z.array(Seen).parse(await (await fetch(`${url}/seen`, { method: 'DELETE' })).json()),
    async stop() {
      child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
