import { Day } from '../core/instant.ts';
import type { NoticeView } from './view.ts';

// Every template is tried out on these when it is loaded.

/** A notice in which nothing is missing. */
export const FULL: NoticeView = {
  kind: 'reminder',
  receipt: '8A9V-G6QS-B3QH',
  subject: { zh: '【8A9V-G6QS-B3QH】提醒：决定是否受理', en: '[8A9V-G6QS-B3QH] Reminder: decide whether to accept' },
  body: { zh: '信访工作机构：\n\n提醒：决定是否受理。', en: 'petition office:\n\nReminder: decide whether to accept.' },
  line: { zh: '【8A9V-G6QS-B3QH】提醒：决定是否受理', en: '[8A9V-G6QS-B3QH] Reminder: decide whether to accept' },
  clock: {
    title: { zh: '决定是否受理', en: 'decide whether to accept' }, dueDate: Day.parse('2026-10-06'), actBy: Day.parse('2026-09-30'),
    law: { zh: '《信访工作条例》第二十三条', en: 'Regulations on Petition Work (2022) Art. 23' },
  },
  link: 'https://redress.example/c/8A9V-G6QS-B3QH',
  urgent: true,
  name: '值班员甲',
};

/** One that has only what every notice has. */
export const BARE: NoticeView = { kind: 'done', receipt: FULL.receipt, subject: FULL.subject, body: { zh: '办理中。', en: 'Under way.' }, urgent: false };
