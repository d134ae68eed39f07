import type { Lang } from '../core/text.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const ISO = /(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/g;

/** Every day in a text as papers write it: 2026年11月24日 (GB/T 9704: no leading noughts), 24 November 2026. */
export function day(text: string, lang: Lang): string {
  const out = text.replace(ISO, (whole, y: string, m: string, d: string) => {
    const month = MONTHS[Number(m) - 1];
    if (month === undefined) return whole;
    return lang === 'zh' ? `${y}年${Number(m)}月${Number(d)}日` : `${Number(d)} ${month} ${y}`;
  });
  return lang === 'zh' ? closed(out) : out;
}

/** Without the blanks that stand between figures and characters in lists: a paper has none there. */
const closed = (text: string): string => text.replace(/(?<=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF]) (?=\S)|(?<=\S) (?=[\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF])/g, '');

/** A text with a full stop, whether or not whoever typed it gave one. */
export function ended(text: string, lang: Lang): string {
  const t = text.trimEnd();
  if (t === '' || /[。．.！!？?…][”’」』）)"']?$/.test(t)) return t;
  return `${t.replace(/[；;，,、：:]$/, '')}${lang === 'zh' ? '。' : '.'}`;
}

/** A text without its full stop, for the middle of a sentence. */
export const bare = (text: string): string => text.trim().replace(/[。．.；;，,]+$/, '');
