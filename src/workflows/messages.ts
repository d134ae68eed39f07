import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  ActInput, Calendar, CaseView, DutyView, Event, Explanation, Heard, Hours, Incoming, Intake, Procedure,
} from '../core/index.ts';

// What a case is started with and how one talks to it.

/** Procedure and calendar travel in the input, so that a history replays anywhere, for ever. */
export interface CaseInput {
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly intake: Intake;
  /** Milliseconds that the case's clock is ahead of the engine's: a rehearsal may begin on any date. */
  readonly offset?: number;
  /** Milliseconds over which wake-ups at one legal instant are spread. None in rehearsals and tests. */
  readonly spread?: number;
  /** When the institution's people may be disturbed; at any time, where left out. */
  readonly hours?: Hours;
  /** Events of the engine's history after which it is begun anew, where that is to be before the engine suggests it. */
  readonly renewAfter?: number;
  /** The timeline so far, after the engine's history was begun anew. */
  readonly timeline?: readonly Event[];
}

/** The answer to an action that was taken. */
export interface Receipt {
  readonly receipt: string;
  /** The number of the action's own event. */
  readonly seq: number;
  readonly stage: string;
  readonly events: readonly Event[];
  /** Whether the events are in the register already. If not, they will be: nothing is lost. */
  readonly recorded: boolean;
}

/** What a refused action fails with: the code is the failure's `type`, this its first detail. */
export interface RefusalDetail {
  readonly field: string;
  readonly text: { readonly zh: string; readonly en: string };
}

export const act = defineUpdate<Receipt, [ActInput]>('act');
export const completeStep = defineSignal<[ActInput]>('completeStep');
/** Another case links itself to this one. */
export const link = defineSignal<[Incoming]>('link');
/** A linked case tells what happened there. */
export const hear = defineSignal<[Heard]>('hear');
export const timeline = defineQuery<readonly Event[]>('timeline');
export const duties = defineQuery<readonly DutyView[]>('duties');
export const explain = defineQuery<Explanation | undefined, [string]>('explain');
export const view = defineQuery<CaseView>('view');
