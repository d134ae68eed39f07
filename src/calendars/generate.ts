import { writeFileSync } from 'node:fs';
import { print } from './print.ts';
import { generateAll } from './sources/index.ts';

// npm run calendars: writes calendars/*.json anew. test/calendar.test.ts fails where they differ from their sources.
for (const calendar of generateAll()) {
  const file = new URL(`../../calendars/${calendar.id}.json`, import.meta.url);
  writeFileSync(file, print(calendar));
  process.stdout.write(`${calendar.id} ${calendar.version}: ${calendar.rest.length} stretches of rest\n`);
}
