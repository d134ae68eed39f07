import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Channel } from './channel.ts';
import { dingtalk } from './dingtalk.ts';
import { email } from './email.ts';
import { feishu } from './feishu.ts';
import { log } from './log.ts';
import { ChannelMisconfigured } from './misconfigured.ts';
import { readSettings } from './read.ts';
import { group } from './robot.ts';
import type { Settings } from './settings.ts';
import { sms } from './sms.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

const Mail = z.object({
  SMTP_URL: z.string().regex(/^smtps?:\/\/[^\s/]+\/?(\?.*)?$/),
  SMTP_FROM: z.string().regex(/[^\s<>]+@[^\s<>]+/),
});

const DIALECTS = { wecom, dingtalk, feishu };

/**
 * The channels that an environment asks for: e-mail by SMTP_URL and SMTP_FROM, and all that the file REDRESS_CHANNELS
 * sets up. Where nothing is set up, the log at `file`.
 * @throws ChannelMisconfigured; the system's error where REDRESS_CHANNELS cannot be read
 */
export function channelsOf(env: Readonly<Record<string, string | undefined>>, file: string, now?: () => Date): Channel[] {
  const path = env['REDRESS_CHANNELS'];
  const settings = path ? readSettings(readFileSync(path, 'utf8'), path, env) : undefined;
  const mail = mailOf(env);
  if (mail && settings?.email)
    throw new ChannelMisconfigured({
      en: `E-mail is set up twice, by SMTP_URL and in ${path}. Take one of them out.`,
      zh: `电子邮件设置了两次：SMTP_URL 和 ${path}。请去掉其中一处。`,
    });
  const channels = [...(mail ? [email(mail)] : []), ...(settings ? inFile(settings, now) : [])];
  return channels.length > 0 ? channels : [log(file, now)];
}

function mailOf(env: Readonly<Record<string, string | undefined>>): { url: string; from: string } | undefined {
  if (!env['SMTP_URL']) return undefined;
  const { success, data } = Mail.safeParse(env);
  if (!success)
    throw new ChannelMisconfigured({
      en: 'For e-mail, set SMTP_URL to smtp://user:password@host:port (or smtps://) and SMTP_FROM to the sender’s address.',
      zh: '要发送电子邮件，请把 SMTP_URL 设为 smtp://用户:密码@主机:端口（或 smtps://），并把 SMTP_FROM 设为发件地址。',
    });
  return { url: data.SMTP_URL, from: data.SMTP_FROM };
}

const inFile = ({ email: mail, sms: gateway, groups, webhooks }: Settings, now?: () => Date): Channel[] => [
  ...(mail ? [email(mail)] : []),
  ...(gateway ? [sms(gateway)] : []),
  ...Object.entries(groups).map(([name, robot]) => group(`group:${name}`, DIALECTS[robot.kind], robot, now)),
  ...Object.entries(webhooks).map(([name, endpoint]) => webhook({ name: `webhook:${name}`, ...endpoint }, now)),
];
