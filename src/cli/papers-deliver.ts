import { deliver, officeOf, type Told, zoneOf, dayIn } from '../filing/index.ts';
import type { DeliverOptions } from './commands/papers.ts';
import { withRegister } from './connect.ts';
import { dayAfter } from './dates.ts';
import type { Io } from './io.ts';
import { printed } from './options.ts';
import { byOf, howOf, whatOf } from './papers-words.ts';

/** Records what became of a paper on its way to the petitioner. */
export async function deliverPaper(io: Io, number: string, o: DeliverOptions): Promise<void> {
  const told = toldOf(o);
  await withRegister(async (register) => {
    const delivered = await deliver(register, number, told);
    if (o.json) return io.out(printed(delivered));
    const day = dayIn(zoneOf(await officeOf(register)), delivered.at);
    io.out(`${number}  ${whatOf(delivered, io.lang)} ${day}  ${howOf(delivered, io.lang)}${delivered.tracking === undefined ? '' : `  ${delivered.tracking}`}`);
  });
}

function toldOf(o: DeliverOptions): Told {
  const how = { how: o.how, tracking: o.tracking, proof: o.proof, version: o.edition, by: byOf(o) };
  for (const what of ['received', 'refused', 'returned', 'sent'] as const) {
    const day = o[what];
    if (day !== undefined) return { ...how, what, at: { day: dayAfter(`--${what}`, day) } };
  }
  return { ...how, what: 'sent' };
}
