import { once } from 'node:events';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { EngineError } from './errors.ts';

export const LOOPBACK = '127.0.0.1';

// Below the ranges from which Linux, macOS and Windows give outgoing connections their ports,
// so that no connection takes a port between our look at it and the server's bind.
const FIRST = 10_000;
const LAST = 32_000;

const handedOut = new Set<number>();

/** Whether a server could listen on this loopback port now. */
export async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen({ port, host: LOOPBACK, exclusive: true });
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}

/** `count` free loopback ports. This process never hands out the same port twice. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(FIRST, LAST);
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** @throws EngineError `engine-port-taken` naming the first port that something else listens on */
export async function assertFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    if (await isFree(port)) continue;
    throw new EngineError('engine-port-taken', { port: String(port) }, {
      en: `Port ${port} on ${LOOPBACK} is taken by another program.`,
      zh: `本机 ${LOOPBACK} 的端口 ${port} 已被其他程序占用。`,
    });
  }
}
