import { type Calendar, isWorking, localDay, nearestWorking, opening } from './calendar.ts';
import type { Due } from './due.ts';
import { type Duration, inDays } from './duration.ts';
import { type Instant, instantOf, MINUTE, msOf, numberOf } from './instant.ts';
import type { Duty } from './procedure.ts';
import { promised } from './reckon-text.ts';
import { reckon, type Stop } from './reckon.ts';
import { isRight, ruleOf, rungsOf } from './rules.ts';
import type { CaseState, DutyState, Reminder } from './state.ts';
import type { Step } from './steps.ts';

// The instants of one duty, all derived from the rule, the calendar and what the ledger says.

type Counted = Pick<DutyState, 'duty' | 'origin' | 'fixed' | 'multiple' | 'extensions' | 'pauses' | 'promised'>;

/**
 * The due date of a duty as it stands. Stops that have no end yet are left out;
 * an extension granted after the date that it would move is none, also where
 * only a correction shows that; and a right never ends before the day that its
 * holder was told.
 */
export function dueOf(state: Pick<CaseState, 'procedure' | 'calendar'>, duty: Counted, trace?: Step[]): Due {
  const rule = ruleOf(state.procedure, duty.duty);
  let counted = count(state, duty, 0);
  let extra = 0;
  for (const e of duty.extensions)
    if (rule.extension?.afterDue || e.at <= counted.dueAt) {
      extra += e.by;
      counted = count(state, duty, extra);
    }
  if (trace) count(state, duty, extra, trace);
  if (duty.promised === undefined || counted.dueAt >= duty.promised.dueAt) return counted;
  trace?.push(promised(duty.promised.dueDate));
  return duty.promised;
}

function count(state: Pick<CaseState, 'procedure' | 'calendar'>, duty: Counted, extra: number, trace?: Step[]): Due {
  const rule = ruleOf(state.procedure, duty.duty);
  return reckon(
    {
      calendar: state.calendar,
      limit: rule.limit,
      lastDayIfSilent: isRight(state.procedure, rule) ? 'rolls' : 'stays',
      origin: duty.origin,
      fixed: duty.fixed,
      multiple: duty.multiple,
      extra,
      stops: stopsOf(state, duty),
    },
    trace,
  );
}

/** The most that all extensions of a duty together may add: where its count is taken so many times, that is too. */
export const mostExtended = ({ upTo }: NonNullable<Duty['extension']>, { multiple = 1 }: Pick<DutyState, 'multiple'>): Duration => ({ ...upTo, amount: upTo.amount * multiple });

function stopsOf(state: Pick<CaseState, 'procedure'>, duty: Counted): Stop[] {
  const rules = ruleOf(state.procedure, duty.duty).pauses;
  const stops: Stop[] = [];
  for (const p of duty.pauses)
    if (p.to !== undefined) stops.push({ from: p.from, to: p.to, days: rules[p.rule]?.days ?? 'between' });
  return stops.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** The instant just after something ends, when it can first be said that it did. */
export const after = (at: Instant): Instant => instantOf(msOf(at) + 1);

/** The moment a wait counted from `from` is over: the start of the day after its last, or the exact minute. */
export function waitOver(calendar: Calendar, wait: Duration, from: Instant): Instant {
  const limit = { count: wait, firstDay: 'excluded', ends: 'end-of-day' } as const;
  return after(reckon({ calendar, limit, lastDayIfSilent: 'stays', origin: from }).dueAt);
}

/**
 * When rung `rung` (counted from 1) of a duty's ladder is told, given when the
 * one before it was, or the due instant for the first. Beyond the top: the top
 * again. The wait runs from when the rung before was really told, so that an
 * outage takes no leader's time away.
 */
export function rungAt(state: CaseState, duty: DutyState, rung: number, from: Instant): Instant | undefined {
  const ladder = rungsOf(state.procedure, ruleOf(state.procedure, duty.duty));
  if (ladder.length === 0) return undefined;
  const wait = rung <= ladder.length ? ladder[rung - 1]?.after : ladder.at(-1)?.repeat;
  // A ladder whose top does not repeat is refused by the check; without a wait only the first rung is told at once.
  if (!wait) return rung === 1 ? after(from) : undefined;
  return waitOver(state.calendar, wait, from);
}

/** When each reminder of a duty is sent, for a due date; those at or before `since` are left out. */
export function remindersFor(state: CaseState, duty: string, due: Due, since: Instant): Reminder[] {
  const list = ruleOf(state.procedure, duty).reminders.map((before, n) => ({ n, at: remindAt(state.calendar, before, due), sent: false }));
  return list.filter((r) => r.at > since && r.at <= due.dueAt);
}

/** So long before the day to act by, at the opening of the office; or so many minutes before the due instant. */
function remindAt(calendar: Calendar, before: Duration, due: Due): Instant {
  if (before.unit === 'minutes' || before.unit === 'working-hours')
    return instantOf(msOf(due.dueAt) - before.amount * (before.unit === 'minutes' ? MINUTE : 60 * MINUTE));
  let day = numberOf(due.actBy);
  if (before.unit === 'working-days')
    for (let left = before.amount; left > 0; ) {
      day -= 1;
      if (isWorking(calendar, day)) left -= 1;
    }
  else day -= before.amount;
  return opening(calendar, before.unit === 'working-days' ? nearestWorking(calendar, day, -1) : day);
}

/** The reminders of a duty whose date has moved: none for a date gone by, none twice for one date, and one already sent again only where its new time is still to come. */
export function rearmed(state: CaseState, duty: DutyState, due: Due, now: Instant): Reminder[] {
  const sent = new Map(duty.reminders.map((r) => [r.n, r.sent]));
  if (due.dueAt < now) return [];
  return remindersFor(state, duty.duty, due, duty.origin).map((r) => ({ ...r, sent: duty.reminded.includes(reminderKey(r.n, due.dueAt)) || ((sent.get(r.n) ?? true) && r.at <= now) }));
}

/** What makes a reminder the same one. */
export const reminderKey = (n: number, dueAt: Instant): string => `${n} ${dueAt}`;

/**
 * When a pause that begins at `from` ends by itself: what is left of the most
 * that pauses on its ground may last together. Undefined where nothing limits
 * it, and the instant itself where nothing is left.
 */
export function mostOf(state: CaseState, duty: DutyState, rule: number, from: Instant): Instant | undefined {
  const atMost = ruleOf(state.procedure, duty.duty).pauses[rule]?.atMost;
  if (!atMost) return undefined;
  const used = duty.pauses.filter((p) => p.rule === rule && p.to !== undefined && p.from < from)
    .reduce((sum, p) => sum + lasted(state.calendar, atMost, p.from, p.to ?? p.from), 0);
  const left = Math.max(0, atMost.amount - used);
  return left === 0 ? from : instantOf(msOf(waitOver(state.calendar, { ...atMost, amount: left }, from)) - 1);
}

function lasted(calendar: Calendar, unit: Duration, from: Instant, to: Instant): number {
  if (!inDays(unit.unit)) return Math.ceil((msOf(to) - msOf(from)) / (unit.unit === 'minutes' ? MINUTE : 60 * MINUTE));
  let days = 0;
  for (let d = localDay(calendar, from) + 1; d <= localDay(calendar, to); d += 1) if (unit.unit !== 'working-days' || isWorking(calendar, d)) days += 1;
  return days;
}
