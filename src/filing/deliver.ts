import { randomUUID } from 'node:crypto';
import type { By } from '../core/events.ts';
import { type Day, type Instant, instantOf, msOf } from '../core/instant.ts';
import type { Delivered, Delivery, Register } from '../register/index.ts';
import { needed, notFiled, refusal } from './errors.ts';
import { officeOf, zoneOf } from './office.ts';
import { trackingOf } from './tracking.ts';
import { filedVersion, versionsOf } from './versions.ts';
import { dayIn, startOf } from './zone.ts';

/** What became of a paper on its way to the petitioner, as somebody tells it. */
export interface Told {
  readonly what: Delivery['what'];
  readonly how: Delivery['how'];
  /** A day, or the very instant; now when left out. */
  readonly at?: { readonly day: Day } | { readonly instant: Instant } | undefined;
  readonly tracking?: string | undefined;
  readonly proof?: string | undefined;
  readonly by?: By | undefined;
  /** The same on every attempt; a new one when left out. */
  readonly key?: string | undefined;
  /** The version; the newest that is filed when left out. */
  readonly version?: number | undefined;
}

/**
 * Notes what became of a filed paper on its way to the petitioner. What was noted before stays; the last note decides.
 * @param which the paper's number, or the key of any version
 * @throws RedressError naming the field that does not fit
 */
export async function deliver(register: Register, which: string, told: Told, now: Instant = instantOf(Date.now())): Promise<Delivered> {
  const paper = filedVersion(which, await versionsOf(register, which), told.version);
  const zone = zoneOf(await officeOf(register));
  const tracking = trackingFor(told);
  const at = timeOf(told, zone, now);
  if (msOf(at) > msOf(now)) throw refusal('future', 'at', '送达日期在今天之后，请核对。', 'The date of the delivery lies in the future. Check it.');
  if (dayIn(zone, at) < dayIn(zone, paper.madeAt))
    throw refusal('before-paper', 'at', `送达日期早于文书的成文日期 ${dayIn(zone, paper.madeAt)}，请核对。`, `The date of the delivery is before that of the paper, ${dayIn(zone, paper.madeAt)}. Check it.`);
  const proof = told.proof?.trim() || undefined;
  const delivered = await register.papers.deliver({
    key: told.key ?? randomUUID(), paper: paper.key, what: told.what, how: told.how, at,
    ...(tracking !== undefined && { tracking }), ...(proof !== undefined && { proof }), ...(told.by && { by: told.by }),
  });
  if (!delivered) throw notFiled(which);
  return delivered;
}

/** A letter without a number proves nothing. */
function trackingFor({ how, tracking }: Told): string | undefined {
  if (tracking === undefined || tracking.trim() === '') {
    if (how === 'post') throw needed('tracking', { zh: '邮寄送达须写明挂号信函号码，如 RR123456785CN。', en: 'a delivery by post needs the number of the registered letter, as in RR123456785CN.' });
    return undefined;
  }
  const number = trackingOf(tracking);
  if (number !== undefined) return number;
  throw refusal('bad-tracking', 'tracking', `“${tracking.slice(0, 40)}”不是有效的挂号信函号码（校验位不符或格式不对），请核对。`, `"${tracking.slice(0, 40)}" is no number of a registered letter: its form or its check digit is wrong.`);
}

function timeOf({ at }: Told, zone: string, now: Instant): Instant {
  if (at === undefined) return now;
  return 'instant' in at ? at.instant : startOf(zone, at.day);
}
