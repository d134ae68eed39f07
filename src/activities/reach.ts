import type { Notice, Passed } from '../core/effects.ts';
import { instantOf } from '../core/instant.ts';
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

/**
 * Finds whom a notice reaches, now: the role's holder, a deputy, whoever is on duty, and where there is nobody the next
 * role that it goes on to. A petitioner is reached by what they left, and by nobody else.
 * @param refused persons whose addresses have been refused meanwhile
 */
export async function reach(world: Office, notice: Notice, refused: readonly string[] = []): Promise<Route> {
  if (notice.outside) return { target: await petitioner(world, notice), passed: [] };
  const organisation = await world.directory.organisation();
  const passed: Passed[] = [];
  for (const role of [notice.role, ...notice.onward]) {
    const answer = find(organisation, {
      unit: notice.unit, role, at: notice.notBefore ?? notice.at ?? instantOf(Date.now()), excluded: notice.excluded,
      ...(notice.appointed[role] === undefined ? {} : { appointed: notice.appointed[role] }),
      unanswered: [...notice.unanswered, ...refused],
    });
    passed.push(...answer.passed.map((p) => (p.person !== undefined && refused.includes(p.person) ? { ...p, why: 'address-refused' as const } : p)));
    const target = targetOf(role, answer);
    if (target) return { target, passed };
  }
  return { passed };
}

const targetOf = (role: string, { reached }: Answer): Target | undefined =>
  reached && { role, person: reached.person, as: reached.as === 'mailbox' ? undefined : reached.as, name: reached.name, lang: reached.lang, ways: reached.ways, groups: reached.groups };

async function petitioner({ register, directory }: Office, { receipt, role }: Notice): Promise<Target> {
  const { email, phone, lang, name } = (await register.petitioner(receipt))?.contact ?? {};
  const ways: Way[] = [];
  if (email?.trim()) ways.push({ via: 'email', address: email.trim() });
  if (phone?.trim()) ways.push({ via: 'sms', address: phone.trim() });
  return { role, name, lang: lang ?? (await directory.language()), ways, groups: [] };
}
