import { Report } from '../core/effects.ts';
import type { Lang, Text } from '../core/text.ts';

// Made-up cases, one for each paper: a blocked drain before a street office, a late delivery before a company, a request
// for information before an authority. No person has a name in them.

export interface Sample {
  readonly kind: string;
  readonly lang: Lang;
  readonly paper: Report;
  readonly house: 'street' | 'company' | 'authority';
  readonly number: string;
  readonly to?: Text;
  readonly copies: readonly Text[];
}

const t = (zh: string, en: string): Text => ({ zh, en });

type Facts = Record<string, { title: Text; value: Text; code?: string }>;
const fact = (title: Text, value: Text, code?: string) => ({ title, value, ...(code !== undefined && { code }) });

interface Told {
  readonly day: string;
  readonly facts?: Facts;
  readonly clocks?: readonly object[];
  readonly duty?: object;
  readonly outcomes?: readonly object[];
  readonly passages?: readonly object[];
}

const law = (article: string, en: string): Text => t(`《信访工作条例》${article}`, `Regulations on Petition Work, ${en}`);
const code = (part: string): Text => t('《投诉处理守则》第七章', `Complaint Handling Code, ${part}`);
const foia = (section: string): Text => t(`《2000年信息自由法》${section}`, `Freedom of Information Act 2000, ${section}`);

const clock = (title: Text, owes: Text, dueDate: string, rule: Text, more: { right?: boolean; overdue?: boolean } = {}) =>
  ({ title, owes, dueDate, law: rule, right: false, overdue: false, ...more });

const OFFICE = t('信访工作机构', 'petition office');
const HANDLER = t('承办人', 'handler');
const PETITIONER = t('信访人', 'petitioner');

const DECIDE = clock(t('书面告知是否受理', 'decide whether to accept, and say so in writing'), OFFICE, '2026-09-17', law('第二十三条第一、三款', 'Art. 23(1), (3)'));
const HANDLE = clock(t('办结并出具处理意见书', 'handle the matter and issue the opinion'), HANDLER, '2026-11-09', law('第三十四条', 'Art. 34'));
const REVIEW = clock(t('请求复查的权利', 'right to ask for a review'), PETITIONER, '2026-11-23', law('第三十五条', 'Art. 35'), { right: true });

const reasons = [
  t('办结并出具处理意见书：60 日。依据：《信访工作条例》第三十四条。', 'handle the matter and issue the opinion: 60 calendar days. Rule: Regulations on Petition Work, Art. 34.'),
  t('起算事由发生于 2026-09-10（星期四）09:30（Asia/Shanghai）。', 'What starts the clock happened on 2026-09-10 (Thursday) 09:30, Asia/Shanghai.'),
  t('当日 2026-09-10（星期四） 不计入，自 2026-09-11（星期五） 起算。', 'The day itself, 2026-09-10 (Thursday), is not counted; counting begins on 2026-09-11 (Friday).'),
  t('计 60 日，至 2026-11-09（星期一）。', 'Counting 60 calendar days comes to 2026-11-09 (Monday).'),
];

const passages = [
  { seq: 1, at: t('2026-09-02（星期三）10:12', '2026-09-02 (Wednesday) 10:12'), text: t('收到并登记（来信），登记号 R-7K2M-9QXT。', 'Received and registered (letter), receipt R-7K2M-9QXT.') },
  { seq: 4, at: t('2026-09-10（星期四）09:30', '2026-09-10 (Thursday) 09:30'), text: t('信访工作机构：受理（受理告知书：示街信〔2026〕2号）', 'petition office: accept (written notice: SSO/2026/2)') },
  { seq: 5, at: t('2026-09-10（星期四）09:30', '2026-09-10 (Thursday) 09:30'), text: t('办结并出具处理意见书（承办人）开始计时，截止 2026-11-09（星期一）。《信访工作条例》第三十四条', 'handle the matter and issue the opinion (handler) is running, due 2026-11-09 (Monday). Regulations on Petition Work, Art. 34') },
  { seq: 9, at: t('2026-11-02（星期一）09:00', '2026-11-02 (Monday) 09:00'), text: t('提醒承办人：办结并出具处理意见书，截止 2026-11-09（星期一）。', 'handler reminded: handle the matter and issue the opinion, due 2026-11-09 (Monday).') },
  { seq: 12, at: t('2026-11-10（星期二）00:00', '2026-11-10 (Tuesday) 00:00'), text: t('逾期：办结并出具处理意见书。', 'Overdue: handle the matter and issue the opinion.') },
];

