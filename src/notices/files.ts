import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Via } from '../channels/channel.ts';
import { NoticeKind } from '../core/effects.ts';
import type { Lang } from '../core/text.ts';
import type { TemplateProblem } from './error.ts';

/** A template file, read. */
export interface Source {
  /** As errors show it. */
  readonly file: string;
  readonly text: string;
}

/** Template files by their names without `.liquid`. */
export type Sources = Readonly<Record<string, Source>>;

export const KINDS = [...NoticeKind.options, 'default', 'digest'] as const;
export const LANGS = ['zh', 'en'] as const satisfies readonly Lang[];
/** The log stands in for a mailbox and says what a mail would say. */
export const VIAS = ['email', 'sms', 'group', 'webhook'] as const satisfies readonly Via[];
export type TemplateVia = (typeof VIAS)[number];
export const viaOf = (via: Via): TemplateVia => (via === 'log' ? 'email' : via);

const BUILT_IN = fileURLToPath(new URL('../../notices/', import.meta.url));

/** The templates of the product, and those of a house over them. Names that can be no template's are problems. */
export function readFolder(house: string | undefined, problems: TemplateProblem[]): Sources {
  const own = house === undefined ? {} : folder(house, house);
  for (const [name, { file }] of Object.entries(own)) if (!isTemplateName(name)) problems.push({ file, line: 0, text: BAD_NAME });
  return { ...folder(BUILT_IN, 'notices'), ...own };
}

/** The names under which a template is looked for, in order. */
export const candidates = (kind: (typeof KINDS)[number], lang: Lang, via: TemplateVia): string[] =>
  (kind === 'digest' ? ['digest'] : [kind, 'default']).flatMap((k) => [`${k}.${lang}.${via}`, `${k}.${lang}`]);

function folder(path: string, shown: string): Record<string, Source> {
  const found: Record<string, Source> = {};
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.name.endsWith('.liquid') && !entry.isDirectory())
      found[entry.name.slice(0, -'.liquid'.length)] = { file: join(shown, entry.name), text: readFileSync(join(path, entry.name), 'utf8').replace(/^\uFEFF/, '').replaceAll('\r\n', '\n').replace(/\n+$/, '') };
  return found;
}

function isTemplateName(name: string): boolean {
  if (name.startsWith('_')) return true;
  const [kind = '', lang = '', via, ...more] = name.split('.');
  return more.length === 0 && KINDS.some((k) => k === kind) && LANGS.some((l) => l === lang) && (via === undefined || VIAS.some((v) => v === via));
}

const BAD_NAME = {
  zh: `文件名应为“类别.语言.liquid”或“类别.语言.渠道.liquid”；类别：${KINDS.join(', ')}；语言：${LANGS.join(', ')}；渠道：${VIAS.join(', ')}。供引用的片段以下划线开头。`,
  en: `A file is named kind.language.liquid or kind.language.channel.liquid; kinds: ${KINDS.join(', ')}; languages: ${LANGS.join(', ')}; channels: ${VIAS.join(', ')}. A part for others to include begins with an underscore.`,
};
