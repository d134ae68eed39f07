import type { Lang, Text } from '../core/text.ts';

// The sheets of an organisation's workbook. A sheet or column may be called by its key or by either title.

export interface Field {
  readonly key: string;
  readonly title: Text;
  readonly kind?: 'text' | 'date';
  readonly width?: number;
  /** A column of older workbooks: taken without a complaint, and written no more. */
  readonly old?: boolean;
  /** The words that it takes, by what they mean; the first two are those that are written, in Chinese and in English. */
  readonly words?: Readonly<Record<string, readonly [zh: string, en: string, ...more: string[]]>>;
}

export interface Table {
  readonly title: Text;
  /** Without it the workbook is not a whole organisation. */
  readonly needed: boolean;
  readonly fields: readonly Field[];
}

const field = (key: string, zh: string, en: string, more: Omit<Field, 'key' | 'title'> = {}): Field => ({ key, title: { zh, en }, ...more });
const date = { kind: 'date', width: 12 } as const;

const id = field('id', '代号', 'Id', { width: 20 });
const unit = field('unit', '单位', 'Unit', { width: 20 });
const role = field('role', '角色', 'Role', { width: 20 });
const person = field('person', '人员', 'Person', { width: 20 });
const titles = [field('titleZh', '名称', 'Chinese title', { width: 24 }), field('titleEn', '英文名称', 'English title', { width: 28 })];
const lang = field('lang', '语言', 'Language', { words: { zh: ['中文', 'Chinese', 'zh'], en: ['英文', 'English', 'en'] } });
const YES: Field['words'] = { true: ['是', 'yes', 'true', '√'], false: ['否', 'no', 'false'] };

export const TABLES = {
  institution: { title: { zh: '机构', en: 'Institution' }, needed: false, fields: [field('item', '项目', 'Item', { width: 28 }), field('value', '内容', 'Value', { width: 40 })] },
  units: {
    title: { zh: '单位', en: 'Units' }, needed: true,
    fields: [id, ...titles, field('parent', '上级单位', 'Parent', { width: 20 }), field('liaison', '联络员', 'Liaison', { width: 20 }), field('reserve', '应急队员', 'Reserve team', { old: true })],
  },
  people: {
    title: { zh: '人员', en: 'People' }, needed: true,
    fields: [
      id, field('name', '姓名', 'Name', { width: 16 }), field('titleZh', '职务', 'Chinese title', { width: 20 }), field('titleEn', '英文职务', 'English title', { width: 24 }), unit,
      field('email', '电子邮件', 'E-mail', { width: 28 }), field('phone', '手机', 'Phone', { width: 16 }), lang,
      field('ways', '通知方式', 'Ways', { words: { email: ['邮件', 'e-mail', 'email', '电子邮件'], sms: ['短信', 'text', 'sms'] } }),
    ],
  },
  posts: {
    title: { zh: '岗位', en: 'Posts' }, needed: true,
    fields: [
      unit, role, ...titles, field('email', '公用邮箱', 'Mailbox', { width: 28 }), lang, field('group', '群机器人', 'Group'), field('rota', '值班表', 'Rota', { width: 16 }),
      field('vacant', '空缺', 'Vacant', { words: YES }),
    ],
  },
  holdings: {
    title: { zh: '任职', en: 'Holdings' }, needed: true,
    fields: [
      unit, role, person, field('as', '任职方式', 'As', { words: { holder: ['任职', 'holder'], deputy: ['代理', 'deputy'] } }),
      field('from', '起', 'From', date), field('to', '止', 'To', date),
    ],
  },
  rotas: {
    title: { zh: '值班表', en: 'Rotas' }, needed: true,
    fields: [
      id, ...titles, unit, field('kind', '类别', 'Kind', { words: { duty: ['值班', 'duty'], reception: ['接访', 'reception'] } }),
      field('starts', '起始日', 'Starts', date), field('turn', '轮换', 'Turn', { words: { day: ['按日', 'day'], week: ['按周', 'week'], shift: ['按班', 'shift'] } }),
      field('shifts', '班次', 'Shifts', { width: 28 }), field('days', '星期', 'Weekdays', { width: 14 }), field('people', '轮值人员', 'People', { width: 40 }),
    ],
  },
  leave: {
    title: { zh: '请假', en: 'Leave' }, needed: false,
    fields: [
      person, field('from', '起', 'From', date), field('to', '止', 'To', date),
      field('kind', '类别', 'Kind', { words: { leave: ['休假', 'leave'], travel: ['公出', 'travel'], training: ['学习', 'training'], other: ['其他', 'other'] } }),
    ],
  },
} as const satisfies Readonly<Record<string, Table>>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = ['institution', 'units', 'people', 'posts', 'holdings', 'rotas', 'leave'] as const satisfies readonly TableName[];

const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Whether a sheet or a column is called so. */
export const isCalled = ({ key, title }: { readonly key: string; readonly title: Text }, name: string): boolean =>
  [key, title.zh, title.en].some((known) => plain(known) === plain(name));

/** What a word of a field means; undefined where it is none of its words. */
export function meaningOf({ words = {} }: Field, text: string): string | undefined {
  return Object.entries(words).find(([meaning, known]) => [meaning, ...known].some((word) => plain(word) === plain(text)))?.[0];
}

/** The word of a field for what it means. */
export function wordFor({ words = {} }: Field, meaning: string, language: Lang): string {
  const known = Object.hasOwn(words, meaning) ? words[meaning] : undefined;
  return known?.[language === 'zh' ? 0 : 1] ?? meaning;
}
