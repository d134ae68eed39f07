import fc from 'fast-check';
import * as core from '../../src/core/index.ts';
import { filled, personOf, spoiled } from './walk-fields.ts';
import type { Model } from './walk-model.ts';
import { reasonsAgainst, type Wanted } from './walk-rules.ts';
import type { World } from './walk-world.ts';

/** How somebody goes about it: which action, in which role, as whom, with what, and when it happened. */
export interface Manner {
  /** Something that is possible, something that moves the case on or meets a duty, something of this stage, or anything. */
  readonly mode: 'able' | 'moving' | 'stage' | 'any';
  readonly pick: number;
  readonly role: number;
  readonly anyRole: boolean;
  readonly person: number;
  readonly instance: number;
  readonly seed: number;
  readonly spoil: boolean;
  /** Minutes ago; below zero: to come. */
  readonly late: number;
}

const mostly = <T>(often: number, one: T, other: T): fc.Arbitrary<T> => fc.oneof({ weight: often, arbitrary: fc.constant(one) }, { weight: 1, arbitrary: fc.constant(other) });

export const manner: fc.Arbitrary<Manner> = fc.record({
  mode: fc.oneof(
    { weight: 8, arbitrary: fc.constant('able' as const) }, { weight: 3, arbitrary: fc.constant('moving' as const) },
    { weight: 2, arbitrary: fc.constant('stage' as const) }, { weight: 1, arbitrary: fc.constant('any' as const) },
  ),
  pick: fc.nat(9999),
  role: fc.nat(30),
  anyRole: mostly(9, false, true),
  person: fc.nat(9),
  instance: fc.nat(60),
  seed: fc.nat(99_999),
  spoil: mostly(9, false, true),
  late: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 10 * 24 * 60 }) }, { weight: 1, arbitrary: fc.integer({ min: -90, max: 0 }) }),
});

/** An action as somebody might want to take it in this case, now; most often one that can be taken. */
export function wanted(m: Model, w: World, how: Manner): Wanted | undefined {
  const names = Object.keys(w.procedure.actions);
  const here = names.filter((name) => inStage(m, name));
  if (how.mode === 'able') {
    const able = here.flatMap((name) => {
      const act = properly(m, w, name, how);
      return act ? Array.from({ length: worth(m, w, name) }, () => act) : [];
    });
    const one = able[how.pick % Math.max(1, able.length)];
    if (one) return one;
  }
  const moving = here.filter((name) => w.procedure.actions[name]?.to !== undefined || meets(w, name).length > 0);
  const among = how.mode === 'any' || here.length === 0 ? names : how.mode === 'stage' || moving.length === 0 ? here : moving;
  const action = among[how.pick % Math.max(1, among.length)];
  return action === undefined ? undefined : somehow(m, w, action, how);
}

const inStage = ({ procedure, stage }: Model, name: string): boolean => {
  const from = procedure.actions[name]?.from;
  return from ? from.includes(stage) : !procedure.stages[stage]?.final;
};

const isOpen = (w: World): core.DutyState[] => Object.values(w.state.duties).filter((d) => core.isOpen(d));
const meets = (w: World, name: string): core.DutyState[] => isOpen(w).filter((d) => w.procedure.duties[d.duty]?.met.some((x) => x.by === name));
const isEach = (w: World, d: core.DutyState): boolean => w.procedure.duties[d.duty]?.each ?? false;

/** What leads deeper into the procedure is taken more often than what ends it. */
function worth(m: Model, w: World, name: string): number {
  const to = w.procedure.actions[name]?.to;
  if (to !== undefined && to !== m.stage) return w.procedure.stages[to]?.final ? 1 : 5;
  return (meets(w, name).length > 0 ? 4 : 2) - Math.min(1, m.taken.get(name) ?? 0);
}

/** The action as whoever may take it would: in their role, for what is theirs, filled in as it should be. */
function properly(m: Model, w: World, action: string, { role: r, seed, person: p }: Manner): Wanted | undefined {
  const rule = w.procedure.actions[action];
  if (!rule) return undefined;
  const several = meets(w, action).filter((d) => isEach(w, d));
  const one = several[r % Math.max(1, several.length)];
  const fields = filled(rule.fields, seed, core.localDay(w.calendar, w.now), Object.keys(w.procedure.roles));
  for (let i = 0; i < rule.by.length; i += 1) {
    const role = rule.by[(r + i) % rule.by.length] ?? '';
    const person = one?.person?.startsWith('unit:') === false ? one.person : (m.appointed.get(role) ?? personOf(p));
    const act: Wanted = { action, by: { role, person }, fields, ...(one ? { instance: one.instance } : {}) };
    if (reasonsAgainst(m, Object.values(w.state.duties), act, w.now, w.now).length === 0) return act;
  }
  return undefined;
}

/** The action in some role, as somebody, for some instance, and perhaps with something wrong. */
function somehow(m: Model, w: World, action: string, how: Manner): Wanted | undefined {
  const rule = w.procedure.actions[action];
  if (!rule) return undefined;
  const by = how.anyRole ? Object.keys(w.procedure.roles) : rule.by;
  const role = by[how.role % by.length] ?? 'nobody';
  const instances = (how.instance % 7 === 6 ? isOpen(w) : meets(w, action)).filter((d) => isEach(w, d));
  const one = how.instance % 3 === 0 ? undefined : instances[how.instance % Math.max(1, instances.length)];
  const person = how.person === 0 ? undefined : how.person < 5 ? (one?.person ?? m.appointed.get(role) ?? personOf(how.person)) : personOf(how.person);
  const fields = filled(rule.fields, how.seed, core.localDay(w.calendar, w.now), Object.keys(w.procedure.roles));
  return {
    action,
    by: { role, ...(person === undefined ? {} : { person }) },
    fields: how.spoil ? spoiled(rule.fields, fields, how.seed) : fields,
    ...(one === undefined ? {} : { instance: one.instance }),
    ...(how.late === 0 ? {} : { occurredAt: core.instantOf(core.msOf(w.now) - how.late * core.MINUTE) }),
  };
}
