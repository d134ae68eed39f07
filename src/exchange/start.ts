import type { Redress } from '../client.ts';
import { type Calendar, type Hours, pin, type Procedure } from '../core/index.ts';
import type { Start } from './enter.ts';

/** Milliseconds over which wake-ups at one legal instant are spread. */
const SPREAD = 5 * 60_000;

/** Of an imported case, where the institution says nothing: what time brings waits for the office to open, and so comes as one message. */
const OFFICE_HOURS: Hours = { workingHours: true };

/**
 * Has the engine run imported cases that are open. A case goes on from its
 * timeline, so nobody is told of what happened before: reminders are those
 * still to come, and of a duty that is overdue the ladder begins with its first
 * rung. Those notices wait for office hours, where many to one person become
 * one message.
 */
export const starter = (redress: Redress, procedure: Procedure, calendar: Calendar, hours: Hours | undefined): Start => async ({ legacy: { told }, history }, again) => {
  const { receipt, channel, unit, receivedAt, fields } = told;
  const view = again ? await redress.register.case(receipt) : history.view;
  if (!view || view.closedAt !== undefined) return false;
  const timeline = again ? await redress.register.timeline(receipt) : history.events;
  return redress.start({
    procedure, calendar: pin(calendar, receivedAt), intake: { receipt, channel, unit, receivedAt, fields }, timeline, spread: SPREAD, hours: hours ?? OFFICE_HOURS,
  }, view);
};
