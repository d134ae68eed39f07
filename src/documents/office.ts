import { spawn } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FONTS } from './docx/fonts.ts';

const NAMES = process.platform === 'win32' ? ['soffice.com', 'soffice.exe'] : ['soffice', 'libreoffice'];
const PLACES = [
  '/Applications/LibreOffice.app/Contents/MacOS',
  '/usr/lib/libreoffice/program',
  '/opt/libreoffice/program',
  String.raw`C:\Program Files\LibreOffice\program`,
];

const folders = (): string[] => [...(process.env['PATH'] ?? '').split(delimiter), ...PLACES].filter((f) => f !== '');

/** LibreOffice on this machine, or in the given folders; undefined where it is missing. */
export async function findOffice(places: readonly string[] = folders()): Promise<string | undefined> {
  for (const file of places.flatMap((folder) => NAMES.map((name) => join(folder, name)))) {
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * Makes a PDF of a document, in a folder. Undefined where LibreOffice is missing.
 * @throws where LibreOffice fails or takes more than a minute
 */
export async function toPdf(docx: string, outDir: string): Promise<string | undefined> {
  return (await toPdfs([docx], outDir))?.[0];
}

/** The same for many at once, with one start. Calls at the same time do not meet: each has a profile of its own. */
export async function toPdfs(docx: readonly string[], outDir: string, timeout = 60_000 + 5_000 * docx.length): Promise<string[] | undefined> {
  const office = await findOffice();
  if (office === undefined) return undefined;
  if (docx.length === 0) return [];
  await mkdir(outDir, { recursive: true });
  const profile = await mkdtemp(join(tmpdir(), 'redress-office-'));
  try {
    await run(office, [
      `-env:UserInstallation=${pathToFileURL(join(profile, 'user')).href}`,
      '--headless', '--norestore', '--nolockcheck', '--convert-to', 'pdf:writer_pdf_Export', '--outdir', resolve(outDir),
      ...docx.map((d) => resolve(d)),
    ], { ...process.env, ...(await fallbacks(profile)) }, timeout);
    const made = docx.map((d) => join(outDir, basename(d).replace(/\.[^.]*$/, '.pdf')));
    for (const pdf of made) await access(pdf);
    return made;
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** Tells fontconfig what to take for fonts that the machine has not got, before it takes just any. */
async function fallbacks(profile: string): Promise<Record<string, string>> {
  if (process.platform === 'win32' || process.platform === 'darwin') return {};
  const file = join(profile, 'fonts.conf');
  const alias = FONTS.map((f) => `<alias binding="strong"><family>${f.name}</family><accept>${f.instead.split(',').map((i) => `<family>${i}</family>`).join('')}</accept></alias>`);
  await writeFile(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${alias.join('\n')}
<include ignore_missing="yes">${process.env['FONTCONFIG_FILE'] ?? '/etc/fonts/fonts.conf'}</include>
</fontconfig>`);
  return { FONTCONFIG_FILE: file };
}

/** LibreOffice starts a second process, so it has a group of its own, which ends as one. */
async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv, timeout: number): Promise<void> {
  await new Promise<void>((done, failed) => {
    const child = spawn(command, args, { env, detached: process.platform !== 'win32', stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    const end = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    };
    const timer = setTimeout(() => { end(); failed(new Error(`LibreOffice took more than ${timeout / 1000} s`)); }, timeout);
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { said = (said + chunk).slice(-2000); });
    child.on('error', (error) => { clearTimeout(timer); failed(error); });
    child.on('close', (code) => {
      clearTimeout(timer);
      end();
      if (code === 0) done();
      else failed(new Error(`LibreOffice ended with ${code}: ${said.trim()}`));
    });
  });
}
