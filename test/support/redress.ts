import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/redress.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface How {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** Settings of whoever runs the tests that must not reach the program under test. */
const NOT_OURS = ['LC_ALL', 'LC_MESSAGES', 'LANG', 'REDRESS_HOME', 'REDRESS_KEY', 'REDRESS_INSTITUTION', 'TEMPORAL_ADDRESS', 'DATABASE_URL', 'SMTP_URL', 'FORCE_COLOR'];

export function environment(env: How['env'] = {}): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_OURS.includes(name))), ...env };
}

/** Runs the command line as a person or a program would: in a process of its own. */
export function redress(args: readonly string[], { env, input }: How = {}): Promise<Ran> {
  const child = spawn(process.execPath, [BIN, ...args], { env: environment(env), stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  child.stdin.on('error', () => undefined).end(input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, out: out.join(''), err: err.join('') }));
  });
}

/** The program as it runs on, and the lines of its standard output so far. */
export function running(args: readonly string[], env: How['env']) {
  const child = spawn(process.execPath, [BIN, ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, said: () => said.join('') };
}
