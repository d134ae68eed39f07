import { join } from 'node:path';
import type { Redress } from '../client.ts';
import { type Config, configFrom, findRunning } from '../config.ts';
import { RegisterUnavailable } from '../register/errors.ts';
import type { Register } from '../register/index.ts';
import { unavailable } from '../register/unavailable.ts';

/** Does some work with the Redress that runs, and lets go of it afterwards. What it needs is loaded only now. */
export async function withRedress<T>(work: (redress: Redress) => Promise<T>): Promise<T> {
  const config = configFrom(process.env);
  const running = await findRunning(config);
  const { Redress: Client } = await import('../client.ts');
  return placed(config, async () => {
    const redress = await Client.connect(running);
    try {
      return await work(redress);
    } finally {
      await redress.close();
    }
  });
}

/** Does some work with the register alone, for which no engine is needed. */
export async function withRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
  const config = configFrom(process.env);
  const { databaseUrl } = await findRunning(config);
  const { openRegister } = await import('../register/index.ts');
  return placed(config, async () => {
    const register = await openRegister({ url: databaseUrl });
    try {
      return await work(register);
    } finally {
      await register.close();
    }
  });
}

/** The embedded register is known to people by its folder, not by the socket that it is served on. */
async function placed<T>({ databaseUrl, home }: Config, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (databaseUrl === undefined && error instanceof RegisterUnavailable) throw unavailable(error.code, join(home, 'register'));
    throw error;
  }
}
