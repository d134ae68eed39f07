import type { Doing } from './act.ts';
import { localDay } from './calendar.ts';
import type { DutyView } from './effects.ts';
import type { Fields, FieldValue } from './fields.ts';
import { formOf, type FormChoice, type FormField } from './form-fields.ts';
import { holds } from './holds.ts';
import { dayOf, type Instant } from './instant.ts';
import { own } from './own.ts';
import { check } from './permit.ts';
import { apartFrom } from './permit-parts.ts';
import type { Action, Condition } from './procedure.ts';
import { rulesOf } from './rules.ts';
import { type CaseState, type DutyState, isOpen } from './state.ts';
import type { Text } from './text.ts';
import { tick } from './tick.ts';
import { dutyView } from './view.ts';

export * from './form-fields.ts';

/** A duty that an action would meet, and the field that must come with it for that. */
export interface FormDuty extends DutyView {
  readonly with?: string;
}

/** An action that can be taken now, as a clerk sees it. */
export interface ActionForm {
  readonly action: string;
  readonly title: Text;
  /** The heading under which it stands. */
  readonly group?: { readonly id: string; readonly title: Text };
  /** Who can take it now, of those who ask. */
  readonly by: readonly FormChoice[];
  readonly fields: readonly FormField[];
  /** What it would meet, the soonest first. */
  readonly meets: readonly FormDuty[];
  /** The open instances that it can be about. */
  readonly instances: readonly DutyView[];
  /** Whether one of them must be named. */
  readonly instanceNeeded: boolean;
  /** The first of `meets` that is owed by whoever asks. */
  readonly owed?: FormDuty;
  /** Whether, of all forms, this one meets what they owe soonest. */
  readonly soonest: boolean;
}

/** Who asks what can be done: anybody, whoever has a role, or a person in it. */
export interface Asker {
  readonly role?: string | undefined;
  readonly person?: string | undefined;
}

/**
 * What can be done in a case now, in the order in which the procedure writes
 * it. An action is there if, filled in as its form allows, it would be taken:
 * the same check that refuses it says so, and nothing else does.
 */
export function formsOf(state: CaseState, now: Instant, asker: Asker = {}): ActionForm[] {
  const at = tick(state, now, []);
  const forms = Object.entries(at.procedure.actions).flatMap(([action, rule]) => formNow(at, now, action, rule, asker) ?? []);
  const first = forms.map((f) => f.owed?.dueAt).filter((due) => due !== undefined).toSorted()[0];
  return forms.map((form) => ({ ...form, soonest: first !== undefined && form.owed?.dueAt === first }));
}

/** Somebody of whom the case knows nothing yet. */
const SOMEBODY = 'somebody';

function formNow(state: CaseState, now: Instant, action: string, rule: Action, { role, person }: Asker): Omit<ActionForm, 'soonest'> | undefined {
  const roles = role === undefined ? rule.by : rule.by.filter((r) => r === role);
  const listens = rulesOf(state.procedure).listens.get(action) ?? [];
  const open = (duty: string): DutyState[] => Object.values(state.duties).filter((d) => d.duty === duty && isOpen(d));
  const fields = exampleOf(rule.fields, dayOf(localDay(state.calendar, now)));
  const taken = (by: string, one?: DutyState): boolean =>
    (person === undefined ? [...new Set([one?.person, own(state.appointed, by), SOMEBODY])] : [person]).some((who) => {
      if (who === undefined) return false;
      const act: Doing = { action, by: { role: by, person: who }, fields, ...(one ? { instance: one.instance } : {}) };
      return (apartFrom(state, act) ?? check(state, act, now)) === undefined;
    });

  const several = new Set([...listens.filter((l) => l.rule.each), ...(rulesOf(state.procedure).which.get(action) ?? [])].map((l) => l.duty));
  const each = [...several].flatMap(open).filter((d) => roles.some((r) => taken(r, d)));
  const alone = roles.filter((r) => taken(r));
  const by = roles.filter((r) => alone.includes(r) || each.some((d) => taken(r, d)));
  if (by.length === 0) return undefined;
  const meets = listens.flatMap(({ duty, rule: owed }) => owed.met.filter((m) => m.by === action && mayHold(state, m.when, rule)).slice(0, 1).flatMap((m) =>
    open(duty).filter((d) => !owed.each || each.includes(d)).map((d): FormDuty => ({ ...dutyView(state, d), ...(m.with === undefined ? {} : { with: m.with }) })))).toSorted(bySoonest);
  const mine = meets.find((d) => by.includes(d.owes) && (person === undefined || d.person === undefined || d.person === person));
  const { groups, roles: named } = state.procedure;
  return {
    action,
    title: rule.title,
    ...(rule.group === undefined ? {} : { group: { id: rule.group, title: groups[rule.group] ?? { zh: rule.group, en: rule.group } } }),
    by: by.map((r) => ({ value: r, title: named[r]?.title ?? { zh: r, en: r } })),
    fields: formOf(rule.fields),
    meets,
    instances: each.map((d) => dutyView(state, d)).toSorted(bySoonest),
    instanceNeeded: alone.length === 0,
    ...(mine ? { owed: mine } : {}),
  };
}

const bySoonest = (a: DutyView, b: DutyView): number => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0);

/** Whether facts that the action itself tells may yet make a condition true. */
const mayHold = (state: CaseState, when: Condition | undefined, { fields }: Action): boolean =>
  holds(state, Object.fromEntries(Object.entries(when ?? {}).filter(([fact]) => !Object.hasOwn(fields, fact))));

/** The least that a form can be filled in with. */
function exampleOf(fields: Fields, day: string): Record<string, FieldValue> {
  return Object.fromEntries(formOf(fields).filter((f) => !f.optional).map((f) => [f.name, exampleFor(f, day)]));
}

function exampleFor({ kind, choices, least = 1 }: FormField, day: string): FieldValue {
  switch (kind) {
    case 'choice':
      return choices?.[0]?.value ?? '';
    case 'yes-no':
      return true;
    case 'days':
    case 'number':
      return least;
    case 'date':
      return day;
    case 'people':
      return Array.from({ length: least }, (_, i) => `one-${i + 1}`).join(' ');
    case 'text':
    case 'paper':
    case 'role':
    case 'person':
    case 'unit':
    case 'case':
      return 'one';
  }
}
