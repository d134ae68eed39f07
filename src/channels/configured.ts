import { z } from 'zod';
import type { Text } from '../core/text.ts';
import type { Channel } from './channel.ts';
import { email } from './email.ts';
import { log } from './log.ts';

/** The mail server is set wrongly. Holds no password. */
export class ChannelMisconfigured extends Error {
  override name = 'ChannelMisconfigured';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

const Settings = z.object({
  SMTP_URL: z.string().regex(/^smtps?:\/\/[^\s/]+\/?(\?.*)?$/),
  SMTP_FROM: z.string().regex(/[^\s<>]+@[^\s<>]+/),
});

/**
 * The channels that an environment asks for, the first one carrying notices: e-mail where SMTP_URL is set, else the
 * log at `file`.
 * @throws ChannelMisconfigured
 */
export function channelsOf(env: Readonly<Record<string, string | undefined>>, file: string, now?: () => Date): Channel[] {
  if (!env['SMTP_URL']) return [log(file, now)];
  const { success, data } = Settings.safeParse(env);
  if (!success)
    throw new ChannelMisconfigured({
      en: 'For e-mail, set SMTP_URL to smtp://user:password@host:port (or smtps://) and SMTP_FROM to the sender’s address.',
      zh: '要发送电子邮件，请把 SMTP_URL 设为 smtp://用户:密码@主机:端口（或 smtps://），并把 SMTP_FROM 设为发件地址。',
    });
  return [email({ url: data.SMTP_URL, from: data.SMTP_FROM })];
}
