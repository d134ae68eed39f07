import type { Day, Instant } from '../core/instant.ts';
import type { Text } from '../core/text.ts';
import { type Answer, type Asked, find } from './find.ts';
import type { Organisation } from './organisation.ts';

/** An open duty as a person's calendar shows it. No word of it is about the petitioner. */
export interface Deadline {
  readonly receipt: string;
  readonly instance: string;
  readonly title: Text;
  readonly dueDate: Day;
  readonly actBy: Day;
}

/** An open duty and its case, as the register lists them. */
export interface Owing {
  readonly duty: Omit<Deadline, 'receipt'> & { readonly owes: string };
  readonly case: { readonly receipt: string; readonly unit: string };
}

/** Who is excluded from, or appointed in, a case. */
export interface Cast {
  readonly excluded: Asked['excluded'];
  readonly appointed: Readonly<Record<string, string>>;
}

/** The open duties of each person: of the roles that a notice would reach them for at an instant. Pure. */
export function deadlinesBy(organisation: Organisation, owing: readonly Owing[], casting: ReadonlyMap<string, Cast>, at: Instant): Map<string, Deadline[]> {
  const usual = new Map<string, Answer>();
  const by = new Map<string, Deadline[]>();
  for (const { duty: { owes, instance, title, dueDate, actBy }, case: { receipt, unit } } of owing) {
    const cast = casting.get(receipt);
    const appointed = cast?.appointed[owes];
    const asked: Asked = { unit, role: owes, at, excluded: cast?.excluded ?? {}, unanswered: [], ...(appointed !== undefined && { appointed }) };
    const key = `${unit}/${owes}`;
    const answer = cast ? find(organisation, asked) : (usual.get(key) ?? find(organisation, asked));
    if (!cast) usual.set(key, answer);
    const person = answer.reached?.person;
    if (person === undefined) continue;
    const theirs = by.get(person) ?? [];
    by.set(person, theirs);
    theirs.push({ receipt, instance, title, dueDate, actBy });
  }
  return by;
}
