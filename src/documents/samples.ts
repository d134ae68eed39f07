import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { Text } from '../core/text.ts';
import { Letterhead } from '../institution/letter.ts';
import { toPdfs } from './office.ts';
import { papers } from './papers.ts';
import { picture } from './picture.ts';
import { type Sample, samples } from './sample-cases.ts';
import type { PaperContext } from './scope.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

const House = z.object({ title: Text, letterhead: Letterhead.optional(), units: z.record(z.string(), z.object({ title: Text })) });

/** Who the samples come from: the sample institution, its company and its authority. */
export async function houses(): Promise<(sample: Sample) => PaperContext> {
  const { title, letterhead, units } = House.parse(parse(await readFile(join(ROOT, 'examples/institution.yaml'), 'utf8')));
  const street: Letterhead = letterhead ?? { name: title, red: true };
  const named = (unit: string): Text => units[unit]?.title ?? title;
  return ({ house, lang, number, to, copies }) => ({
    lang, number, copies,
    ...(to && { to }),
    unitTitle: named(house),
    letterhead: house === 'street' ? street : { name: named(house), red: false, signer: SIGNERS[house], ...(house === 'company' && { ombudsman: OMBUDSMAN }) },
  });
}

const SIGNERS = {
  company: { zh: '投诉受理岗', en: 'Complaints desk' },
  authority: { zh: '信息公开承办人', en: 'Information officer' },
} as const;

const OMBUDSMAN = { zh: '示例监察专员，网址为ombudsman.example', en: 'the Sample Ombudsman (ombudsman.example)' };

/** `node src/documents/samples.ts`: every paper as DOCX and the picture of its first page, in docs/samples. */
async function main(): Promise<void> {
  const folder = join(ROOT, 'docs/samples');
  const { draft, has } = papers();
  const from = await houses();
  const all = samples(has);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const s of all) {
    const file = join(folder, `${s.kind}.${s.lang}.docx`);
    await writeFile(file, await draft(s.paper, from(s)));
    files.push(file);
  }
  await writeFile(join(folder, 'README.md'), list(all));
  const scratch = await mkdtemp(join(tmpdir(), 'redress-samples-'));
  try {
    const pdfs = await toPdfs(files, scratch);
    if (!pdfs) throw new Error('No pictures without LibreOffice / 没有 LibreOffice，无法生成图片: apt-get install libreoffice-writer fonts-noto-cjk poppler-utils');
    for (const [i, pdf] of pdfs.entries()) {
      const page = join(scratch, 'page');
      await run('pdftoppm', ['-r', '100', '-f', '1', '-l', '1', '-singlefile', pdf, page]);
      await writeFile((files[i] ?? '').replace(/\.docx$/, '.png'), picture(await readFile(`${page}.ppm`)));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function list(all: readonly Sample[]): string {
  const rows = (lang: Sample['lang']): string[] =>
    all.filter((s) => s.lang === lang).map(({ kind }) => `| \`${kind}\` | [DOCX](${kind}.${lang}.docx) | [PNG](${kind}.${lang}.png) |`);
  const head = ['| | | |', '|---|---|---|'];
  return [
    '# 文书样例 / Sample papers', '',
    '由 `node src/documents/samples.ts` 按 `examples/institution.yaml` 和虚构事项生成，图片为第一页。字体以本机替代字体显示。', '',
    'Made by `node src/documents/samples.ts` from `examples/institution.yaml` and made-up cases; the pictures are of first pages, in the fonts of the machine that made them.', '',
    '## 中文', '', ...head, ...rows('zh'), '', '## English', '', ...head, ...rows('en'), '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
