import type { Report } from '../core/effects.ts';
import type { Lang, Text } from '../core/text.ts';
import type { Letterhead } from '../institution/index.ts';
import type { Register } from '../register/index.ts';

/** What the making of a paper takes from the institution's file. */
export interface Office {
  readonly title: Text;
  readonly lang: Lang;
  readonly units: Readonly<Record<string, { readonly title: Text }>>;
  /** In whose days the numbers' years begin and end. */
  readonly zone?: string | undefined;
  readonly letterhead?: Letterhead | undefined;
  readonly numbering?: Readonly<Record<string, string>> | undefined;
}

/** What a paper is drafted with. */
export interface DraftContext {
  readonly lang: Lang;
  readonly letterhead: Letterhead;
  readonly unitTitle: Text;
  readonly number?: string;
  readonly petitioner?: { readonly name?: string; readonly address?: string };
  readonly to?: Text;
  readonly copies?: Text[];
}

/** Makes a DOCX; the same from the same input. */
export type Draft = (paper: Report, context: DraftContext) => Promise<Uint8Array>;

/** The zone in which an institution's days begin and end. */
export const zoneOf = ({ zone }: Office): string => zone ?? 'Asia/Shanghai';

/** Where no institution was brought in. */
const NAMELESS: Office = { title: { zh: '本机关', en: 'This office' }, lang: 'zh', units: {} };

export const officeOf = async (register: Pick<Register, 'institution'>): Promise<Office> => (await register.institution()) ?? NAMELESS;

/** Roles outside the institution in the procedures at hand, for lists that know no more than a paper's row. */
const OUTSIDE = new Set(['petitioner', 'complainant', 'requester']);
export const isOutside = (role: string): boolean => OUTSIDE.has(role);

/** Where the heading, the addressee and the language of a paper are looked up. */
export interface Directory {
  office(): Promise<Office>;
  post(unit: string, role: string): Promise<{ readonly title?: Text | undefined; readonly lang: Lang } | undefined>;
  /** Never remembered: personal data. */
  petitioner(receipt: string): ReturnType<Register['petitioner']>;
}

/**
 * Who a paper goes to, in which language and under what heading. The petitioner's name and address are looked up for
 * a paper that is addressed to the petitioner, and for no other. Where who it is is kept to a few roles, they are left
 * out of a letter of which anybody else gets a copy: it then goes by its receipt.
 * @param seenBy the role that draws it up, where a clerk does
 */
export async function contextOf(directory: Directory, paper: Report, number: string | undefined, seenBy?: string): Promise<DraftContext> {
  const { unit, to, receipt, outside } = paper;
  const toPetitioner = outside && paper.petitioner;
  const readers = seenBy === undefined ? paper.copies : [...paper.copies, seenBy];
  const [office, contact, post, copies] = await Promise.all([
    directory.office(),
    toPetitioner ? directory.petitioner(receipt).then((p) => p && forThose(p, readers)) : undefined,
    to === undefined || toPetitioner ? undefined : directory.post(unit, to),
    Promise.all(paper.copies.map((role) => titleOf(directory, unit, role))),
  ]);
  const titles = copies.filter((title) => title !== undefined);
  const { name, address } = contact ?? {};
  return {
    lang: contact?.lang ?? post?.lang ?? office.lang,
    letterhead: office.letterhead ?? { name: office.title, red: false },
    unitTitle: office.units[unit]?.title ?? office.title,
    ...(number !== undefined && { number }),
    ...(contact && { petitioner: { ...(name !== undefined && { name }), ...(address !== undefined && { address }) } }),
    ...(post?.title && { to: post.title }),
    ...(titles.length > 0 && { copies: titles }),
  };
}

/** How the petitioner is addressed where these roles read it too. The language tells nobody who it is. */
export function forThose({ contact, identity }: Pick<Petitioner, 'contact' | 'identity'>, readers: readonly string[]): Petitioner['contact'] {
  if (identity === undefined || readers.every((role) => identity.includes(role))) return contact;
  return contact.lang === undefined ? {} : { lang: contact.lang };
}

type Petitioner = NonNullable<Awaited<ReturnType<Register['petitioner']>>>;

const titleOf = async (directory: Directory, unit: string, role: string): Promise<Text | undefined> =>
  (await directory.post(unit, role))?.title;
