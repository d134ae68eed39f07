import * as core from '../../src/core/index.ts';
import { valueFor } from './walk-fields.ts';

// Somebody diligent, who takes whatever moves the case on until it is closed. Where even they get stuck there is a dead end.

/** More steps than any case needs; and so many rings of clocks, one after another, by which nothing ends, that none will. */
const MOST = 600;
const STUCK = 40;
const TRIES = 6;

export interface Drive {
  readonly state: core.CaseState;
  readonly steps: readonly string[];
}

/** Drives a case on until it is closed: in several ways, of which one is enough. */
export function drive(from: core.CaseState, now: core.Instant): Drive {
  let last: Drive = { state: from, steps: [] };
  for (let n = 0; n < TRIES; n += 1) {
    last = driveOnce(from, now, n);
    if (last.state.closedAt !== undefined) return last;
  }
  return last;
}

function driveOnce(from: core.CaseState, start: core.Instant, variant: number): Drive {
  const steps: string[] = [];
  const taken = new Map<string, number>();
  const far = distances(from.procedure);
  let state = core.tick(from, start, []);
  let now = start;
  let rings = 0;
  for (let n = 0; n < MOST && rings < STUCK && state.closedAt === undefined; n += 1) {
    state = answered(state, now, variant);
    const next = move(state, now, taken, far, variant);
    if (next) {
      state = next.state;
      steps.push(next.step);
      rings = 0;
      continue;
    }
    const owed = openIn(state);
    const ring = core.nextInstant(state);
    if (ring === undefined) return { state, steps: [...steps, `nothing more in "${state.stage}"`] };
    now = ring > now ? ring : now;
    state = core.tick(state, now, []);
    rings = openIn(state) === owed ? rings + 1 : 0;
  }
  return { state, steps };
}

/** Every link that is asked for comes about or fails in the end. */
function answered(state: core.CaseState, now: core.Instant, variant: number): core.CaseState {
  return Object.values(state.links).filter((l) => l.link !== undefined && l.receipt === undefined && !l.failed)
    .reduce((at, { key }) => core.recordLink(at, { link: key }, variant % 2 === 0 ? { result: 'failed', reason: 'no-such-case' } : { result: 'linked', receipt: `RD-${key}` }, now, []), state);
}

const openIn = (state: core.CaseState): string => Object.values(state.duties).filter((d) => core.isOpen(d)).map((d) => d.instance).join(' ');

/** How many moves each stage is from a final one, whatever the conditions. */
function distances({ stages, actions }: core.Procedure): ReadonlyMap<string, number> {
  const far = new Map(Object.entries(stages).filter(([, s]) => s.final).map(([name]) => [name, 0]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to } of Object.values(actions)) {
      const there = to === undefined ? undefined : far.get(to);
      if (there === undefined) continue;
      for (const stage of from ?? Object.keys(stages)) if ((far.get(stage) ?? Infinity) > there + 1) {
        far.set(stage, there + 1);
        changed = true;
      }
    }
  }
  return far;
}

interface Move {
  readonly state: core.CaseState;
  readonly step: string;
}

function move(state: core.CaseState, now: core.Instant, taken: Map<string, number>, far: ReadonlyMap<string, number>, variant: number): Move | undefined {
  const { actions, duties, stages } = state.procedure;
  const open = Object.values(state.duties).filter((d) => core.isOpen(d));
  const final = stages[state.stage]?.final ?? false;
  const here = far.get(state.stage) ?? Infinity;
  const worth = (name: string, rule: core.Action): number | undefined => {
    const often = taken.get(name) ?? 0;
    const to = rule.to === undefined ? undefined : (far.get(rule.to) ?? Infinity);
    const meets = open.filter((d) => duties[d.duty]?.met.some((m) => m.by === name) || duties[d.duty]?.ends.includes(name)).length;
    const again = Object.values(duties).some((d) => d.starts.some((s) => s.on === name));
    // What is final is left again only where nothing else helps.
    if (final) return meets > 0 && (to === undefined || to === 0) ? often * 4 + Number(again) : variant > 3 && open.length > 0 && often === 0 ? 30 : undefined;
    if (to !== undefined && to < here) return often * 4;
    if (meets > 0) return 1 + often * 4 + Number(again) + (to === undefined ? 0 : 2);
    if (to !== undefined && to < Infinity) return 6 + often * 20 + to;
    return often === 0 && variant > 1 ? 9 : undefined;
  };
  const list = Object.entries(actions).flatMap(([name, rule], i) => {
    const value = worth(name, rule);
    // Each try has its own order among what is worth the same, and from the third on some whims.
    return value === undefined || value > 200 ? [] : [{ name, rule, value: value + (variant > 1 ? whim(variant, i + (taken.get(name) ?? 0)) : 0) }];
  }).toSorted((a, b) => a.value - b.value);
  for (const { name, rule } of list) {
    const result = attempt(state, now, name, rule, (taken.get(name) ?? 0) + variant);
    if (!result) continue;
    taken.set(name, (taken.get(name) ?? 0) + 1);
    return result;
  }
  return undefined;
}

const whim = (variant: number, i: number): number => (Math.imul(variant * 31 + i, 0x9e3779b1) >>> 28) / 2;

/** Takes an action in whatever role, as whoever, for whichever instance it can be taken. */
function attempt(state: core.CaseState, now: core.Instant, action: string, rule: core.Action, n: number): Move | undefined {
  const today = core.localDay(state.calendar, now);
  const roles = Object.keys(state.procedure.roles);
  const fields = Object.fromEntries(Object.entries(rule.fields).map(([name, f]) => [name, f.kind === 'date' ? core.dayOf(today + 5) : f.kind === 'person' || f.kind === 'people' ? people(f.least ?? 1, n) : valueFor(f, n, today, roles)]));
  const open = Object.values(state.duties).filter((d) => core.isOpen(d) && state.procedure.duties[d.duty]?.each && state.procedure.duties[d.duty]?.met.some((m) => m.by === action));
  for (const one of [undefined, ...open])
    for (const role of rule.by)
      // Whose it is, or else whoever has the role: others may record what was done by somebody who takes no part any more.
      for (const person of new Set([one?.person ?? '', state.appointed[role] ?? `d-${action}`])) {
        if (person === '' || person.startsWith('unit:')) continue;
        const act: core.ActInput = { action, by: { role, person }, fields, ...(one ? { instance: one.instance } : {}) };
        const result = core.act(state, act, now);
        if (!core.isRefusal(result)) return { state: result.state, step: `${action} as ${role}${one ? ` (${one.instance})` : ''}` };
      }
  return undefined;
}

const people = (least: number, n: number): string => Array.from({ length: least }, (_, i) => `e${n}-${i}`).join(' ');
