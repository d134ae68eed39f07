import * as core from '../../src/core/index.ts';
import { validFields } from './walk-fields.ts';
import { holdsIn, type Model } from './walk-model.ts';

/** Somebody wants to do something; `from` where a linked case says so. */
export interface Wanted extends Omit<core.Act, 'key' | 'note'> {
  readonly from?: string | undefined;
}

type DutyState = core.DutyState;

/**
 * All reasons against an action, from the file and the ledger of the duties;
 * none where it must be taken. `at` is when it happened.
 */
export function reasonsAgainst(m: Model, duties: readonly DutyState[], act: Wanted, at: core.Instant, now: core.Instant): string[] {
  const { procedure } = m;
  const rule = procedure.actions[act.action];
  if (m.closed) return ['closed'];
  if (!rule) return ['no such action'];
  const reasons: string[] = [];
  const unless = (fine: boolean, reason: string): void => void (fine || reasons.push(reason));
  const { role, person } = act.by;
  const outside = procedure.roles[role]?.outside ?? false;
  const open = duties.filter((d) => core.isOpen(d));
  const listening = Object.entries(procedure.duties).filter(([, d]) => d.met.some((x) => x.by === act.action));
  const several = Object.entries(procedure.duties).filter(([name, d]) => d.each && (rule.about.includes(name) || d.met.some((x) => x.by === act.action))).map(([name]) => name);
  const mine = open.filter((d) => several.includes(d.duty) && isFor(m, d, role, person));
  const meant = several.map((name) => meantOf(m, open.filter((d) => d.duty === name), mine, role, person));
  // Without an instance it is about the one that is meant. What is about one of many is about no other of that duty, and
  // about those of other duties that are of its strand.
  const [instance] = act.instance === undefined ? meant.flatMap((ones) => (ones.length === 1 ? ones.map((d) => d.instance) : [])) : [act.instance];
  const about = (d: DutyState): boolean =>
    !procedure.duties[d.duty]?.each || instance === undefined || instance === d.instance || ((instance.split('/')[0] !== d.duty || procedure.duties[d.duty]?.limit.field !== undefined) && strandOf(instance) !== undefined && strandOf(instance) === strandOf(d.instance));

  // Who.
  unless(rule.by.includes(role), 'role');
  unless(outside || person === undefined || !m.excluded.has(person), 'excluded');
  const holder = m.appointed.get(role);
  unless(!procedure.roles[role]?.byAppointment || holder !== undefined, 'nobody holds the role');
  unless(holder === undefined || person === undefined || person === holder, 'another holds the role');
  const separated = Object.values(procedure.actions).some((other) => other.otherThan.includes(act.action));
  if (act.from === undefined) {
    unless(person !== undefined || (!separated && rule.otherThan.length === 0), 'person needed');
    unless(person === undefined || !rule.otherThan.some((a) => m.takers.get(a)?.has(person)), 'the same person');
  }
  for (const [, from] of Object.entries(rule.appoints)) {
    const given = from === 'by' ? person : act.fields[from];
    if (from === 'by') unless(person !== undefined, 'person needed to be appointed');
    else if (typeof given === 'string') {
      const ids = idsOf(given);
      unless(ids.length === 1 && !given.startsWith('unit:'), 'one person to appoint');
      unless(!ids.some((id) => m.excluded.has(id)), 'an excluded person appointed');
    }
  }
  const decided = rule.excludes?.why === 'conflict' ? act.fields[rule.excludes.field] : undefined;
  if (typeof decided === 'string' && !outside) unless(person !== undefined && !idsOf(decided).includes(person), 'nobody decides about themself');
  for (const { on, each, unit } of Object.values(procedure.links)) {
    const field = each ?? (typeof unit === 'string' ? undefined : unit.field);
    const to = field === undefined || !on.some((t) => t.on === act.action) ? undefined : act.fields[field];
    if (typeof to === 'string') unless(!idsOf(to).some((id) => m.excluded.has(id) || m.excluded.has(`unit:${id}`)), 'sent to whom it is about');
  }

  // Where.
  unless(rule.from ? rule.from.includes(m.stage) : !procedure.stages[m.stage]?.final, 'stage');
  unless(holdsIn(m.facts, rule.when), 'facts');
  unless(rule.times === undefined || (m.taken.get(act.action) ?? 0) < rule.times, 'often enough');
  unless(rule.settled.every((name) => !open.some((d) => d.duty === name)), 'not settled');
  unless(rule.during.length === 0 || duties.some((d) => rule.during.includes(d.duty) && (core.isOpen(d) || (d.status === 'lapsed' && at <= d.due.dueAt))), 'not during');
  unless(rule.lapsed.length === 0 || duties.some((d) => rule.lapsed.includes(d.duty) && d.status === 'lapsed'), 'not lapsed');

  // When.
  const received = m.times.get(1) ?? now;
  const dayOf = (instant: core.Instant): number => core.localDay(m.calendar, instant);
  unless(core.msOf(at) <= core.msOf(now) + 5 * core.MINUTE, 'in the future');
  unless(at >= received, 'before receipt');
  unless(rule.to === undefined || dayOf(at) >= dayOf(m.times.get(m.movedBy) ?? received), 'before the stage');
  for (const [name] of listening) for (const d of open) if (d.duty === name && about(d) && !(instance !== d.instance && instance?.split('/')[0] === d.duty)) unless(dayOf(at) >= dayOf(d.origin), `before ${d.instance} began`);

  // With what.
  unless(validFields(rule.fields, act.fields), 'fields');
  if (act.instance !== undefined && act.from === undefined)
    unless(duties.some((d) => d.instance === act.instance && (several.includes(d.duty) || touches(procedure.duties[d.duty], act.action, false))), `not about ${act.instance}`);
  const after = act.from !== undefined && Object.values(procedure.duties).some((d) => d.starts.some((s) => s.on === act.action)) && !open.some((d) => d.instance === act.instance);
  if (act.instance !== undefined) unless(several.length === 0 || after || mine.some((d) => d.instance === act.instance), `not ${act.instance}`);
  else for (const [i, name] of several.entries()) unless(meant[i]?.length === 1, `which ${name}`);
  const extending = Object.entries(procedure.duties).filter(([, d]) => d.extension?.by === act.action);
  const extended = open.filter((d) => extending.some(([name]) => name === d.duty) && about(d));
  unless(extending.length === 0 || extended.length > 0, 'nothing to extend');
  for (const d of extended) {
    const { extension } = procedure.duties[d.duty] ?? {};
    if (!extension) continue;
    const most = extension.upTo.amount * (d.multiple ?? 1);
    const asked = extension.field === undefined ? most : act.fields[extension.field];
    unless(d.extensions.length < extension.times, 'extended before');
    unless(extension.afterDue || d.status === 'paused' || at <= d.due.dueAt, 'extension too late');
    unless(typeof asked !== 'number' || d.extensions.reduce((sum, e) => sum + e.by, asked) <= most, 'extension too long');
  }
  return reasons;
}