const outcomes = [
  { title: DECIDE.title, owes: OFFICE, dueDate: '2026-09-17', outcome: t('按期完成，2026-09-10（星期四）09:30', 'done in time, 2026-09-10 (Thursday) 09:30') },
  { title: HANDLE.title, owes: HANDLER, dueDate: '2026-11-09', outcome: t('逾期完成，2026-11-12（星期四）16:05', 'done late, 2026-11-12 (Thursday) 16:05') },
  { title: t('送达处理意见书', 'serve the opinion on the petitioner'), owes: OFFICE, dueDate: '2026-11-19', outcome: t('按期完成，2026-11-13（星期五）11:20', 'done in time, 2026-11-13 (Friday) 11:20') },
];

const CLAIM = fact(t('请求', 'request'), t('疏通示例路排水沟，更换破损的盖板，并说明今后由谁维护。', 'That the drain in Sample Road be cleared, its broken covers replaced, and that the office say who keeps it in order from now on.'));
const FINDINGS = fact(t('事实和理由', 'facts and reasons'), t(
  '2026年9月15日，承办人到现场查看：排水沟长约120米，其中三处淤塞，七块盖板破损，雨天积水影响通行。\n该排水沟属于街道维护范围，本年度尚未列入清淤计划，请求有事实依据。',
  'On 15 September 2026 the handler looked at the place: of some 120 metres of drain three stretches were blocked and seven covers broken, and rain stood on the road.\nThe drain is in the care of the street office. It was not in the plan for this year. The request is well founded.',
));
const CONCLUSION = fact(t('处理意见', 'opinion'), t('由市政维护组于2026年11月30日前完成清淤并更换盖板；自2027年起，每年汛期前清淤一次。', 'The maintenance team clears the drain and replaces the covers by 30 November 2026, and from 2027 on clears it once a year before the rains.'));
const BASIS = fact(t('依据', 'basis'), t('《信访工作条例》第三十一条第六项、第三十二条第一款。', 'Regulations on Petition Work, Arts. 31(6) and 32(1).'));
const DEADLINE = (day: string) => fact(t('反馈日期', 'date set for the report'), t(day, day));

