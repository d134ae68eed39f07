import { z } from 'zod';

/** Whether the machine knows a time zone by this name. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '' && name.includes('/') || name === 'UTC';
  } catch {
    return false;
  }
}

/** An IANA time zone, such as Asia/Shanghai. */
export const Zone = z.string().refine(isZone, {
  error: 'no time zone; write one such as Asia/Shanghai',
  params: { text: { zh: '没有这个时区；请写 Asia/Shanghai 这样的名称', en: 'there is no such time zone; write one such as Asia/Shanghai' } },
});
