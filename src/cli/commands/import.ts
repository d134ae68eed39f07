import { Command } from 'commander';
import type { Encoding } from '../../sheets/index.ts';
import { examples, REQUIRED } from '../help.ts';
import type { Io } from '../io.ts';
import { whole } from '../log-options.ts';
import { gathered, json, option } from '../options.ts';

export interface ImportOptions {
  readonly procedure?: string;
  readonly calendar?: string;
  readonly key?: string;
  readonly map: readonly string[];
  readonly mapField: readonly string[];
  readonly field: readonly string[];
  readonly mapContact: readonly string[];
  readonly unit?: string;
  readonly channel?: string;
  readonly source?: string;
  readonly sheet?: string;
  readonly headerRow?: number;
  readonly fillDown?: boolean;
  readonly encoding?: Encoding;
  readonly dryRun?: boolean;
  readonly errors?: string;
  readonly start?: boolean;
  readonly json?: boolean;
}

/** A register that was kept before there was a Redress. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const words = {
    zh: { what: '导入旧登记簿（CSV、XLSX、XLS），每行一件', file: '登记簿文件' },
    en: { what: 'import a legacy register (CSV, XLSX, XLS), one case a row', file: 'the register' },
  }[lang];
  const list = [
    option('--procedure <id>', lang, `程序编号或文件${REQUIRED.zh}`, `id or file of a procedure${REQUIRED.en}`),
    option('--key <column>', lang, `旧登记簿的编号所在的列；再次导入时据此识别${REQUIRED.zh}`, `the column with the number of the old register, by which a row is known again${REQUIRED.en}`),
    option('--unit <id>', lang, `收件单位；@列名 表示取自该列${REQUIRED.zh}`, `the unit that received them; @COLUMN takes it from there${REQUIRED.en}`),
    option('--map <action=column,…>', lang, '各操作的时间在哪一列；received 是收到；可重复', 'the column that holds the time of each action; received opens the case; may be repeated').argParser(gathered).default([]),
    option('--map-field <action.field=column,…>', lang, '字段取自哪一列；登记字段只写 字段=列名；办理人写 操作.person=列名；可重复', 'the column of a field; of the intake, FIELD=COLUMN; of who did it, ACTION.person=COLUMN; may be repeated').argParser(gathered).default([]),
    option('--field <action.field=value,…>', lang, '登记簿没有的字段，各行都用此值；可重复', 'a value for all rows, of a field that the register does not have; may be repeated').argParser(gathered).default([]),
    option('--map-contact <name=column,…>', lang, '信访人的 name phone email address 和 summary（内容）在哪一列；只进登记底册，不进办理经过', 'columns of the petitioner: name, phone, email, address, and summary; they go with the intake and never onto a timeline').argParser(gathered).default([]),
    option('--channel <channel>', lang, '渠道；@列名 取自该列；默认用程序的第一个', "channel; @COLUMN takes it from there; the procedure's first, where left out"),
    option('--source <name>', lang, '登记簿的名称（默认 legacy）；不同登记簿的相同编号据此区分', 'name of the old register (default: legacy); keeps apart the same number of two registers'),
    option('--calendar <id>', lang, '日历；默认用程序的日历', 'calendar; that of the procedure, where left out'),
    option('--sheet <name>', lang, '工作表的名称或序号', 'name or number of the sheet'),
    option('--header-row <n>', lang, '列名所在的行', 'the row that names the columns').argParser((raw) => whole(raw, lang)),
    option('--fill-down', lang, '跨行合并的单元格，其值用于每一行', 'a cell that is merged over rows gives its value to each'),
    option('--encoding <name>', lang, 'CSV 的编码；默认自动识别', 'encoding of a CSV; found out, where left out').choices(['utf-8', 'gb18030', 'utf-16le', 'utf-16be']),
    option('--dry-run', lang, '只检查，不写入', 'only say what would happen; write nothing'),
    option('--errors <file>', lang, '未导入的行写入此文件（.csv 或 .xlsx），改正后可再导入', 'file for refused rows (.csv or .xlsx), to be mended and imported again'),
    option('--start', lang, '未结案的由引擎接着计时', 'have the engine run the open cases from now on'),
    json(lang),
  ];
  const made = new Command('import').description(words.what).argument('<file>', words.file);
  for (const one of list) made.addOption(one);
  return made
    .addHelpText('after', help[lang] + examples(lang,
      'redress import examples/legacy-register.csv --procedure xinfang-2022 --unit street --key 编号 --map received=收到时间,accept=受理时间 --field accept.notice=见旧登记簿 --dry-run'))
    .action(async (file: string, o: ImportOptions) => {
      const { importInto } = await import('../import-register.ts');
      await importInto(io(), file, o);
    });
}

const help = {
  zh: `
每行按其各步的时间走一遍程序，期限、逾期和结果与当时办理时相同；每行要么完整写入，要么不写入，一行有误不影响其他行。
  再次导入同一文件不会有任何变化；内容与以前导入的不同，则该行不导入并说明。
  导入以前的事只是历史：不补发提醒，不补报领导；逾期未办的，从导入时起由阶梯的第一级报起，通知等到办公时间，同一人的合为一条。
`,
  en: `
Each row is taken through the procedure at the times of its steps, so that limits, lateness and outcome are what they were.
A row is wholly in or not at all, and a bad one stops no other.
  Importing again changes nothing; a row that says otherwise than before is refused and named.
  What happened before the import is history: no reminder and no leader is told of it afterwards. Of a duty still overdue the
  ladder begins at its first rung when the case is started; those notices wait for office hours and come as one for each person.
`,
} as const;
