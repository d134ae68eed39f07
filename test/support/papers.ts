import { Report } from '../../src/core/effects.ts';
import type { DraftContext, Office } from '../../src/filing/index.ts';

/** An institution as the filing room sees it. */
export const OFFICE: Office = {
  title: { zh: '示例街道办事处', en: 'Sample Street Office' },
  lang: 'zh',
  zone: 'Asia/Shanghai',
  units: { street: { title: { zh: '街道办事处', en: 'Street office' } } },
  numbering: { xf: '示街信〔{year}〕{n}号', en: 'SSO/{year}/{n}' },
};
export const office = async (): Promise<Office> => OFFICE;

/** The i-th of the papers that a test files. */
export const paper = (i: number, more: Partial<Report> = {}): Report => {
  const receipt = more.receipt ?? `XF-${i}`;
  return Report.parse({
    key: `${receipt}/${i}/acceptance-notice`, receipt, unit: 'street', of: i, kind: 'acceptance-notice', title: { zh: '受理告知书', en: 'Notice of acceptance' },
    at: '2026-01-05T01:00:00.000Z', to: 'petitioner', outside: true, copies: ['assigner', 'archive'], series: 'xf',
    data: {
      procedure: { zh: '信访', en: 'Petitions' }, channel: { zh: '来信', en: 'letter' }, unit: 'street', receivedOn: '2026-01-05', day: '2026-01-05',
      facts: {}, clocks: [], outcomes: [], passages: [],
    },
    ...more,
  });
};

/** What the tests put on file: a text that says what it was drafted with, the same each time. */
export const draft = async ({ key }: Report, { number, lang, petitioner }: DraftContext): Promise<Uint8Array> =>
  Buffer.from(JSON.stringify({ key, number, lang, petitioner }));
