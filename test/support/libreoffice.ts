import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOffice } from '../../src/documents/index.ts';

const run = promisify(execFile);

export const PACKAGES = ['libreoffice-writer', 'fonts-noto-cjk', 'poppler-utils'];
const INSTALL = `apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}`;

/**
 * LibreOffice, a Chinese font and poppler, without which no document can be looked at: installed with apt-get where
 * that is possible, and otherwise asked for. Never passed over.
 */
export async function needOffice(): Promise<void> {
  const missing = await missingParts();
  if (missing.length === 0) return;
  const root = process.getuid?.() === 0;
  if (!root || spawnSync('apt-get', ['--version']).error) throw new Error(`Missing: ${missing.join(', ')}. These tests open every paper. Run: ${INSTALL}`);
  process.stderr.write(`Missing for the tests of papers: ${missing.join(', ')}. Installing them once; this takes some minutes.\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update', '-q'], INSTALL.split(' ').slice(1)]) {
    const done = spawnSync('apt-get', args, { env, stdio: ['ignore', process.stderr, process.stderr] });
    if (done.status !== 0) throw new Error(`apt-get ${args.join(' ')} ended with ${done.status}. Run it by hand: ${INSTALL}`);
  }
  const still = await missingParts();
  if (still.length > 0) throw new Error(`Still missing after ${INSTALL}: ${still.join(', ')}`);
}

async function missingParts(): Promise<string[]> {
  const missing: string[] = [];
  if ((await findOffice()) === undefined) missing.push('LibreOffice');
  for (const tool of ['pdftotext', 'pdftoppm', 'pdffonts', 'pdfinfo']) if (spawnSync(tool, ['-v']).error) missing.push(tool);
  const fonts = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  if (fonts.error || fonts.stdout.trim() === '') missing.push('a Chinese font');
  return missing;
}

/** A folder that goes away with the tests. */
export async function scratch(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'redress-papers-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What a PDF says, without the blanks that only its layout makes. */
export async function textOf(pdf: string): Promise<string> {
  const { stdout } = await run('pdftotext', ['-layout', pdf, '-'], { maxBuffer: 1 << 26 });
  return stdout;
}
export const bare = (text: string): string => text.replace(/\s+/g, '');

export interface Word { readonly page: number; readonly text: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** The words of a PDF and where they stand, in millimetres. */
export async function wordsOf(pdf: string): Promise<Word[]> {
  const { stdout } = await run('pdftotext', ['-bbox', pdf, '-'], { maxBuffer: 1 << 26 });
  const words: Word[] = [];
  let page = 0;
  for (const m of stdout.matchAll(/<page |<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<\/word>/g)) {
    if (m[5] === undefined) page += 1;
    else words.push({ page, text: m[5], left: mm(m[1]), top: mm(m[2]), right: mm(m[3]), bottom: mm(m[4]) });
  }
  return words;
}
const mm = (points: string | undefined): number => (Number(points) / 72) * 25.4;

export async function infoOf(pdf: string): Promise<{ readonly pages: number; readonly a4: boolean }> {
  const { stdout } = await run('pdfinfo', [pdf]);
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(stdout) ?? [];
  return { pages: Number(/Pages:\s+(\d+)/.exec(stdout)?.[1]), a4: Math.abs(Number(width) - 595.3) < 1 && Math.abs(Number(height) - 841.9) < 1 };
}

export async function fontsOf(pdf: string): Promise<{ readonly name: string; readonly embedded: boolean }[]> {
  const { stdout } = await run('pdffonts', [pdf]);
  return stdout.trim().split('\n').slice(2).map((line) => ({ name: line.split(/\s/)[0] ?? '', embedded: / yes (yes|no) +(yes|no) +\d+ +\d+$/.test(line) }));
}

/** The first page as pixels. */
export async function pixelsOf(pdf: string): Promise<{ readonly dark: number; readonly red: number; readonly all: number }> {
  const { stdout } = await run('pdftoppm', ['-r', '40', '-f', '1', '-l', '1', pdf], { encoding: 'buffer', maxBuffer: 1 << 26 });
  const head = /^P6\s+\d+\s+\d+\s+255\s/.exec(stdout.subarray(0, 64).toString('latin1'))?.[0].length ?? 0;
  let [dark, red] = [0, 0];
  for (let i = head; i < stdout.length; i += 3) {
    const [r = 0, g = 0, b = 0] = stdout.subarray(i, i + 3);
    if (r < 128 && g < 128 && b < 128) dark += 1;
    if (r > 150 && g < 100 && b < 100) red += 1;
  }
  return { dark, red, all: (stdout.length - head) / 3 };
}

let covered: Promise<number[][]> | undefined;

async function rangesOfFonts(): Promise<number[][]> {
  const { stdout } = await run('fc-list', ['--format', '%{charset}\n'], { maxBuffer: 1 << 26 });
  return [...new Set(stdout.split(/\s+/))].filter((r) => r !== '').map((r) => r.split('-').map((hex) => Number.parseInt(hex, 16)));
}

/** The characters that no font of this machine has, and that would come out as boxes. */
export async function glyphless(text: string): Promise<string[]> {
  const ranges = await (covered ??= rangesOfFonts());
  const has = (code: number): boolean => ranges.some(([from = 0, to = from]) => code >= from && code <= to);
  return [...new Set(text)].filter((c) => c.trim() !== '' && !has(c.codePointAt(0) ?? 0));
}
