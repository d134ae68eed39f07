import type { Liquid } from 'liquidjs';
import type { Via } from '../channels/channel.ts';
import type { Lang } from '../core/text.ts';
import { check, type Compiled, compile } from './compile.ts';
import { cut, engineFor } from './engine.ts';
import { TemplateError, type TemplateProblem } from './error.ts';
import { candidates, KINDS, LANGS, readFolder, type Sources, type TemplateVia, VIAS, viaOf } from './files.ts';
import { digestOf, type Model, modelOf } from './model.ts';
import { renderProblem } from './problems.ts';
import { BARE, FULL } from './samples.ts';
import { type Shape, shapeOf } from './shape.ts';
import type { NoticeView } from './view.ts';

/** What a template makes: for a short message and a group, the two together are what is sent. */
export interface Rendered {
  readonly subject: string;
  readonly body: string;
}

export interface Templates {
  /** A notice in words, for one way of telling it. */
  render(view: NoticeView, lang: Lang, via: Via): Rendered;
  /** Many notices to one person as one message, the most urgent first. */
  digest(views: readonly NoticeView[], lang: Lang, via: Via): Rendered;
}

type Kind = (typeof KINDS)[number];

/** The most characters that a message may have; what is longer is cut and shows it. Five linked short messages hold 335. */
const MOST: Readonly<Record<TemplateVia, number>> = { email: 100_000, sms: 335, group: 20_000, webhook: 20_000 };
const LONGEST_SUBJECT = 200;

/**
 * The templates of notices, all of them checked: each field and filter in them is there, and each was tried out.
 * @param house a folder whose templates come before those of the product
 * @throws TemplateError with everything that is wrong, by file and line
 */
export function templates(house?: string): Templates {
  const problems: TemplateProblem[] = [];
  const sources = readFolder(house, problems);
  const chosen = new Map<string, { engine: Liquid; compiled: Compiled }>();
  for (const lang of LANGS) {
    const engine = engineFor(lang, partsOf(sources));
    const known = new Map<string, Compiled | undefined>();
    for (const kind of KINDS)
      for (const via of VIAS) {
        const name = candidates(kind, lang, via).find((n) => Object.hasOwn(sources, n));
        const source = name === undefined ? undefined : sources[name];
        if (!source) continue;
        if (!known.has(source.file)) known.set(source.file, compile(engine, source, problems));
        const compiled = known.get(source.file);
        if (!compiled) continue;
        const before = problems.length;
        check(engine, compiled, fieldsOf(kind, lang, via), problems);
        if (problems.length === before) tryOut(engine, compiled, kind, lang, via, problems);
        chosen.set(`${kind}.${lang}.${via}`, { engine, compiled });
      }
  }
  if (problems.length > 0) throw new TemplateError(distinct(problems, sources));

  const make = (kind: Kind, lang: Lang, via: Via, model: Model): Rendered => {
    const one = chosen.get(`${kind}.${lang}.${viaOf(via)}`);
    if (!one) throw new TemplateError([{ file: `${kind}.${lang}.liquid`, line: 0, text: { zh: '没有这个模板。', en: 'There is no such template.' } }]);
    try {
      return rendered(one.engine, one.compiled, model, viaOf(via));
    } catch {
      // It worked when it was tried out, so what failed is a limit. Somebody is to be told all the same.
      return plainly(model);
    }
  };
  return {
    render: (view, lang, via) => make(view.kind, lang, via, modelOf(view, lang, via)),
    digest: (views, lang, via) => make('digest', lang, via, digestOf(views, lang, via)),
  };
}

function rendered(engine: Liquid, { subject, body }: Compiled, model: Model, via: TemplateVia): Rendered {
  const [first, rest] = [subject, body].map((part): string => String(engine.renderSync(part, model)));
  return {
    subject: cut((first ?? '').replaceAll(/\s+/g, ' ').trim(), LONGEST_SUBJECT),
    body: cut((rest ?? '').replaceAll(/[ \t]+$/gm, '').replaceAll(/\n{3,}/g, '\n\n').trim(), MOST[via]),
  };
}

/** What there is to tell, one below the other. */
function plainly(model: Model): Rendered {
  const entries = 'entries' in model ? model.entries : [model];
  const first = 'subject' in model ? model.subject : (entries[0]?.line ?? '');
  const lines = entries.flatMap((e) => [e.line || e.receipt, ...(e.clock ? [`${e.clock.title} ${e.clock.dueAt || e.clock.dueDate}`] : []), ...(e.link ? [e.link] : [])]);
  return { subject: first, body: [...('body' in model ? [model.body] : []), ...lines].join('\n') };
}

function tryOut(engine: Liquid, compiled: Compiled, kind: Kind, lang: Lang, via: TemplateVia, problems: TemplateProblem[]): void {
  for (const model of modelsOf(kind, lang, via))
    try {
      rendered(engine, compiled, model, via);
    } catch (error) {
      problems.push(renderProblem(error, compiled.file));
      return;
    }
}

const modelsOf = (kind: Kind, lang: Lang, via: Via): Model[] =>
  kind === 'digest' ? [digestOf([FULL, BARE], lang, via), digestOf([BARE], lang, via)] : [modelOf(FULL, lang, via), modelOf(BARE, lang, via)];

function fieldsOf(kind: Kind, lang: Lang, via: TemplateVia): Readonly<Record<string, Shape>> {
  const shape = shapeOf(modelsOf(kind, lang, via)[0]);
  return typeof shape === 'object' && 'fields' in shape ? shape.fields : {};
}

const partsOf = (sources: Sources): Record<string, string> =>
  Object.fromEntries(Object.entries(sources).filter(([name]) => name.startsWith('_')).map(([name, { text }]) => [name, text]));

/** A file that serves several ways has the same problem in each; what the narrowest of them knows is told. */
const distinct = (problems: readonly TemplateProblem[], sources: Sources): TemplateProblem[] =>
  [...new Map(problems.map((p) => ({ ...p, file: sources[p.file]?.file ?? p.file })).map((p) => [`${p.file}:${p.line} ${p.text.en.split(';')[0]}`, p])).values()];
