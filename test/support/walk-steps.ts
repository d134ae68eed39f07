import fc from 'fast-check';
import * as core from '../../src/core/index.ts';
import type { Model } from './walk-model.ts';
import { type Manner, manner, wanted } from './walk-wants.ts';
import { answer, hear, incoming, type Told } from './walk-links.ts';
import { correct, passTo, take, tell, type World } from './walk-world.ts';

export type { Told };

// The steps of a walk, each as fast-check's model-based testing wants it. What each came to is put on the log of the world,
// so that a walk that failed can be read.

abstract class Step implements fc.Command<Model, World> {
  readonly #of: unknown;
  constructor(of: unknown) {
    this.#of = of;
  }

  check(m: Readonly<Model>): boolean {
    return !m.closed;
  }

  run(m: Model, w: World): void {
    w.log.push(this.toString());
    this.come(m, w, (text) => void (w.log[w.log.length - 1] = `${w.now.slice(0, 16)}Z ${text}`));
  }

  toString(): string {
    return `${this.constructor.name} ${JSON.stringify(this.#of)}`;
  }

  /** Does it, and tells the log what it is about before and after. */
  protected abstract come(m: Model, w: World, log: (text: string) => void): void;
}

class Wait extends Step {
  readonly #minutes: number;
  readonly #punctual: boolean;
  constructor(minutes: number, punctual: boolean) {
    super([minutes, punctual]);
    [this.#minutes, this.#punctual] = [minutes, punctual];
  }

  protected override come(m: Model, w: World, log: (text: string) => void): void {
    const to = core.instantOf(core.msOf(w.now) + this.#minutes * core.MINUTE);
    log(`time passes until ${to}${this.#punctual ? '' : ', while the system is away'}`);
    passTo(m, w, to, this.#punctual);
  }
}

/** To the very end of a time that runs, or just past it. */
class Until extends Step {
  readonly #pick: number;
  readonly #past: number;
  constructor(pick: number, past: number) {
    super([pick, past]);
    [this.#pick, this.#past] = [pick, past];
  }

  protected override come(m: Model, w: World, log: (text: string) => void): void {
    const open = Object.values(w.state.duties).filter((d) => d.status === 'open' && d.due.dueAt >= w.now);
    const one = open[this.#pick % Math.max(1, open.length)];
    if (!one) return log('no time runs');
    const to = core.instantOf(Math.max(core.msOf(w.now), core.msOf(one.due.dueAt) + this.#past));
    log(`time passes until ${to}, when ${one.instance} is due at ${one.due.dueAt}`);
    passTo(m, w, to, true);
  }
}

class Take extends Step {
  readonly #how: Manner;
  constructor(how: Manner) {
    super(how);
    this.#how = how;
  }

  protected override come(m: Model, w: World, log: (text: string) => void): void {
    const act = wanted(m, w, this.#how);
    if (!act) return log('nothing to take');
    const { action, by, fields, instance, occurredAt } = act;
    const said = `${action} as ${by.role}${by.person === undefined ? '' : `/${by.person}`} ${JSON.stringify(fields)}${instance === undefined ? '' : ` ${instance}`}${occurredAt === undefined ? '' : ` at ${occurredAt}`}`;
    log(said);
    log(`${said} ${take(m, w, act) ? `→ ${m.stage}` : 'refused'}`);
  }
}

class Tell extends Step {
  readonly #seed: number;
  constructor(seed: number) {
    super(seed);
    this.#seed = seed;
  }

  protected override come(m: Model, w: World, log: (text: string) => void): void {
    log('notices are sent and links answered');
    tell(m, w, this.#seed);
    answer(m, w, this.#seed);
  }
}

class Hear extends Step {
  readonly #told: readonly Told[];
  readonly #seed: number;
  readonly #late: number;
  constructor(told: readonly Told[], seed: number, late: number) {
    super([seed, late]);
    [this.#told, this.#seed, this.#late] = [told, seed, late];
  }

  protected override come(m: Model, w: World, log: (text: string) => void): void {
    log('nothing is heard from linked cases');
    if (this.#told.length > 0) incoming(m, w, this.#seed);
    hear(m, w, this.#told, this.#seed, this.#late, log);
  }
}

class Correct extends Step {
  readonly #pick: number;
  readonly #minutes: number;
  constructor(pick: number, minutes: number) {
    super([pick, minutes]);
    [this.#pick, this.#minutes] = [pick, minutes];
  }

  protected override come(m: Model, w: World, log: (text: string) => void): void {
    const all = [...m.times];
    const [of, was] = all[this.#pick % all.length] ?? [1, w.now];
    const occurredAt = core.instantOf(Math.min(core.msOf(w.now), core.msOf(was) + this.#minutes * core.MINUTE));
    const [role = 'nobody'] = this.#pick % 7 === 6 ? Object.keys(w.procedure.roles) : w.procedure.corrects;
    log(`correct event ${of} to ${occurredAt}`);
    log(`correct event ${of} to ${occurredAt}${correct(m, w, { action: 'correct', by: { role }, occurredAt, fields: { of, reason: 'misread' } }) ? '' : ' refused'}`);
  }
}

/** Some sequence of them, of up to thirty. */
export function commands(told: readonly Told[]): fc.Arbitrary<Iterable<fc.Command<Model, World>>> {
  const somebody = manner.map((how) => new Take(how));
  const minutes = fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 3 * 24 * 60 }), fc.integer({ min: 0, max: 60 * 24 * 60 }));
  const wait = fc.tuple(minutes, fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })).map(([n, punctual]) => new Wait(n, punctual));
  return fc.commands(
    [
      somebody, somebody, somebody, somebody, somebody, wait,
      fc.tuple(fc.nat(30), fc.constantFrom(-1, 0, 1, core.DAY_MS)).map(([pick, past]) => new Until(pick, past)),
      fc.nat(99_999).map((seed) => new Tell(seed)),
      fc.tuple(fc.nat(99_999), fc.oneof(fc.constant(0), fc.nat(5000))).map(([seed, late]) => new Hear(told, seed, late)),
      fc.tuple(fc.nat(50), fc.integer({ min: -10_000, max: 10_000 })).map(([pick, n]) => new Correct(pick, n)),
    ],
    { maxCommands: 30, size: 'max' },
  );
}
