import type { Via } from '../channels/channel.ts';
import type { Notice, NoticeKind } from '../core/effects.ts';
import type { Text } from '../core/text.ts';

/** A notice as templates are to tell it. */
export interface NoticeView {
  readonly kind: NoticeKind;
  readonly receipt: string;
  readonly subject: Text;
  readonly body: Text;
  /** One line that anybody may read. */
  readonly line?: Text | undefined;
  readonly clock?: Notice['clock'];
  /** Where to go on with it. */
  readonly link?: string | undefined;
  readonly urgent: boolean;
  /** Who is told, by name and title; for what only they read. */
  readonly name?: string | undefined;
}

/**
 * Whether a way is told no more than what anybody may read. A short message lies open on a screen, a group is read by
 * all its members and kept by its platform, a webhook leaves the house: none of them gets a petitioner's words or the
 * facts of a case.
 */
export const isBrief = (via: Via): boolean => via !== 'email' && via !== 'log';
