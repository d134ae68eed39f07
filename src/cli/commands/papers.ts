import { Command } from 'commander';
import type { Lang } from '../../core/text.ts';
import { examples } from '../help.ts';
import type { Io } from '../io.ts';
import { gathered, json, option, whole } from '../options.ts';

/** Who recorded something, as written on a command line. */
export interface ByOptions {
  readonly by?: string;
  readonly person?: string;
  readonly json?: boolean;
}

export interface DraftOptions {
  readonly as?: string;
  readonly to?: string;
  readonly field: readonly string[];
}

export interface SaveOptions {
  readonly as?: string;
  readonly edition?: number;
  readonly pdf?: boolean;
}

export interface AddOptions {
  readonly kind: string;
  readonly title: string;
  readonly series?: string;
  readonly date?: string;
  readonly to?: string;
  readonly copy: readonly string[];
  readonly json?: boolean;
}

export interface DeliverOptions extends ByOptions {
  readonly how: 'in-person' | 'post' | 'electronic';
  readonly tracking?: string;
  readonly sent?: string;
  readonly received?: string;
  readonly refused?: string;
  readonly returned?: string;
  readonly proof?: string;
  readonly edition?: number;
}

const WORDS = {
  zh: {
    what: '查看、保存、核对、送达和更正已归档的文书', receipt: '登记号', all: '登记号；不写则列出全部', number: '文号', file: '文件',
    show: '显示一份文书的各版、抄送和送达情况', save: '把一份文书存为文件', check: '逐份核对档案与登记簿，并检查文号有无空缺',
    deliver: '登记一份文书的送达情况', add: '把扫描件或自拟文书归档并编号', correct: '以更正稿替换一份文书，原稿保留', giveUp: '作废一份尚未归档的文书，文号保留', draft: '按事项现状起草一份文书，存为文件，不编号、不归档', kind: '种类，如 receipt、acceptance-notice',
  },
  en: {
    what: 'papers on file: see, save, check, deliver and correct them', receipt: 'receipt number', all: 'receipt number; all papers where left out', number: 'document number', file: 'a file',
    show: 'show a paper: its versions, copies and deliveries', save: 'save a paper to a file', check: 'hold the archive against the register, paper by paper, and look for gaps in the numbers',
    deliver: 'record what became of a paper on its way to the petitioner', add: 'put a scanned paper or a document of your own on file, under a number',
    correct: 'replace a paper by a corrected one; both stay on file', giveUp: 'give up a paper that is not filed yet; its number stays taken', draft: 'draw up a paper about a case as it stands; it has no number and is not filed', kind: 'its kind, as in receipt or acceptance-notice',
  },
} as const;

