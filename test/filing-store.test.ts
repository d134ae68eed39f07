import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RedressError } from '../src/errors.ts';
import { folder, s3, type Store, StoreError, storeOf } from '../src/filing/index.ts';
import { nameOf } from '../src/filing/paths.ts';
import { sha256Of } from '../src/filing/store.ts';
import { type S3Server, startS3 } from './support/s3.ts';

let temporary: string;
let server: S3Server;
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'redress-store-'));
  server = await startS3();
  // The first run on a machine builds the server.
}, 900_000);
afterAll(async () => {
  await server?.stop();
  await rm(temporary, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => Buffer.from(text);
const SECRETS = /secret-of-the-test|Signature=|Credential=|AWS4-HMAC/;

/** The error of a call, which is a StoreError in both languages without a secret. */
const failed = async (work: Promise<unknown>): Promise<StoreError> => {
  const error: unknown = await work.then(() => 'no error', (e: unknown) => e);
  if (!(error instanceof StoreError)) throw new Error('another error', { cause: error });
  expect(error.text.zh).toMatch(/[\u4e00-\u9fff]/);
  expect(`${JSON.stringify(error)} ${JSON.stringify(error.text)} ${error.stack} ${String(error.cause)}`).not.toMatch(SECRETS);
  return error;
};

let n = 0;
const inBucket = (more: Partial<Parameters<typeof s3>[0]> = {}): Store => s3({ ...server, prefix: `office/${(n += 1)}`, pathStyle: true, ...more });

describe.each<[string, () => Store]>([
  ['a folder', () => folder(join(temporary, `folder-${(n += 1)}`, 'archive'))],
  ['an S3 bucket', () => inBucket()],
])('%s as an archive', (_, make) => {
  test('keeps what it is given, byte by byte', async () => {
    const store = make();
    const every = Uint8Array.from({ length: 200_000 }, (__, i) => (i * 7 + (i >> 8)) % 256);
    expect(await store.put('XF-1/reply-9.docx', every)).toEqual({ sha256: sha256Of(every), size: 200_000 });
    expect(Buffer.from(await store.get('XF-1/reply-9.docx')).equals(Buffer.from(every))).toBe(true);
  });

  test('the first content under a path stays and is the answer', async () => {
    const store = make();
    const first = await store.put('a/b.docx', bytes('先到的'));
    expect(await store.put('a/b.docx', bytes('后到的，更长'))).toEqual(first);
    expect(await store.put('a/b.docx', bytes('先到的'))).toEqual(first);
    expect(Buffer.from(await store.get('a/b.docx')).toString()).toBe('先到的');
  });

  test('of many contents at once one stays, whole, and all are told which', async () => {
    const store = make();
    const contents = Array.from({ length: 12 }, (__, i) => Buffer.alloc(300_000, String.fromCharCode(65 + i)));
    const told = await Promise.all(contents.map((c) => store.put('race.docx', c)));
    expect(new Set(told.map((t) => t.sha256)).size).toBe(1);
    const kept = await store.get('race.docx');
    expect(sha256Of(kept)).toBe(told[0]?.sha256);
    expect(contents.some((c) => c.equals(kept))).toBe(true);
  });

  test('says that nothing is there', async () => {
    const store = make();
    await store.put('something', bytes('x'));
    expect(await failed(store.get('nothing/here.docx'))).toMatchObject({ code: 'missing', retryable: false });
  });

  test.each(['', '/etc/passwd', '../a', 'a/../../b', 'a//b', '.hidden', 'a/.b', 'a\\b', 'a/b\0', 'con', 'a/NUL.docx', 'a.', 'a b', '示', 'x'.repeat(201), 'a/b/c/d/e/f/g/h/i'])('refuses the path %j', async (path) => {
    const store = make();
    expect(await failed(store.put(path, bytes('x')))).toMatchObject({ code: 'unsafe-path', retryable: false });
    expect(await failed(store.get(path))).toMatchObject({ code: 'unsafe-path' });
  });

  test.each(['../../outside', '.hidden', 'a/b', '..', 'C:\\x*', 'con', 'Aux.1', '登记 1', 'a%2Fb', '+?#&=', 'x'.repeat(400)])('takes the receipt %j as a name', async (receipt) => {
    const store = make();
    const kept = await store.put(`${nameOf(receipt)}/a.docx`, bytes(receipt));
    expect(sha256Of(await store.get(`${nameOf(receipt)}/a.docx`))).toBe(kept.sha256);
    expect(nameOf(`${receipt}.`)).not.toBe(nameOf(receipt));
  });
});

const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('a folder', () => {
  test('only its user can read, and nothing but the papers is left in it', async () => {
    const root = join(temporary, 'modes', 'archive');
    await folder(root).put('XF-1/a.docx', bytes('x'));
    expect(await Promise.all(['', 'XF-1', 'XF-1/a.docx'].map((p) => mode(join(root, p))))).toEqual([0o700, 0o700, 0o600]);
    expect(await readdir(join(root, 'XF-1'))).toEqual(['a.docx']);
    expect(await readdir(join(root, '.drafts'))).toEqual([]);
  });

  test('clears what a killed process left behind, a day later', async () => {
    const root = join(temporary, 'left');
    await mkdir(join(root, '.drafts'), { recursive: true });
    await writeFile(join(root, '.drafts', 'old'), 'half a pap');
    await writeFile(join(root, '.drafts', 'new'), 'half a pap');
    const yesterday = Date.now() / 1000 - 25 * 3600;
    await utimes(join(root, '.drafts', 'old'), yesterday, yesterday);
    await folder(root).put('a', bytes('x'));
    expect(await readdir(join(root, '.drafts'))).toEqual(['new']);
  });

  test('says what is wrong with it', async () => {
    const file = join(temporary, 'file');
    await writeFile(file, '');
    expect(await failed(folder(join(file, 'below')).put('a', bytes('x')))).toMatchObject({ code: 'denied', retryable: false });
    expect(await failed(folder(join(temporary, 'not-mounted')).get('a'))).toMatchObject({ code: 'away', retryable: true });
    const circle = join(temporary, 'circle');
    await symlink(circle, circle);
    expect(await failed(folder(join(circle, 'x')).put('a', bytes('x')))).toMatchObject({ code: 'denied' });
  });
});

/** Passes requests on to the server, and does something else with those that `instead` takes. */
async function between(instead: (req: IncomingMessage, res: ServerResponse, body: Buffer) => boolean | Buffer): Promise<{ endpoint: string; proxy: Server; seen: string[] }> {
  const seen: string[] = [];
  const target = new URL(server.endpoint);
  const proxy = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      seen.push(`${req.method}${req.headers['if-none-match'] === undefined ? '' : ' if-none-match'}`);
      const body = Buffer.concat(parts);
      const taken = instead(req, res, body);
      if (taken === true) return;
      const sent = taken === false ? body : taken;
      const onward = request({ host: target.hostname, port: target.port, method: req.method, path: req.url, headers: { ...req.headers, host: req.headers.host } }, (answer) => {
        res.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(res);
      });
      onward.on('error', () => res.destroy());
      onward.end(sent);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const at = proxy.address();
  return { endpoint: `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`, proxy, seen };
}

const refuse = (status: number, code: string) => (req: IncomingMessage, res: ServerResponse): boolean => {
  if (req.headers['if-none-match'] === undefined) return false;
  res.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${req.headers.authorization}</Message></Error>`);
  return true;
};

describe('an S3 bucket', () => {
  test('holds the objects under the prefix', async () => {
    await s3({ ...server, prefix: 'street/2026', pathStyle: true }).put('XF-1/a.docx', bytes('x'));
    expect(await readFile(join(server.objects, 'street/2026/XF-1/a.docx'), 'utf8')).toBe('x');
  });

  test.each([[501, 'NotImplemented'], [400, 'InvalidArgument']])('of a server that does not know the condition (%i %s) keeps the first content too', async (status, code) => {
    const { endpoint, proxy, seen } = await between(refuse(status, code));
    const store = inBucket({ endpoint });
    const first = await store.put('a', bytes('先'));
    expect(await store.put('a', bytes('后'))).toEqual(first);
    expect(seen).toEqual(['GET', 'PUT if-none-match', 'PUT', 'GET', 'GET']);
    proxy.close();
  });

  test('damage on the way is found and nothing is kept', async () => {
    const { endpoint, proxy } = await between((req, _, body) => (req.method === 'PUT' ? Buffer.from(body.toString().replace('甲', '乙')) : false));
    const store = inBucket({ endpoint });
    expect(await failed(store.put('a', bytes('甲')))).toMatchObject({ code: 'damaged', retryable: true });
    expect(await failed(store.get('a'))).toMatchObject({ code: 'missing' });
    proxy.close();
  });

  test('what it gives back is hashed, and not taken on trust', async () => {
    let lies = 0;
    const { endpoint, proxy } = await between((req, res) => {
      if (req.method !== 'GET' || (lies += 1) === 1) return false;
      res.writeHead(200).end('乙');
      return true;
    });
    expect(await failed(inBucket({ endpoint }).put('a', bytes('甲')))).toMatchObject({ code: 'damaged', retryable: true });
    proxy.close();
  });

  test('that hangs, breaks off or is busy is away, and may be tried again', async () => {
    const hangs = await between(() => true);
    expect(await failed(inBucket({ endpoint: hangs.endpoint, timeoutMs: 300 }).put('a', bytes('x')))).toMatchObject({ code: 'away', retryable: true, message: expect.stringContaining('timeout') });
    hangs.proxy.closeAllConnections();
    const breaks = await between((_, res) => {
      res.destroy();
      return true;
    });
    expect(await failed(inBucket({ endpoint: breaks.endpoint }).put('a', bytes('x')))).toMatchObject({ code: 'away', retryable: true });
    const busy = await between((_, res) => {
      res.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
      return true;
    });
    expect(await failed(inBucket({ endpoint: busy.endpoint }).put('a', bytes('x')))).toMatchObject({ code: 'away', retryable: true, message: expect.stringContaining('SlowDown') });
    for (const { proxy } of [hangs, breaks, busy]) proxy.close();
  });

  test('behind an address that is no S3 server is not taken for an empty one', async () => {
    const { endpoint, proxy } = await between((_, res) => {
      res.writeHead(404).end('<html>Not Found</html>');
      return true;
    });
    expect(await failed(inBucket({ endpoint }).get('a'))).toMatchObject({ code: 'refused', retryable: false, message: expect.stringContaining('REDRESS_S3_ENDPOINT') });
    expect(await failed(inBucket({ endpoint }).put('a', bytes('x')))).toMatchObject({ code: 'refused' });
    proxy.close();
  });

  test('whose server is down is away, and comes back with what it had', async () => {
    const store = inBucket();
    const kept = await store.put('a', bytes('x'));
    await server.pause();
    expect(await failed(store.put('b', bytes('x')))).toMatchObject({ code: 'away', retryable: true, message: expect.stringContaining('ECONNREFUSED') });
    expect(await failed(store.get('a'))).toMatchObject({ code: 'away' });
    await server.resume();
    expect(await store.put('a', bytes('y'))).toEqual(kept);
  });

  test('says what somebody must put right: the key, its secret, the bucket', async () => {
    const wrong = await Promise.all([
      failed(inBucket({ secretAccessKey: 'not-secret-of-the-test' }).put('a', bytes('x'))),
      failed(inBucket({ accessKeyId: 'stranger' }).put('a', bytes('x'))),
      failed(inBucket({ bucket: 'elsewhere' }).put('a', bytes('x'))),
      failed(inBucket({ bucket: 'elsewhere' }).get('a')),
    ]);
    expect(wrong.map((e) => [e.code, e.retryable])).toEqual([['denied', false], ['denied', false], ['no-bucket', false], ['no-bucket', false]]);
    expect(wrong[0]?.message).toContain('AWS_SECRET_ACCESS_KEY');
  });
});

const env = () => ({ AWS_ACCESS_KEY_ID: server.accessKeyId, AWS_SECRET_ACCESS_KEY: server.secretAccessKey, AWS_REGION: server.region });

describe('the archive that the environment names', () => {
  test('is a folder in the home, another folder, or a bucket', async () => {
    expect(storeOf({}, '/home/x').where).toBe('/home/x/archive');
    expect(storeOf({ REDRESS_ARCHIVE: '' }, '/home/x').where).toBe('/home/x/archive');
    expect(storeOf({ REDRESS_ARCHIVE: '/srv/papers' }, '/home/x').where).toBe('/srv/papers');
    const store = storeOf({ ...env(), REDRESS_ARCHIVE: 's3://archive/by/env', REDRESS_S3_ENDPOINT: server.endpoint }, '/home/x');
    expect(store.where).toBe(`s3://archive/by/env (${new URL(server.endpoint).host})`);
    await store.put('a.docx', bytes('x'));
    expect(await readFile(join(server.objects, 'by/env/a.docx'), 'utf8')).toBe('x');
    expect(storeOf({ ...env(), REDRESS_ARCHIVE: 's3://archive' }, '/').where).toBe('s3://archive (s3.cn-test-1.amazonaws.com)');
  });

  test.each([
    [{ REDRESS_ARCHIVE: 's3://' }, 'REDRESS_ARCHIVE'],
    [{ REDRESS_ARCHIVE: 's3://Bucket_/x' }, 'REDRESS_ARCHIVE'],
    [{ REDRESS_ARCHIVE: 's3://archive/../x' }, 'REDRESS_ARCHIVE'],
    [{ REDRESS_ARCHIVE: 'ftp://host/x' }, 'REDRESS_ARCHIVE'],
    [{ REDRESS_ARCHIVE: 's3://archive' }, 'AWS_ACCESS_KEY_ID'],
    [{ REDRESS_ARCHIVE: 's3://archive', AWS_ACCESS_KEY_ID: 'a' }, 'AWS_SECRET_ACCESS_KEY'],
    [{ REDRESS_ARCHIVE: 's3://archive', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', REDRESS_S3_ENDPOINT: 'host:9000' }, 'REDRESS_S3_ENDPOINT'],
    [{ REDRESS_ARCHIVE: 's3://archive', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', REDRESS_S3_ENDPOINT: 'https://u:secret@host' }, 'REDRESS_S3_ENDPOINT'],
    [{ REDRESS_S3_PATH_STYLE: 'maybe' }, 'REDRESS_S3_PATH_STYLE'],
  ])('%j: names %s', (given, field) => {
    const wrong = (): Store => storeOf(given, '/home/x');
    expect(wrong).toThrow(RedressError);
    expect(wrong).toThrow(expect.objectContaining({ field, message: expect.not.stringContaining('secret@') }));
  });
});
