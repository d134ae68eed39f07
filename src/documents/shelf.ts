import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lang } from '../core/text.ts';
import { PaperError, type TemplateProblem } from './error.ts';
import { template, type Template } from './template.ts';

/** The templates of the package. */
export const PAPERS = fileURLToPath(new URL('../../papers/', import.meta.url));

export type Shelf = ReadonlyMap<string, Template>;

const NAME = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.(zh|en)\.md$/;

/**
 * Reads every template of some folders. Where two have a paper, the folder named first has it.
 * @throws PaperError with every problem of every file
 */
export function shelf(folders: readonly string[]): Shelf {
  const found = new Map<string, Template>();
  const problems: TemplateProblem[] = [];
  for (const folder of folders) {
    for (const name of readdirSync(folder).filter((f) => f.endsWith('.md') && f !== 'README.md').toSorted()) {
      const [, kind, lang] = NAME.exec(name) ?? [];
      const file = folder === PAPERS ? `papers/${name}` : join(folder, name);
      if (kind === undefined || lang === undefined) {
        problems.push({ file, line: 1, text: { zh: '文件名须为“文书.zh.md”或“文书.en.md”。', en: 'A template is called kind.zh.md or kind.en.md.' } });
        continue;
      }
      if (found.has(`${kind}.${lang}`)) continue;
      const read = template(readFileSync(join(folder, name), 'utf8'), kind, langOf(lang), file);
      if ('length' in read) problems.push(...read);
      else found.set(`${kind}.${lang}`, read);
    }
  }
  if (problems.length > 0) throw PaperError.template(problems);
  return found;
}

const langOf = (lang: string): Lang => (lang === 'zh' ? 'zh' : 'en');

/** The template of a paper; in the other language where there is none in this: a letter under English law is English. */
export function find(from: Shelf, kind: string, lang: Lang): Template {
  const found = from.get(`${kind}.${lang}`) ?? from.get(`${kind}.${lang === 'zh' ? 'en' : 'zh'}`);
  if (!found) throw PaperError.unknown(kind, kindsOn(from));
  return found;
}

export const kindsOn = (from: Shelf): string[] => [...new Set([...from.values()].map((t) => t.kind))].toSorted();
