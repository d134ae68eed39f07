import { z } from 'zod';
import { append } from './apply.ts';
import { consequences } from './consequences.ts';
import { correct } from './correct.ts';
import type { By, Event, EventOf } from './events.ts';
import type { Instant } from './instant.ts';
import { instantOf, msOf, MINUTE } from './instant.ts';
import { readMoment } from './moment.ts';
import { own } from './own.ts';
import { takeParts } from './parts.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { check } from './permit.ts';
import { apartFrom } from './permit-parts.ts';
import { meant } from './permit-which.ts';
import type { CaseState } from './state.ts';
import { tick } from './tick.ts';

/** What is longer belongs into a document, to which a field refers: the timeline travels with the case. */
const LONG = 4000;
const SHORT = 200;

/** What a person says they have done. */
export const Act = z.strictObject({
  action: z.string().min(1).max(SHORT),
  by: z.object({ role: z.string().max(SHORT), person: z.string().trim().max(SHORT).optional() }),
  /** When it happened: a day, a time in the calendar's zone, or an instant. Now, where left out. */
  occurredAt: z.string().max(SHORT).optional(),
  fields: z.record(z.string().max(SHORT), z.union([z.string().max(LONG), z.number(), z.boolean()])).default({}),
  /** The instance of a duty it is about, where there are several: `commitment/3`. */
  instance: z.string().max(SHORT).optional(),
  /** The caller's own key: the same one again gives the first answer again. */
  key: z.string().min(1).max(SHORT).optional(),
  note: z.string().max(LONG).optional(),
});
export type Act = z.infer<typeof Act>;
export type ActInput = z.input<typeof Act>;

/** The linked case that something was heard from, and through how many it came. */
export type From = Pick<By, 'case' | 'hops'>;

/** An act with whoever it comes from: a person, or a linked case. */
export type Doing = Omit<Act, 'by'> & { readonly by: By };

export interface Taken {
  readonly state: CaseState;
  readonly events: readonly Event[];
  /** The event of the action itself. */
  readonly seq: number;
}

/** A clock of the caller may run this many milliseconds ahead of ours. */
export const SKEW = 5 * MINUTE;

/**
 * A person did something. First everything that time has brought by then, so
 * that no breach is swallowed; then the action, or the reason why not. Nothing
 * changes on a refusal.
 * @param from the linked case that it was heard from, where no person says so
 */
export function act(state: CaseState, raw: ActInput, now: Instant, from?: From): Taken | Refusal {
  const given = Act.parse(raw);
  const action: Doing = from === undefined ? given : { ...given, by: { ...given.by, ...from } };
  const events: Event[] = [];
  const ticked = tick(state, now, events);
  const at = whenOf(ticked, action, now);
  if (isRefusal(at)) return at;
  const apart = apartFrom(ticked, action);
  if (apart) return apart;
  if (action.action === 'correct') return correct(ticked, action, at.instant, now, events);
  const refusal = check(ticked, action, at.instant);
  if (refusal) return refusal;
  const rule = own(ticked.procedure.actions, action.action);
  const to = rule?.to;
  const instance = meant(ticked, action);
  const seq = ticked.seq + 1;
  const fact = {
    type: 'acted',
    at: at.instant,
    action: action.action,
    by: action.by,
    fields: action.fields,
    ...(to === undefined ? {} : { stage: to }),
    ...(instance === undefined ? {} : { instance }),
    ...(action.key === undefined ? {} : { key: action.key }),
    ...(action.note === undefined ? {} : { note: action.note }),
  } as const;
  const after = append(ticked, fact, now, events);
  const acted: EventOf<'acted'> = { ...fact, seq, recordedAt: now };
  // What the action brought into the past, a date already gone by, is due at once.
  const placed = takeParts(after, rule ?? {}, { person: action.by.person, fields: action.fields }, seq, acted.at, now, events);
  return { state: tick(consequences(placed, acted, now, events), now, events), events, seq };
}

/** Why an action would be refused now; undefined where it would be taken. For validators: changes nothing. */
export function refusalOf(state: CaseState, raw: ActInput, now: Instant): Refusal | undefined {
  const taken = act(state, raw, now);
  return isRefusal(taken) ? taken : undefined;
}

function whenOf(state: CaseState, action: Doing, now: Instant): { instant: Instant } | Refusal {
  if (action.occurredAt === undefined) return { instant: now };
  const read = readMoment(state.calendar, action.occurredAt, action.action === 'correct' && action.fields['of'] === 1 ? 'start' : 'end');
  if (read === undefined)
    return refuse('bad-date', 'occurredAt',
      `没有“${action.occurredAt}”这个时间；请写 2026-11-24 或 2026-11-24 15:30。`,
      `"${action.occurredAt}" is no date that exists; write 2026-11-24 or 2026-11-24 15:30.`);
  const first = readMoment(state.calendar, action.occurredAt, 'start') ?? read;
  if (msOf(first) > msOf(now) + SKEW)
    return refuse('in-the-future', 'occurredAt',
      `“${action.occurredAt}”尚未到来；只能登记已经发生的事。`,
      `"${action.occurredAt}" has not come yet; only what has happened can be recorded.`);
  // A bare day that is today ends now, as far as anybody knows.
  return { instant: read > now ? now : instantOf(msOf(read)) };
}

/** The event that an action with the same key left before. */
export const doneBefore = (state: CaseState, action: Doing): number | undefined =>
  action.key === undefined ? undefined : own(state.keys, action.key);

/** A request that is not even an action, as a refusal that names the field. */
export function malformed(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const field = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : '');
  return refuse('bad-field', field, `字段 ${field || '（请求）'} 有误：${issue?.message ?? ''}`, `The field ${field || '(request)'} is wrong: ${issue?.message ?? ''}`);
}

/** For machines that fire and forget: takes the action, or puts on the timeline why not. Never throws. */
export function takeOrNote(state: CaseState, raw: unknown, now: Instant, onto: Event[], from?: From): CaseState {
  const parsed = Act.safeParse(raw);
  const taken = parsed.success ? act(state, parsed.data, now, from) : malformed(parsed.error);
  if (!isRefusal(taken)) {
    onto.push(...taken.events);
    return taken.state;
  }
  if (taken.code === 'done-before') return state;
  const { action, by } = parsed.success ? parsed.data : { action: 'unknown', by: { role: 'unknown' } };
  return append(state, { type: 'refused', at: now, action, by: { ...by, ...from }, code: taken.code, field: taken.field }, now, onto);
}
