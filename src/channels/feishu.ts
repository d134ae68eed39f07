import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Dialect } from './robot.ts';

/**
 * Custom bots of Feishu (飞书) and Lark. With the setting 签名校验, time and signature stand in the body.
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export const feishu: Dialect = {
  windows: [[100, 60_000], [5, 1000]],
  restMs: 60_000,
  // A request of 20 KB at most, with the layout around the words.
  most: { text: 17_000, markdown: 14_000 },
  // Old bots answer with StatusCode instead of code.
  code: z.union([z.object({ code: z.int() }).transform((a) => a.code), z.object({ StatusCode: z.int() }).transform((a) => a.StatusCode)]),
  means: {
    0: 'taken',
    // Too many, and so at the full hour when every system sends.
    11232: 'limited',
    2200: 'busy',
    // The token in the address is no bot's (any more).
    19001: 'gone',
    // Signature wrong or clock more than an hour off; network address not on the list; keyword missing.
    19021: 'misconfigured',
    19022: 'misconfigured',
    19024: 'misconfigured',
  },
  request({ url, secret }, { lines, format, atAll }, at) {
    const seconds = String(Math.floor(at.getTime() / 1000));
    const proof = secret === undefined ? {} : { timestamp: seconds, sign: signature(seconds, secret) };
    const [subject = '', ...rest] = lines;
    const content = format === 'text'
      ? { msg_type: 'text', content: { text: [...lines, ...(atAll ? ['<at user_id="all"></at>'] : [])].join('\n') } }
      : { msg_type: 'post', content: { post: { zh_cn: { title: subject, content: rest.map(pieces) } } } };
    return { url, body: { ...proof, ...content } };
  },
};

/** HMAC-SHA256 of nothing, under "time in seconds, line break, secret" as the key: the other way round than DingTalk. */
const signature = (seconds: string, secret: string): string => createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64');

/** A line of a post, with its links as links. */
const pieces = (line: string): object[] =>
  line.split(/(https?:\/\/\S+)/).flatMap((part, n) => (part === '' ? [] : [n % 2 === 1 ? { tag: 'a', text: part, href: part } : { tag: 'text', text: part }]));
