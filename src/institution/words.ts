import { z } from 'zod';
import type { Text } from '../core/text.ts';

/** Where a check stands, and what it reports to. */
export type Check = z.core.$RefinementCtx;

/** Reports a mistake at a place of the file, in both languages. */
export function wrong(ctx: Check, path: readonly PropertyKey[], text: Text): void {
  ctx.addIssue({ code: 'custom', path: [...path], message: text.en, params: { text } });
}

const Said = z.object({ text: z.object({ zh: z.string(), en: z.string() }) });

const NAME: Text = {
  en: 'a name is lower-case words joined by hyphens, as in "unit-head"',
  zh: '名称须为小写单词，以连字符相连，如 "unit-head"',
};

/** One thing wrong, its place in what was checked, and the words for it. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly text: Text;
}

/** What a schema found wrong in some data, in both languages. Unknown fields are one mistake each. */
export function mistakesIn(schema: z.ZodType, data: unknown): Mistake[] {
  const english = schema.safeParse(data).error?.issues ?? [];
  const chinese = schema.safeParse(data, { error: z.locales.zhCN().localeError }).error?.issues ?? [];
  return english.flatMap((issue, i) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...issue.path, key], text: { en: `there is no field "${key}" here`, zh: `此处没有“${key}”这个字段` } }));
    return [{ path: issue.path, text: own(issue) ?? { en: issue.message, zh: chinese[i]?.message ?? issue.message } }];
  });
}

/** Words of our own where the parser's would not help, or are in one language only. */
function own(issue: z.core.$ZodIssue): Text | undefined {
  if (issue.code === 'custom') {
    const said = Said.safeParse(issue.params);
    if (said.success) return said.data.text;
    // The refinements of the core's schemas have English words only.
    const words = CORE[issue.message];
    return words === undefined ? undefined : { en: issue.message, zh: words };
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return { en: 'this is missing', zh: '没有填写' };
  if (issue.code === 'invalid_key') return NAME;
  if (issue.code === 'invalid_format' && issue.format === 'regex') return issue.message.startsWith('a name is') ? NAME : format(issue.message);
  return undefined;
}

const CORE: Readonly<Record<string, string>> = {
  'not a day that exists; write YYYY-MM-DD': '没有这一天；请写成 2026-01-05',
};

const format = (message: string): Text | undefined =>
  message === 'write a time of day as HH:MM' ? { en: message, zh: '时刻请写成 08:30 的样子' } : undefined;
