import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { type CaseState, type CaseView, viewOf } from '../core/index.ts';

/**
 * What a case shows to whoever watches the engine. Plain text there: never personal data. Stages and dates change
 * with every step and are listed from the register.
 */
export const searchAttributes = {
  procedure: defineSearchAttributeKey('RedressProcedure', SearchAttributeType.KEYWORD),
  unit: defineSearchAttributeKey('RedressUnit', SearchAttributeType.KEYWORD),
  overdue: defineSearchAttributeKey('RedressOverdue', SearchAttributeType.BOOL),
  level: defineSearchAttributeKey('RedressLevel', SearchAttributeType.INT),
} as const;

/** The attributes of a case, as the engine's client and workflow take them. */
export function attributesOf(view: CaseView): SearchAttributePair[] {
  return [
    { key: searchAttributes.procedure, value: view.procedure },
    { key: searchAttributes.unit, value: view.unit },
    { key: searchAttributes.overdue, value: view.overdue },
    { key: searchAttributes.level, value: view.level },
  ];
}

/** Writes those attributes that have changed; each write is an event in the history. */
export function keepAttributes(state: CaseState): void {
  const shown = workflowInfo().typedSearchAttributes;
  const changed = attributesOf(viewOf(state)).filter(({ key, value }) => shown.get(key) !== value);
  if (changed.length > 0) upsertSearchAttributes(changed);
}
