import { createHmac } from 'node:crypto';
import { type Dialect, Errcode } from './robot.ts';

/**
 * Custom robots of DingTalk (钉钉). With the setting 加签, time and signature stand in the address.
 * https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages
 */
export const dingtalk: Dialect = {
  windows: [[20, 60_000]],
  // More than 20 a minute, and the robot is shut out for ten minutes.
  restMs: 600_000,
  most: { text: 18_000, markdown: 18_000 },
  code: Errcode,
  means: {
    0: 'taken',
    [-1]: 'busy',
    // Too fast: the old number and the one in today's documentation.
    130101: 'limited',
    410100: 'limited',
    // The setting asks for a keyword, a signature or a network address that did not come.
    310000: 'misconfigured',
    // No such token (old and new); the group was dissolved; the robot is switched off; it is not in the group.
    300001: 'gone',
    400101: 'gone',
    400013: 'gone',
    400102: 'gone',
    400106: 'gone',
    // An unsafe link, or a text, picture or content that is not let through: it never will be, so the notice goes another way.
    430101: 'gone',
    430102: 'gone',
    430103: 'gone',
    430104: 'gone',
  },
  request({ url, secret }, { lines, format, atAll }, at) {
    const [subject = '', ...rest] = lines;
    const content = format === 'text'
      ? { msgtype: 'text', text: { content: lines.join('\n') } }
      : { msgtype: 'markdown', markdown: { title: subject, text: [`#### ${subject}`, ...rest].join('\n\n') } };
    return { url: secret === undefined ? url : signed(url, secret, at.getTime()), body: { ...content, at: { isAtAll: atAll } } };
  },
};

/** HMAC-SHA256 of "time in milliseconds, line break, secret" under the secret. */
function signed(url: string, secret: string, ms: number): string {
  const address = new URL(url);
  address.searchParams.set('timestamp', String(ms));
  address.searchParams.set('sign', createHmac('sha256', secret).update(`${ms}\n${secret}`).digest('base64'));
  return address.href;
}
