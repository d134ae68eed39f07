import type { Heard, Incoming, Linking, LinkOutcome } from '../core/effects.ts';
import type { Unlinked } from '../core/events.ts';
import type { Instant } from '../core/instant.ts';
import type { Values } from '../core/fields.ts';
import { above } from '../institution/index.ts';
import { barringUnit } from '../people/index.ts';
import type { Register } from '../register/index.ts';

/** A case to be opened because another one, or a schedule, says so. */
export interface Opening {
  readonly procedure: string;
  readonly unit: string;
  readonly channel?: string | undefined;
  readonly receivedAt?: string | undefined;
  readonly fields: Values;
  /** Opening again with the same one gives the same case. */
  readonly key: string;
  readonly link?: Incoming | undefined;
  /** The case whose petitioner, and whose words, it has. */
  readonly petitionerOf?: string | undefined;
  /** What the clock shows for whoever opens it, where that is not the engine's. */
  readonly clock?: Instant | undefined;
}

/** The cases on the engine, for those who open and tell them. Throws while the engine is away. */
export interface Cases {
  open(opening: Opening): Promise<{ readonly receipt: string }>;
  /** What is wrong with an opening that is not taken, as a link puts it; undefined for what may come right by waiting. */
  why(error: unknown): Unlinked | undefined;
  link(to: string, incoming: Incoming): Promise<'told' | 'closed' | 'no-such-case'>;
  hear(heard: Heard): Promise<'told' | 'closed' | 'no-such-case'>;
}

const failed = (reason: Unlinked): LinkOutcome => ({ result: 'failed', reason });

/** Opens the case that a link asks for, or finds it, and has both know of the other. The same for the same key, whenever it is done again. */
export async function link(register: Register, cases: Cases | undefined, asked: Linking): Promise<LinkOutcome> {
  const { receipt, link: key, relation, listens, opens, to } = asked;
  if (!cases) return failed('no-procedure');
  const incoming = { from: receipt, key, relation, listens };
  if (opens) return opened(register, cases, asked, opens, incoming);
  if (to === undefined) return failed('no-such-case');
  const other = to.toUpperCase();
  if (other === receipt) return failed('loop');
  if ((await register.links.enter({ receipt, key, other, relation })) === 'loop') return failed('loop');
  const result = await cases.link(other, incoming);
  if (result === 'told') return { result: 'linked', receipt: other };
  await register.links.drop(receipt, key);
  return failed(result);
}

async function opened(register: Register, cases: Cases, { key, receipt, link: name, relation, clock }: Linking, opens: NonNullable<Linking['opens']>, incoming: Incoming): Promise<LinkOutcome> {
  const { procedure, channel, receivedAt, fields, petitioner } = opens;
  const { units } = await register.people.organisation();
  const free = (one: string): boolean => barringUnit(units, (x) => opens.excluded.includes(x), one) === undefined;
  const candidates = opens.above ? above(units, opens.unit) : [opens.unit];
  // Nothing goes to a unit that the matter is about, nor to one below it (Art. 30(3) of the Regulations).
  const unit = candidates.find(free);
  if (unit === undefined) return failed(candidates.length > 0 ? 'takes-no-part' : 'no-such-unit');
  if ((await register.links.depth(receipt)) >= DEEP) return failed('loop');
  try {
    const made = await cases.open({ procedure, unit, channel, receivedAt, fields, key, link: incoming, clock, ...(petitioner ? { petitionerOf: receipt } : {}) });
    await register.links.enter({ receipt, key: name, other: made.receipt, relation });
    return { result: 'linked', receipt: made.receipt };
  } catch (error) {
    const reason = cases.why(error);
    if (reason === undefined) throw error;
    return failed(reason);
  }
}

/** Cases that open cases that open cases: no procedure means that many. */
const DEEP = 20;

/** Tells a linked case. One that is not there any more takes nothing, as one that has closed. */
export async function pass(cases: Cases | undefined, heard: Heard): Promise<'told' | 'closed'> {
  return (await cases?.hear(heard)) === 'told' ? 'told' : 'closed';
}