const STREET: Readonly<Record<string, Told>> = {
  receipt: { day: '2026-09-02', clocks: [DECIDE] },
  'acceptance-notice': { day: '2026-09-10', facts: { category: fact(t('类别', 'category'), t('申诉求决', 'claim'), 'appeal') }, clocks: [HANDLE] },
  'non-acceptance-notice': {
    day: '2026-09-10',
    facts: {
      reason: fact(t('理由', 'reason'), t('您与用人单位因劳动报酬发生争议，该争议应当通过仲裁解决，不属于我单位职权范围', 'You and your employer disagree about pay. Such a dispute goes to arbitration and is outside the powers of this office')),
      way: fact(t('应走的途径', 'the way that is open'), t('仲裁', 'arbitration'), 'arbitration'),
      body: fact(t('受理机关', 'body'), t('示例区劳动人事争议仲裁委员会', 'the labour arbitration commission of Sample District')),
    },
  },
  'transfer-letter': { day: '2026-09-08', facts: { claim: CLAIM } },
  'assignment-letter': { day: '2026-09-08', facts: { claim: CLAIM, deadline: DEADLINE('2026-11-02') } },
  'transfer-notice': { day: '2026-09-08', facts: { body: fact(t('转送至', 'referred to'), t('示例区水务局', 'the water bureau of Sample District')) } },
  'extension-notice': {
    day: '2026-11-03',
    facts: { reason: fact(t('理由', 'reason'), t('示例路正在进行管线改造，须待沟槽回填后才能查明排水沟受损的范围', 'Sample Road is being dug up for pipes, and how far the drain is damaged can only be seen when the trench is filled again')) },
    duty: { title: HANDLE.title, owes: HANDLER, dueDate: '2026-12-09', law: HANDLE.law, reasons },
  },
  'handling-opinion': {
    day: '2026-10-20',
    facts: { claim: CLAIM, findings: FINDINGS, outcome: fact(t('结论', 'outcome'), t('支持', 'supported')), conclusion: CONCLUSION, basis: BASIS, reviewBody: fact(t('复查机关', 'reviewing organ'), t('示例区人民政府', 'the people’s government of Sample District')) },
  },
  reply: { day: '2026-10-20', facts: { claim: CLAIM, answer: fact(t('答复', 'answer'), CONCLUSION.value) }, clocks: [REVIEW] },
  'review-opinion': {
    day: '2026-12-15',
    facts: { findings: FINDINGS, result: fact(t('结论', 'result'), t('维持', 'upheld')), basis: fact(BASIS.title, t('《信访工作条例》第三十五条。', 'Regulations on Petition Work, Art. 35.')), conclusion: fact(CONCLUSION.title, t('原处理意见事实清楚，处理适当。', 'The facts were clear and the opinion was right.')) },
  },
  're-review-opinion': {
    day: '2027-02-10',
    facts: { findings: FINDINGS, result: fact(t('结论', 'result'), t('变更', 'changed')), basis: fact(BASIS.title, t('《信访工作条例》第三十六条。', 'Regulations on Petition Work, Art. 36.')), conclusion: fact(CONCLUSION.title, t('清淤由每年一次变更为每年两次，分别在汛期前和汛期后进行。', 'The drain is to be cleared not once but twice a year, before the rains and after.')), hearing: fact(t('听证', 'hearing'), t('2027年1月28日举行听证，听取了信访人和承办单位的意见。', 'A hearing was held on 28 January 2027; the petitioner and the unit were heard.')) },
  },
  'supervision-letter': {
    day: '2026-11-11',
    facts: { reason: fact(t('督办事由', 'ground'), t('无正当理由超过期限未出具处理意见书，也未书面告知信访人延期', 'no opinion was issued in time and no good reason was given, nor was the petitioner told of an extension')), deadline: DEADLINE('2026-11-18') },
    clocks: [{ ...HANDLE, overdue: true }],
  },
  'overdue-report': { day: '2026-11-10', duty: { title: HANDLE.title, owes: HANDLER, dueDate: HANDLE.dueDate, law: HANDLE.law, reasons }, clocks: [{ ...HANDLE, overdue: true }], passages },
  'incident-first-report': {
    day: '2026-09-02',
    facts: {
      place: fact(t('地点', 'place'), t('示例街道办事处接待大厅', 'reception hall of the street office')),
      people: fact(t('人数', 'people'), t('约20人，已推选5名代表', 'about twenty; five representatives were chosen')),
      situation: fact(t('概况', 'what is known'), t('上午9时，示例路居民集体来访，反映连日积水致多户进水。现场秩序正常，无人受伤。', 'At nine in the morning residents of Sample Road came together: water has stood for days and has entered several homes. The place is calm and nobody is hurt.')),
      claim: CLAIM,
      measures: fact(t('措施', 'measures'), t('分管领导当面听取代表意见并作记录；市政维护组已到现场排水；社区正在逐户登记损失。', 'The deputy head heard the representatives and had a record made; the maintenance team is pumping the water out; the community is listing the damage, home by home.')),
      next: fact(t('下一步', 'next'), t('今日18时前完成排水，3日内书面答复代表。', 'The water is out by six this evening; the representatives are answered in writing within three days.')),
    },
  },
  'incident-follow-up-report': {
    day: '2026-09-03',
    facts: {
      situation: fact(t('进展', 'progress'), t('积水已于9月2日17时20分排除，共登记受损住户8户。', 'The water was gone at 17:20 on 2 September. Eight homes are listed as damaged.')),
      next: fact(t('下一步', 'next'), t('9月5日前向代表书面答复处理方案。', 'The representatives are answered in writing by 5 September.')),
    },
  },
  'incident-final-report': {
    day: '2026-09-30',
    facts: {
      cause: fact(t('起因', 'cause'), t('示例路排水沟淤塞，8月31日至9月1日连续降雨后积水进入住户家中。', 'The drain in Sample Road was blocked, and after the rain of 31 August and 1 September water entered homes.')),
      course: fact(t('经过', 'course'), t('9月2日9时，居民约20人集体来访；9时40分，分管领导到场听取5名代表意见；17时20分，积水排除。', 'At nine on 2 September about twenty residents came; at 9:40 the deputy head heard their five representatives; at 17:20 the water was gone.')),
      handling: fact(t('处置', 'handling'), t('登记受损住户8户，协商一致后于9月20日前全部补偿到位；排水沟于9月28日疏通完毕。', 'Eight homes were listed as damaged and, as agreed, made good by 20 September; the drain was clear on 28 September.')),
      followUp: fact(t('后续', 'follow-up'), t('破损盖板于11月30日前更换，由承办人逐项核对并书面告知代表。', 'The broken covers are replaced by 30 November; the handler checks each and tells the representatives in writing.')),
      lessons: fact(t('教训', 'lessons'), t('此前两次来信反映淤塞，未及时列入清淤计划。今后凡涉及排水的来信，登记当日转市政维护组核查。', 'Two earlier letters told of the blocked drain and were not acted on in time. From now on every letter about drains goes to the maintenance team on the day it is registered.')),
    },
    outcomes,
  },
  'meeting-minutes': {
    day: '2026-09-04',
    facts: {
      meetingOn: fact(t('时间', 'held on'), t('2026-09-04', '2026-09-04')),
      place: fact(t('地点', 'place'), t('街道办事处第一会议室', 'meeting room 1 of the street office')),
      chair: fact(t('主持', 'chair'), t('街道办事处分管领导', 'the deputy head in charge')),
      topics: fact(t('议题', 'topics'), t('示例路排水沟积水的处理和受损住户的补偿。', 'The water in Sample Road, and what is owed to the homes it entered.')),
      statements: fact(t('意见', 'statements'), t('居民代表要求尽快疏通排水沟，按实际损失补偿，并公开今后的维护责任。\n市政维护组说明清淤需要十个工作日。', 'The representatives asked that the drain be cleared soon, that actual damage be made good, and that it be public who keeps the drain.\nThe maintenance team said that clearing it takes ten working days.')),
      decisions: fact(t('议定', 'decisions'), t('由市政维护组于9月28日前疏通排水沟。\n由社区于9月10日前核实8户损失，街道办事处于9月20日前补偿到位。', 'The maintenance team clears the drain by 28 September.\nThe community checks the damage of eight homes by 10 September; the office makes it good by 20 September.')),
      present: fact(t('出席', 'present'), t('街道办事处分管领导、市政维护组负责人、社区负责人，居民代表5人', 'the deputy head in charge, the head of the maintenance team, the head of the community, five representatives of the residents')),
      attending: fact(t('列席', 'in attendance'), t('信访工作机构记录员', 'the recorder of the petition office')),
    },
  },
  'visit-record': {
    day: '2026-09-04',
    facts: {
      place: fact(t('地点', 'place'), t('街道办事处一楼接待大厅', 'reception hall of the street office')),
      people: fact(t('人数', 'people'), t('60', '60')),
      representatives: fact(t('代表人数', 'representatives'), t('5', '5')),
      said: fact(t('群众陈述', 'said'), t('要求尽快疏通示例路排水沟，并补偿8户的损失。', 'They ask that the drain in Sample Road be cleared soon, and that the damage to eight homes be made good.')),
      answered: fact(t('当场答复', 'answered'), t('9月28日前疏通；损失由社区核实后补偿。', 'It is cleared by 28 September; the damage is made good once the community has looked at it.')),
    },
  },
  commitments: {
    day: '2026-09-04',
    facts: {
      commitment: fact(t('承诺事项', 'commitment'), t('疏通示例路排水沟。', 'The drain in Sample Road is cleared.')),
      deadline: fact(t('兑现日期', 'kept by'), t('2026-09-28', '2026-09-28')),
      owner: fact(t('责任人', 'owner'), t('works-head', 'works-head')),
    },
    clocks: [
      clock(t('兑现承诺', 'keep a promise'), t('承诺责任人', 'owner of the promise'), '2026-09-28', t('《示例街道办事处信访工作规则》承诺必兑现', 'rules of the Sample Street Office, promises are kept')),
      clock(t('续报', 'interim report'), OFFICE, '2026-09-07', t('《示例街道办事处信访工作规则》续报', 'rules of the Sample Street Office, interim reports')),
    ],
  },
  'closing-report': { day: '2026-12-21', facts: { outcome: fact(t('结论', 'outcome'), t('支持', 'supported')) }, outcomes, passages },
  'statistics-report': {
    day: '2026-10-08',
    facts: {
      period: fact(t('统计期', 'period'), t('2026年第三季度', 'third quarter of 2026')),
      received: fact(t('收到信访事项（件）', 'cases received'), t('128', '128')),
      decidedInTime: fact(t('及时受理率', 'accepted on time'), t('97.6%', '97.6%')),
      finishedInTime: fact(t('按期办结率', 'finished on time'), t('94.1%', '94.1%')),
      answered: fact(t('参评率', 'share rated'), t('61.3%', '61.3%')),
      satisfied: fact(t('群众满意率', 'satisfied'), t('88.0%', '88.0%')),
      escalations: fact(t('逾期上报（次）', 'escalations'), t('9', '9')),
      notes: fact(t('说明', 'notes'), t('样例数据，仅供查看版式', 'Sample figures, to show the layout')),
    },
  },
};

