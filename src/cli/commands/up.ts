import { Command } from 'commander';
import type { Io } from '../io.ts';

/** Starts everything that one machine needs, until it is told to stop. */
export function command(io: () => Io): Command {
  const { lang } = io();
  const after = {
    zh: '\n环境变量：\n  REDRESS_HOME         数据所在的文件夹（默认 .redress）\n  REDRESS_INSTITUTION  机构文件（默认示例机构）\n  TEMPORAL_ADDRESS     使用已在运行的 Temporal 服务器\n  DATABASE_URL         使用 PostgreSQL 作登记簿\n  SMTP_URL、SMTP_FROM  用电子邮件发通知（默认写入日志）\n  REDRESS_KEY          加密密钥（默认生成并存于 REDRESS_HOME）',
    en: '\nEnvironment:\n  REDRESS_HOME         folder of the data (.redress)\n  REDRESS_INSTITUTION  file of the institution (a sample)\n  TEMPORAL_ADDRESS     use a Temporal server that runs already\n  DATABASE_URL         use a PostgreSQL as the register\n  SMTP_URL, SMTP_FROM  send notices by e-mail (else to a log)\n  REDRESS_KEY          key to encrypt with (else made, and kept in REDRESS_HOME)',
  }[lang];
  return new Command('up')
    .description({ zh: '启动 Redress（引擎、登记簿和工作进程），按 Ctrl-C 停止', en: 'start Redress: engine, register and worker; Ctrl-C stops it' }[lang])
    .addHelpText('after', after)
    .action(async () => (await import('../run-up.ts')).runUp(io()));
}
