import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { RedressError } from '../errors.ts';

/** A matter as somebody writes it down is a page or two. What is larger is the wrong file. */
const MOST = 1024 * 1024;

/** The text of a file, or of what is piped in for `-`. @throws RedressError where it is too large, or no text */
export async function sourceOf(file: string): Promise<string> {
  const bytes = file === '-' ? await upTo(process.stdin, file) : await contentOf(file);
  if (bytes.includes(0)) throw notText(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notText(file);
  }
}

async function contentOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw Object.assign(new Error(`${file} is a folder`), { code: 'EISDIR', path: file });
  }
  return upTo(handle.createReadStream({ end: MOST }), file);
}

async function upTo(stream: Readable, file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MOST) throw tooLarge(file);
  }
  return Buffer.concat(chunks);
}

const named = (file: string, lang: 'zh' | 'en'): string => (file === '-' ? { zh: '标准输入（stdin）', en: 'The standard input (stdin)' }[lang] : file);

const fieldOf = (file: string): string => (file === '-' ? 'stdin' : file);

const tooLarge = (file: string): RedressError =>
  new RedressError('too-large', fieldOf(file), {
    zh: `${named(file, 'zh')} 超过 1 MB，不是登记内容。请核对文件；材料另行归档，登记时只写其编号。`,
    en: `${named(file, 'en')} is larger than 1 MB, which no intake is. Check the file; documents are filed elsewhere and named here by reference.`,
  });

const notText = (file: string): RedressError =>
  new RedressError('not-text', fieldOf(file), {
    zh: `${named(file, 'zh')} 不是 UTF-8 文本。请提供 YAML 或 JSON 文件。`,
    en: `${named(file, 'en')} is not text in UTF-8. Give a file of YAML or JSON.`,
  });
