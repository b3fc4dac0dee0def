import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ErrorCode } from '#contract/errors.ts';
import { exitCodeOf, exitCodes, exitMeanings } from '#hosts/cli/exit-codes.ts';
import { nameTemplate } from '#hosts/cli/verbs/render.ts';
import { defaultTemplate } from '#hosts/cli/out/naming.ts';

it('gives every error of the contract an exit code that has a meaning', () => {
  for (const code of ErrorCode.options) expect(exitMeanings).toHaveProperty(String(exitCodeOf(code)));
});

it('never ends an error as done', () => {
  for (const code of ErrorCode.options) expect(exitCodeOf(code)).not.toBe(exitCodes.done);
});

it.each([
  ['library_busy', 3],
  ['needs_decision', 4],
  ['over_budget', 5],
  ['key_refused', 6],
  ['library_from_future', 7],
  ['provider_offline', 8],
  ['script_has_errors', 2],
  ['cancelled', 130],
] as const)('ends %s with %i', (code, exitCode) => {
  expect(exitCodeOf(code)).toBe(exitCode);
});

it('is documented with the same codes and words', async () => {
  const chapter = await readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
  const rows = [...chapter.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning]);
  expect(rows).toEqual(Object.entries(exitMeanings));
});

it('offers the same default name in its help as in its naming', () => {
  expect(nameTemplate).toBe(defaultTemplate);
});
