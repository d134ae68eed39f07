import { z } from 'zod';
import { Name, type Text } from '../core/text.ts';
import { PLACEHOLDERS, type Template, unknownIn } from './placeholders.ts';

/** Words in both languages for what a value should have been. */
const wrong = (text: Text) => ({ params: { text }, message: text.en });

const SECURE: Text = {
  zh: '应为 https:// 网址；http:// 只可用于本机和内网',
  en: 'it must be an https:// address; http:// only within your own network',
};

/** A message or its signature in the open is for everybody on the way to read. */
const Url = z.string().refine((s) => {
  const url = URL.parse(s);
  if (url === null || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isWithin(url.hostname));
}, wrong(SECURE));

const isWithin = (host: string): boolean =>
  !/[.:]/.test(host) || /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])/.test(host) || /\.(internal|intranet|lan|local)$/.test(host);

/** Texts with placeholders, wherever they stand in the value. */
const placed = (value: Template, ctx: z.RefinementCtx): void => {
  const unknown = unknownIn(JSON.stringify(value));
  if (unknown.length === 0) return;
  const [what, all] = [unknown.join(', '), PLACEHOLDERS.join(', ')];
  const text = { zh: `没有占位符“${what}”，可用的有：${all}`, en: `there is no placeholder "${what}"; there are: ${all}` };
  ctx.addIssue({ code: 'custom', ...wrong(text) });
};

const Filled = z.string().superRefine(placed);
const Body = z.json().superRefine(placed);

const listed = <T extends z.ZodType>(one: T) => z.union([one.transform((v) => [v]), z.array(one).min(1)]);
const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const Mark = z.strictObject({
  status: listed(z.int().min(100).max(599)).optional(),
  at: z.string().min(1).optional(),
  is: listed(Value).optional(),
}).refine((m) => m.is === undefined || m.at !== undefined, wrong({ zh: '写了 is，还须写 at（答复中的位置）', en: 'with "is" goes "at", the place in the answer' }))
  .refine((m) => m.status !== undefined || m.at !== undefined, wrong({ zh: '至少写 status 或 at 之一', en: 'give "status", "at" or both' }));

const Sms = z.strictObject({
  url: Url,
  method: z.enum(['POST', 'PUT']).default('POST'),
  headers: z.record(z.string(), Filled).refine((h) => Object.entries(h).every(([name, value]) => /^[A-Za-z0-9-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value)), wrong({
    zh: '标头名只用字母、数字和连字符，内容只用 ASCII 字符', en: 'a header has letters, digits and hyphens in its name, and ASCII in its value',
  })).default({}),
  json: Body.optional(),
  form: z.record(z.string(), Filled).optional(),
  country: z.union([z.string(), z.number()]).transform(String).refine((c) => /^[1-9]\d{0,2}$/.test(c), wrong({ zh: '应为国家或地区代码，如 86', en: 'it must be the code of a country, such as 86' })).default('86'),
  accepted: Mark.optional(),
  badNumber: Mark.optional(),
  limited: Mark.optional(),
}).refine((s) => (s.json === undefined) !== (s.form === undefined), wrong({ zh: '请写 json 或 form，二者取一', en: 'give either "json" or "form"' }))
  .refine((s) => /\{\{\s*(to|digits|national)\s*\}\}/.test(JSON.stringify(s.json ?? s.form ?? '')),
    wrong({ zh: '正文中没有号码：请在 json 或 form 中写 {{ to }}、{{ digits }} 或 {{ national }}', en: 'the body has no number: put {{ to }}, {{ digits }} or {{ national }} into "json" or "form"' }));

const looks = { url: Url, format: z.enum(['text', 'markdown']).default('text'), atAll: z.boolean().default(false) };
const secret = z.string().min(1).optional();

const Group = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wecom'), ...looks }),
  z.strictObject({ kind: z.literal('dingtalk'), secret, ...looks }),
  z.strictObject({ kind: z.literal('feishu'), secret, ...looks }),
]);

/** `whsec_` and 24 to 64 bytes in base64, as the Standard Webhooks specification has it. */
const WebhookSecret = z.string().refine((s) => {
  const base64 = s.replace(/^whsec_/, '');
  const { length } = Buffer.from(base64, 'base64');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0 && length >= 24 && length <= 64;
}, wrong({ zh: '应为 whsec_ 加 24 至 64 字节的 base64，可用 openssl rand -base64 32 生成', en: 'it must be whsec_ and 24 to 64 bytes in base64, such as openssl rand -base64 32 gives' }));

const Email = z.strictObject({
  url: z.string().refine((s) => /^smtps?:\/\/[^\s/]+\/?(\?.*)?$/.test(s), wrong({ zh: '应为 smtp://用户:密码@主机:端口（或 smtps://）', en: 'it must be smtp://user:password@host:port (or smtps://)' })),
  from: z.string().refine((s) => /[^\s<>]+@[^\s<>]+/.test(s), wrong({ zh: '应为发件地址，如 信访办 <office@example.org>', en: 'it must be the sender’s address, as in Office <office@example.org>' })),
});

/** The file that REDRESS_CHANNELS names. */
export const Settings = z.strictObject({
  email: Email.optional(),
  sms: Sms.optional(),
  groups: z.record(Name, Group).default({}),
  webhooks: z.record(Name, z.strictObject({ url: Url, secrets: z.array(WebhookSecret).min(1) })).default({}),
});
export type Settings = z.infer<typeof Settings>;
