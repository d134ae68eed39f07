import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lang } from '../core/text.ts';
import { receiptOf } from '../receipts.ts';
import type { Up } from '../up/up.ts';
import { paint } from './paint.ts';
import { pairs } from './table.ts';

const KEY = 'first';
const T = {
  zh: { runs: (pid: number) => `Redress 已启动（进程 ${pid}）。按 Ctrl-C 停止。`, institution: '机构', engine: '引擎', register: '登记簿', notices: '通知', email: '电子邮件', data: '数据', try: '另开一个终端试一试：' },
  en: { runs: (pid: number) => `Redress runs (process ${pid}). Ctrl-C stops it.`, institution: 'Institution', engine: 'Engine', register: 'Register', notices: 'Notices', email: 'by e-mail', data: 'Data', try: 'Try, in another terminal:' },
} as const;

/** What runs, and commands that work as they stand. The receipt is known beforehand, for it follows from the key. */
export function welcome(up: Up, lang: Lang): string[] {
  const t = T[lang];
  const receipt = receiptOf(KEY);
  const home = process.env['REDRESS_HOME'];
  const redress = `${home ? `REDRESS_HOME=${quoted(home)} ` : ''}npx redress`;
  const notice = lang === 'zh' ? '受理告知书-1' : 'notice-1';
  return [
    paint.strong(t.runs(process.pid)),
    ...pairs([
      [t.institution, up.institution[lang]],
      [t.engine, up.engine],
      [t.register, up.register === undefined ? 'DATABASE_URL' : here(up.register)],
      [t.notices, up.notices === undefined ? t.email : here(up.notices)],
    ]),
    '',
    t.try,
    `  ${redress} open ${quoted(here(EXAMPLE))} --key ${KEY}`,
    `  ${redress} timeline ${receipt}`,
    `  ${redress} explain ${receipt} decide`,
    `  ${redress} act ${receipt} accept --as office --field notice=${notice}`,
    `  ${redress} due`,
    `  ${redress} list`,
  ];
}

const EXAMPLE = fileURLToPath(new URL('../../examples/petition.yaml', import.meta.url));

/** A path as one would type it here. */
function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
