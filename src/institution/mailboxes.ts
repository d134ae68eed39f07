import type { Institution } from './institution.ts';
import { LIAISON } from './liaison.ts';
import type { PostEntry } from './post.ts';

/** A post of which nobody knows who reads what comes to it. */
export interface Mailbox {
  readonly unit: string;
  readonly role: string;
}

/**
 * The posts that are mailboxes alone in units of which other posts are held by persons: a notice to such a post
 * cannot be kept from whoever it is about, for the file does not say who reads it. That a unit names its liaison does
 * not make it one that names its people.
 */
export function mailboxesAmongHeld({ units }: Pick<Institution, 'units'>): Mailbox[] {
  return Object.entries(units).flatMap(([unit, { posts }]) => {
    const all = Object.entries(posts);
    if (!all.some(([role, post]) => role !== LIAISON && hasPersons(post))) return [];
    return all.filter(([, post]) => !hasPersons(post) && post.vacant !== true).map(([role]) => ({ unit, role }));
  });
}

const hasPersons = ({ holder, deputies, rota }: PostEntry): boolean => holder.length > 0 || deputies.length > 0 || rota !== undefined;
