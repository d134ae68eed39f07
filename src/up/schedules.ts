import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Text } from '../core/text.ts';
import type { Institution } from '../institution/index.ts';
import { applySchedules } from '../schedules/index.ts';

interface Place {
  readonly address: string;
  readonly namespace: string;
}

/**
 * Gives the engine the schedules of the institution's file. A file that does not speak of them leaves the engine's as
 * they are. An engine that does not take them keeps nobody from working: it is told, and can be done again by hand.
 */
export async function bringInSchedules({ address, namespace }: Place, dataConverter: DataConverter, institution: Institution, tell: (text: Text) => void): Promise<void> {
  if (institution.schedules === undefined) return;
  const connection = await Connection.connect({ address });
  try {
    await applySchedules(new Client({ connection, namespace, dataConverter }), institution);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell({ zh: `定期任务未能交给引擎（${why}）；稍后请运行 redress schedule apply。`, en: `The engine did not take the schedules (${why}); run "redress schedule apply" later.` });
  } finally {
    await connection.close();
  }
}
