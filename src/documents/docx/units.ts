/** Twips, in which Word measures. */
export const mm = (n: number): number => Math.round((n / 25.4) * 1440);
export const pt = (n: number): number => Math.round(n * 20);

// GB/T 9704-2012, 5.2: the type area is 156 mm by 225 mm, 28 characters a line and 22 lines a page of 三号 (16 pt).
// 28 characters of 16 pt are 448 pt and the line has 442.2, so each is set a quarter of a point closer.
export const AREA = { width: mm(156), height: mm(225), top: mm(37), left: mm(28), right: mm(26), bottom: mm(35) };
export const CLOSER = -5;
export const CHAR = pt(15.75);
export const LINE = pt(28.95);

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6\u2014\u2018\u2019\u201C\u201D\u2026\u{20000}-\u{3FFFD}]/u;
const JOINTS = /(?<=[\u3400-\u9FFF])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u3400-\u9FFF])/g;

/** How many characters wide a text is: half for what is half as wide, a quarter where figures stand beside characters. */
export function widthOf(text: string): number {
  let width = (text.match(JOINTS)?.length ?? 0) / 4;
  for (const c of text) width += WIDE.test(c) ? 1 : 0.5;
  return width;
}
