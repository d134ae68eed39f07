import * as wf from '@temporalio/workflow';

// The floor that a case is measured against: as many updates, activities and timers, and nothing in them.

const { nothing } = wf.proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '6s' });

export const step = wf.defineUpdate<number>('step');

/** As many activities per step as a case has. */
export async function floorWorkflow(steps: number, activitiesPerStep: number, timersAfter: number): Promise<number> {
  let done = 0;
  const work = async (): Promise<void> => {
    for (let i = 0; i < activitiesPerStep; i += 1) await nothing();
  };
  wf.setHandler(step, async () => {
    await work();
    done += 1;
    return done;
  });
  await work();
  // One timer that each step takes off and sets again, as a case does with its next instant.
  for (let seen = 0; done < steps; seen = done) await wf.condition(() => done !== seen, '8 days');
  for (let i = 0; i < timersAfter; i += 1) {
    await wf.sleep('10 days');
    await work();
  }
  await wf.condition(wf.allHandlersFinished);
  return done;
}
