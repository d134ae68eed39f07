import type { Doing } from './act.ts';
import type { Check } from './permit.ts';
import { refuse } from './refusal.ts';
import { rulesOf } from './rules.ts';
import { type CaseState, type DutyState, isOpen, owerOf } from './state.ts';

/** Which of several instances an action is about, where it can be about one only. */
export const whichOne: Check = (state, act, rule) => {
  const named = act.instance === undefined || act.by.case !== undefined ? undefined : state.duties[act.instance]?.duty;
  const { moves, which } = rulesOf(state.procedure);
  // What only releases a duty releases every instance: calling a sweep off calls it off for all.
  if (act.instance !== undefined && act.by.case === undefined && ![moves, which].some((rules) => rules.get(act.action)?.some((l) => l.duty === named)))
    return refuse('which-one', 'instance', `“${rule.title.zh}”与“${act.instance}”无关；请去掉 instance，或写对编号。`, `"${rule.title.en}" is not about "${act.instance}". Leave "instance" out, or name the right one.`);
  for (const { all, mine, meant: these } of candidates(state, act)) {
    if (act.instance === undefined ? these.length === 1 : mine.includes(act.instance) || isHeardAfter(state, act)) continue;
    if (mine.length === 0 && all.length > 0 && act.by.person === undefined)
      return refuse('person-needed', 'by.person', `请注明由谁“${rule.title.zh}”（by.person）：这是指定到人的。`, `Say who does "${rule.title.en}" (by.person): it is owed by persons by name.`);
    return refuse('which-one', 'instance', `请用 instance 指明是哪一项：${mine.join('、') || '现在没有'}。`, `Say which one with "instance": ${mine.join(', ') || 'none is open'}.`);
  }
  return undefined;
};

/** A linked case tells of what is settled here already: nothing is met by it, and what follows from it follows all the same. */
const isHeardAfter = (state: CaseState, { by, action, instance = '' }: Doing): boolean => {
  const duty = state.duties[instance];
  return by.case !== undefined && duty !== undefined && !isOpen(duty) && rulesOf(state.procedure).starts.has(action);
};

interface Candidates {
  /** The open instances that an action could be about. */
  readonly all: readonly string[];
  /** Those of them that are for whoever acts to do. */
  readonly mine: readonly string[];
  /** Those of them that are meant where none is named. */
  readonly meant: readonly string[];
}

function candidates(state: CaseState, act: Doing): Candidates[] {
  return (rulesOf(state.procedure).which.get(act.action) ?? []).map(({ duty }) => {
    const open = Object.values(state.duties).filter((d) => d.duty === duty && isOpen(d));
    const mine = open.filter((d) => isFor(state, d, act));
    const own = mine.filter((d) => d.person !== undefined && d.person === act.by.person);
    // Who belongs to a unit is not known here: of several, a unit's is named.
    const theirs = open.length === 1 ? mine : mine.filter((d) => !d.person?.startsWith('unit:') || act.by.role !== owerOf(state, d));
    return { all: names(open), mine: names(mine), meant: names(own.length > 0 ? own : theirs) };
  });
}

const names = (duties: readonly DutyState[]): string[] => duties.map((d) => d.instance);

/** What somebody in particular owes, nobody else of the same post does for them; another role may record that it was done. */
function isFor(state: CaseState, d: DutyState, { by }: Doing): boolean {
  if (d.about !== undefined) return d.owes === undefined || d.owes === by.role;
  if (d.person === undefined || d.person.startsWith('unit:') || by.role !== owerOf(state, d)) return true;
  return by.person === d.person;
}

/** The instance that an action is about where it names none, yet only one can be meant. */
export function meant(state: CaseState, act: Doing): string | undefined {
  if (act.instance !== undefined) return act.instance;
  for (const { meant: these } of candidates(state, act)) {
    const [one, ...more] = these;
    if (one !== undefined && more.length === 0) return one;
  }
  return undefined;
}
