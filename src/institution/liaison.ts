import type { Text } from '../core/text.ts';
import type { Institution } from './institution.ts';
import type { PostEntry } from './post.ts';

/** The role by which other units reach a unit. */
export const LIAISON = 'liaison';
const TITLE: Text = { zh: '联络员', en: 'Liaison' };

type Unit = Institution['units'][string];

/** The posts of a unit: those that its file writes, and that of its liaison where it has no such post. */
export function postsOfUnit({ liaison, posts }: Pick<Unit, 'liaison' | 'posts'>): Record<string, PostEntry> {
  if (liaison === undefined || Object.hasOwn(posts, LIAISON)) return posts;
  return { ...posts, [LIAISON]: { title: TITLE, holder: [{ person: liaison }], deputies: [] } };
}

/** Who is the liaison of a unit where it says so twice, as a liaison and as a post: whoever holds the post last must be the same. */
export function saysOtherwise(liaison: string | undefined, posts: Readonly<Record<string, { readonly holder?: readonly { readonly person?: string | undefined; readonly from?: string | undefined }[] | undefined }>>): boolean {
  if (liaison === undefined || !Object.hasOwn(posts, LIAISON)) return false;
  const last = (posts[LIAISON]?.holder ?? []).toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)).at(-1);
  return last?.person !== liaison;
}

/** Departments without a liaison of their own: units below another that have people, and posts by which they take part. */
export function unitsWithoutLiaison({ units, people }: Pick<Institution, 'units' | 'people'>): string[] {
  const staffed = new Set(Object.values(people).map((p) => p.unit));
  return Object.entries(units)
    .filter(([name, { parent, posts }]) => parent !== undefined && staffed.has(name) && Object.keys(posts).length > 0)
    .filter(([, unit]) => !Object.hasOwn(postsOfUnit(unit), LIAISON))
    .map(([name]) => name);
}
