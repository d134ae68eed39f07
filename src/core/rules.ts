import { inDays } from './duration.ts';
import type { Field, Fields } from './fields.ts';
import { own } from './own.ts';
import type { Duty, Link, Procedure, Rung, Trigger } from './procedure.ts';

/** A procedure seen from its events: which duties listen to each. */
export interface Rules {
  readonly starts: ReadonlyMap<string, readonly { duty: string; rule: Duty; trigger: Trigger }[]>;
  readonly listens: ReadonlyMap<string, readonly { duty: string; rule: Duty }[]>;
  /** The duties with which an action does more than release them. */
  readonly moves: ReadonlyMap<string, readonly { duty: string; rule: Duty }[]>;
  /** The duties with many instances, of which an action is about one. */
  readonly which: ReadonlyMap<string, readonly { duty: string; rule: Duty }[]>;
  readonly links: ReadonlyMap<string, readonly { link: string; rule: Link; trigger: Trigger }[]>;
  /** By link, the duties whose instances bear the names of its cases. Other numbers are other things. */
  readonly bears: ReadonlyMap<string, ReadonlySet<string>>;
}

// A pure memo: the index is a function of the procedure alone.
const memo = new WeakMap<Procedure, Rules>();

export function rulesOf(procedure: Procedure): Rules {
  let rules = memo.get(procedure);
  if (!rules) {
    rules = index(procedure);
    memo.set(procedure, rules);
  }
  return rules;
}

function index(procedure: Procedure): Rules {
  const starts = new Map<string, { duty: string; rule: Duty; trigger: Trigger }[]>();
  const moves = new Map<string, { duty: string; rule: Duty }[]>();
  const listens = new Map<string, { duty: string; rule: Duty }[]>();
  for (const [duty, rule] of Object.entries(procedure.duties)) {
    for (const trigger of rule.starts) push(starts, trigger.on, { duty, rule, trigger });
    const moved = new Set([
      ...rule.met.map((m) => m.by),
      ...rule.restarts.map((r) => r.on),
      ...rule.pauses.flatMap((p) => [p.on, p.until]),
      ...(rule.extension ? [rule.extension.by] : []),
    ]);
    for (const action of moved) push(moves, action, { duty, rule });
    for (const action of new Set([...moved, ...rule.ends])) push(listens, action, { duty, rule });
  }
  const which = new Map<string, { duty: string; rule: Duty }[]>();
  for (const [action, { about = [] }] of Object.entries(procedure.actions))
    for (const [duty, rule] of Object.entries(procedure.duties))
      if (rule.each && (about.includes(duty) || rule.met.some((m) => m.by === action))) push(which, action, { duty, rule });
  const links = new Map<string, { link: string; rule: Link; trigger: Trigger }[]>();
  for (const [link, rule] of Object.entries(procedure.links)) for (const trigger of rule.on) push(links, trigger.on, { link, rule, trigger });
  const bears = new Map(Object.keys(procedure.links).map((link) => [link, bearing(procedure, link)]));
  return { starts, moves, listens, which, links, bears };
}

/** The duties that bear a link's names: those of the units it goes to, what it started, and what one of these started. */
function bearing({ duties, links }: Procedure, link: string): ReadonlySet<string> {
  const many = Object.entries(duties).filter(([, { each }]) => each);
  if (links[link]?.each !== undefined) return new Set(many.map(([duty]) => duty));
  const found = new Set<string>();
  const starts = (on: string): boolean => on === `${link}.linked` || on === `${link}.failed` || [...found].some((d) => on.startsWith(`${d}.`) || duties[d]?.met.some((m) => m.by === on));
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [duty, rule] of many) if (rule.starts.some(({ on }) => starts(on))) found.add(duty);
  }
  return found;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The rule of a duty. Its name comes from the timeline, which was made from this same procedure. */
export function ruleOf(procedure: Procedure, duty: string): Duty {
  const rule = procedure.duties[duty];
  if (!rule) throw new Error(`procedure ${procedure.id} has no duty ${duty}`);
  return rule;
}

/** The rungs of a duty's ladder; none where it has no ladder. */
export const rungsOf = (procedure: Procedure, { ladder }: Pick<Duty, 'ladder'>): readonly Rung[] => procedure.ladders[ladder ?? ''] ?? [];

/** Whether a duty is counted in days, so that it ends with one. What is counted in minutes or hours waits for nobody. */
export const lastsDays = ({ limit: { count } }: Pick<Duty, 'limit'>): boolean => inDays(count?.unit ?? 'calendar-days');

/** The petitioner: the first role outside the institution. Any other is somebody else, a third party or an authority. */
export const petitionerOf = (procedure: Procedure): string | undefined => Object.entries(procedure.roles).find(([, r]) => r.outside)?.[0];

/** Every set of fields that a procedure asks for: at intake, and with each action, in their order. */
export const fieldSets = ({ intake, actions }: Procedure): Fields[] => [intake, ...Object.values(actions).map((a) => a.fields)];

/** The fields of that name, at intake and in the actions. */
export const fieldsNamed = (procedure: Procedure, name: string): Field[] => fieldSets(procedure).flatMap((fields) => own(fields, name) ?? []);

/** Whether a duty is owed by somebody outside the institution, and so is that person's right. */
export const isRight = (procedure: Procedure, rule: Duty): boolean => procedure.roles[rule.owes]?.outside ?? false;
