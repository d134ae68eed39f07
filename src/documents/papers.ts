import type { Report } from '../core/effects.ts';
import type { Lang } from '../core/text.ts';
import { business } from './docx/business.ts';
import { gongwen } from './docx/gongwen.ts';
import { pack } from './docx/pack.ts';
import type { PaperContext } from './scope.ts';
import { sheetOf } from './sheet.ts';
import { find, kindsOn, PAPERS, type Shelf, shelf } from './shelf.ts';

/** The papers that an institution can draft. */
export interface Papers {
  /**
   * A paper as a DOCX file; the same bytes for the same input.
   * @throws PaperError where there is no template for it, or the case lacks what it cannot do without
   */
  readonly draft: (paper: Report, context: PaperContext) => Promise<Uint8Array>;
  /** The kinds that there is a template for, in any language. */
  readonly kinds: () => string[];
  /** Whether a paper has a template in a language. Where it has one in the other only, that one is taken. */
  readonly has: (kind: string, lang: Lang) => boolean;
}

/**
 * The papers of the package, or of a house: its own folder of templates stands in front.
 * @throws PaperError with everything that is wrong in any template
 */
export function papers(house?: string): Papers {
  const templates: Shelf = shelf(house === undefined ? [PAPERS] : [house, PAPERS]);
  return {
    async draft(paper, context) {
      const sheet = sheetOf(find(templates, paper.kind, context.lang), paper, context);
      return await pack(sheet.lang === 'zh' ? gongwen(sheet) : business(sheet), sheet);
    },
    kinds: () => kindsOn(templates),
    has: (kind, lang) => templates.has(`${kind}.${lang}`),
  };
}

let ours: Papers | undefined;

/** A paper from the templates of the package. See `Papers.draft`. */
export const draft: Papers['draft'] = async (paper, context) => await (ours ??= papers()).draft(paper, context);

/** The kinds of paper that the package has a template for. */
export const kinds = (): string[] => (ours ??= papers()).kinds();
