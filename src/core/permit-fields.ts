import type { z } from 'zod';
import { type Field, schemaOf } from './fields.ts';
import type { Check } from './permit.ts';
import type { Action } from './procedure.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The fields that the action has, each of its kind and within its bounds. */
export const withFields: Check = (_, { fields }, rule) => {
  const parsed = schemaOf(rule.fields).safeParse(fields);
  if (parsed.success) return undefined;
  return fromIssue(parsed.error.issues[0], rule);
};

function fromIssue(issue: z.core.$ZodIssue | undefined, rule: Action): Refusal {
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(rule.fields).join(', ');
    return refuse('bad-field', `fields.${issue.keys[0] ?? ''}`,
      `“${rule.title.zh}”没有字段 ${issue.keys.join('、')}；可用：${known || '无'}。`,
      `"${rule.title.en}" has no field ${issue.keys.join(', ')}; it takes ${known || 'none'}.`);
  }
  const name = String(issue?.path[0] ?? '');
  const field = rule.fields[name];
  if (issue?.code === 'custom' && field) return outside(name, field, rule);
  const choices = field?.choices ? `: ${field.choices.join(' | ')}` : '';
  return refuse('bad-field', `fields.${name}`,
    `“${rule.title.zh}”需要字段 ${name}（${field?.kind ?? ''}${choices}）。`,
    `"${rule.title.en}" needs the field ${name} (${field?.kind ?? ''}${choices}).`);
}


/** A value beyond its bounds, with the rule that sets them. */
function outside(name: string, { title, least, most, cite }: Field, rule: Action): Refusal {
  const what = title ?? { zh: name, en: name };
  const [zh, en] = [[least === undefined ? '' : `至少 ${least}`, most === undefined ? '' : `最多 ${most}`], [least === undefined ? '' : `at least ${least}`, most === undefined ? '' : `at most ${most}`]]
    .map((bounds) => bounds.filter((b) => b !== ''));
  return refuse('bad-field', `fields.${name}`,
    `“${rule.title.zh}”：${what.zh}${zh?.join('、') ?? ''}${cite ? `（${cite.article.zh}）` : ''}。`,
    `"${rule.title.en}": ${what.en} must be ${en?.join(' and ') ?? ''}${cite ? ` (${cite.article.en})` : ''}.`);
}
