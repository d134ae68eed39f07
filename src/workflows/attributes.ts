import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { type CaseState, type CaseView, viewOf } from '../core/index.ts';

/** What a case shows to the engine's visibility store. Plain text there: never personal data. */
export const searchAttributes = {
  procedure: defineSearchAttributeKey('RedressProcedure', SearchAttributeType.KEYWORD),
  stage: defineSearchAttributeKey('RedressStage', SearchAttributeType.KEYWORD),
  unit: defineSearchAttributeKey('RedressUnit', SearchAttributeType.KEYWORD),
  overdue: defineSearchAttributeKey('RedressOverdue', SearchAttributeType.BOOL),
  level: defineSearchAttributeKey('RedressLevel', SearchAttributeType.INT),
  nextDue: defineSearchAttributeKey('RedressNextDue', SearchAttributeType.DATETIME),
} as const;

/** The attributes of a case, as the engine's client and workflow take them. */
export function attributesOf(view: CaseView): SearchAttributePair[] {
  return [
    { key: searchAttributes.procedure, value: view.procedure },
    { key: searchAttributes.stage, value: view.stage },
    { key: searchAttributes.unit, value: view.unit },
    { key: searchAttributes.overdue, value: view.overdue },
    { key: searchAttributes.level, value: view.level },
    ...(view.nextDue === undefined ? [] : [{ key: searchAttributes.nextDue, value: new Date(view.nextDue) }]),
  ];
}

/** Writes those attributes that have changed; each write is an event in the history. */
export function keepAttributes(state: CaseState): void {
  const shown = workflowInfo().typedSearchAttributes;
  const changed = attributesOf(viewOf(state)).filter(({ key, value }) => {
    const now = shown.get(key);
    return now instanceof Date && value instanceof Date ? now.getTime() !== value.getTime() : now !== value;
  });
  if (changed.length > 0) upsertSearchAttributes(changed);
}
