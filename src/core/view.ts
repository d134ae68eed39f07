import type { CaseView, DutyView } from './effects.ts';
import type { Instant } from './instant.ts';
import { ruleOf } from './rules.ts';
import { type CaseState, type DutyState, isOpen } from './state.ts';

/** A case as lists show it. */
export function viewOf(state: CaseState): CaseView {
  const duties = Object.values(state.duties);
  const open = duties.filter((d) => d.status === 'open');
  return {
    receipt: state.receipt,
    procedure: state.procedure.id,
    version: state.procedure.version,
    calendar: state.calendar.id,
    calendarVersion: state.calendar.version,
    channel: state.channel,
    unit: state.unit,
    stage: state.stage,
    receivedAt: state.receivedAt,
    openedAt: state.openedAt,
    ...(state.closedAt === undefined ? {} : { closedAt: state.closedAt }),
    seq: state.seq,
    overdue: open.some((d) => d.overdue),
    level: levelOf(state),
    ...nextDue(open),
    duties: duties.map((d) => dutyView(state, d)),
    links: Object.values(state.links).flatMap(({ key, receipt, relation, link }) => (receipt === undefined ? [] : [{ key, receipt, relation, from: link === undefined }])),
  };
}

/** The highest rung told about a duty that is still open. */
export const levelOf = (state: CaseState): number =>
  Object.values(state.duties).reduce((level, d) => (isOpen(d) ? Math.max(level, d.rung) : level), 0);

function nextDue(open: readonly DutyState[]): { nextDue?: Instant } {
  const first = open.map((d) => d.due.dueAt).toSorted()[0];
  return first === undefined ? {} : { nextDue: first };
}

export function dutyView(state: CaseState, duty: DutyState): DutyView {
  const rule = ruleOf(state.procedure, duty.duty);
  return {
    instance: duty.instance,
    duty: duty.duty,
    title: rule.title,
    owes: duty.owes ?? rule.owes,
    ...(duty.person === undefined ? {} : { person: duty.person }),
    status: duty.status,
    overdue: duty.overdue && isOpen(duty),
    level: duty.rung,
    escalations: duty.escalations,
    startedAt: duty.origin,
    ...duty.due,
    ...(duty.met ? { metAt: duty.met.at, late: duty.met.late } : {}),
    ...(duty.releasedLate ? { late: true } : {}),
  };
}
