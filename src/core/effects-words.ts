import { z } from 'zod';

// Words that events and effects share.

/** Why somebody who was to be told was not, so that the notice went on. */
export const PassedWhy = z.enum(['vacant', 'on-leave', 'named', 'conflict', 'unanswered', 'no-address', 'address-refused']);
export type PassedWhy = z.infer<typeof PassedWhy>;

/** In what capacity somebody was told: the post's holder, its deputy, who is on duty, who the case was given to, or the post's own mailbox. */
export const ToldAs = z.enum(['holder', 'deputy', 'on-duty', 'appointed', 'mailbox']);
export type ToldAs = z.infer<typeof ToldAs>;