/** What is owed by somebody by name is theirs; what anybody in the post owes is for all who may act. */
function isFor({ procedure }: Model, d: DutyState, role: string, person: string | undefined): boolean {
  const owes = d.owes ?? procedure.duties[d.duty]?.owes;
  if (d.about !== undefined) return role === owes;
  return role !== owes || d.person === undefined || d.person.startsWith('unit:') || d.person === person;
}

/** What is meant where no instance is named: their own, else the only one that is anybody's. A unit's is named where there are several. */
function meantOf({ procedure }: Model, open: readonly DutyState[], all: readonly DutyState[], role: string, person: string | undefined): readonly DutyState[] {
  const mine = all.filter((d) => open.includes(d));
  const own = mine.filter((d) => d.person !== undefined && d.person === person);
  if (own.length > 0 || open.length === 1) return own.length > 0 ? own : mine;
  return mine.filter((d) => !d.person?.startsWith('unit:') || role !== (d.owes ?? procedure.duties[d.duty]?.owes));
}

/** Whether an action does anything to a duty that runs. */
export const touches = (rule: core.Duty | undefined, action: string, ending = true): boolean =>
  rule !== undefined && [...rule.met.map((x) => x.by), ...(ending ? rule.ends : []), ...rule.restarts.map((x) => x.on), ...rule.pauses.flatMap((x) => [x.on, x.until]), rule.extension?.by].includes(action);

/** The strand of an instance or a link: `street` of `report-back/street/2`. */
export const strandOf = (name: string): string | undefined => name.split('/')[1];

const idsOf = (people: string): string[] => [...new Set(people.split(/[\s,，、;；]+/).filter(Boolean))];
