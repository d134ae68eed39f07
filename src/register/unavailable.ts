import type { Text } from '../core/text.ts';
import type { UnavailableCode } from './errors.ts';
import { RegisterUnavailable } from './errors.ts';

const TEXTS: Readonly<Record<UnavailableCode, (where: string) => Text>> = {
  nowhere: () => ({
    en: 'No register was named. Set DATABASE_URL to a PostgreSQL address, or name a folder.',
    zh: '未指定登记簿。请把 DATABASE_URL 设为 PostgreSQL 地址，或指定一个文件夹。',
  }),
  'bad-url': () => ({
    en: 'DATABASE_URL is not an address of PostgreSQL. Write postgres://user:password@host:5432/database.',
    zh: 'DATABASE_URL 不是 PostgreSQL 地址，应写作 postgres://用户:密码@主机:5432/数据库。',
  }),
  refused: (w) => ({
    en: `Nothing answers at ${w}. Check that the database runs and that host and port are right.`,
    zh: `${w} 无应答。请检查数据库是否已启动，主机和端口是否正确。`,
  }),
  'unknown-host': (w) => ({
    en: `The host of ${w} is not known. Check its name in DATABASE_URL, and the network.`,
    zh: `找不到 ${w} 的主机。请检查 DATABASE_URL 中的主机名以及网络。`,
  }),
  timeout: (w) => ({
    en: `${w} did not answer in time. Check the network, a firewall between, and how busy the database is.`,
    zh: `${w} 未在时限内应答。请检查网络、防火墙和数据库负载。`,
  }),
  login: (w) => ({
    en: `${w} refused the login. Check user and password in DATABASE_URL.`,
    zh: `${w} 拒绝登录。请检查 DATABASE_URL 中的用户名和密码。`,
  }),
  'no-database': (w) => ({
    en: `${w} does not exist. Create the database (createdb), or correct its name in DATABASE_URL.`,
    zh: `${w} 不存在。请建立该数据库（createdb），或更正 DATABASE_URL 中的名称。`,
  }),
  'no-permission': (w) => ({
    en: `No permission on ${w}. The user must own the database or folder, at least until its tables are made.`,
    zh: `对 ${w} 没有权限。至少在建表之前，用户须是该数据库或文件夹的所有者。`,
  }),
  'too-many': (w) => ({
    en: `${w} has no room for another connection, or no memory. Raise max_connections, or stop what uses them.`,
    zh: `${w} 连接数已满或内存不足。请调高 max_connections，或停掉占用者。`,
  }),
  ended: (w) => ({
    en: `${w} ended the connection: it is being stopped or started. Try again when it is up.`,
    zh: `${w} 断开了连接：数据库正在停止或启动。请待其恢复后重试。`,
  }),
  full: (w) => ({
    en: `The disk of ${w} is full. Free some space; what was not recorded is tried again.`,
    zh: `${w} 的磁盘已满。请腾出空间；未登记的内容会自动重试。`,
  }),
  'read-only': (w) => ({
    en: `${w} can only be read: a standby, a read-only transaction default, or a read-only disk. Connect to the primary.`,
    zh: `${w} 只读：可能是备库、默认只读事务或只读磁盘。请连接主库。`,
  }),
  'in-use': (w) => ({
    en: `${w}. A folder belongs to one process: use the address that it serves, or stop it first.`,
    zh: `${w}。一个文件夹只能由一个进程使用：请使用该进程提供的地址，或先将其停止。`,
  }),
  'no-folder': (w) => ({
    en: `${w} is no folder and cannot be made one. Check the path.`,
    zh: `${w} 不是文件夹，也无法建立。请检查路径。`,
  }),
  damaged: (w) => ({
    en: `${w} cannot be read or written properly. Check the disk and start again; if that does not help, restore a backup.`,
    zh: `${w} 无法正常读写。请检查磁盘后重新启动；若仍不行，请从备份恢复。`,
  }),
};

/** @param where the database without its password, or the folder */
export const unavailable = (code: UnavailableCode, where: string): RegisterUnavailable =>
  new RegisterUnavailable(code, TEXTS[code](where));