const COMPLAINANT = t('投诉人', 'complainant');
const ANSWER = fact(t('答复', 'answer'), t('您的订单确实晚到了九天，我们没有及时告知。我们为此道歉，并退还运费。', 'Your order did arrive nine days late, and we did not tell you. We are sorry for both, and refund the cost of delivery.'));
const LATE = fact(t('投诉内容', 'complaint'), t('订单晚到九天，两次来电无人回复。', 'An order arrived nine days late, and two calls about it were not returned.'));
const REMEDY = fact(t('补救', 'remedy'), t('五个工作日内退还运费；今后送货延误的，当日告知客户。', 'The cost of delivery is refunded within five working days. From now on customers are told of a delay on the day we learn of it.'));
const OMBUDSMAN = fact(t('已告知监察专员联系方式', 'told how to reach the ombudsman'), t('是', 'yes'));

const COMPANY: Readonly<Record<string, Told>> = {
  acknowledgement: { day: '2026-09-03', facts: { claim: LATE }, clocks: [clock(t('第一阶段答复', 'reply at stage one'), t('第一阶段承办人', 'stage-one handler'), '2026-09-17', code('ch. 7 (stage one)'))] },
  'stage-one-response': {
    day: '2026-09-16',
    facts: { claim: LATE, findings: fact(t('查明', 'findings'), t('仓库于8月14日发货，承运商转运时滞留九天。客服记录了两次来电，均未安排回复。', 'The depot sent it on 14 August, and the carrier held it for nine days. The desk wrote both calls down and nobody was asked to return them.')), outcome: fact(t('结论', 'outcome'), t('投诉成立', 'upheld')), answer: ANSWER, remedy: REMEDY },
    clocks: [clock(t('要求进入第二阶段的权利', 'right to ask for stage two'), COMPLAINANT, '2026-11-11', t('《本公司投诉制度》', 'the company’s own complaints policy, time to ask for stage two'), { right: true })],
  },
  'stage-two-response': {
    day: '2026-10-30',
    facts: { claim: LATE, outcome: fact(t('结论', 'outcome'), t('部分成立', 'partly upheld')), answer: fact(ANSWER.title, t('第一阶段的结论正确，但道歉信晚了四天才寄出。我们为此再次道歉。', 'The decision at stage one was right, but the letter of apology went out four days late. We are sorry for that too.')), remedy: REMEDY },
    clocks: [clock(t('落实承诺的措施', 'do what was promised'), t('第二阶段承办人', 'stage-two handler'), '2026-11-20', code('ch. 7 (outstanding actions)'))],
  },
  'extension-notice': {
    day: '2026-09-15',
    facts: { reason: fact(t('理由', 'reason'), t('承运商的记录尚未送到', 'The carrier has not yet sent us its records')), ombudsman: OMBUDSMAN },
    duty: { title: t('第一阶段答复', 'reply at stage one'), owes: t('第一阶段承办人', 'stage-one handler'), dueDate: '2026-10-01', law: code('ch. 7 (stage one)'), reasons: [] },
  },
};

