import type { Lang, Text } from '../core/text.ts';
import type { Breakdown } from '../figures/statistics.ts';

/** What people call the figures. The keys are those of the columns. */
export const FIGURES = {
  group: { zh: '分组', en: 'Group' },
  received: { zh: '收件', en: 'Received' },
  accepted: { zh: '及时受理', en: 'Accepted on time' },
  finished: { zh: '按期办结', en: 'Finished on time' },
  due: { zh: '到期应办', en: 'came due' },
  onTime: { zh: '按时', en: 'on time' },
  late: { zh: '逾期后办', en: 'late' },
  overdue: { zh: '逾期未办', en: 'still owed' },
  lapsed: { zh: '期满视为', en: 'deemed' },
  notDue: { zh: '未到期', en: 'not yet due' },
  released: { zh: '免予办理', en: 'released' },
  excused: { zh: '依规免除', en: 'excused' },
  satisfaction: { zh: '群众满意', en: 'Satisfied' },
  evaluation: { zh: '评价', en: 'Evaluation' },
  satisfied: { zh: '满意', en: 'satisfied' },
  basicallySatisfied: { zh: '基本满意', en: 'fairly satisfied' },
  dissatisfied: { zh: '不满意', en: 'not satisfied' },
  answered: { zh: '参评', en: 'Evaluated' },
  rated: { zh: '已评', en: 'evaluated' },
  asked: { zh: '应评', en: 'could be' },
  acceptedDays: { zh: '受理用时（天）', en: 'Days to acceptance' },
  finishedDays: { zh: '办结用时（天）', en: 'Days to finish' },
  cases: { zh: '件数', en: 'cases' },
  median: { zh: '中位数', en: 'median' },
  ninetieth: { zh: '九成以内', en: '90th percentile' },
  escalations: { zh: '上报', en: 'Raised' },
  extensions: { zh: '延期', en: 'Extended' },
  granted: { zh: '次', en: 'times' },
  passedOver: { zh: '通知跳过', en: 'Passed over' },
  open: { zh: '在办', en: 'Open' },
  days: { zh: '天', en: 'days' },
  total: { zh: '合计', en: 'Total' },
  none: { zh: '（未注明）', en: '(not said)' },
} as const satisfies Record<string, Text>;

export const BREAKDOWN: Readonly<Record<Breakdown, Text>> = {
  month: { zh: '月', en: 'Month' }, quarter: { zh: '季', en: 'Quarter' }, unit: { zh: '单位', en: 'Unit' }, channel: { zh: '渠道', en: 'Channel' },
  leader: { zh: '领导', en: 'Leader' }, procedure: { zh: '程序', en: 'Procedure' },
};

const PASSED: Readonly<Record<string, Text>> = {
  vacant: { zh: '空缺', en: 'vacant' }, 'on-leave': { zh: '休假', en: 'on leave' }, named: { zh: '被反映', en: 'complained of' }, conflict: { zh: '回避', en: 'stands aside' },
  unanswered: { zh: '未确认', en: 'did not answer' }, 'no-address': { zh: '无联系方式', en: 'no address' }, 'address-refused': { zh: '地址被拒', en: 'address refused' },
};

/** Why somebody was passed over, as people say it. */
export const passedWords = (why: string, lang: Lang): string => PASSED[why]?.[lang] ?? why;

/** A share of 1 as a percentage with one decimal; empty where there is none. */
export const percent = (rate: number | undefined): number | undefined => (rate === undefined ? undefined : Math.round(rate * 1000) / 10);
