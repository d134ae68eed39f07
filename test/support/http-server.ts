// Receivers of notices, in a process of their own: a short-message gateway, the three platforms' robots and a Standard
// Webhooks receiver, each checking what it gets with code of its own, and a few that misbehave. Answers are chosen by
// the path: /wecom/45009 answers with that number. GET /seen tells what arrived.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

export const DINGTALK_SECRET = 'SECtest-of-dingtalk';
export const FEISHU_SECRET = 'test of feishu';
export const WEBHOOK_SECRETS = { new: `whsec_${Buffer.from('the new secret of this test!').toString('base64')}`, old: `whsec_${Buffer.from('the old secret of this test!').toString('base64')}` };
export const TOKEN = 'token-of-the-gateway';

/** A request as it arrived, and what its receiver found. */
export const Seen = z.object({ path: z.string(), headers: z.record(z.string(), z.string()), body: z.string(), verified: z.boolean() });
export type Seen = z.infer<typeof Seen>;

interface Reply { readonly status?: number; readonly headers?: Record<string, string>; readonly json?: unknown; readonly text?: string }
type Receiver = (url: URL, rest: string, body: string, request: IncomingMessage) => { verified: boolean; reply: Reply };

const Json = z.record(z.string(), z.unknown());
const same = (a: string, b: string): boolean => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
const numbered = (field: string, fine: boolean, rest: string, wrong: number) => ({ [field]: rest === '' ? (fine ? 0 : wrong) : Number(rest), [field === 'code' ? 'msg' : 'errmsg']: 'words of the platform' });

/** A robot is refused without its token, and where it signs, with another signature or with a clock an hour off. */
const RECEIVERS: Readonly<Record<string, Receiver>> = {
  wecom(url, rest, body) {
    const fine = url.searchParams.get('key') === 'k1' && Json.safeParse(JSON.parse(body)).success;
    return { verified: fine, reply: { json: numbered('errcode', fine, rest, 93000) } };
  },
  dingtalk(url, rest) {
    const at = url.searchParams.get('timestamp') ?? '';
    const expected = createHmac('sha256', DINGTALK_SECRET).update(`${at}\n${DINGTALK_SECRET}`, 'utf8').digest('base64');
    const fine = url.searchParams.get('access_token') === 't1' && same(url.searchParams.get('sign') ?? '', expected) && Math.abs(Date.now() - Number(at)) < 3_600_000;
    return { verified: fine, reply: { json: numbered('errcode', fine, rest, 310000) } };
  },
  feishu(url, rest, body) {
    const { timestamp, sign } = z.object({ timestamp: z.string().default(''), sign: z.string().default('') }).parse(JSON.parse(body));
    const expected = createHmac('sha256', `${timestamp}\n${FEISHU_SECRET}`).digest('base64');
    const fine = same(sign, expected) && Math.abs(Date.now() / 1000 - Number(timestamp)) < 3600;
    return { verified: fine, reply: { json: url.searchParams.has('old') ? { StatusCode: fine ? 0 : 19021 } : numbered('code', fine, rest, 19021) } };
  },
  webhook(_, rest, body, request) {
    const fine = [WEBHOOK_SECRETS.old, WEBHOOK_SECRETS.new].filter((_s, n) => rest === '' || rest === ['old', 'new'][n]).every((secret) => {
      try {
        new Webhook(secret).verify(body, flat(request));
        return true;
      } catch {
        return false;
      }
    });
    return { verified: fine, reply: { status: fine ? 204 : 401 } };
  },
  /** Takes JSON or a form; +8613900000001 is a number that is none, +8613900000002 one too many. */
  sms(url, rest, body, request) {
    const said = request.headers['content-type']?.startsWith('application/json') ? Json.parse(JSON.parse(body)) : Object.fromEntries(new URLSearchParams(body));
    const code = rest === '' ? { '+8613900000001': 40103, '+8613900000002': 42900 }[String(said['to'])] ?? 0 : rest;
    const fine = request.headers.authorization === `Bearer ${TOKEN}`;
    if (!fine) return { verified: false, reply: { status: 401 } };
    return { verified: true, reply: { status: url.searchParams.has('strict') && code !== 0 ? 422 : 200, json: { result: { code, message: `words about ${String(said['to'])}` } } } };
  },
};

const MISBEHAVE: Readonly<Record<string, (response: ServerResponse, rest: string, url: URL) => void>> = {
  hang: () => undefined,
  reset: (response) => response.socket?.destroy(),
  /** Begins an answer and never ends it. */
  stall: (response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"errcode":'),
  garbage: (response) => void response.end('<html>502 words of a proxy</html>'),
  empty: (response) => void response.end(),
  huge: (response) => void response.end(`{"errcode":0,"errmsg":"${'x'.repeat(5_000_000)}"}`),
  redirect: (response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
  status: (response, rest, url) => void response.writeHead(Number(rest), url.searchParams.has('after') ? { 'retry-after': url.searchParams.get('after') ?? '' } : {}).end('words'),
};

const flat = (request: IncomingMessage): Record<string, string> => Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]));

function serve(): void {
  let seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const [what = '', how = ''] = url.pathname.slice(1).split('/');
      if (what === 'seen') {
        response.end(JSON.stringify(seen));
        if (request.method === 'DELETE') seen = [];
        return;
      }
      const body = Buffer.concat(parts).toString('utf8');
      const found = RECEIVERS[what]?.(url, how, body, request);
      seen.push({ path: request.url ?? '', headers: flat(request), body, verified: found?.verified ?? false });
      const misbehave = MISBEHAVE[what];
      if (misbehave) return misbehave(response, how, url);
      const { status = 200, json, text } = found?.reply ?? { status: 404 };
      response.writeHead(status, json === undefined ? {} : { 'content-type': 'application/json' }).end(json === undefined ? text : JSON.stringify(json));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const bound = server.address();
    if (bound !== null && typeof bound !== 'string') process.send?.(bound.port);
  });
  process.once('disconnect', () => process.exit());
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) serve();
