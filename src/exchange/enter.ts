import { localDay } from '../core/index.ts';
import { type Known, type Register, RegisterFault, type Whole } from '../register/index.ts';
import { problem } from '../sheets/index.ts';
import type { Entered, Entering, Ready } from './ready.ts';

/** Has the engine run a case from its timeline; false where it does already. */
export type Start = (ready: Ready, again: boolean) => Promise<boolean>;

/** Cases that are started at one time. */
const AT_ONCE = 16;

/**
 * Puts cases on the register, a batch in one statement. What is there already
 * stays as it is: where the row says otherwise now, it is refused.
 * @param start for open cases; without it they are on the register only
 */
export const entering = (register: Register, start?: Start): Entering => async (batch, plan) => {
  const before = await register.bulk.known(batch.map(receiptIn));
  const given = batch.filter((ready) => !before.has(receiptIn(ready)));
  const { entered, failed } = await enter(register, given);
  const old = batch.filter((ready) => before.has(receiptIn(ready)));
  const again = old.filter((ready) => holdsAll(before.get(receiptIn(ready)) ?? [], ready));
  const fresh = given.filter((ready) => entered.has(receiptIn(ready)));
  const refused: Entered['refused'] = [
    ...old.filter((ready) => !again.includes(ready)).map((ready) => one(ready, plan.key, 'other-content',
      '该编号以前导入过，内容与此不同；登记簿保持原样。新的进展请用 redress act 登记，另一本登记簿请用 --source 区分。',
      'This number was imported before with other content, which stays. Record what is new with "redress act"; tell another old register apart with --source.')),
    ...given.filter((ready) => !entered.has(receiptIn(ready))).map((ready) => one(ready, plan.key, 'not-stored',
      failed.has(receiptIn(ready)) ? '数据库未接受该行。' : '该编号已被另一事项使用。',
      failed.has(receiptIn(ready)) ? 'The database does not take this row.' : 'Another matter has this number.')),
  ];
  return { fresh, again, refused, started: start ? await startAll(start, fresh, again) : 0 };
};

const receiptIn = ({ legacy }: Ready): string => legacy.told.receipt;

const one = ({ row }: Ready, column: string, code: string, zh: string, en: string): Entered['refused'][number] => [row, [problem(row.row, column, code, zh, en)]];

const wholeOf = ({ legacy: { key, contact, summary, told: { receipt } }, history: { events, view, state: { procedure: { identity } } } }: Ready): Whole =>
  ({ intake: { receipt, key, contact, summary, ...(identity ? { identity } : {}) }, events, view });

/** What a database does not take is found by halving, so that the rest of the batch goes in. */
async function enter(register: Register, batch: readonly Ready[]): Promise<{ entered: Set<string>; failed: Set<string> }> {
  if (batch.length === 0) return { entered: new Set(), failed: new Set() };
  try {
    return { entered: new Set(await register.bulk.enter(batch.map(wholeOf))), failed: new Set() };
  } catch (error) {
    if (!(error instanceof RegisterFault)) throw error;
    if (batch.length === 1) return { entered: new Set(), failed: new Set(batch.map(receiptIn)) };
    const middle = Math.ceil(batch.length / 2);
    const [a, b] = [await enter(register, batch.slice(0, middle)), await enter(register, batch.slice(middle))];
    return { entered: new Set([...a.entered, ...b.entered]), failed: new Set([...a.failed, ...b.failed]) };
  }
}

/**
 * Whether all that the row tells is on the register, which may hold more by
 * now. A step of the very day of the import was entered as done at that moment;
 * of it only the day is compared.
 */
function holdsAll(known: Known, { legacy: { told: { receivedAt, steps } }, history: { state: { calendar } } }: Ready): boolean {
  const facts = new Set(known.flatMap(({ action, at, recordedAt }) => [`${action ?? ''} ${at}`, ...(at === recordedAt ? [`${action ?? ''} ${localDay(calendar, at)}`] : [])]));
  return [{ action: '', at: receivedAt }, ...steps].every(({ action, at }) => facts.has(`${action} ${at}`) || facts.has(`${action} ${localDay(calendar, at)}`));
}

async function startAll(start: Start, fresh: readonly Ready[], again: readonly Ready[]): Promise<number> {
  const waiting = [...fresh.filter(({ history }) => history.view.closedAt === undefined).map((ready) => ({ ready, old: false })), ...again.map((ready) => ({ ready, old: true }))];
  let started = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) if (await start(next.ready, next.old)) started += 1;
  }));
  return started;
}
