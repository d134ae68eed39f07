import type { Citation } from './citation.ts';
import type { Day } from './instant.ts';
import type { Text } from './text.ts';

/** One day of a count: its number when it was counted, or the reason why it was not. */
export interface CountedDay {
  readonly day: Day;
  readonly counted?: number;
  readonly why?: Text;
}

/** One step of the reason for a date, in words, with the days it went through and the rule it rests on. */
export interface Step {
  readonly kind:
    | 'rule' | 'start' | 'first-day' | 'day-or-night' | 'times' | 'count' | 'fixed' | 'stopped' | 'extended' | 'last-day'
    | 'act-by' | 'due-at' | 'provisional' | 'moved' | 'restarted' | 'calendar';
  readonly text: Text;
  readonly days?: readonly CountedDay[];
  readonly cite?: Citation;
}
