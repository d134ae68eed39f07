import type { Via } from '../channels/channel.ts';
import type { Lang } from '../core/text.ts';
import { byUrgency, isLate } from './order.ts';
import { isBrief, type NoticeView } from './view.ts';

/** What a template sees of a notice, in one language. Every field is there; what a notice lacks is empty. */
interface Brief {
  readonly kind: string;
  readonly receipt: string;
  readonly urgent: boolean;
  readonly line: string;
  /** `dueAt` is the time in words, where minutes count. */
  readonly clock: { readonly title: string; readonly dueDate: string; readonly actBy: string; readonly law: string; readonly dueAt: string } | null;
  readonly link: string;
}

interface Full extends Brief {
  readonly greeting: string;
  readonly subject: string;
  readonly body: string;
}

interface Digest {
  readonly greeting: string;
  readonly count: number;
  readonly urgent: number;
  readonly late: number;
  readonly entries: readonly Brief[];
}

export type Model = Brief | Full | Digest;

/** The model has no subject and no body where the way is brief, so that no template can tell what it should not. */
export function modelOf(view: NoticeView, lang: Lang, via: Via): Brief | Full {
  return isBrief(via) ? brief(view, lang) : { ...brief(view, lang), ...letter(view, lang) };
}

/** Many notices, the most urgent first; of each no more than anybody may read, by whatever way. */
export function digestOf(views: readonly NoticeView[], lang: Lang, via: Via): Digest {
  return {
    greeting: isBrief(via) ? '' : (views[0]?.name ?? ''),
    count: views.length,
    urgent: views.filter((v) => v.urgent).length,
    late: views.filter(isLate).length,
    entries: byUrgency(views).map((v) => brief(v, lang)),
  };
}

const brief = ({ kind, receipt, urgent, line, clock, link }: NoticeView, lang: Lang): Brief => ({
  kind, receipt, urgent,
  line: line?.[lang] ?? '',
  clock: clock ? { title: clock.title[lang], dueDate: clock.dueDate, actBy: clock.actBy, law: clock.law[lang], dueAt: clock.dueAt?.[lang] ?? '' } : null,
  link: link ?? '',
});

/** A body greets the post; where a person is known, they are greeted instead. */
function letter({ subject, body, name }: NoticeView, lang: Lang): { greeting: string; subject: string; body: string } {
  const [, post, rest] = /^([^\n]{1,60})[：:]\n\s*\n([\s\S]*)$/.exec(body[lang]) ?? [];
  return { greeting: name ?? post ?? '', subject: subject[lang], body: (rest ?? body[lang]).trim() };
}
