import { ForTag, IncludeTag, type Liquid, type Template, type Variable } from 'liquidjs';
import type { TemplateProblem } from './error.ts';
import type { Source } from './files.ts';
import { COMPUTED, noField, parseProblem } from './problems.ts';
import { missing, type Shape } from './shape.ts';

/** A template, ready: its first line is the subject, the rest the body. */
export interface Compiled {
  readonly file: string;
  readonly subject: Template[];
  readonly body: Template[];
}

/** Parses a file; what is wrong with it goes to `problems`. */
export function compile(engine: Liquid, { file, text }: Source, problems: TemplateProblem[]): Compiled | undefined {
  const end = text.indexOf('\n');
  const [subject, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
  try {
    return { file, subject: engine.parse(subject, file), body: engine.parse(body, file) };
  } catch (error) {
    problems.push(parseProblem(error, file, engine));
    return undefined;
  }
}

/** What a template asks for that the model does not have, also in the parts that it includes. */
export function check(engine: Liquid, compiled: Compiled, fields: Readonly<Record<string, Shape>>, problems: TemplateProblem[]): void {
  const { file } = compiled;
  for (const templates of [compiled.subject, compiled.body])
    try {
      const all = [...everyTag(templates)];
      for (const tag of all) if (tag instanceof IncludeTag && tag.partialScope() === undefined) problems.push({ file, line: lineOf(tag), text: COMPUTED });
      const { variables, locals } = engine.analyzeSync(templates);
      const scope: Record<string, Shape> = { ...fields, forloop: 'anything', ...Object.fromEntries(Object.keys(locals).map((name) => [name, 'anything'])) };
      for (const tag of all) if (tag instanceof ForTag) scope[tag.variable] = entryOf(scope, tag.collection.getText());
      for (const variable of Object.values(variables).flat()) {
        const lacks = missing(variable, scope);
        if (lacks) problems.push({ file: place(variable, file), line: variable.location.row, text: noField(lacks.path, lacks.known.filter((name) => name !== 'forloop')) });
      }
    } catch (error) {
      problems.push(parseProblem(error, file, engine));
    }
}

function* everyTag(templates: readonly Template[]): Generator<Template> {
  for (const t of templates) {
    yield t;
    const children = t instanceof IncludeTag ? undefined : t.children?.(false, true).next().value;
    if (Array.isArray(children)) yield* everyTag(children);
  }
}

/** A loop runs through a list of the model; through anything else, its entries are not looked at. */
function entryOf(scope: Readonly<Record<string, Shape>>, collection: string): Shape {
  const shape = Object.hasOwn(scope, collection) ? scope[collection] : undefined;
  return typeof shape === 'object' && 'list' in shape ? shape.list : 'anything';
}

const place = ({ location }: Variable, file: string): string => location.file ?? file;

const lineOf = (t: Template): number => t.token.getPosition()[0] ?? 0;
