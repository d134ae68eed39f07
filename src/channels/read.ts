import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { explained, pathOf } from '../calendars/issue.ts';
import type { Text } from '../core/text.ts';
import { placeOf, positionAt } from '../procedures/place.ts';
import { ChannelMisconfigured } from './misconfigured.ts';
import { Settings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Path = readonly (string | number)[];
interface Problem { readonly line: number; readonly path: string; readonly text: Text }

/**
 * Reads the text of a channels file. `${NAME}` in it stands for a variable of the environment, so that no secret need
 * stand in the file.
 * @throws ChannelMisconfigured with everything that is wrong, by line, and no secret
 */
export function readSettings(source: string, file: string, env: Environment): Settings {
  const lines = new LineCounter();
  const doc = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  if (doc.errors.length > 0)
    fail(file, doc.errors.map((e) => ({ line: positionAt(lines, e.pos[0]).line, path: '', text: { zh: `YAML 语法有误（${e.code}）。`, en: `This is no YAML (${e.code}).` } })));
  const missing: Problem[] = [];
  const raw: unknown = doc.toJS() ?? {};
  const data = expand(raw, env, [], (name, path) => missing.push(problem(doc, lines, path, {
    zh: `环境变量 ${name} 没有设置。`, en: `The environment variable ${name} is not set.`,
  })));
  if (missing.length > 0) fail(file, missing);
  const { success, data: settings, error } = Settings.safeParse(data);
  if (success) return settings;
  return fail(file, error.issues.map((issue) => problem(doc, lines, pathOf(issue), said(issue))));
}

/** Puts the environment's values into every text. */
function expand(value: unknown, env: Environment, path: Path, miss: (name: string, path: Path) => void): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      const found = env[name];
      if (found === undefined || found === '') miss(name, path);
      return found ?? '';
    });
  if (Array.isArray(value)) return value.map((v, i) => expand(v, env, [...path, i], miss));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, expand(v, env, [...path, k], miss)]));
}

/** In words that never repeat a value. */
function said(issue: z.core.$ZodIssue): Text {
  const own: unknown = issue.code === 'custom' ? issue.params?.['text'] : undefined;
  if (isText(own)) return { zh: `${own.zh}。`, en: `${own.en}.` };
  if (issue.code === 'invalid_key') return { zh: '名称用小写英文单词，以连字符相连，如 "duty-room"。', en: 'A name is lower-case words joined by hyphens, as in "duty-room".' };
  if (issue.code === 'invalid_union') return issue.path.at(-1) === 'kind' ? KIND : { zh: '内容的类型不对。', en: 'This is not the right kind of value.' };
  return explained(issue);
}

const KIND: Text = { zh: '只能是：wecom, dingtalk, feishu。', en: 'It must be one of: wecom, dingtalk, feishu.' };

const problem = (doc: Document, lines: LineCounter, path: Path, text: Text): Problem => ({ line: placeOf(doc, lines, path).line, path: path.join('.'), text });

function fail(file: string, problems: readonly Problem[]): never {
  const say = (lang: keyof Text): string => problems.map((p) => `${file}:${p.line} ${p.path === '' ? '' : `${p.path}: `}${p.text[lang]}`).join('\n');
  throw new ChannelMisconfigured({ zh: say('zh'), en: say('en') });
}

const isText = (x: unknown): x is Text => typeof x === 'object' && x !== null && 'zh' in x && 'en' in x;
