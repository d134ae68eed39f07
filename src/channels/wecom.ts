import { type Dialect, Errcode } from './robot.ts';

/**
 * Group robots of WeCom (企业微信). No signature: the key in the address is all there is. `text` by default, for
 * markdown does not show to members who read the group in WeChat.
 * https://developer.work.weixin.qq.com/document/path/91770, numbers: …/path/90455
 */
export const wecom: Dialect = {
  windows: [[20, 60_000]],
  restMs: 60_000,
  most: { text: 2048, markdown: 4080 },
  code: Errcode,
  means: {
    0: 'taken',
    [-1]: 'busy',
    // More than 20 messages a minute; too many at once.
    45009: 'limited',
    45033: 'limited',
    // No such robot, or taken out of the group; switched off; not in the group.
    93000: 'gone',
    93004: 'gone',
    93008: 'gone',
  },
  request({ url }, { lines, format, atAll }) {
    if (format === 'text') return { url, body: { msgtype: 'text', text: { content: lines.join('\n'), ...(atAll && { mentioned_list: ['@all'] }) } } };
    const [subject = '', ...rest] = lines;
    return { url, body: { msgtype: 'markdown', markdown: { content: [`**${subject}**`, ...rest].join('\n') } } };
  },
};
