import type { Notice, Passed } from '../core/effects.ts';
import { type Instant, instantOf, msOf } from '../core/instant.ts';
import type { Lang } from '../core/text.ts';
import { type Answer, find, type Reached, type Way } from '../people/index.ts';
import type { Office } from './world.ts';

/** Whom a notice reaches: the role in the end, who holds it, and how. */
export interface Target {
  readonly role: string;
  readonly person?: string | undefined;
  readonly as?: Reached['as'] | undefined;
  readonly name?: string | undefined;
  readonly lang: Lang;
  readonly ways: readonly Way[];
  readonly groups: readonly string[];
}

/** Who is told, and who is passed over on the way; nobody, where the last one is passed over too. */
export interface Route {
  readonly target?: Target;
  readonly passed: readonly Passed[];
}

/** What may have changed since a notice was made. */
export interface Meanwhile {
  /** Persons whose addresses have been refused. */
  readonly refused?: readonly string[];
  /** Milliseconds since the notice was to go out: who holds a post is asked for then. */
  readonly elapsed?: number;
  /** Who has been excluded from the case by now. */
  readonly excluded?: Notice['excluded'];
}

/**
 * Finds whom a notice reaches, now: the role's holder, a deputy, whoever is on duty, and where there is nobody the next
 * role that it goes on to. Where the only one there is did not answer, they are told once more; and where everybody is
 * complained of, away or missing, the last resort. A petitioner is reached by what they left, and by nobody else.
 */
export async function reach(world: Office, notice: Notice, meanwhile: Meanwhile = {}): Promise<Route> {
  if (notice.outside && !notice.petitioner) return { passed: [{ role: notice.role, why: 'no-address' }] };
  if (notice.outside) return { target: await petitioner(world, notice), passed: [] };
  const organisation = await world.directory.organisation();
  const excluded = { ...notice.excluded, ...meanwhile.excluded };
  const passed: Passed[] = [];
  const ask = (role: string, unanswered: readonly string[]): Target | undefined => {
    const answer = find(organisation, {
      unit: notice.unit, role, at: atOf(notice, meanwhile.elapsed ?? 0), excluded,
      ...(notice.appointed[role] === undefined ? {} : { appointed: notice.appointed[role] }),
      ...(notice.only === undefined ? {} : { only: notice.only }),
      unanswered: [...unanswered, ...(meanwhile.refused ?? [])],
    });
    passed.push(...answer.passed.map((p) => (p.person !== undefined && meanwhile.refused?.includes(p.person) ? { ...p, why: 'address-refused' as const } : p)));
    return targetOf(role, answer);
  };
  for (const role of [notice.role, ...notice.onward]) {
    const target = ask(role, notice.unanswered);
    if (target) return { target, passed };
  }
  const again = notice.unanswered.length > 0 ? ask(notice.role, []) : undefined;
  if (again) return { target: again, passed: [] };
  const last = notice.lastResort === undefined ? undefined : ask(notice.lastResort, []);
  return last ? { target: last, passed } : { passed };
}

function atOf({ notBefore, at }: Notice, elapsed: number): Instant {
  const made = notBefore ?? at;
  return made === undefined ? instantOf(Date.now()) : instantOf(msOf(made) + elapsed);
}

const targetOf = (role: string, { reached }: Answer): Target | undefined =>
  reached && { role, person: reached.person, as: reached.as === 'mailbox' ? undefined : reached.as, name: reached.name, lang: reached.lang, ways: reached.ways, groups: reached.groups };

async function petitioner({ register, directory }: Office, { receipt, role }: Notice): Promise<Target> {
  const { email, phone, lang, name } = (await register.petitioner(receipt))?.contact ?? {};
  const ways: Way[] = [];
  if (email?.trim()) ways.push({ via: 'email', address: email.trim() });
  if (phone?.trim()) ways.push({ via: 'sms', address: phone.trim() });
  return { role, name, lang: lang ?? (await directory.organisation()).lang, ways, groups: [] };
}
