import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Day, Instant } from '../core/instant.ts';
import { RedressError } from '../errors.ts';
import type { Entry, Explanation } from '../figures/ledger.ts';
import type { Asked as Sought, Found } from '../figures/search.ts';
import { type Asked, type Counted, figuresOf, type Statistics } from '../figures/statistics.ts';
import { type Database, rows } from './database.ts';
import { facts, openAt } from './figures-facts.ts';
import { cases, duties } from './figures-parts.ts';
import { explain, ledger, type LedgerFilter, type Saying } from './ledger.ts';
import { makeSearchable, search } from './search.ts';

export type { LedgerFilter, Saying } from './ledger.ts';

/** What the register can say of many cases together. */
export interface Figures {
  /** Ids of the procedures and calendars of the cases there are. */
  rules(): Promise<{ procedures: string[]; calendars: string[] }>;
  statistics(asked: Asked): Promise<Statistics>;
  /** The accountability ledger, case by case, the newest first. */
  ledger(filter: LedgerFilter, now: Instant, dayOf: (calendar: string, at: Instant) => Day): AsyncGenerator<Entry>;
  /** Adds words to an entry of the ledger; they stay. Throws RedressError `no-such-entry`. */
  explain(saying: Saying): Promise<Explanation>;
  /** Personal data: what is found goes to whoever asked, and into no log. */
  search(asked: Sought): Promise<Found[]>;
  /** Makes what was recorded before there was a search to be found. */
  makeSearchable(progress?: (cases: number) => void): Promise<number>;
}

export function figuresOn(db: Database, safely: <T>(work: Promise<T>) => Promise<T>): Figures {
  return {
    rules: () => safely(usedRules(db)),
    statistics: (asked) => safely(statistics(db, asked)),
    async *ledger(filter, now, dayOf) {
      const entries = ledger(db, filter, now, dayOf);
      for (let next = await safely(entries.next()); next.done !== true; next = await safely(entries.next())) yield next.value;
    },
    async explain(saying) {
      const said = await safely(explain(db, saying));
      if (said) return said;
      throw new RedressError('no-such-entry', 'instance', {
        zh: `问责台账中没有 ${saying.receipt} 的“${saying.instance}”这一条。请用 redress ledger --receipt ${saying.receipt} 核对。`,
        en: `The ledger has no entry "${saying.instance}" of ${saying.receipt}. See "redress ledger --receipt ${saying.receipt}".`,
      });
    },
    search: (asked) => safely(search(db, asked)),
    makeSearchable: (progress) => safely(makeSearchable(db, progress)),
  };
}

const Row = z.object({
  total: z.boolean(),
  grp: z.string().nullable(),
  what: z.string(),
  n: z.coerce.number(),
  median: z.coerce.number().nullable(),
  ninetieth: z.coerce.number().nullable(),
});

/** The procedures and the calendars of the cases there are, for which definitions and zones are then needed. */
export async function usedRules(db: Database): Promise<{ procedures: string[]; calendars: string[] }> {
  const found = await rows(db, sql`select distinct procedure, view->>'calendar' as calendar from cases`, z.object({ procedure: z.string(), calendar: z.string() }));
  return { procedures: [...new Set(found.map((f) => f.procedure))].toSorted(), calendars: [...new Set(found.map((f) => f.calendar))].toSorted() };
}

/**
 * Counts from the events, in one statement. What the events say of a time or of lateness in the end is what holds:
 * the last correction of an event, and the last judgement of a duty.
 */
export async function statistics(db: Database, asked: Asked): Promise<Statistics> {
  const counted = (await rows(db, statement(asked), Row)).map(({ total, grp, what, n, median, ninetieth }) => ({
    what, n, ...(total ? {} : { group: grp ?? '' }), ...(median === null ? {} : { median }), ...(ninetieth === null ? {} : { ninetieth }),
  }));
  const { from, to, by, asOf } = asked;
  return {
    ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(by === undefined ? {} : { by }), asOf,
    total: figuresOf(counted.filter((c) => c.group === undefined)),
    groups: by === undefined ? [] : grouped(counted),
  };
}

function grouped(counted: readonly Counted[]): Statistics['groups'] {
  const groups = Map.groupBy(counted.filter((c) => c.group !== undefined), (c) => c.group ?? '');
  return [...groups].toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1)).map(([group, counts]) => ({ group, figures: figuresOf(counts) }));
}

function statement(asked: Asked): SQL {
  const { from, to, by } = asked;
  const within = sql`day >= ${from ?? '-infinity'}::date and day <= ${to ?? 'infinity'}::date`;
  const parts = sql`with ${cases(asked)}, ${duties(asked)}, ${facts()},
    counted as materialized (select ${periodOf(by)} as grp, receipt, what, value from facts where ${within}),
    sums as materialized (select grp, what, count(*) as n from counted where value is null group by grp, what),
    ${openAt(asked)}`;
  return sql`${parts}
    select false as total, grp, what, n, null::float8 as median, null::int as ninetieth from sums
    union all
    select true, null, what, sum(n), null, null from sums group by what
    union all
    select grouping(grp) = 1, grp, what, count(*), percentile_cont(0.5) within group (order by value), percentile_disc(0.9) within group (order by value)
    from counted where value is not null group by grouping sets ((grp, what), (what))
    union all
    select grouping(grp) = 1, grp, 'extended-cases', count(distinct receipt), null, null
    from counted where what = 'extended' group by grouping sets ((grp), ())
    union all
    select total, grp, what, n, null, null from still_open`;
}

/** The group of something that happened on `day`. */
const periodOf = (by: string | undefined): SQL =>
  by === 'month' ? sql`to_char(day, 'YYYY-MM')` : by === 'quarter' ? sql`to_char(day, 'YYYY"-Q"Q')` : sql`grp`;
