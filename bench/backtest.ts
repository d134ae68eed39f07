import { instantOf } from '../src/core/index.ts';
import { runOf } from '../src/cli/log-options.ts';
import { loadCalendar } from '../src/calendars/load.ts';
import { loadProcedure } from '../src/procedures/load.ts';
import { backtest } from '../src/rehearse/backtest.ts';

// One back-test, in a process of its own; prints the most memory that it took, in KB.

const [file = ''] = process.argv.slice(2);
const procedure = loadProcedure('xinfang-2022');
await backtest(file, runOf({ procedure: 'xinfang-2022', map: [], field: [] }, procedure, loadCalendar(procedure.calendar), instantOf(Date.now())), () => {});
console.log(process.resourceUsage().maxRSS);
