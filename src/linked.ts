import type { Cases } from './activities/links.ts';
import type { Redress } from './client.ts';
import type { Unlinked } from './core/events.ts';
import { RedressError } from './errors.ts';
import { ProcedureError } from './procedures/error.ts';
import { loadProcedure } from './procedures/load.ts';
import { readReceipt, workflowIdOf } from './receipts.ts';
import * as message from './workflows/messages.ts';

/** The cases of a Redress, for its own activities: they open cases and tell them through the same door as everybody. */
export function casesOf(redress: Redress): Cases {
  const tell = async (receipt: string, send: (id: string) => Promise<void>): Promise<'told' | 'closed' | 'no-such-case'> => {
    const id = readReceipt(receipt);
    try {
      await redress.telling(id, () => send(workflowIdOf(id)));
      // A case that has closed may still be at work on its last notices: it takes signals, and does nothing with them.
      return (await redress.register.case(id))?.closedAt === undefined ? 'told' : 'closed';
    } catch (error) {
      if (error instanceof RedressError && (error.code === 'case-closed' || error.code === 'no-such-case')) return error.code === 'case-closed' ? 'closed' : 'no-such-case';
      throw error;
    }
  };
  const handle = (id: string) => redress.temporal.workflow.getHandle(id);
  return {
    async open({ link, petitionerOf, clock, channel, receivedAt, procedure, unit, fields, key }) {
      const from = petitionerOf === undefined ? undefined : await redress.register.petitioner(petitionerOf);
      const matter = { procedure, unit, fields: { ...fields }, key, channel: channel ?? Object.keys(loadProcedure(procedure).channels)[0] ?? '', ...(receivedAt === undefined ? {} : { receivedAt }), ...(from ? { petitioner: from.contact, summary: from.summary } : {}) };
      return redress.openAs(matter, { ...(link ? { link } : {}), ...(clock === undefined ? {} : { clock }), identity: from?.identity });
    },
    why,
    link: (to, incoming) => tell(to, (id) => handle(id).signal(message.link, incoming)),
    hear: (heard) => tell(heard.to, (id) => handle(id).signal(message.hear, heard)),
  };
}

function why(error: unknown): Unlinked | undefined {
  if (error instanceof ProcedureError) return 'no-procedure';
  if (!(error instanceof RedressError) || error.code === 'engine-away') return undefined;
  if (error.code === 'takes-no-part') return 'takes-no-part';
  return error.field === 'unit' ? 'no-such-unit' : 'not-taken';
}
