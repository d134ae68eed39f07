import type { By } from '../core/events.ts';
import type { Lang } from '../core/text.ts';
import { isOutside } from '../filing/office.ts';
import type { Delivered, PaperRow } from '../register/index.ts';
import type { ByOptions } from './commands/papers.ts';
import { UsageError } from './failure.ts';
import { paint } from './paint.ts';

const T = {
  zh: {
    state: { drafting: '拟制中', filed: '已归档', void: '已作废' }, version: (v: number) => `（第 ${v} 版）`, undelivered: '未送达',
    what: { sent: '已发出', received: '已签收', refused: '拒收', returned: '退回' }, how: { 'in-person': '直接送达', post: '邮寄送达', electronic: '电子送达' },
  },
  en: {
    state: { drafting: 'being made', filed: 'filed', void: 'void' }, version: (v: number) => `, version ${v}`, undelivered: 'not delivered',
    what: { sent: 'sent', received: 'received', refused: 'refused', returned: 'returned' }, how: { 'in-person': 'in person', post: 'by post', electronic: 'electronically' },
  },
} as const;

export const nameOf = ({ number, key }: Pick<PaperRow, 'number' | 'key'>): string => number ?? key;

export const titleOf = ({ title, kind }: Pick<PaperRow, 'title' | 'kind'>, lang: Lang): string => title?.[lang] ?? kind;

export function stateOf({ state, version }: Pick<PaperRow, 'state' | 'version'>, lang: Lang): string {
  const said = `${T[lang].state[state]}${version > 1 ? T[lang].version(version) : ''}`;
  return state === 'filed' ? said : state === 'void' ? paint.faint(said) : paint.warn(said);
}

export const whatOf = ({ what }: Pick<Delivered, 'what'>, lang: Lang): string => T[lang].what[what];
export const howOf = ({ how }: Pick<Delivered, 'how'>, lang: Lang): string => T[lang].how[how];

/** What became of a paper on its way; a dash for one that goes to nobody outside. */
export function deliveryOf({ state, addressee, delivery }: Pick<PaperRow, 'state' | 'addressee'> & { delivery?: Delivered | undefined }, lang: Lang, day: (d: Delivered) => string): string {
  if (delivery) {
    const said = `${T[lang].what[delivery.what]} ${day(delivery)}`;
    return delivery.what === 'received' ? paint.good(said) : delivery.what === 'sent' ? said : paint.bad(said);
  }
  return state === 'filed' && addressee !== undefined && isOutside(addressee) ? paint.warn(T[lang].undelivered) : '-';
}

export const byOf = ({ by, person }: ByOptions): By | undefined => {
  if (by === undefined && person !== undefined) throw new UsageError('--by', { zh: '写了 --person，还须写 --by。', en: '--person needs --by.' });
  return by === undefined ? undefined : { role: by, ...(person !== undefined && { person }) };
};
