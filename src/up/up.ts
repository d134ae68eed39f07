import { join } from 'node:path';
import { activities, ordinary } from '../activities/index.ts';
import { channelsOf } from '../channels/index.ts';
import { configFrom, type Config } from '../config.ts';
import type { Text } from '../core/text.ts';
import { papers, toPdf } from '../documents/index.ts';
import { storeOf } from '../filing/index.ts';
import { templates } from '../notices/index.ts';
import { openRegister, serveRegister } from '../register/index.ts';
import { checkSchedules } from '../schedules/index.ts';
import { bundle, createWorker } from '../worker.ts';
import { keepCases } from './cases.ts';
import { keepEngine } from './engine.ts';
import { announce, takeHome, withdraw } from './home.ts';
import { bringIn, institutionOf } from './institution.ts';
import { bringInSchedules } from './schedules.ts';
import { converterOf, keyIdsOf } from '../converter.ts';
import { keyFor } from './key.ts';
import type { Stack } from './stack.ts';
import { keepWorker } from './worker.ts';

/** What runs, for those who tell people about it. */
export interface Up {
  readonly config: Config;
  readonly institution: Text;
  readonly engine: string;
  /** The folder of the register; none where DATABASE_URL names a database. */
  readonly register?: string;
  /** The file of the notices; none where they go by e-mail. */
  readonly notices?: string;
}

export interface Told {
  /** How the start gets on. */
  progress(text: Text): void;
  /** Something that people should know of while it runs. */
  event(text: Text): void;
}

/**
 * Starts everything that one machine needs: engine, register, worker. What is started is put on `started`, also
 * where a later step fails, so that whoever calls stops it.
 */
export async function start(env: NodeJS.ProcessEnv, told: Told, started: Stack): Promise<Up> {
  const config = configFrom(env);
  const { home } = config;
  const notices = join(home, 'notices.log');
  const channels = channelsOf(env, notices);
  const words = templates(config.notices);
  const { draft } = papers(config.papers);
  const store = storeOf(env, home);
  const institution = await institutionOf(config);
  checkSchedules(institution.institution);
  started.add('home', await takeHome(home));
  const key = await keyFor(config);
  const [dataConverter, keyIds] = await Promise.all([converterOf(key), keyIdsOf(key)]);

  // Before the engine, which may take minutes to build: what is set wrongly should be told at once.
  told.progress({ zh: '登记簿：正在打开。', en: 'Register: opening.' });
  const folder = config.databaseUrl === undefined ? join(home, 'register') : undefined;
  const databaseUrl = config.databaseUrl ?? (await served(join(home, 'register'), started));
  const register = await openRegister({ url: databaseUrl });
  started.add('register', () => register.close());
  const title = await bringIn(register, institution, config);
  // Cases from before there was a search.
  await register.figures.makeSearchable((cases) => told.progress({ zh: `登记簿：正在为 ${cases} 件旧事项建立检索。`, en: `Register: making ${cases} earlier cases searchable.` }));

  // The code of the workflows is put together while the engine starts.
  const bundled = bundle(dataConverter);
  bundled.catch(() => undefined);
  let running = false;
  let moved: (() => void) | undefined;
  const engine = await keepEngine(config, (text) => (running ? told.event(text) : told.progress(text)), () => moved?.());
  started.add('engine', () => engine.stop());

  told.progress({ zh: '工作进程：正在启动。', en: 'Worker: starting.' });
  for (const channel of channels) started.add(channel.name, async () => channel.close?.());
  const cases = keepCases(() => engine.now(), register, dataConverter);
  started.add('cases', () => cases.close());
  const world = ordinary({ register, channels, archive: store, templates: words, draft, toPdf, link: linkOf(config), cases });
  const doing = activities(world);
  // Those that a stop or a missing LibreOffice left out.
  world.room.makePdfs().catch(() => undefined);
  started.add('papers', () => world.room.idle());
  const make = async () => {
    const { address, namespace } = engine.now();
    return createWorker({ address, namespace, activities: doing, workflowBundle: await bundled, dataConverter });
  };
  const worker = await keepWorker(home, make, (text) => told.event(text));
  started.add('worker', () => worker.stop());

  const known = (): Promise<void> => announce(home, { pid: process.pid, temporalAddress: engine.now().address, namespace: engine.now().namespace, databaseUrl, keyIds });
  await known();
  started.add('running.json', () => withdraw(home));
  moved = () => {
    worker.renew();
    known().catch(() => undefined);
  };
  // Not those of the sample, where the register has another institution.
  if ((await register.institution())?.id === institution.institution.id) await bringInSchedules(engine.now(), dataConverter, institution.institution, (text) => told.event(text));
  running = true;
  const { address } = engine.now();
  return {
    config, institution: title, engine: address,
    ...(folder === undefined ? {} : { register: folder }),
    ...(channels[0]?.via === 'log' ? { notices } : {}),
  };
}

/** Where a case can be looked at: REDRESS_URL and its receipt. */
const linkOf = ({ url }: Config): ((receipt: string) => string) | undefined =>
  url === undefined ? undefined : (receipt) => `${url.replace(/\/+$/, '')}/${encodeURIComponent(receipt)}`;

async function served(dir: string, started: Stack): Promise<string> {
  const register = await serveRegister({ dir });
  started.add('register', () => register.close());
  return register.url;
}
