import type { Doing, Taken } from './act.ts';
import { append } from './apply.ts';
import { localDay } from './calendar.ts';
import { dueOf } from './clocks.ts';
import type { Event } from './events.ts';
import type { Instant } from './instant.ts';
import { doneOrClosed } from './permit.ts';
import { type Refusal, refuse } from './refusal.ts';
import { ruleOf } from './rules.ts';
import { type CaseState, dutyOf, type DutyState, isDoneBefore } from './state.ts';
import { tick } from './tick.ts';

/**
 * Puts a wrong date right: event `fields.of` happened at another time. Every
 * duty that rests on it is counted again; what it said before stays on the
 * timeline, with what was told on the strength of it.
 */
export function correct(state: CaseState, act: Doing, to: Instant, now: Instant, onto: Event[]): Taken | Refusal {
  const { of, reason } = act.fields;
  const refusal = refused(state, act, to);
  if (refusal) return refusal;
  if (typeof of !== 'number' || typeof reason !== 'string') throw new Error('checked above');
  const from = state.times[of];
  if (from === undefined) throw new Error('checked above');
  let next = append(state, { type: 'corrected', at: now, of, from, to, reason, by: act.by, ...(act.key === undefined ? {} : { key: act.key }) }, now, onto);
  const { seq } = next;
  for (const [instance, before] of Object.entries(state.duties)) next = recount(next, instance, before, now, onto);
  return { state: tick(next, now, onto), events: onto, seq };
}

function recount(state: CaseState, instance: string, before: DutyState, now: Instant, onto: Event[]): CaseState {
  const duty = dutyOf(state, instance);
  const due = dueOf(state, duty);
  const late = duty.met && duty.met.at > due.dueAt;
  const same = due.dueAt === before.due.dueAt && due.actBy === before.due.actBy && due.provisional === before.due.provisional;
  if (same && late === before.met?.late) return state;
  const judged = late === undefined ? {} : { late };
  return append(state, { type: 'due-moved', at: now, instance, because: 'correction', before: before.due, after: due, ...judged }, now, onto);
}

function refused(state: CaseState, act: Doing, to: Instant): Refusal | undefined {
  const { of, reason } = act.fields;
  const over = doneOrClosed(state, act);
  if (over) return over;
  if (!state.procedure.corrects.includes(act.by.role)) {
    const names = state.procedure.corrects.join(', ');
    return refuse('not-your-part', 'by.role', `只有以下角色可以更正日期：${names || '无'}。`, `Dates may be put right only by ${names || 'nobody'}.`);
  }
  if (typeof of !== 'number' || state.times[of] === undefined) {
    const known = Object.keys(state.times).join(', ');
    return refuse('no-such-event', 'fields.of', `请用 of 指明要更正的事件编号：${known}。`, `Say which event is to be corrected with "of": ${known}.`);
  }
  if (typeof reason !== 'string' || reason.trim() === '')
    return refuse('bad-field', 'fields.reason', '更正须写明理由（reason）。', 'A correction needs its reason, in "reason".');
  if (act.occurredAt === undefined)
    return refuse('bad-date', 'occurredAt', '请用 occurredAt 写明正确的时间。', 'Say the right time, in "occurredAt".');
  for (const d of Object.values(state.duties)) {
    const starts = d.cause === of ? to : d.origin;
    if (isDoneBefore(state, d)) continue;
    const ends = d.met && (d.met.cause === of ? to : d.met.at);
    if ((d.cause === of || d.met?.cause === of) && ends !== undefined && localDay(state.calendar, ends) < localDay(state.calendar, starts)) {
      const { title } = ruleOf(state.procedure, d.duty);
      return refuse('before-its-turn', 'occurredAt', `照此更正，“${title.zh}”将在开始之前完成。`, `Corrected so, "${title.en}" would have been done before it began.`);
    }
  }
  const others = Object.entries(state.times).filter(([seq]) => seq !== '1').map(([, at]) => at).toSorted();
  if (of === 1 ? others[0] !== undefined && to > others[0] : to < state.receivedAt)
    return refuse('before-receipt', 'occurredAt', '事项的收到时间不能晚于其后的办理时间。', 'A case cannot have been received after something was done in it.');
  return undefined;
}
