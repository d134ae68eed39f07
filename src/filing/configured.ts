import { join } from 'node:path';
import { z } from 'zod';
import type { Text } from '../core/text.ts';
import { RedressError } from '../errors.ts';
import { folder } from './folder.ts';
import { s3 } from './s3.ts';
import type { Store } from './store.ts';

const Environment = z.object({
  /** A folder, or s3://bucket/prefix; a folder in the home when left out. */
  REDRESS_ARCHIVE: z.string().optional(),
  /** https://…; Amazon's in AWS_REGION when left out. */
  REDRESS_S3_ENDPOINT: z.string().optional(),
  /** Whether the bucket is part of the path; as a rule it is where REDRESS_S3_ENDPOINT is set. */
  REDRESS_S3_PATH_STYLE: z.enum(['true', 'false']).optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_REGION: z.string().default('us-east-1'),
});

/** A bucket's name, and what objects' names begin with. */
const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/((?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*))?\/?$/;

/**
 * The archive that the environment names. A variable that is set but empty counts as not set.
 * @throws RedressError naming the variable
 */
export function storeOf(env: Readonly<Record<string, string | undefined>>, home: string): Store {
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== '')));
  if (!parsed.success) throw wrong('REDRESS_S3_PATH_STYLE', { zh: '应为 true 或 false。', en: 'must be true or false.' });
  const e = parsed.data;
  const place = e.REDRESS_ARCHIVE;
  if (place === undefined) return folder(join(home, 'archive'));
  if (!/^[a-z][a-z0-9+]+:\/\//i.test(place)) return folder(place);
  const [, bucket, prefix] = BUCKET.exec(place) ?? [];
  if (bucket === undefined) throw wrong('REDRESS_ARCHIVE', { zh: '应为文件夹路径，或 s3://桶名/前缀。', en: 'must be a folder, or s3://bucket/prefix.' });
  return s3({
    bucket,
    prefix,
    endpoint: endpointOf(e.REDRESS_S3_ENDPOINT ?? `https://s3.${e.AWS_REGION}.amazonaws.com`),
    region: e.AWS_REGION,
    accessKeyId: needed('AWS_ACCESS_KEY_ID', e.AWS_ACCESS_KEY_ID),
    secretAccessKey: needed('AWS_SECRET_ACCESS_KEY', e.AWS_SECRET_ACCESS_KEY),
    sessionToken: e.AWS_SESSION_TOKEN,
    pathStyle: e.REDRESS_S3_PATH_STYLE === undefined ? e.REDRESS_S3_ENDPOINT !== undefined : e.REDRESS_S3_PATH_STYLE === 'true',
  });
}

function endpointOf(raw: string): string {
  const url = URL.parse(raw);
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '') return url.href;
  throw wrong('REDRESS_S3_ENDPOINT', { zh: '应为 https://主机 或 http://主机:端口，不含用户名、密码和参数。', en: 'must be https://host or http://host:port, without user, password or query.' });
}

function needed(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw wrong(name, { zh: '没有设置，而 REDRESS_ARCHIVE 指向 S3 存储。', en: 'is not set, and REDRESS_ARCHIVE is an S3 bucket.' });
}

const wrong = (field: string, { zh, en }: Text): RedressError => new RedressError('bad-archive', field, { zh: `${field} ${zh}`, en: `${field} ${en}` });
