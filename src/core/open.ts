import { z } from 'zod';
import { begin } from './apply.ts';
import { type Calendar, localDay } from './calendar.ts';
import { follow } from './consequences.ts';
import { Incoming } from './effects.ts';
import type { Event, EventOf } from './events.ts';
import { FieldValue, schemaOf, withDefaults } from './fields.ts';
import { dayOf, type Instant } from './instant.ts';
import { readMoment } from './moment.ts';
import { takeParts } from './parts.ts';
import type { Procedure } from './procedure.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { CaseState } from './state.ts';
import { tick } from './tick.ts';

/** What a case is opened with, as far as its clocks go: no word of it names a person. */
export const Intake = z.strictObject({
  receipt: z.string().min(1),
  channel: z.string().min(1),
  unit: z.string().min(1),
  /** When the institution got it: a day, a time in the calendar's zone, or an instant. Now, where left out. */
  receivedAt: z.string().optional(),
  fields: z.record(z.string(), FieldValue).default({}),
  /** The case that opens it. */
  link: Incoming.optional(),
});
export type Intake = z.infer<typeof Intake>;

export interface Opened {
  readonly state: CaseState;
  readonly events: readonly Event[];
}

/** Opens a case: the first event, the duties it starts, and what time has already brought since it was received. */
export function open(procedure: Procedure, calendar: Calendar, intake: Intake, now: Instant): Opened | Refusal {
  const at = checked(procedure, calendar, intake, now);
  if (typeof at !== 'string') return at;
  const opened: EventOf<'opened'> = {
    seq: 1,
    type: 'opened',
    at,
    recordedAt: now,
    receipt: intake.receipt,
    channel: intake.channel,
    unit: intake.unit,
    stage: procedure.opens,
    procedure: { id: procedure.id, version: procedure.version },
    calendar: { id: calendar.id, version: calendar.version },
    fields: withDefaults(procedure.intake, intake.fields),
    ...(intake.link ? { link: { receipt: intake.link.from, key: intake.link.key, relation: intake.link.relation, listens: intake.link.listens } } : {}),
  };
  const events: Event[] = [opened];
  const begun = takeParts(begin(procedure, calendar, opened), { appoints: procedure.appoints, ...(procedure.excludes ? { excludes: procedure.excludes } : {}) }, { fields: opened.fields }, 1, at, now, events);
  const state = follow(begun, 'opened', 1, at, now, events, { fields: opened.fields });
  return { state: tick(state, now, events), events };
}

function checked(procedure: Procedure, calendar: Calendar, intake: Intake, now: Instant): Instant | Refusal {
  if (!Object.hasOwn(procedure.channels, intake.channel)) {
    const known = Object.keys(procedure.channels).join(', ');
    return refuse('bad-field', 'channel', `没有“${intake.channel}”这一渠道；可用：${known}。`, `"${intake.channel}" is no channel of this procedure; it has ${known}.`);
  }
  const parsed = schemaOf(procedure.intake).safeParse(intake.fields);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : String(issue?.path[0] ?? '');
    const field = procedure.intake[name];
    const known = Object.keys(procedure.intake).join(', ');
    return field
      ? refuse('bad-field', `fields.${name}`, `字段 ${name} 应为 ${field.kind}${field.choices ? `：${field.choices.join(' | ')}` : ''}。`, `The field ${name} must be a ${field.kind}${field.choices ? `: ${field.choices.join(' | ')}` : ''}.`)
      : refuse('bad-field', `fields.${name}`, `登记时没有字段 ${name}；可用：${known || '无'}。`, `There is no field ${name} at intake; there are ${known || 'none'}.`);
  }
  if (intake.receivedAt === undefined) return now;
  const at = readMoment(calendar, intake.receivedAt, 'start');
  if (at === undefined)
    return refuse('bad-date', 'receivedAt', `没有“${intake.receivedAt}”这个时间；请写 2026-11-24 或 2026-11-24 15:30。`, `"${intake.receivedAt}" is no date that exists; write 2026-11-24 or 2026-11-24 15:30.`);
  if (at > now)
    return refuse('in-the-future', 'receivedAt', `“${intake.receivedAt}”尚未到来。`, `"${intake.receivedAt}" has not come yet.`);
  return at;
}

/** Why a procedure does not fit a matter received at an instant: it was not in force then. Back-tests do not ask. */
export function notInForce(procedure: Procedure, calendar: Calendar, at: Instant): Refusal | undefined {
  const { inForce } = procedure;
  const day = dayOf(localDay(calendar, at));
  if (!inForce || (day >= inForce.from && (inForce.to === undefined || day <= inForce.to))) return undefined;
  const until = inForce.to ?? '';
  return refuse('not-in-force', 'receivedAt',
    `${procedure.id} 自 ${inForce.from} 起${until ? `至 ${until} ` : ''}施行，不适用于 ${day} 收到的事项；请用当时的程序。`,
    `${procedure.id} is in force from ${inForce.from}${until ? ` to ${until}` : ''}, so not for a matter received on ${day}; use the procedure of that time.`);
}
