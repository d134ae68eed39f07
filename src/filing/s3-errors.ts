import type { Text } from '../core/text.ts';
import { type StoreCode, StoreError } from './store.ts';

/** The codes of an S3 server that ask for something to be done, and what. Everything else goes by the status. */
const CODES: Readonly<Record<string, StoreCode>> = {
  NoSuchKey: 'missing', NoSuchVersion: 'missing', NoSuchBucket: 'no-bucket', PermanentRedirect: 'no-bucket',
  AccessDenied: 'denied', InvalidAccessKeyId: 'denied', SignatureDoesNotMatch: 'denied', AuthorizationHeaderMalformed: 'denied',
  ExpiredToken: 'denied', InvalidToken: 'denied', XAdminUserNotFound: 'denied', RequestTimeTooSkewed: 'denied', AccountProblem: 'denied',
  BadDigest: 'damaged', XAmzContentSHA256Mismatch: 'damaged', IncompleteBody: 'damaged', InvalidDigest: 'damaged', RequestTimeout: 'away',
  QuotaExceeded: 'full', XMinioStorageFull: 'full', InsufficientStorage: 'full', SlowDown: 'away',
};

const TEXTS: Readonly<Record<StoreCode, (where: string, said: string) => Text>> = {
  missing: (w) => ({ zh: `${w} 中没有这个文件。`, en: `There is no such file in ${w}.` }),
  'no-bucket': (w, s) => ({
    zh: `没有 ${w} 这个存储桶（${s}）。请核对 REDRESS_ARCHIVE 中的桶名、AWS_REGION，或先建立该桶。`,
    en: `There is no bucket for ${w} (${s}). Check its name in REDRESS_ARCHIVE and AWS_REGION, or make it.`,
  }),
  denied: (w, s) => ({
    zh: `${w} 拒绝了访问（${s}）。请检查 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY、AWS_REGION、本机时间，以及该密钥的读写权限。`,
    en: `${w} denied access (${s}). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, the clock of this machine, and that the key may read and write.`,
  }),
  damaged: (w, s) => ({ zh: `写往 ${w} 的内容在途中受损（${s}），稍后会重试。`, en: `What was written to ${w} was damaged on its way (${s}); it is tried again.` }),
  full: (w, s) => ({ zh: `${w} 的空间已用完（${s}）。`, en: `${w} has no space left (${s}).` }),
  'read-only': (w, s) => ({ zh: `${w} 只读（${s}）。`, en: `${w} can only be read (${s}).` }),
  away: (w, s) => ({ zh: `${w} 暂时无法使用（${s}）。请检查 REDRESS_S3_ENDPOINT 和网络；稍后会重试。`, en: `${w} cannot be used at the moment (${s}). Check REDRESS_S3_ENDPOINT and the network; it is tried again.` }),
  refused: (w, s) => ({ zh: `${w} 不接受这个请求（${s}）。请检查 REDRESS_S3_ENDPOINT 和 REDRESS_S3_PATH_STYLE。`, en: `${w} did not take the request (${s}). Check REDRESS_S3_ENDPOINT and REDRESS_S3_PATH_STYLE.` }),
  'unsafe-path': (w) => ({ zh: `${w} 不接受该路径。`, en: `${w} does not take this path.` }),
};

/** What an S3 server answered. Of its words only the code is passed on: the rest may repeat what was signed. */
export function s3Error(where: string, status: number, body: Uint8Array): StoreError {
  const said = /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(new TextDecoder().decode(body.subarray(0, 2000)))?.[1];
  const code = (said === undefined ? undefined : CODES[said]) ?? byStatus(status);
  return storeError(code, where, said ?? `HTTP ${status}`);
}

/** A 404 without `NoSuchKey` is no word about a paper: it may be any web server's. */
function byStatus(status: number): StoreCode {
  if (status === 401 || status === 403) return 'denied';
  if (status >= 300 && status < 400) return 'no-bucket';
  if (status === 507) return 'full';
  // 501 says that a request is not understood, and will not be later.
  return status === 408 || status === 429 || (status >= 500 && status !== 501) ? 'away' : 'refused';
}

/** No answer came. */
export function s3Unreachable(where: string, error: unknown): StoreError {
  for (let e = error; e instanceof Error; e = e.cause) {
    const code: unknown = Reflect.get(e, 'code');
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return storeError('away', where, code);
    if (e.name === 'TimeoutError' || e.name === 'AbortError') return storeError('away', where, 'timeout');
  }
  return storeError('away', where, 'no answer');
}

const storeError = (code: StoreCode, where: string, said: string): StoreError => new StoreError(code, TEXTS[code](where, said));
