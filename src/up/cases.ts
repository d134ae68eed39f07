import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Cases } from '../activities/links.ts';
import { Redress } from '../client.ts';
import { casesOf } from '../linked.ts';
import type { Register } from '../register/index.ts';

export interface KeptCases extends Cases {
  close(): Promise<void>;
}

/** The cases on an engine that may come back at another address. Connects when first asked. */
export function keepCases(at: () => { readonly address: string; readonly namespace: string }, register: Register, dataConverter: DataConverter): KeptCases {
  let known: { readonly address: string; readonly connection: Connection; readonly cases: Cases } | undefined;
  const now = (): Cases => {
    const { address, namespace } = at();
    if (known?.address !== address) {
      known?.connection.close().catch(() => undefined);
      const connection = Connection.lazy({ address });
      known = { address, connection, cases: casesOf(new Redress(new Client({ connection, namespace, dataConverter }), register)) };
    }
    return known.cases;
  };
  return {
    open: (opening) => now().open(opening),
    why: (error) => now().why(error),
    link: (to, incoming) => now().link(to, incoming),
    hear: (heard) => now().hear(heard),
    async close() {
      await known?.connection.close();
    },
  };
}
