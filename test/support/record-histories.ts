import { writeFile } from 'node:fs/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import pkg from '../../package.json' with { type: 'json' };
import { type ActInput, DAY_MS, type Hours, instantOf, type Intake, isRefusal, msOf, open, pin, readMoment, viewOf } from '../../src/core/index.ts';
import { loadCalendar } from '../../src/calendars/load.ts';
import { startEngine } from '../../src/engine/start.ts';
import { fastForward, skipToEnd } from '../../src/engine/virtualTime.ts';
import { loadProcedure } from '../../src/procedures/load.ts';
import { receiptOf, workflowIdOf } from '../../src/receipts.ts';
import { office } from './office.ts';

// Records the histories that replay.test.ts replays, on the real engine. Run once for each release.

/** What is done after so many days, in the case itself or in the one that is linked under a key. */
type Step = readonly [days: number, action: ActInput | 'end', link?: string];
const by = (role: string) => ({ role, person: 'p' });

const CASES: Readonly<Record<string, { procedure: string; unit: string; at: string; refuse?: string; fields?: Intake['fields']; hours?: Hours; steps: readonly Step[] }>> = {
  ordinary: {
    procedure: 'xinfang-2022', unit: 'street', at: '2026-03-02 10:00',
    steps: [
      [1, { action: 'propose', by: by('office') }],
      [1, { action: 'approve', by: by('leader') }],
      [2, { action: 'accept', by: by('handler'), fields: { notice: 'paper' } }],
      [20, { action: 'issue-opinion', by: by('handler'), fields: { outcome: 'support', opinion: 'paper' } }],
      [2, { action: 'serve', by: by('office'), fields: { how: 'in-person', proof: 'paper' } }],
      [1, { action: 'archive', by: by('office') }],
      [0, 'end'],
    ],
  },
  untouched: { procedure: 'xinfang-2022', unit: 'street', at: '2026-09-21 10:00', steps: [[60, { action: 'propose', by: by('office'), key: 'k' }]] },
  undelivered: { procedure: 'xinfang-2022', unit: 'street', at: '2026-03-02 10:00', refuse: 'petitioner', steps: [[3, { action: 'mend-notice', by: by('office'), fields: { how: 'by post' } }]] },
  clarified: {
    procedure: 'uk-foi-2000', unit: 'authority', at: '2026-03-02 10:00',
    steps: [
      [3, { action: 'clarify', by: by('officer'), fields: { letter: 'paper' } }],
      [9, { action: 'clarified', by: by('officer'), fields: { request: 'paper' } }],
      [30, { action: 'correct', by: by('foi-manager'), occurredAt: '2026-03-03', fields: { of: 1, reason: 'read wrongly' } }],
    ],
  },
  // Somebody answers, somebody does not, somebody is passed over; what waits for working hours waits.
  answered: {
    procedure: 'xinfang-2022', unit: 'housing', at: '2027-03-02 22:10', fields: { receiver: 'officer-a', named: 'leader-c' }, hours: { workingHours: true, quiet: ['22:00', '07:00'] },
    steps: [
      [0, { action: 'mark-major', by: by('office'), fields: { situation: 'x' } }],
      [0.07, { action: 'first-report', by: by('office'), fields: { situation: 'x', measures: 'y' } }],
      [0, { action: 'transfer', by: { role: 'receiver', person: 'officer-a' }, fields: { to: 'officer-b', reason: 'x' } }],
      [1, { action: 'take-over', by: { role: 'transferee', person: 'officer-b' } }],
      [25, { action: 'decline', by: by('office'), fields: { way: 'litigation', reason: 'x', notice: 'y' } }],
    ],
  },
  // A review is opened above and heard back from.
  reviewed: {
    procedure: 'xinfang-2022', unit: 'street', at: '2026-03-02 10:00',
    steps: [
      [2, { action: 'accept', by: by('handler'), fields: { notice: 'paper' } }],
      [9, { action: 'issue-opinion', by: by('handler'), fields: { outcome: 'support', opinion: 'paper' } }],
      [2, { action: 'serve', by: by('office'), fields: { how: 'in-person', proof: 'paper' } }],
      [3, { action: 'request-review', by: by('petitioner') }],
      [0, { action: 'admit', by: by('reviewer'), fields: { notice: 'paper' } }, 'review'],
      [0, { action: 'issue-review-opinion', by: { role: 'reviewer', person: 'r' }, fields: { result: 'uphold', opinion: 'paper' } }, 'review'],
      [0, { action: 'serve', by: by('reviewer'), fields: { how: 'in-person', proof: 'paper' } }, 'review'],
    ],
  },
};

/** The receipt of the case that is linked under a key, once it is. */
async function linkedTo(receipt: string, key: string): Promise<string> {
  for (;;) {
    const found = (await desk.redress.case(receipt)).links.find((l) => l.key === key);
    if (found) return found.receipt;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const engine = await startEngine({ home: `.redress/histories-${process.pid}`, memory: true, timeSkipping: true, progress: () => {} });
const desk = await office(engine);
for (const [name, one] of Object.entries(CASES)) {
  const procedure = loadProcedure(one.procedure);
  const calendar = loadCalendar(procedure.calendar);
  const received = readMoment(calendar, one.at, 'start');
  if (!received) throw new Error(one.at);
  const receipt = receiptOf(`history ${name}`);
  const intake = { receipt, channel: Object.keys(procedure.channels)[0] ?? '', unit: one.unit, receivedAt: received, fields: one.fields ?? {} };
  const opened = open(procedure, calendar, intake, received);
  if (isRefusal(opened)) throw new Error(opened.text.en);
  if (one.refuse) desk.letterbox.refuse.add(one.refuse);
  const offset = msOf(received) - Date.now();
  await desk.redress.start({ procedure, calendar: pin(calendar, received), intake, offset, ...(one.hours ? { hours: one.hours } : {}) }, viewOf(opened.state));
  const id = workflowIdOf(receipt);
  for (const [days, action, link] of one.steps) {
    if (link !== undefined && action !== 'end') {
      await desk.redress.act(await linkedTo(receipt, link), action);
      continue;
    }
    await fastForward(desk.redress.temporal, id, days * DAY_MS);
    if (action === 'end') await skipToEnd(desk.redress.temporal, id);
    else await desk.redress.act(receipt, action);
  }
  // What the linked case has said is heard before the history is taken.
  if (one.steps.some(([, , link]) => link !== undefined)) while (!(await desk.redress.timeline(receipt)).some((e) => e.type === 'acted' && e.by.case !== undefined)) await fastForward(desk.redress.temporal, id, DAY_MS);
  desk.letterbox.refuse.clear();
  const history = await desk.redress.temporal.workflow.getHandle(id).fetchHistory();
  const file = new URL(`../histories/v${pkg.version}-${name}.json`, import.meta.url);
  // Who ran it, and where, is nobody's business.
  await writeFile(file, `${historyToJSON(history).replaceAll(/"identity": ?"[^"]*"/g, '"identity":"redress"')}\n`);
  console.log(`${name}: ${history.events?.length ?? 0} events, ${instantOf(Date.now())}`);
}
await desk.stop();
await engine.stop();
