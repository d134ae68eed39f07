import type { Procedure } from './procedure.ts';

/** The stages and actions that a case can come to, and the duties whose clock can start. */
export interface Reach {
  readonly stages: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
  readonly started: ReadonlySet<string>;
  /** The stages where the way breaks off. What is only beyond them is not complained of, for it comes right with them. */
  readonly cutOff: readonly string[];
}

export function explore(p: Procedure): Reach {
  const stages = stagesFrom(p, p.opens);
  const actions = new Set(Object.keys(p.actions).filter((a) => takenIn(p, a).some((s) => stages.has(s))));
  return { stages, actions, started: starting(p, actions), cutOff: cutOff(p, stages) };
}

/** The unreached stages to which no other stage leads; where they only lead to each other, the first. */
export function cutOff(p: Procedure, reached: ReadonlySet<string>): string[] {
  const lost = Object.keys(p.stages).filter((s) => !reached.has(s));
  const led = (s: string): boolean => Object.entries(p.actions).some(([a, { to }]) => to === s && takenIn(p, a).some((from) => from !== s && p.stages[from]));
  const first = lost.filter((s) => !led(s));
  return first.length > 0 ? first : lost.slice(0, 1);
}

/** Whether an action is only out of reach because the way to it breaks off before. */
export const beyond = (p: Procedure, map: Reach, action: string): boolean =>
  map.cutOff.length > 0 && !map.actions.has(action) && takenIn(p, action).some((s) => p.stages[s]);

/** The stages in which an action may be taken. */
export function takenIn(p: Procedure, action: string): string[] {
  const rule = p.actions[action];
  if (!rule || rule.by.length === 0) return [];
  return rule.from ?? Object.keys(p.stages).filter((s) => !p.stages[s]?.final);
}

/** A stage and all to which actions can lead from it. */
export function stagesFrom(p: Procedure, first: string): Set<string> {
  const found = new Set([first]);
  for (const stage of found)
    for (const [action, { to }] of Object.entries(p.actions))
      if (to !== undefined && takenIn(p, action).includes(stage)) found.add(to);
  return found;
}

/** The duties that can start, given that one may start another: grown until nothing more is added. */
function starting(p: Procedure, actions: ReadonlySet<string>): Set<string> {
  const started = new Set<string>();
  for (let before = -1; before !== started.size; ) {
    before = started.size;
    for (const [name, duty] of Object.entries(p.duties))
      if (duty.starts.some((t) => happens(p, t.on, actions, started))) started.add(name);
  }
  return started;
}

/** Whether a case can give somebody this role. */
export const appoints = (p: Procedure, role: string, actions: ReadonlySet<string>): boolean =>
  p.appoints[role] !== undefined || Object.values(p.ladders).some((l) => l.some((r) => r.appoints === role)) ||
  Object.entries(p.actions).some(([a, rule]) => actions.has(a) && rule.appoints[role] !== undefined);

export function happens(p: Procedure, on: string, actions: ReadonlySet<string>, started: ReadonlySet<string>): boolean {
  const [name = '', what] = on.split('.');
  if (what === undefined) return on === 'opened' || on === 'notice-failed' || on === 'filing-failed' || actions.has(on);
  if (what === 'appointed') return appoints(p, name, actions);
  if (what === 'linked' || what === 'failed') return p.links[name]?.on.some((t) => happens(p, t.on, actions, started)) ?? false;
  const duty = p.duties[name];
  if (!duty || !started.has(name)) return false;
  if (what === 'met') return duty.met.some((m) => actions.has(m.by));
  if (what === 'extended') return duty.extension !== undefined && actions.has(duty.extension.by);
  return (what === 'overdue') === (duty.expiry === 'escalates');
}

/** Whether a duty is the answer that being told of another one asks for. */
export const isAnswer = (p: Procedure, duty: string): boolean =>
  Object.values(p.duties).some((d) => d.acknowledge === duty) || Object.values(p.ladders).some((l) => l.some((r) => r.acknowledge === duty));

/** Whether a trigger is out of reach for a reason already given. */
export function waits(p: Procedure, map: Reach, on: string, seen: readonly string[] = []): boolean {
  const [name = '', what] = on.split('.');
  if (what === undefined) return beyond(p, map, on);
  const duty = p.duties[name];
  if (!duty || seen.includes(name)) return false;
  if (what === 'met' && duty.met.some((m) => beyond(p, map, m.by))) return true;
  return duty.starts.some((t) => waits(p, map, t.on, [...seen, name]));
}
