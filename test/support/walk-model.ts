import type * as core from '../../src/core/index.ts';

// What a case is to somebody who knows the procedure's file and the timeline, and not the engine. The walk holds the
// engine against it: who may do what, where and when, written a second time from the procedure's own words.

export interface Model {
  readonly procedure: core.Procedure;
  readonly calendar: core.Calendar;
  /** The stage, and the event that brought the case there. */
  stage: string;
  movedBy: number;
  facts: Record<string, core.FieldValue>;
  /** How often each action was taken, and by whom. */
  readonly taken: Map<string, number>;
  readonly takers: Map<string, Set<string>>;
  readonly appointed: Map<string, string>;
  readonly excluded: Set<string>;
  /** When each thing that people did happened, as corrected. */
  readonly times: Map<number, core.Instant>;
  closed: boolean;
}

export function modelOf(procedure: core.Procedure, calendar: core.Calendar, events: readonly core.Event[]): Model {
  const model: Model = {
    procedure, calendar, stage: procedure.opens, movedBy: 1, facts: {}, closed: false,
    taken: new Map(), takers: new Map(), appointed: new Map(), excluded: new Set(), times: new Map(),
  };
  see(model, events);
  return model;
}

/** Takes in what has happened since. */
export function see(model: Model, events: readonly core.Event[]): void {
  for (const e of events) one(model, e);
}

function one(model: Model, e: core.Event): void {
  switch (e.type) {
    case 'opened':
      model.times.set(e.seq, e.at);
      model.facts = { ...e.fields };
      return;
    case 'acted': {
      const rule = model.procedure.actions[e.action];
      model.times.set(e.seq, e.at);
      model.facts = { ...model.facts, ...e.fields };
      if (rule?.to !== undefined) [model.stage, model.movedBy] = [rule.to, e.seq];
      model.taken.set(e.action, (model.taken.get(e.action) ?? 0) + 1);
      if (e.by.person !== undefined) model.takers.set(e.action, new Set(model.takers.get(e.action)).add(e.by.person));
      if (rule?.counts !== undefined) model.facts[rule.counts] = [...model.taken].filter(([name]) => model.procedure.actions[name]?.counts === rule.counts).reduce((sum, [, n]) => sum + n, 0);
      return;
    }
    case 'corrected':
      model.times.set(e.of, e.to);
      return;
    case 'appointed':
      model.appointed.set(e.role, e.person);
      return;
    case 'relieved':
      model.appointed.delete(e.role);
      return;
    case 'excluded':
      model.excluded.add(e.person);
      return;
    case 'closed':
      model.closed = true;
      return;
    default:
  }
}

/** `null` stands for what was never told. */
export const holdsIn = (facts: Readonly<Record<string, core.FieldValue>>, when: core.Condition | undefined): boolean =>
  Object.entries(when ?? {}).every(([name, wanted]) => [wanted].flat().some((value) => value === (facts[name] ?? null)));
