import type { z } from 'zod';
import type { Text } from '../core/text.ts';

/** The messages that the schemas of the core give, in Chinese. */
const SAID: Readonly<Record<string, string>> = {
  'not a day that exists; write YYYY-MM-DD': '没有这一天；请写成 YYYY-MM-DD',
  'not an instant; write YYYY-MM-DDTHH:MM:SS.mmmZ': '不是有效的时刻；请写成 YYYY-MM-DDTHH:MM:SS.mmmZ',
  'write a time of day as HH:MM': '请把时间写成 HH:MM',
  '"to" lies before "from"': '“to”早于“from”',
  'write a duration such as "15 calendar days", "5 working days", "2 months", "3 working hours" or "30 minutes"':
    '请写成 "15 calendar days"、"5 working days"、"2 months"、"3 working hours" 或 "30 minutes" 这样的时长',
  'a limit has either a count ("15 calendar days") or the date field that sets it':
    '期限要么是时长（如 "15 calendar days"），要么是确定日期的字段（field），二者取一',
  'a name is lower-case words joined by hyphens, as in "request-review"': '名称用小写英文单词，以连字符相连，如 "request-review"',
  'only a choice has choices, and it has at least one': '只有选项字段才有 choices，且至少有一个',
  'a field is named in one word, as in "reportBy"': '字段名写成一个词，如 "reportBy"',
  'write an action, "opened", "notice-failed", or "duty.met"': '请写操作名、"opened"、"notice-failed"，或 "duty.met" 之类',
  'an overlay is named in lower-case words joined by hyphens': '叠加日历的名称用小写英文单词，以连字符相连',
};

const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组条目', en: 'a group of entries' },
  record: { zh: '一组条目', en: 'a group of entries' },
};

/** What is wrong with a value, in both languages, without saying where. */
export function explained(issue: z.core.$ZodIssue): Text {
  const said = SAID[issue.message];
  if (said !== undefined) return { zh: `${said}。`, en: `${issue.message}.` };
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = issue.keys.join(', ');
      return { zh: `没有“${keys}”这一项，请核对拼写。`, en: `There is no such entry as "${keys}"; check the spelling.` };
    }
    case 'invalid_type': {
      const { zh, en } = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return issue.message.endsWith('received undefined')
        ? { zh: `缺少这一项（应为${zh}）。`, en: `This entry is missing; it must be ${en}.` }
        : { zh: `应为${zh}。`, en: `It must be ${en}.` };
    }
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ');
      return { zh: `只能是：${values}。`, en: `It must be one of: ${values}.` };
    }
    default:
      return { zh: `内容有误：${issue.message}。`, en: `${issue.message}.` };
  }
}

/** Where an issue points: at the entry itself where it is one too many. */
export const pathOf = (issue: z.core.$ZodIssue): (string | number)[] => {
  const path = issue.path.map((p) => (typeof p === 'symbol' ? String(p) : p));
  const [extra] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  return extra === undefined ? path : [...path, extra];
};
