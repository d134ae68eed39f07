import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

test('what the README shows of "due" is what it prints', () => {
  const block = /\$ npx (redress due .*)\n([\s\S]*?)\n```/.exec(readme);
  const [, command = '', shown = ''] = block ?? [];
  const printed = execFileSync(process.execPath, ['bin/redress.js', ...command.split(' ').slice(1), '--lang', 'en'], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  expect(printed.trimEnd()).toBe(shown);
});

test('each file that the README names is there', () => {
  const named = [...readme.matchAll(/`((?:examples|docs|src|procedures|calendars)\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(5);
  for (const path of named) expect(() => (path.includes('.') ? readFileSync(path) : readdirSync(path)), path).not.toThrow();
});
