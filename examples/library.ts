// Opens a case, records a step and reads the reason for a date. Run beside `npm start`: node examples/library.ts
import { Redress, Refused } from '../src/client.ts';
import { configFrom, findRunning } from '../src/config.ts';

const redress = await Redress.connect(await findRunning(configFrom(process.env)));

const { receipt } = await redress.open({
  procedure: 'xinfang-2022',
  unit: 'street',
  channel: 'letter',
  receivedAt: '2026-11-20',
  key: 'mailroom/2026-11-20/17',
});

const accepted = await redress.act(receipt, {
  action: 'accept',
  by: { role: 'office' },
  fields: { notice: 'archive/notices/17.pdf' },
  key: 'mailroom/2026-11-20/17/accept',
}).catch((refusal: unknown) => {
  if (refusal instanceof Refused) console.log(refusal.code, refusal.field, refusal.text.zh);
  throw refusal;
});
console.log(accepted.stage, accepted.recorded);

const { dueDate, actBy, citation, steps } = await redress.explain(receipt, 'handle');
console.log(dueDate, actBy, citation.article);
for (const step of steps) console.log(step.text.en);

await redress.close();
