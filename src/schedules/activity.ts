import { ApplicationFailure } from '@temporalio/common';
import type { Cases } from '../activities/links.ts';
import { type Instant, instantOf } from '../core/instant.ts';
import type { Values } from '../core/fields.ts';
import { RedressError } from '../errors.ts';
import { localOf } from '../people/moment.ts';
import { periodName } from './period.ts';
import type { DueOpening, ScheduledOpening } from './schedule.ts';

const MINUTE_MS = 60_000;

/**
 * What a scheduled case is known by: the schedule and the time on the wall. A restart, a second trigger in the same
 * minute and a clock time that comes twice in a night give one case.
 */
export function keyOf({ name, zone }: Pick<ScheduledOpening, 'name' | 'zone'>, due: Instant): string {
  const { day, time } = localOf(due, zone);
  return `schedule/${name}/${day}T${time}`;
}

/** The intake fields of a scheduled case: those of the file, and the name of its period. */
export function fieldsOf(of: ScheduledOpening, due: Instant): Values {
  return of.period === undefined ? of.fields : { ...of.fields, [of.period]: periodName(of, localOf(due, of.zone).day) };
}

/** Opens the case that is due, received at the instant at which it was due. Idempotent by that instant. */
export const openScheduled = (cases: Pick<Cases, 'open'> | undefined) => async (of: DueOpening): Promise<{ readonly receipt: string }> => {
  if (!cases) throw ApplicationFailure.create({ message: 'no cases can be opened here', type: 'no-cases', nonRetryable: false });
  const due = instantOf(Math.floor(Date.parse(of.due) / MINUTE_MS) * MINUTE_MS);
  const { opens: procedure, unit, channel } = of;
  try {
    const { receipt } = await cases.open({ procedure, unit, channel, receivedAt: due, fields: fieldsOf(of, due), key: keyOf(of, due) });
    return { receipt };
  } catch (error) {
    if (!(error instanceof RedressError)) throw error;
    throw ApplicationFailure.create({ message: error.text.en, type: error.code, nonRetryable: false, details: [{ field: error.field, text: error.text }], cause: error });
  }
};
