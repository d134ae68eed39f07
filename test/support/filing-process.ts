import { z } from 'zod';
import { filing, folder } from '../../src/filing/index.ts';
import { openRegister } from '../../src/register/index.ts';
import { draft, office, paper } from './papers.ts';

// A process that files papers, for tests that run several of them, or kill them. Prints the key of each paper that is on file.
const { place, archive, keys, atOnce } = z
  .object({ place: z.object({ url: z.string().optional(), dir: z.string().optional() }), archive: z.string(), keys: z.array(z.int()), atOnce: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const register = await openRegister(place);
const room = filing({ register, store: folder(archive), draft, office });
const left = [...keys];
await Promise.all(Array.from({ length: atOnce }, async () => {
  for (let i = left.shift(); i !== undefined; i = left.shift()) {
    const { number } = await room.file(paper(i));
    process.stdout.write(`${i} ${number}\n`);
  }
}));
await register.close();
