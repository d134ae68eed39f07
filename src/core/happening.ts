import type { Event } from './events.ts';
import { own } from './own.ts';
import { type CaseState, dutyNameOf } from './state.ts';

/** An event as a procedure writes it: `accept`, `handle.overdue`, `transferee.appointed`, `review.linked`, `closed`. */
export function happening(state: CaseState, e: Event): string | undefined {
  switch (e.type) {
    case 'opened':
    case 'closed':
      return e.type;
    case 'acted':
      return e.action;
    case 'appointed':
      return `${e.role}.appointed`;
    case 'fell-overdue':
      return `${dutyNameOf(state, e.instance)}.overdue`;
    case 'met':
    case 'extended':
    case 'lapsed':
      return `${dutyNameOf(state, e.instance)}.${e.type}`;
    case 'linked':
      return `${own(state.links, e.key)?.link ?? e.key}.linked`;
    case 'link-failed':
      return `${e.link}.failed`;
    default:
      return undefined;
  }
}