/** The papers that the institution has on file. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const t = WORDS[lang];
  const papers = new Command('papers').description(t.what).argument('[receipt]', t.all)
    .addOption(option('--limit <n>', lang, '最多列多少份（默认 200）', 'how many at most (200)').argParser((raw) => whole('--limit', raw)))
    .addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress papers', 'redress papers 7Q2M-0KXD-4TFA', 'redress papers show 示街信〔2026〕5号', 'redress papers check'))
    .action(async (receipt: string | undefined, o: { limit?: number; json?: boolean }) => (await import('../papers-list.ts')).listPapers(io(), receipt, o));
  for (const make of [draft, show, save, check, deliver, add, correct, giveUp]) papers.addCommand(make(io, lang));
  return papers;
}

function draft(io: () => Io, lang: Lang): Command {
  const t = WORDS[lang];
  return new Command('draft').description(t.draft).argument('<receipt>', t.receipt).argument('<kind>', t.kind).argument('<file>', t.file)
    .addOption(option('--to <addressee>', lang, '主送机关的名称', 'whom it is addressed to, in words'))
    .addOption(option('--field <name=value>', lang, '文书中的一项，事项中没有的或须改写的；可重复', 'a field of the paper that the case lacks or has otherwise; may be repeated').argParser(gathered).default([]))
    .addOption(seenBy(lang))
    .addHelpText('after', examples(lang, 'redress papers draft 7Q2M-0KXD-4TFA receipt receipt.docx', 'redress papers draft 7Q2M-0KXD-4TFA assignment-letter letter.docx --to 示例区水务局 --field deadline=2026-12-31'))
    .action(async (receipt: string, kind: string, file: string, o: DraftOptions) => (await import('../papers-draft.ts')).draftPaper(io(), receipt, kind, file, o));
}

function show(io: () => Io, lang: Lang): Command {
  const t = WORDS[lang];
  return new Command('show').description(t.show).argument('<number>', t.number).addOption(json(lang))
    .action(async (number: string, _: unknown, c: Command) => (await import('../papers-show.ts')).showPaper(io(), number, wantsJson(c)));
}

function save(io: () => Io, lang: Lang): Command {
  const t = WORDS[lang];
  return new Command('save').description(t.save).argument('<number>', t.number).argument('<file>', t.file)
    .addOption(edition(lang)).addOption(option('--pdf', lang, '存 PDF', 'the PDF beside it')).addOption(seenBy(lang))
    .addHelpText('after', examples(lang, 'redress papers save 示街信〔2026〕5号 reply.docx'))
    .action(async (number: string, file: string, o: SaveOptions) => (await import('../papers-save.ts')).savePaper(io(), number, file, o));
}

function check(io: () => Io, lang: Lang): Command {
  return new Command('check').description(WORDS[lang].check).addOption(json(lang))
    .action(async (_: unknown, c: Command) => (await import('../papers-check.ts')).checkArchive(io(), wantsJson(c)));
}

function deliver(io: () => Io, lang: Lang): Command {
  const t = WORDS[lang];
  const others = ['sent', 'received', 'refused', 'returned'];
  const one = (name: string, zh: string, en: string) => option(`--${name} <date>`, lang, zh, en).conflicts(others.filter((o) => o !== name));
  return by(new Command('deliver').description(t.deliver).argument('<number>', t.number)
    .addOption(option('--how <how>', lang, '送达方式：in-person 直接送达、post 邮寄、electronic 电子', 'how: in-person, post, electronic').choices(['in-person', 'post', 'electronic']).makeOptionMandatory())
    .addOption(option('--tracking <number>', lang, '挂号信函号码', 'number of the registered letter'))
    .addOption(one('sent', '发出日期；四个日期都不写的，即为今日发出', 'sent on this day; today, where none of the four is given'))
    .addOption(one('received', '签收日期', 'received on this day'))
    .addOption(one('refused', '拒收日期', 'refused on this day'))
    .addOption(one('returned', '退回日期', 'returned on this day'))
    .addOption(option('--proof <reference>', lang, '送达证明：编号或文件哈希', 'proof: a reference, or the hash of a file'))
    .addOption(edition(lang)), lang).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress papers deliver 示街信〔2026〕5号 --how post --tracking RR123456785CN', 'redress papers deliver 示街信〔2026〕5号 --how post --tracking RR123456785CN --received 2026-11-24 --proof 回执-17'))
    .action(async (number: string, o: DeliverOptions, c: Command) => (await import('../papers-deliver.ts')).deliverPaper(io(), number, { ...o, json: wantsJson(c) }));
}

function add(io: () => Io, lang: Lang): Command {
  const t = WORDS[lang];
  return new Command('add').description(t.add).argument('<receipt>', t.receipt).argument('<file>', t.file)
    .addOption(option('--kind <kind>', lang, '种类，如 petition-letter', 'its kind, as in petition-letter').makeOptionMandatory())
    .addOption(option('--title <title>', lang, '标题，不写个人信息', 'its title; no personal data').makeOptionMandatory())
    .addOption(option('--series <series>', lang, '文号系列；只有一个系列时可省略，none 表示不编号', 'series of numbers; may be left out where there is one; none for no number'))
    .addOption(option('--date <date>', lang, '成文日期；默认今日', 'date of the paper; today, where left out'))
    .addOption(option('--to <role>', lang, '主送', 'role that it is addressed to'))
    .addOption(option('--copy <role>', lang, '抄送，可重复', 'role that gets a copy; may be repeated').argParser(gathered).default([])).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress papers add 7Q2M-0KXD-4TFA scan.pdf --kind petition-letter --title 来信'))
    .action(async (receipt: string, file: string, o: AddOptions, c: Command) => (await import('../papers-add.ts')).addPaper(io(), receipt, file, { ...o, json: wantsJson(c) }));
}

function correct(io: () => Io, lang: Lang): Command {
  const t = WORDS[lang];
  return by(new Command('correct').description(t.correct).argument('<number>', t.number).argument('<file>', t.file).addOption(reason(lang)), lang).addOption(json(lang))
    .addHelpText('after', examples(lang, 'redress papers correct 示街信〔2026〕5号 reply-corrected.docx --reason 日期有误'))
    .action(async (number: string, file: string, o: ByOptions & { reason: string }, c: Command) => (await import('../papers-correct.ts')).correctPaper(io(), number, file, { ...o, json: wantsJson(c) }));
}

function giveUp(io: () => Io, lang: Lang): Command {
  const t = WORDS[lang];
  return new Command('void').description(t.giveUp).argument('<number>', t.number).addOption(reason(lang)).addOption(json(lang))
    .action(async (number: string, o: { reason: string }, c: Command) => (await import('../papers-correct.ts')).giveUpPaper(io(), number, { ...o, json: wantsJson(c) }));
}

const reason = (lang: Lang) => option('--reason <reason>', lang, '理由，不写个人信息', 'why; no personal data').makeOptionMandatory();

const seenBy = (lang: Lang) => option('--as <role>', lang, '以何角色取用；信访人信息保密的事项必须写明', 'the role that it is for; needed where the petitioner is kept confidential');

const edition = (lang: Lang) => option('--edition <n>', lang, '第几版；默认最新版', 'which version; the newest, where left out').argParser((raw) => whole('--edition', raw));

const by = (one: Command, lang: Lang): Command =>
  one.addOption(option('--by <role>', lang, '由何角色登记', 'role that records it')).addOption(option('--person <person>', lang, '登记人的代号', 'who records it, by a code'));

/** `papers` itself takes `--json` too, and reads it wherever it stands on the line. */
const wantsJson = (one: Command): boolean => one.optsWithGlobals<{ json?: boolean }>().json ?? false;

