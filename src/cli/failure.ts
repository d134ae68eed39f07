import type { Lang, Text } from '../core/text.ts';

/** What a command tells of an error. */
export interface Failure {
  readonly code: string;
  /** The part of what was asked for that is wrong; empty where none is. */
  readonly field: string;
  readonly text: Text;
  readonly exit: 1 | 2;
}

/** A command was called in a way that it does not know. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly code: string;
  readonly field: string;
  readonly text: Text;

  constructor(field: string, text: Text, code = 'usage') {
    super(text.en);
    this.code = code;
    this.field = field;
    this.text = text;
  }
}

/** Lines of an error that are shown without --debug. A procedure file may have many problems; each is a line. */
const MOST_LINES = 40;

/** Any error, in plain words. */
export function failureOf(error: unknown, deep = 0): Failure {
  if (!(error instanceof Error)) return unknown(String(error));
  const code = Reflect.get(error, 'code');
  const name = typeof code === 'string' ? code : kebab(error.name);
  const text: unknown = Reflect.get(error, 'text');
  if (isText(text)) {
    const field: unknown = Reflect.get(error, 'field');
    return { code: name, field: typeof field === 'string' ? field : setting(error), text, exit: error instanceof UsageError ? 2 : 1 };
  }
  // A library may have wrapped an error of ours.
  if (error.cause instanceof Error && deep < 4) {
    const cause = failureOf(error.cause, deep + 1);
    if (cause.code !== 'unexpected') return cause;
  }
  return ofSystem(error, name) ?? unknown(error.message);
}

/** The lines for people, and one more for programs where those asked for JSON. */
export function linesOf(failure: Failure, lang: Lang, json: boolean): string[] {
  const { code, field, text } = failure;
  const said = text[lang].trimEnd().split('\n').slice(0, MOST_LINES);
  const [first = '', ...rest] = said;
  const shown = field !== '' && !text[lang].includes(field) ? `${field}${lang === 'zh' ? '：' : ': '}${first}` : first;
  const lines = [lang === 'zh' ? `错误：${shown}` : `Error: ${shown}`, ...rest];
  return json ? [...lines, JSON.stringify({ error: { code, field, message: text[lang] } })] : lines;
}

/** The setting behind an error of a part that does not know what it was set with. */
function setting(error: Error): string {
  const name = error.name === 'RegisterUnavailable' ? 'DATABASE_URL' : error.name === 'EngineError' ? 'TEMPORAL_ADDRESS' : '';
  return process.env[name] ? name : '';
}

const isText = (x: unknown): x is Text =>
  typeof x === 'object' && x !== null && 'zh' in x && 'en' in x && typeof x.zh === 'string' && typeof x.en === 'string';

const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

const unknown = (message: string): Failure => ({
  code: 'unexpected',
  field: '',
  text: {
    zh: `出现意外：${message.split('\n')[0] ?? ''}\n加上 --debug 再运行一次，可看到详细情况。`,
    en: `Something unexpected: ${message.split('\n')[0] ?? ''}\nRun it again with --debug to see where.`,
  },
  exit: 1,
});

const SYSTEM: Readonly<Record<string, (where: string) => Text>> = {
  ENOSPC: (w) => ({ zh: `磁盘已满${w && `（${w}）`}。请腾出空间后重试；已登记的内容没有丢失。`, en: `The disk is full${w && ` (${w})`}. Free some space and try again; nothing that was recorded is lost.` }),
  EDQUOT: (w) => ({ zh: `磁盘配额已用完${w && `（${w}）`}。请腾出空间后重试。`, en: `The disk quota is used up${w && ` (${w})`}. Free some space and try again.` }),
  EACCES: (w) => ({ zh: `没有权限访问 ${w}。请检查其所有者和权限。`, en: `No permission on ${w}. Check who owns it and who may use it.` }),
  EPERM: (w) => ({ zh: `系统不允许操作 ${w}。请检查其所有者和权限。`, en: `The system does not permit this on ${w}. Check who owns it.` }),
  ENOENT: (w) => ({ zh: `没有 ${w} 这个文件。请核对路径。`, en: `There is no file ${w}. Check the path.` }),
  EISDIR: (w) => ({ zh: `${w} 是文件夹，不是文件。请写文件的路径。`, en: `${w} is a folder, not a file. Give the path of a file.` }),
  ENOTDIR: (w) => ({ zh: `${w} 的路径中有一段不是文件夹。请核对路径。`, en: `A part of the path ${w} is not a folder. Check the path.` }),
  EEXIST: (w) => ({ zh: `${w} 已经存在，且不是所需的文件夹。`, en: `${w} exists already and is not the folder that is needed.` }),
  EROFS: (w) => ({ zh: `${w} 所在的磁盘只读。`, en: `The disk of ${w} can only be read.` }),
  EMFILE: () => ({ zh: '打开的文件过多。请调高上限（ulimit -n）。', en: 'Too many open files. Raise the limit (ulimit -n).' }),
};

function ofSystem(error: Error, code: string): Failure | undefined {
  const path: unknown = Reflect.get(error, 'path');
  const where = typeof path === 'string' ? path : '';
  const text = SYSTEM[code]?.(where);
  return text && { code, field: where, text, exit: 1 };
}