const INFO = fact(t('申请内容', 'request'), t('2025年各车站电梯的停运天数。', 'How many days each lift was out of service in 2025, station by station.'));
const OFFICER = t('信息公开承办人', 'information officer');
const REQUESTER = t('申请人', 'requester');
const INTERNAL = clock(t('请求内部复核的权利', 'right to ask for an internal review'), REQUESTER, '2026-11-20', t('《第四十五条业务守则》', 'Code of Practice under section 45, internal review'), { right: true });

const AUTHORITY: Readonly<Record<string, Told>> = {
  'foi-response': { day: '2026-09-25', facts: { claim: INFO, answer: fact(t('答复', 'answer'), t('见附表。', 'The table enclosed gives the days for each of the fourteen lifts. In all they were out of service on 61 days.')) }, clocks: [INTERNAL] },
  'foi-refusal-notice': { day: '2026-09-25', facts: { claim: INFO, exemption: fact(t('豁免条款', 'exemption'), t('商业利益', 'The information is exempt because giving it would prejudice the commercial interests of the firm that maintains the lifts')), reason: fact(t('理由', 'reason'), t('合同正在重新招标。', 'The contract is being tendered again, and the figures would show the other bidders the firm’s costs.')) }, clocks: [INTERNAL] },
  'foi-extension-notice': {
    day: '2026-09-25',
    facts: { reason: fact(t('理由', 'reason'), t('正在权衡公共利益', 'The firm has given us its view only this week, and we have to weigh it against that of the public')), exemption: fact(t('豁免条款', 'exemption'), t('商业利益', 's.43(2): prejudice to commercial interests')) },
    duty: { title: t('答复申请', 'answer the request'), owes: OFFICER, dueDate: '2026-10-27', law: foia('s.10(1)'), reasons: [] },
  },
  'foi-fees-notice': { day: '2026-09-07', facts: { fee: fact(t('费用', 'fee'), t('24英镑', '£24, for copying 240 pages')) }, clocks: [clock(t('申请人缴费', 'pay the fee'), REQUESTER, '2026-12-07', foia('s.9(2)'), { right: true })] },
  'foi-clarification-notice': { day: '2026-09-07', facts: { question: fact(t('问题', 'question'), t('请说明所指车站。', 'Which stations do you mean: those of the city lines only, or of the regional lines as well?')) }, clocks: [clock(t('申请人说明', 'clarify the request'), REQUESTER, '2026-11-09', t('《信息专员办公室指引》', 'guidance of the Information Commissioner, requests that need clarifying'), { right: true })] },
  'internal-review-outcome': { day: '2026-11-02', facts: { claim: INFO, result: fact(t('结论', 'result'), t('部分公开', 'part of the information is released'), 'release-part'), findings: fact(t('查明', 'findings'), t('天数不会泄露成本。', 'The number of days says nothing of the firm’s costs; the price of each repair does.')), conclusion: fact(t('决定', 'decision'), t('公开天数。', 'The days are enclosed. The prices stay exempt.')) } },
};

