import type { Liquid, Template as Parsed } from 'liquidjs';
import type { Text } from '../core/text.ts';
import type { TemplateProblem } from './error.ts';
import { type Astray, FIELDS, follow, type Shape } from './fields.ts';

const ROOT: Shape = { fields: FIELDS };

/** Everything that a template names and no case ever has. */
export function strangers(liquid: Liquid, parsed: Parsed[], source: string, file: string, lineAt: (row: number) => number): TemplateProblem[] {
  const { variables, locals } = liquid.analyzeSync(parsed);
  const loops = loopsIn(source);
  const problems: TemplateProblem[] = [];
  for (const { segments, location } of Object.values(variables).flat()) {
    const [root, ...rest] = segments;
    if (root === 'forloop' || typeof root !== 'string' || Object.hasOwn(locals, root)) continue;
    const found = loops.has(root) ? follow(loops.get(root), rest, root) : follow(ROOT, segments, '');
    if (isAstray(found)) problems.push({ file, line: lineAt(location.row), text: saying(found) });
  }
  return problems;
}

const LOOP = /\{%-?\s*for\s+([\w-]+)\s+in\s+([\w-]+(?:\.[\w-]+)*)/g;

/** What each loop variable is: the element of the list it runs through. Undefined where that is not known. */
function loopsIn(source: string): ReadonlyMap<string, Shape | undefined> {
  const loops = new Map<string, Shape | undefined>();
  for (const [, name = '', path = ''] of source.matchAll(LOOP)) {
    const steps = path.split('.');
    const [first = '', ...rest] = steps;
    const list = loops.has(first) ? follow(loops.get(first), rest, first) : follow(ROOT, steps, '');
    const element = list !== undefined && !isAstray(list) && list !== 'value' && 'list' in list ? list.list : undefined;
    loops.set(name, loops.has(name) && loops.get(name) !== element ? undefined : element);
  }
  return loops;
}

const isAstray = (found: Shape | Astray | undefined): found is Astray => typeof found === 'object' && 'known' in found;

function saying({ at, name, known }: Astray): Text {
  const path = at === '' ? name : `${at}.${name}`;
  if (known.length === 0) return { zh: `没有“${path}”：“${at}”是一个值，其下没有字段。`, en: `There is no "${path}": "${at}" is a value and has no fields.` };
  return { zh: `没有字段“${path}”。${at === '' ? '' : `“${at}”下`}可用：${known.join('、')}。`, en: `There is no field "${path}". ${at === '' ? 'There are' : `"${at}" has`}: ${known.join(', ')}.` };
}
