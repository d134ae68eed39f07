import { Liquid } from 'liquidjs';
import type { Lang } from '../core/text.ts';
import { bare, day, ended } from './words.ts';

/**
 * Values stand in the Markdown as code that no reader of Markdown can take for a sign of it, so that `# `, `|` or `<b>`
 * in what somebody typed comes out as it was typed. Numbers are ours and stay plain: they may number a list.
 */
export function wrapped(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = textOf(value);
  let code = '';
  for (let i = 0; i < text.length; i += 1) code += text.charCodeAt(i).toString(16).padStart(4, '0');
  return `\uFDD0${code}\uFDD1`;
}

const WRAPPED = /\uFDD0([0-9a-f]*)\uFDD1/g;

/** Puts the values back, also those within a text that a template has captured. */
export function unwrapped(text: string): string {
  if (!text.includes('\uFDD0')) return text;
  return unwrapped(text.replace(WRAPPED, (_, code: string) => {
    let out = '';
    for (let i = 0; i < code.length; i += 4) out += String.fromCharCode(Number.parseInt(code.slice(i, i + 4), 16));
    return out;
  }));
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError('a group of fields cannot be printed; name one of its fields');
}

/** Tags that would read other files or write HTML; filters that would let signs of Markdown through, ask the clock, or chance. */
const BARRED = {
  tags: ['include', 'render', 'layout', 'block', 'tablerow', 'liquid'],
  filters: ['raw', 'date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string', 'sample'],
};

/** The template language of papers in one language. */
export function engine(lang: Lang): Liquid {
  const liquid = new Liquid({
    strictVariables: true, strictFilters: true, lenientIf: true, ownPropertyOnly: true,
    templates: {}, outputEscape: wrapped, renderLimit: 10_000,
  });
  for (const tag of BARRED.tags) delete liquid.tags[tag];
  for (const filter of BARRED.filters) delete liquid.filters[filter];
  liquid.registerFilter('day', (value: unknown) => day(textOf(value), lang));
  liquid.registerFilter('ended', (value: unknown) => ended(textOf(value), lang));
  // Sections are cited in small letters wherever they stand: s.43, ss.31-33.
  liquid.registerFilter('capitalize', (value: unknown) => textOf(value).replace(/^(?!ss?\.\s*\d)\p{Ll}/u, (c) => c.toUpperCase()));
  liquid.registerFilter('bare', (value: unknown) => bare(textOf(value)));
  return liquid;
}