const HOUSES = { street: STREET, company: COMPANY, authority: AUTHORITY } as const;
const PROCEDURE = {
  street: t('信访事项办理程序', 'Handling of petitions'),
  company: t('企业投诉办理程序', 'Complaint to a company'),
  authority: t('英国信息自由法信息公开申请', 'Freedom of information request'),
} as const;

const TO: Readonly<Record<string, Text>> = {
  'transfer-letter': t('示例区水务局', 'Sample District Water Bureau'),
  'assignment-letter': t('示例街道市政维护组', 'Street Maintenance Team'),
  'supervision-letter': t('示例街道市政维护组', 'Street Maintenance Team'),
  'incident-first-report': t('示例区人民政府', 'Sample District Government'),
  'incident-follow-up-report': t('示例区人民政府', 'Sample District Government'),
  'incident-final-report': t('示例区人民政府', 'Sample District Government'),
  'statistics-report': t('示例区信访局', 'Sample District Petition Bureau'),
};
const COPIED = new Set(['assignment-letter', 'supervision-letter', 'handling-opinion', 'incident-final-report', 'meeting-minutes']);
const COPIES = [t('示例区信访局', 'Sample District Petition Bureau'), t('示例街道档案室', 'archive')];

function sample(kind: string, lang: Lang, house: Sample['house'], told: Told, n: number): Sample {
  const mine = house === 'street';
  const receivedOn = mine ? '2026-09-02' : '2026-09-01';
  const paper = Report.parse({
    key: `sample/${kind}`, receipt: mine ? 'R-7K2M-9QXT' : 'C-4H8P-2WDN', unit: house, of: n, kind,
    at: `${told.day}T02:00:00.000Z`,
    data: {
      procedure: PROCEDURE[house], channel: mine ? t('来信', 'letter') : t('网上', 'web'), unit: house, receivedOn,
      facts: {}, clocks: [], outcomes: [], passages: [], ...told,
    },
  });
  const year = told.day.slice(0, 4);
  return {
    kind, lang, house, paper,
    number: lang === 'zh' ? `${mine ? '示街信' : '示司投'}〔${year}〕${n}号` : `${{ street: 'SSO', company: 'SC', authority: 'SPA' }[house]}/${year}/${n}`,
    ...(TO[kind] && { to: TO[kind] }),
    copies: COPIED.has(kind) ? COPIES : [],
  };
}

/** A case for every paper in every language that it has a template in. */
export function samples(has: (kind: string, lang: Lang) => boolean): Sample[] {
  const all: Sample[] = [];
  for (const lang of ['zh', 'en'] as const) {
    let n = 0;
    for (const [house, papers] of Object.entries(HOUSES)) {
      for (const [kind, told] of Object.entries(papers)) {
        // The company's notice of an extension is the English one; a street office sends the Chinese one.
        if (!has(kind, lang) || (kind === 'extension-notice' && (house === 'street') !== (lang === 'zh'))) continue;
        n += 1;
        all.push(sample(kind, lang, house === 'street' ? 'street' : house === 'company' ? 'company' : 'authority', told, n));
      }
    }
  }
  return all;
}

