import { dayIn, officeOf, zoneOf } from '../filing/index.ts';
import type { Listed } from '../register/index.ts';
import { readReceipt } from '../receipts.ts';
import { withRegister } from './connect.ts';
import type { Io } from './io.ts';
import { tellOfMore } from './more.ts';
import { printed } from './options.ts';
import { deliveryOf, nameOf, stateOf, titleOf } from './papers-words.ts';
import { table } from './table.ts';

const T = {
  zh: { none: '没有文书。', head: ['文号', '标题', '成文日期', '状态', '送达'], receipt: '登记号' },
  en: { none: 'There are no papers.', head: ['Number', 'Title', 'Date', 'State', 'Delivery'], receipt: 'Receipt' },
} as const;

/** The papers of a case, or all of them, the newest first. */
export async function listPapers(io: Io, raw: string | undefined, { limit, json }: { readonly limit?: number; readonly json?: boolean }): Promise<void> {
  const receipt = raw === undefined ? undefined : readReceipt(raw);
  await withRegister(async (register) => {
    const papers = await register.papers.list({ receipt, limit });
    if (json) return io.out(printed({ papers }));
    if (papers.length === 0) return io.out(T[io.lang].none);
    const zone = zoneOf(await officeOf(register));
    const head = [...T[io.lang].head, ...(receipt === undefined ? [T[io.lang].receipt] : [])].map((title, i) => ({ title, soft: i === 1 }));
    const row = (p: Listed): string[] => [
      nameOf(p), titleOf(p, io.lang), dayIn(zone, p.madeAt), stateOf(p, io.lang), deliveryOf(p, io.lang, (d) => dayIn(zone, d.at)), p.receipt,
    ];
    for (const line of table(head, papers.map(row))) io.out(line);
    tellOfMore(io, papers.length, limit);
  });
}
