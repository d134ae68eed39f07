import { AwsClient } from 'aws4fetch';
import { s3Error, s3Unreachable } from './s3-errors.ts';
import { type Kept, keptOf, segmentsOf, sha256Of, type Store, StoreError } from './store.ts';

export interface S3 {
  /** http://… or https://…, without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  /** What every object's name begins with, without a slash at either end. */
  readonly prefix?: string | undefined;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** The bucket is part of the path, as most servers of one's own want it, and not of the host's name. */
  readonly pathStyle: boolean;
  /** The longest that one request may take; 20 s when left out. */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 20_000;
/** Answers of servers that do not know `If-None-Match` on PUT. */
const UNKNOWN_CONDITION = new Set([400, 501]);
const EXISTS = new Set([409, 412]);

/**
 * An archive in a bucket of an S3-compatible server, which shows an object whole or not at all.
 *
 * The first content under a name stays: the server is asked to refuse a second one (`If-None-Match: *`). One that
 * does not know this is asked first whether there is an object; between that and the writing, two processes with
 * different contents for one path could then overwrite each other, which `redress papers check` would show.
 * The server checks the hash of what it gets, and what it stored is read back and hashed.
 */
export function s3(given: S3): Store {
  const { accessKeyId, secretAccessKey, sessionToken, region } = given;
  // The caller tries again, and knows for how long.
  const client = new AwsClient({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }), region, service: 's3', retries: 0 });
  const where = `s3://${given.bucket}${given.prefix ? `/${given.prefix}` : ''} (${new URL(given.endpoint).host})`;

  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>> = {}, body?: Uint8Array<ArrayBuffer>): Promise<Answer> => {
    try {
      const signal = AbortSignal.timeout(given.timeoutMs ?? TIMEOUT_MS);
      const answer = await client.fetch(urlOf(given, path), { method, headers, signal, redirect: 'manual', ...(body && { body }) });
      return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
    } catch (error) {
      throw s3Unreachable(where, error);
    }
  };

  const read = async (path: string): Promise<Uint8Array | undefined> => {
    const answer = await ask('GET', path);
    if (answer.status === 200) return answer.bytes;
    const error = s3Error(where, answer.status, answer.bytes);
    if (error.code === 'missing') return undefined;
    throw error;
  };

  const write = async (path: string, bytes: Uint8Array<ArrayBuffer>, condition: boolean): Promise<number> => {
    const hash = Buffer.from(sha256Of(bytes), 'hex');
    const headers = {
      'content-type': 'application/octet-stream',
      'x-amz-content-sha256': hash.toString('hex'),
      'x-amz-checksum-sha256': hash.toString('base64'),
      ...(condition && { 'if-none-match': '*' }),
    };
    const { status, bytes: said } = await ask('PUT', path, headers, bytes);
    if (status === 200 || (condition && EXISTS.has(status))) return status;
    if (condition && UNKNOWN_CONDITION.has(status) && s3Error(where, status, said).code === 'refused') return write(path, bytes, false);
    throw s3Error(where, status, said);
  };

  return {
    where,
    async put(path, content): Promise<Kept> {
      segmentsOf(path);
      const before = await read(path);
      if (before) return keptOf(before);
      const bytes = new Uint8Array(content);
      const status = await write(path, bytes, true);
      const stored = await read(path);
      if (stored === undefined || (status === 200 && sha256Of(stored) !== sha256Of(bytes)))
        throw new StoreError('damaged', {
          zh: `${where} 读回的内容与写入的不一致。请检查该存储服务，稍后会重试。`,
          en: `What ${where} gives back is not what was written. Check the server; it is tried again.`,
        });
      return keptOf(stored);
    },
    async get(path) {
      segmentsOf(path);
      const bytes = await read(path);
      if (bytes) return bytes;
      throw new StoreError('missing', { zh: `${where} 中没有这个文件。`, en: `There is no such file in ${where}.` });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

function urlOf({ endpoint, bucket, prefix, pathStyle }: S3, path: string): string {
  const url = new URL(endpoint);
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
  const names = [...(pathStyle ? [bucket] : []), ...(prefix ? prefix.split('/') : []), ...path.split('/')];
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${names.map(encodeURIComponent).join('/')}`;
  return url.href;
}
