import type { Lang } from '../core/text.ts';

/** The language asked for with --lang, else that of the locale: Chinese where it says so, otherwise English. */
export function langOf(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Lang {
  return asked(argv) ?? (/^zh/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'zh' : 'en');
}

// Read before anything is parsed, for help and errors of parsing are in the language too.
function asked(argv: readonly string[]): Lang | undefined {
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const at = options.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const value = options[at] === '--lang' ? options[at + 1] : options[at]?.slice('--lang='.length);
  return value === 'zh' || value === 'en' ? value : undefined;
}
