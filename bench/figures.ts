import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { drizzle } from 'drizzle-orm/pglite';
import { loadCalendar } from '../src/calendars/load.ts';
import { fold, Instant, isOpen, viewOf } from '../src/core/index.ts';
import { BREAKDOWNS } from '../src/figures/statistics.ts';
import { loadRules } from '../src/figures/load.ts';
import { wordsOf } from '../src/figures/words.ts';
import { EmbeddedPGlite } from '../src/register/embedded.ts';
import { embed } from '../src/register/folder.ts';
import { registerOn, type Register } from '../src/register/register.ts';
import * as schema from '../src/register/schema.ts';
import { counted, makeCases } from './figures-cases.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { phrase, random, WORDS } from './figures-words.ts';

const FROM = Instant.parse('2025-06-01T00:00:00.000Z');
const UNTIL = Instant.parse('2026-11-24T00:00:00.000Z');
const BATCH = 100;
const QUERIES = 400;

type Row = (what: string, ...cells: string[]) => void;

/** Statistics and search over many cases in the embedded register, each beside the plain way to the same, in one process. */
export async function figuresBench(row: Row, cases = Number(process.env['BENCH_FIGURES'] ?? 10_000)): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'redress-figures-'));
  const { pglite, where, close } = await embed(home, (data) => new EmbeddedPGlite(data));
  const register = registerOn(drizzle(pglite, { schema }), where, close);
  try {
    const events = await fill(register, cases);
    row('', 'register', 'timelines', 'ratio', 'aim');
    await statisticsBench(register, row, `statistics of ${cases} cases, ${events} events: s`);
    row('', 'index', 'plain scan', 'ratio', 'aim');
    await searchBench(register, (words) => pglite.query(SCAN(words.length), words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)), row);
  } finally {
    await register.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function fill(register: Register, cases: number): Promise<number> {
  let events = 0;
  let batch: Parameters<Register['bulk']['enter']>[0][number][] = [];
  const flush = async (): Promise<void> => {
    await register.bulk.enter(batch);
    batch = [];
  };
  for (const made of makeCases({ cases, from: FROM, until: UNTIL })) {
    events += made.events.length;
    batch.push({ intake: made.intake, events: made.events, view: viewOf(made.state) });
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return events;
}

/** The middle of several times in milliseconds, and the one that 99 in 100 stay below. */
function spread(times: readonly number[]): { median: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, p99: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0 };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** All figures by each breakdown, the slowest counting; beside it, what reading and folding every timeline takes. */
async function statisticsBench(register: Register, row: Row, what: string): Promise<void> {
  const { definitions, zones } = loadRules(await register.figures.rules());
  const query = { asOf: UNTIL, definitions, zones };
  const times: number[] = [];
  // The first call of a process is what somebody waits for at the command line.
  times.push(await timed(() => register.figures.statistics(query)));
  for (const by of [...BREAKDOWNS, 'category']) times.push(await timed(() => register.figures.statistics({ ...query, by })));
  const plain = await timed(() => byHand(register));
  const slowest = Math.max(...times);
  row(what, (slowest / 1000).toFixed(2), (plain / 1000).toFixed(2), (slowest / plain).toFixed(2), '2 s');
}

async function byHand(register: Register): Promise<number> {
  let late = 0;
  for await (const { view, events } of register.bulk.stories()) {
    const state = fold(counted(loadProcedure(view.procedure)), loadCalendar(view.calendar), events);
    for (const d of Object.values(state.duties)) if (d.met?.late || (isOpen(d) && d.overdue)) late += 1;
  }
  return late;
}

/** What a search would be without grams: every text looked at. */
const SCAN = (words: number): string => `
  select receipt from (${Array.from({ length: words }, (_, i) => `
    select receipt, ${i} as word from event_words where words ilike $${i + 1} union all select receipt, ${i} from intake_words where words ilike $${i + 1}`).join(' union all ')}) h
  group by receipt having count(distinct word) = ${words} limit 50`;

async function searchBench(register: Register, scan: (words: string[]) => Promise<unknown>, row: Row): Promise<void> {
  const queries = [...asked(QUERIES)];
  for (const words of queries.slice(0, 20)) await register.figures.search({ words });
  const [indexed, scanned]: [number[], number[]] = [[], []];
  // In turn, so that a drift of the machine meets both.
  for (const words of queries) {
    indexed.push(await timed(() => register.figures.search({ words })));
    scanned.push(await timed(() => scan(wordsOf(words))));
  }
  const [a, b] = [spread(indexed), spread(scanned)];
  row(`search of ${queries.length}: ms at the 99th percentile`, a.p99.toFixed(0), b.p99.toFixed(0), (a.p99 / b.p99).toFixed(2), '200 ms');
  row('search: ms, median', a.median.toFixed(1), b.median.toFixed(1), (a.median / b.median).toFixed(2));
}

/** What people ask for: a common word, a rare pair of words, one sign, a name, a number, English, words together. */
function* asked(most: number): Generator<string> {
  const next = random(5);
  const seen = new Set<string>();
  const pick = (): string => WORDS[Math.floor(next() * WORDS.length)] ?? '';
  const kinds = [
    pick, () => `${pick()} ${pick()}`, () => phrase(next, 2), () => Array.from(pick())[0] ?? '', () => `信访人${Math.floor(next() * 10_000)}`,
    () => `2026-${Math.floor(next() * 9000)}`, () => `555${Math.floor(next() * 10_000)}`, () => `${pick()} ${pick()} ${pick()}`, () => `officer-${Math.floor(next() * 6)} ${pick()}`,
  ];
  for (let i = 0; seen.size < most && i < 20 * most; i += 1) {
    const words = kinds[i % kinds.length]?.() ?? '';
    if (words === '' || seen.has(words)) continue;
    seen.add(words);
    yield words;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await figuresBench((what, ...cells) => console.log([what.padEnd(56), ...cells.map((c) => c.padStart(12))].join('')));
