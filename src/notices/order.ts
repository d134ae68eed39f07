import type { NoticeKind } from '../core/effects.ts';
import type { NoticeView } from './view.ts';

const LATE: ReadonlySet<NoticeKind> = new Set(['overdue', 'raised', 'unanswered']);

/** Whether it tells of something that should have been done. */
export const isLate = ({ kind }: NoticeView): boolean => LATE.has(kind);

const RANK: readonly NoticeKind[] = ['raised', 'overdue', 'unanswered', 'reminder', 'due', 'changed', 'lapsed', 'received', 'paper', 'done'];

const keys = (v: NoticeView): [number, string, number, string] => [v.urgent ? 0 : 1, v.clock?.actBy ?? '9', RANK.indexOf(v.kind), v.receipt];

/** Minute clocks first, then by the day to act by, then by what it is about. What has no date comes last. */
export function byUrgency(views: readonly NoticeView[]): NoticeView[] {
  return views.toSorted((a, b) => {
    const [x, y] = [keys(a), keys(b)];
    const n = x.findIndex((key, i) => key !== y[i]);
    return n < 0 ? 0 : (x[n] ?? 0) < (y[n] ?? 0) ? -1 : 1;
  });
}
