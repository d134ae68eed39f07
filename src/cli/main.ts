import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Text } from '../core/text.ts';
import { command as act } from './commands/act.ts';
import { command as backtest } from './commands/backtest.ts';
import { command as due } from './commands/due.ts';
import { command as explain } from './commands/explain.ts';
import { command as exportTimelines } from './commands/export.ts';
import { command as importRegister } from './commands/import.ts';
import { command as leave } from './commands/leave.ts';
import { command as ledger } from './commands/ledger.ts';
import { command as list } from './commands/list.ts';
import { command as open } from './commands/open.ts';
import { command as people } from './commands/people.ts';
import { command as papers } from './commands/papers.ts';
import { command as procedure } from './commands/procedure.ts';
import { command as rehearse } from './commands/rehearse.ts';
import { command as rota } from './commands/rota.ts';
import { command as schedule } from './commands/schedule.ts';
import { command as search } from './commands/search.ts';
import { command as stats } from './commands/stats.ts';
import { command as timeline } from './commands/timeline.ts';
import { command as up } from './commands/up.ts';
import { failureOf, linesOf } from './failure.ts';
import { inLanguage } from './help.ts';
import type { Io } from './io.ts';
import { langOf } from './lang.ts';
import { heedClosedPipes, terminal } from './terminal.ts';
import { isShown, usageOf } from './usage.ts';

const SUMMARY: Text = {
  zh: '信访事项的各项法定期限：由谁负责、何时到期、为何是这一天、逾期报告给谁。',
  en: 'Duties toward people who petition an institution: who owes what by when, why then, and who is told when it is late.',
};
const OPTIONS = {
  lang: { zh: '输出语言（默认按系统区域设置）', en: 'language of the output (else that of the locale)' },
  debug: { zh: '出错时显示详细调用信息', en: 'show stack traces' },
  version: { zh: '显示版本', en: 'show the version' },
} as const satisfies Record<string, Text>;

/** Runs one command line, without the program's name. Sets the exit code; throws nothing. */
export async function main(argv: readonly string[]): Promise<void> {
  heedClosedPipes();
  const given = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const [debug, json] = [given.includes('--debug'), given.includes('--json')];
  const io = terminal(langOf(argv, process.env), debug);
  const program = build(() => io);
  try {
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    io.done();
    if (isShown(error)) return;
    const failure = failureOf(usageOf(error, pathOf(program, argv)));
    for (const line of linesOf(failure, io.lang, json)) process.stderr.write(`${line}\n`);
    if (debug && error instanceof Error) process.stderr.write(`${traceOf(error)}\n`);
    process.exitCode = failure.exit;
  }
}

function build(io: () => Io): Command {
  const { lang } = io();
  const program = new Command('redress').description(SUMMARY[lang]);
  program
    .addOption(new Option('--lang <zh|en>', OPTIONS.lang[lang]).choices(['zh', 'en']))
    .option('--debug', OPTIONS.debug[lang])
    .version(version(), '-V, --version', OPTIONS.version[lang]);
  for (const make of [up, open, act, timeline, list, due, explain, papers, rehearse, backtest, procedure, importRegister, exportTimelines, people, rota, leave, schedule, stats, ledger, search]) program.addCommand(make(io));
  strict(program);
  return inLanguage(program, lang);
}

/** Errors come back to `main`, which has the words for them, instead of ending the process. */
function strict(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  for (const one of command.commands) strict(one);
}

/** The words of a command line that name a command, each with a blank: `procedure check `. */
function pathOf(program: Command, argv: readonly string[]): string {
  let [at, path] = [program, ''];
  for (const word of argv) {
    const next = at.commands.find((c) => c.name() === word);
    if (next) [at, path] = [next, `${path}${word} `];
  }
  return path;
}

const version = (): string => {
  const { version: v }: { version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return v;
};

const traceOf = (error: Error): string =>
  `${error.stack ?? error.message}${error.cause instanceof Error ? `\nCaused by: ${traceOf(error.cause)}` : ''}`;
