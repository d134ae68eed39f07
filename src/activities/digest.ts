import type { Notice, Outcome } from '../core/effects.ts';
import { instantOf } from '../core/instant.ts';
import { AddressRefused } from '../channels/index.ts';
import { type Meanwhile, reach, type Route, type Target } from './reach.ts';
import { sendTo, viewOf } from './send.ts';
import { inTime, later, reasonOf, sending, sent, sentAs, settledAs, tell } from './tell.ts';
import type { Office } from './world.ts';

/** The most that one message takes up; what is beyond comes in a second one. */
const MOST = 500;
const WAIT_MS = 4_000;
const LOOK_MS = 250;

/**
 * What waited for working hours goes out. Forty cases wake at the same moment; the first takes what waits for the same
 * person out of all of them and sends one message, and the others find theirs sent.
 *
 * The books say who has which notice, so that none is in two messages. A process that dies leaves its claim behind: done
 * again it is the same message with the same key, and after some seconds another may take what it left.
 */
export function release(world: Office, notices: readonly Notice[], within: number, elapsed = 0): Promise<Outcome[]> {
  return Promise.all(notices.map((notice) => one(world, notice, within, elapsed)));
}

async function one(world: Office, notice: Notice, within: number, elapsed: number): Promise<Outcome> {
  const { key } = notice;
  const begun = (await world.register.notices.begin([notice])).get(key);
  const before = begun && settledAs(begun);
  if (before) return before;
  const digest = `digest/${key}`;
  return inTime(within, sending(world, digest, () => gathered(world, notice, digest, within, elapsed)), () => later(world, key, 'timeout'));
}

/** Another sending has it: what became of it is in the books in a moment. */
async function found(world: Office, key: string): Promise<Outcome> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const now = (await world.register.notices.progress([key])).get(key);
    const outcome = now && settledAs(now);
    if (outcome) return outcome;
  }
  return { key, result: 'later', reason: 'sent-by-another' };
}

async function gathered(world: Office, notice: Notice, digest: string, within: number, elapsed: number): Promise<Outcome> {
  const { key, receipt } = notice;
  try {
    const meanwhile = { elapsed, ...(await world.register.people.casting([receipt])).get(receipt) };
    const route = await reach(world, notice, meanwhile);
    const all = await claim(world, { notice, route, meanwhile }, digest, elapsed);
    const mine = all.some((r) => r.notice.key === key);
    // Nobody, or a petitioner, who gets a letter of their own: as ever.
    if (all.length === 1 && mine) return await tell(world, notice, undefined, within, meanwhile);
    const { target } = route;
    if (all.length > 0 && target) await sendAll(world, all, target, digest, within);
    return await found(world, key);
  } catch (error) {
    return later(world, key, reasonOf(error));
  }
}

/** A notice, whom it reaches, and what that was found from. */
interface Routed {
  readonly notice: Notice;
  readonly route: Route;
  readonly meanwhile: Meanwhile;
}

/**
 * Takes this notice, and what else waits for the same person, in one go: of two who reach for the same, one gets it all.
 * A sending that is done again is the same one, with the same key, and takes nothing more: whoever got it before would
 * take the new line for old.
 */
async function claim(world: Office, mine: Routed, digest: string, elapsed: number): Promise<Routed[]> {
  const { notices } = world.register;
  const { notice, route: { target } } = mine;
  const before = (await notices.claimed(digest)).filter((n) => n.key !== notice.key);
  const again = before.length > 0 || (await notices.progress([notice.key])).get(notice.key)?.digest === digest;
  const others = again ? await routed(world, before, elapsed)
    : target && !notice.outside ? (await routed(world, await waitingWith(world, notice), elapsed)).filter((r) => samePerson(r.route.target, target)) : [];
  const taken = new Set(await notices.claim([notice.key, ...others.map((r) => r.notice.key)], digest));
  return [mine, ...others].filter((r) => taken.has(r.notice.key)).toSorted((a, b) => (a.notice.key < b.notice.key ? -1 : 1));
}

const waitingWith = async ({ register }: Office, notice: Notice): Promise<Notice[]> =>
  (await register.notices.waiting(notice.notBefore ?? notice.at ?? instantOf(Date.now()), MOST)).filter((n) => n.key !== notice.key);

/** Whom each reaches, as things stand now. */
async function routed(world: Office, waiting: readonly Notice[], elapsed: number): Promise<Routed[]> {
  const cast = await world.register.people.casting([...new Set(waiting.map((n) => n.receipt))]);
  return Promise.all(waiting.map(async (notice) => {
    const meanwhile = { elapsed, ...cast.get(notice.receipt) };
    return { notice, route: await reach(world, notice, meanwhile), meanwhile };
  }));
}

/** One message for all. Where the address is refused each goes its own way, to the deputy or up. */
async function sendAll(world: Office, all: readonly Routed[], target: Target, digest: string, within: number): Promise<void> {
  const [first] = all;
  if (!first) return;
  const views = all.map(({ notice }) => viewOf(world, notice, target.name));
  let took: readonly string[] = [];
  try {
    // To the person alone: a group may hear of some of these cases and not of others.
    took = await sendTo(world, { ...first.notice, urgent: false }, { ...target, groups: [] }, (via) => world.templates.digest(views, target.lang, via), digest);
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
  }
  for (const { notice, route, meanwhile } of all)
    if (took.length === 0) await tell(world, notice, undefined, within, meanwhile);
    else await sent(world, sentAs(notice, route, took));
}

function samePerson(a: Target | undefined, b: Target): boolean {
  if (!a || a.person !== b.person || a.lang !== b.lang) return false;
  return a.person !== undefined || (a.ways.length > 0 && JSON.stringify(a.ways) === JSON.stringify(b.ways));
}
