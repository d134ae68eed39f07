import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { marked, type Tokens } from 'marked';
import type { Procedure } from '../src/core/index.ts';
import { type Institution, loadInstitution } from '../src/institution/index.ts';
import { listProcedures, loadProcedure } from '../src/procedures/load.ts';
import { readScenario, type Scenario } from '../src/rehearse/index.ts';
import { readTable } from './support/law.ts';

// docs/plans/ says which procedure carries each duty of the six plans, and what shows it. Every name there is looked up.

const FOLDER = 'docs/plans/';
const PLANS = ['insurer-branch', 'agriculture-bureau', 'veterans-centre', 'township', 'company', 'town'];
const SAMPLE = 'examples/institution.yaml';
const institution = await loadInstitution(SAMPLE);

/** What stands in backticks, but for blocks of commands. */
const refsIn = (text: string): string[] => [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, ref = '']) => ref);

/** `duty decide, handle; action accept` -> [['duty', 'decide'], ['duty', 'handle'], ['action', 'accept']]. */
const named = (rest: string): [kind: string, name: string][] => rest.split('; ').flatMap((part) => {
  const [, kind = part, names = ''] = /^(\S+) (.+)$/.exec(part) ?? [];
  return names.split(', ').map((name): [string, string] => [kind, name]);
});

function inProcedure(p: Procedure, kind: string, name: string): boolean {
  const kinds: Record<string, object> = {
    duty: p.duties, action: p.actions, role: p.roles, ladder: p.ladders, link: p.links, paper: p.papers, channel: p.channels, stage: p.stages,
    field: Object.fromEntries([...Object.keys(p.intake), ...Object.entries(p.actions).flatMap(([a, { fields }]) => Object.keys(fields).map((f) => `${a}.${f}`))].map((f) => [f, f])),
  };
  return Object.hasOwn(kinds, kind) && Object.hasOwn(kinds[kind] ?? {}, name);
}

function inSample({ units, rotas, schedules = {} }: Institution, kind: string, name: string): boolean {
  const posts = Object.fromEntries(Object.entries(units).flatMap(([unit, { posts: own }]) => Object.keys(own).map((role) => [`${unit}/${role}`, role])));
  const kinds: Record<string, object> = { unit: units, post: posts, rota: rotas, schedule: schedules };
  return Object.hasOwn(kinds, kind) && Object.hasOwn(kinds[kind] ?? {}, name);
}

const scenarios = new Map<string, Scenario>();
function scenarioIn(file: string): Scenario {
  const scenario = scenarios.get(file) ?? readScenario(readFileSync(file, 'utf8'), file);
  scenarios.set(file, scenario);
  return scenario;
}

const missing = (all: readonly [string, string][], there: (kind: string, name: string) => boolean): string | undefined => {
  const gone = all.filter(([kind, name]) => !there(kind, name)).map(([kind, name]) => `${kind} ${name}`);
  return gone.length === 0 ? undefined : `no ${gone.join(', ')}`;
};

/** The actions of a rehearsal, those that are refused as `archive refused`. */
const doneIn = (file: string): string[] => scenarioIn(file).steps.map(({ action, refused }) => (refused === undefined ? action : `${action} refused`));

