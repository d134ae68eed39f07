import type { Doing } from './act.ts';
import type { Check } from './permit.ts';
import { refuse } from './refusal.ts';
import { rulesOf } from './rules.ts';
import { type CaseState, type DutyState, isOpen, owerOf } from './state.ts';

/** Which of several instances an action is about, where it can be about one only. */
export const whichOne: Check = (state, act, rule) => {
  for (const { all, mine } of candidates(state, act)) {
    const named = act.instance !== undefined && mine.includes(act.instance);
    if (named || (act.instance === undefined && mine.length === 1)) continue;
    if (mine.length === 0 && all.length > 0 && act.by.person === undefined)
      return refuse('person-needed', 'by.person', `请注明由谁“${rule.title.zh}”（by.person）：这是指定到人的。`, `Say who does "${rule.title.en}" (by.person): it is owed by persons by name.`);
    return refuse('which-one', 'instance', `请用 instance 指明是哪一项：${mine.join('、') || '现在没有'}。`, `Say which one with "instance": ${mine.join(', ') || 'none is open'}.`);
  }
  return undefined;
};

/** The open instances that an action could be about, and those of them that are for whoever acts to do. */
function candidates(state: CaseState, act: Doing): { all: string[]; mine: string[] }[] {
  const met = (rulesOf(state.procedure).listens.get(act.action) ?? []).filter(({ rule }) => rule.each && rule.met.some((m) => m.by === act.action));
  return met.map(({ duty }) => {
    const open = Object.values(state.duties).filter((d) => d.duty === duty && isOpen(d));
    return { all: open.map((d) => d.instance), mine: open.filter((d) => isFor(state, d, act)).map((d) => d.instance) };
  });
}

/** What somebody in particular owes, nobody else of the same post does for them; another role may record that it was done. */
function isFor(state: CaseState, d: DutyState, { by }: Doing): boolean {
  if (d.about !== undefined) return d.owes === undefined || d.owes === by.role;
  if (d.person === undefined || d.person.startsWith('unit:') || by.role !== owerOf(state, d)) return true;
  return by.person === d.person;
}

/** The instance that an action is about where it names none, yet only one of several can be meant. */
export function meant(state: CaseState, act: Doing): string | undefined {
  if (act.instance !== undefined) return act.instance;
  return candidates(state, act).find(({ all, mine }) => all.length > 1 && mine.length === 1)?.mine[0];
}
