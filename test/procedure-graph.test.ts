import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { duration } from '../src/core/index.ts';
import { mermaidOf, svgOf, type What } from '../src/procedures/graph.ts';
import { broken, cut, ems } from '../src/procedures/graph-text.ts';
import { listProcedures, loadProcedure } from '../src/procedures/load.ts';
import { redress } from './support/redress.ts';

const all = listProcedures();
const kinds = all.flatMap((id) => (['stages', 'duties'] as const).map((what) => [id, what] as const));

/** What a reader of the picture sees, line breaks and marks taken away. */
const words = (picture: string): string => picture.replaceAll(/<br\/>|<\/?b>/g, '').replaceAll('#quot;', '"').replaceAll('#amp;', '&').replaceAll('#lt;', '<').replaceAll('#gt;', '>');

describe('in Mermaid', () => {
  test.each(all)('%s: every stage, every action and every linked case is somewhere', (id) => {
    const p = loadProcedure(id);
    for (const lang of ['zh', 'en'] as const) {
      const seen = words(mermaidOf(p, 'stages', lang));
      for (const { title } of [...Object.values(p.stages), ...Object.values(p.actions), ...Object.values(p.links)]) expect(seen).toContain(title[lang].replaceAll('`', "'"));
    }
  });

  test.each(all)('%s: every duty with its time, and every ladder', (id) => {
    const p = loadProcedure(id);
    const seen = words(mermaidOf(p, 'duties', 'zh'));
    for (const { title, limit } of Object.values(p.duties)) {
      expect(seen).toContain(title.zh);
      if (limit.count) expect(seen).toContain(duration(limit.count).zh);
    }
    for (const rungs of Object.values(p.ladders)) for (const r of rungs) expect(seen).toContain(p.roles[r.tell]?.title.zh);
  });

  test.each(kinds)('%s, %s: no arrow leads nowhere, and frames close', (id, what) => {
    const lines = mermaidOf(loadProcedure(id), what, 'en').split('\n').map((l) => l.trim());
    const known = new Set(lines.flatMap((l) => /^(?:subgraph )?(n_\w+|aside\d+)[[(]/.exec(l)?.[1] ?? []));
    for (const line of lines) {
      const arrow = /^(n_\w+) -(?:-|\.-)>(?:\|".*"\|)? (n_\w+)$/.exec(line);
      if (arrow) for (const end of arrow.slice(1)) expect(known, line).toContain(end);
      expect(line.match(/"/g)?.length ?? 0, line).toSatisfy((n: number) => n % 2 === 0);
    }
    expect(lines.filter((l) => l === 'end')).toHaveLength(lines.filter((l) => l.startsWith('subgraph ')).length);
  });

  test('what several stages share leaves a frame around them once', () => {
    const drawn = mermaidOf(loadProcedure('cn-ogi-2019'), 'stages', 'en');
    expect(drawn).toMatch(/subgraph n_frame_1[\s\S]*n_received[\s\S]*n_unclear[\s\S]*end/);
    expect(drawn).toContain('n_frame_1 -->|"answer: provide<br/>answer: provide part<br/>answer: not provided"| n_answered');
    expect(drawn).toContain('n_unclear -->|"corrected request received"| n_received');
    expect(drawn).toMatch(/aside0\["[^"]*deliver a failed notice by other means/);
  });

  test('a duty comes from the one whose end begins it, or from the running out of its time', () => {
    const drawn = mermaidOf(loadProcedure('cn-ogi-2019'), 'duties', 'en');
    expect(drawn).toContain('n_start --> n_duty_respond');
    expect(drawn).toContain('n_duty_ask_correction -->|"ask for a correction"| n_duty_correction');
    expect(drawn).toContain('n_duty_correction -->|"time is over"| n_duty_close_abandoned');
    expect(drawn).toMatch(/n_duty_correction\[[^\n]*:::right/);
  });

  test('a linked case is dashed', () => {
    const drawn = mermaidOf(loadProcedure('xinfang-2022'), 'stages', 'zh');
    expect(drawn).toMatch(/n_link_\w+\["<b>复查<\/b><br\/>xinfang-review/);
    expect(drawn).toMatch(/-\.->(\|"[^"]*"\|)? n_link_/);
  });
});

/** Every text of a picture with the place where it stands. */
const texts = (svg: string) => [...svg.matchAll(/<text [^>]*text-anchor="(\w+)" x="([-\d.]+)" y="([-\d.]+)"[^>]*font-size="([\d.]+)"[^>]*>([^<]*)</g)].map(([, anchor, x, y, size, text = '']) =>
  ({ anchor, x: Number(x), y: Number(y), size: Number(size), text: text.replaceAll(/&#(\d+);/g, (_, n: string) => String.fromCodePoint(Number(n))).replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') }));

describe('as SVG', () => {
  test.each(kinds)('%s, %s: no text is cut off by the frame it stands in', async (id, what) => {
    const svg = await svgOf(loadProcedure(id), what, 'zh');
    const nodes = svg.split('<g id="node').slice(1);
    expect(nodes.length).toBeGreaterThan(2);
    for (const node of nodes) {
      const edges = [...(node.split('</g>')[0] ?? '').matchAll(/(?:points|d)="([^"]+)"/g)].flatMap(([, points = '']) => [...points.matchAll(/([-\d.]+),[-\d.]+/g)].map(([, x]) => Number(x)));
      if (edges.length === 0) continue;
      const right = Math.max(...edges);
      for (const t of texts(node.split('</g>')[0] ?? '')) if (t.anchor === 'start') expect(t.x + ems(t.text) * t.size, t.text).toBeLessThanOrEqual(right + 1);
    }
  });

  test('has Chinese fonts by name, and the words whole', async () => {
    const svg = await svgOf(loadProcedure('cn-ogi-2019'), 'stages', 'zh');
    expect(svg).toContain('Noto Sans CJK SC');
    expect(texts(svg).map((t) => t.text)).toContain('待申请人补正');
  });

  // When this fails: redress procedure graph xinfang-2022 --what duties --lang zh --svg docs/graphs/xinfang-2022-duties.svg
  test('the sample in docs/graphs is up to date', async () => {
    expect(await readFile('docs/graphs/xinfang-2022-duties.svg', 'utf8')).toBe(await svgOf(loadProcedure('xinfang-2022'), 'duties', 'zh'));
  });
});

test('lines are broken between words, with no single sign left over', () => {
  expect(broken('answer: not provided', 10)).toEqual(['answer: not', 'provided']);
  expect(broken('不予公开或者不予提供', 9)).toEqual(['不予公开或者不予提供']);
  expect(broken('处理意见书、答复书、告知书', 6).every((line) => !/^[、。]/.test(line))).toBe(true);
  expect(cut('类别为未分类或申诉求决', 6)).toBe('类别为未…');
});

describe('redress procedure graph', () => {
  let folder: string;
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'redress-graph-')); });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('prints Mermaid, in the language asked for', async () => {
    const [zh, en] = await Promise.all((['zh', 'en'] as const).map((lang) => redress(['procedure', 'graph', 'kr-minwon', '--lang', lang])));
    expect(zh?.out).toMatch(/^---\ntitle: "韩国民愿/);
    expect(en?.out).toContain('flowchart TB');
    expect(en?.out).toContain('refuse');
  });

  test.each<What>(['stages', 'duties'])('writes %s to a file', async (what) => {
    const file = join(folder, `${what}.svg`);
    const { code, out } = await redress(['procedure', 'graph', 'procedures/kr-minwon.yaml', '--what', what, '--svg', file]);
    expect([code, out.trim()]).toEqual([0, file]);
    expect(await readFile(file, 'utf8')).toMatch(/^<\?xml[\s\S]*<svg[\s\S]*<\/svg>\s*$/);
  });
});
