import type { Report } from '../core/effects.ts';
import type { Lang } from '../core/text.ts';
import { type Block, blocksOf, UnknownMark } from './blocks.ts';
import { clean } from './clean.ts';
import { unwrapped } from './engine.ts';
import { PaperError } from './error.ts';
import type { Front } from './front.ts';
import { type PaperContext, scopeOf } from './scope.ts';
import type { Template } from './template.ts';

/** A paper before it has a layout: who writes to whom, and what. */
export interface Sheet {
  readonly lang: Lang;
  readonly form: Front['layout'];
  readonly red: boolean;
  readonly upward: boolean;
  readonly seal: boolean;
  readonly title: string;
  readonly number?: string;
  readonly from: { readonly name: string; readonly unit: string; readonly signer?: string; readonly address?: string; readonly phone?: string; readonly postcode?: string };
  readonly addressee?: { readonly name: string; readonly address?: string; readonly petitioner: boolean; readonly named: boolean };
  readonly blocks: readonly Block[];
  readonly attachments: readonly string[];
  readonly copies: readonly string[];
  /** YYYY-MM-DD. */
  readonly date: string;
  /** When it was made, for the properties of the document. */
  readonly at: string;
}

/** Papers about many cases: what one case has told is no figure. */
const OF_A_PERIOD: ReadonlySet<string> = new Set(['statistics-report']);

const PETITIONER = { zh: '信访人', en: 'Complainant' } as const;

/** A template filled for one case. @throws PaperError */
export function sheetOf(template: Template, paper: Report, context: PaperContext): Sheet {
  const { lang, front, kind } = template;
  if (OF_A_PERIOD.has(kind) && !paper.data.facts['period']) throw PaperError.notOfOneCase(kind);
  const filled = template.fill(scopeOf(paper, context, lang, paper.outside || front.addressee === 'petitioner'));
  const { letterhead } = context;
  const addressee = addresseeOf(front, context, lang, template);
  return {
    lang,
    form: front.layout,
    red: front.red && letterhead.red,
    upward: front.upward,
    seal: front.seal,
    title: oneLine(filled.title),
    ...(context.number !== undefined && { number: oneLine(clean(context.number)) }),
    from: {
      name: clean(letterhead.name[lang]),
      unit: clean(context.unitTitle[lang]),
      ...(letterhead.signer && { signer: clean(letterhead.signer[lang]) }),
      ...(letterhead.address !== undefined && { address: clean(letterhead.address) }),
      ...(letterhead.phone !== undefined && { phone: clean(letterhead.phone) }),
      ...(letterhead.postcode !== undefined && { postcode: clean(letterhead.postcode) }),
    },
    ...(addressee && { addressee }),
    blocks: marked(filled.markdown, template),
    attachments: filled.attachments.map(oneLine).filter((a) => a !== ''),
    copies: (context.copies ?? []).map((c) => oneLine(clean(c[lang]))),
    date: paper.data.day,
    at: paper.at ?? `${paper.data.day}T00:00:00.000Z`,
  };
}

function addresseeOf(front: Front, { to, petitioner }: PaperContext, lang: Lang, { kind, file }: Template): Sheet['addressee'] {
  if (front.addressee === 'none' || (front.addressee === 'to-if-any' && !to)) return undefined;
  if (front.addressee !== 'petitioner') {
    if (!to) throw PaperError.missing(kind, file, 'to');
    return { name: oneLine(clean(to[lang])), petitioner: false, named: false };
  }
  const name = oneLine(clean(petitioner?.name ?? ''));
  const address = clean(petitioner?.address ?? '').trim();
  return { name: name === '' ? (front.called ?? PETITIONER[lang]) : name, petitioner: true, named: name !== '', ...(address !== '' && { address }) };
}

const oneLine = (text: string): string => unwrapped(text).replace(/\s*\n\s*/g, ' ').trim();

function marked(markdown: string, { lang, file }: Template): Block[] {
  try {
    return blocksOf(markdown, lang);
  } catch (error) {
    if (!(error instanceof UnknownMark)) throw error;
    throw PaperError.template([{ file, line: 1, text: {
      zh: `文书只有段落、标题、列表和表格，不能用“${error.message}”这样的写法。`,
      en: `Papers have paragraphs, headings, lists and tables; there is no form for "${error.message}".`,
    } }]);
  }
}