/** What is wrong with a reference; nothing, where what it names is there. */
function wrong(ref: string): string | undefined {
  const command = /^redress ([a-z]+)(?: ([a-z]+))?$/.exec(ref);
  if (command) {
    const file = `src/cli/commands/${command[1]}.ts`;
    if (!existsSync(file)) return 'no such command';
    return command[2] === undefined || readFileSync(file, 'utf8').includes(`Command('${command[2]}')`) ? undefined : 'no such subcommand';
  }
  const [head = '', ...more] = ref.split(': ');
  const rest = more.length === 0 ? undefined : more.join(': ');
  if (listProcedures().includes(head)) return rest === undefined ? undefined : missing(named(rest), (kind, name) => inProcedure(loadProcedure(head), kind, name));
  if (!head.includes('/') || !existsSync(head)) return 'no such procedure or file';
  if (rest === undefined) return undefined;
  if (head === SAMPLE) return missing(named(rest), (kind, name) => inSample(institution, kind, name));
  if (head.startsWith('examples/rehearsals/')) return missing(rest.split(', ').map((step) => ['step', step]), (_, step) => doneIn(head).includes(step));
  if (head.startsWith('test/law/')) return readTable(basename(head, '.yaml')).rows.some((row) => row.name === rest) ? undefined : 'no such row';
  const text = readFileSync(head, 'utf8');
  if (head.endsWith('.test.ts')) return text.includes(`'${rest}'`) ? undefined : 'no such test';
  if (head.endsWith('.md')) return text.split('\n').some((line) => /^#+ /.test(line) && line.includes(rest)) ? undefined : 'no such section';
  return 'nothing can be named in such a file';
}

interface Row {
  readonly zh: string;
  readonly en: string;
  readonly carried: readonly string[];
  readonly shown: readonly string[];
  readonly far: string;
}

function rowsOf(page: string): Row[] {
  const tables = marked.lexer(page).filter((t): t is Tokens.Table => t.type === 'table');
  return tables.flatMap(({ rows }) => rows.map((cells): Row => {
    const [zh = '', en = '', carried = '', shown = '', far = ''] = cells.map((cell) => cell.text);
    return { zh, en, carried: refsIn(carried), shown: refsIn(shown), far };
  }));
}

/** Procedures of which a piece of evidence has a case; undefined, where it is no table and no rehearsal. */
function casesIn(ref: string): string[] | undefined {
  const [file = ''] = ref.split(': ');
  if (file.startsWith('test/law/')) return [basename(file, '.yaml')];
  if (!file.startsWith('examples/rehearsals/')) return undefined;
  const { procedure, also } = scenarioIn(file);
  const main = [procedure, ...Object.values(also).map((m) => m.procedure)];
  return [...main, ...main.flatMap((p) => Object.values(p.links).flatMap(({ opens }) => (opens === undefined ? [] : [loadProcedure(opens)])))].map((p) => p.id);
}

const words = (text: string): string => text.replaceAll(/`[^`]*`/g, '');

/** What is wrong with a row as a whole: in both languages, honest about its gaps, and shown by what is about the same thing. */
function flaws({ zh, en, carried, shown, far }: Row): string[] {
  const found: string[] = [];
  if (!/[一-鿿]/.test(zh) || /[一-鿿]/.test(words(en)) || en === '') found.push('not in both languages');
  if (!['全 full', '部分 part', '无 none'].includes(far)) found.push(`"${far}" says not how far`);
  if ((far === '全 full') === zh.includes('缺：') || zh.includes('缺：') !== en.includes('Missing:')) found.push('says something else in the last column than before');
  if (carried.length === 0 || shown.length === 0) found.push('nothing carries or shows it');
  const procedures = new Map(carried.flatMap((ref) => {
    const [id = '', rest = ''] = ref.split(': ');
    return listProcedures().includes(id) ? [[id, named(rest)] as const] : [];
  }));
  for (const ref of shown) {
    const cases = casesIn(ref);
    if (cases !== undefined && procedures.size > 0 && !cases.some((id) => procedures.has(id))) found.push(`${ref}: no case of ${[...procedures.keys()].join(', ')}`);
    const [table = '', ...name] = ref.split(': ');
    if (!table.startsWith('test/law/')) continue;
    const id = basename(table, '.yaml');
    const row = readTable(id).rows.find((r) => r.name === name.join(': '));
    const about = new Set([...Object.keys(row?.expect ?? {}).map((instance) => `duty ${instance.split('/')[0]}`), ...(row?.steps ?? []).map(({ action }) => `action ${action}`)]);
    if (!(procedures.get(id) ?? []).some(([kind, n]) => about.has(`${kind} ${n.split('.')[0]}`) || (kind === 'field' && about.has(`action ${n.split('.')[0]}`)))) found.push(`${ref}: is about none of what carries it`);
  }
  return found;
}

const page = (name: string): string => readFileSync(`${FOLDER}${name}.md`, 'utf8');
const gone = (text: string): string[] => refsIn(text).flatMap((ref) => {
  const why = wrong(ref);
  return why === undefined ? [] : [`${ref}: ${why}`];
});

test('there are six pages and their index, which names nothing that is not there', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual([...PLANS, 'README'].map((name) => `${name}.md`).toSorted());
  for (const name of PLANS) expect(page('README')).toContain(`(${name}.md)`);
  expect(gone(page('README'))).toEqual([]);
});

describe.each(PLANS)('%s', (name) => {
  test('names nothing that is not there', () => {
    expect(gone(page(name))).toEqual([]);
    for (const [path] of page(name).matchAll(/examples\/[\w/-]+\.yaml/g)) expect(existsSync(path), path).toBe(true);
  });
  test('says of each duty in both languages what carries it, what shows so, and what is missing', () => {
    const rows = rowsOf(page(name));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.flatMap((row) => flaws(row).map((flaw) => `${row.en}: ${flaw}`))).toEqual([]);
  });
});

describe('what is wrong is found', () => {
  test.each([
    ['collective-visits', 'no such procedure or file'],
    ['collective-visit: duty assemble, asemble; action arrived', 'no duty asemble, action arrived'],
    ['collective-visit: field promise.deadline, promise.end', 'no field promise.end'],
    ['collective-visit: duties assemble', 'no duties assemble'],
    ['examples/rehearsals/township-best-day.yaml', 'no such procedure or file'],
    ['examples/rehearsals/township-worst-day.yaml: promise, keep-quiet', 'no step keep-quiet'],
    ['examples/rehearsals/township-worst-day.yaml: stand-down refused', 'no step stand-down refused'],
    ['test/law/collective-visit.yaml: call-out at noon', 'no such row'],
    ['test/core/people.test.ts: by choic', 'no such test'],
    ['docs/people.md: 休息', 'no such section'],
    ['examples/institution.yaml: post township/king', 'no post township/king'],
    ['redress punish', 'no such command'],
    ['redress rota steal', 'no such subcommand'],
  ])('%s', (ref, why) => expect(wrong(ref)).toBe(why));

  const ROW: Row = { zh: '集结', en: 'Call-out', carried: ['collective-visit: duty assemble'], shown: ['test/law/collective-visit.yaml: call-out by day'], far: '全 full' };
  test.each<[Partial<Row>, RegExp | undefined]>([
    [{}, undefined],
    [{ zh: 'Call-out' }, /both languages/],
    [{ far: '大致' }, /says not how far/],
    [{ zh: '集结。缺：无人承担。', en: 'Call-out. Missing: nobody owes it.' }, /than before/],
    [{ far: '部分 part' }, /than before/],
    [{ shown: [] }, /nothing carries or shows it/],
    [{ carried: ['supervision: duty feedback'] }, /no case of supervision/],
    [{ carried: ['collective-visit: duty commitment'] }, /is about none of what carries it/],
  ])('%j', (change, flaw) => {
    const found = flaws({ ...ROW, ...change });
    expect(found.length > 0).toBe(flaw !== undefined);
    if (flaw) expect(found.join('; ')).toMatch(flaw);
  });
});
