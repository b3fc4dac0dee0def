import { readFile } from 'node:fs/promises';
import type { Command as Program } from 'commander';
import { expect, it } from 'vitest';
import { ErrorCode } from '#contract/errors.ts';
import { exitCodeOf, exitCodes, exitMeanings } from '#hosts/cli/exit-codes.ts';
import { createProgram } from '#hosts/cli/program.ts';
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
  ['missing_permission', 6],
  ['subscription_required', 6],
  ['account_flagged', 6],
  ['history_unavailable', 6],
  ['provider_retired', 8],
  ['model_unavailable', 2],
  ['setting_refused', 2],
  ['cancelled', 130],
] as const)('ends %s with %i', (code, exitCode) => {
  expect(exitCodeOf(code)).toBe(exitCode);
});

const readChapter = () => readFile(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

it('is documented with the same codes and words', async () => {
  const chapter = await readChapter();
  const rows = [...chapter.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning]);
  expect(rows).toEqual(Object.entries(exitMeanings));
});

it('offers the same default name in its help as in its naming', () => {
  expect(nameTemplate).toBe(defaultTemplate);
});

it('stands in the chapter that names every verb', async () => {
  const chapter = await readChapter();
  const silent = () => undefined;
  const program = createProgram({ run: async () => undefined, version: '0', writeOut: silent, writeErr: silent });
  const namesOf = (verb: Program, path: readonly string[] = []): string[][] =>
    verb.commands.length === 0
      ? [[...path]]
      : verb.commands.flatMap((child) => namesOf(child, [...path, child.name()]));
  const missing = namesOf(program).filter(
    (path) => !new RegExp(path.map((name) => `\\b${name}\\b`).join('[^\\n]*')).test(chapter),
  );
  expect(missing).toEqual([]);
});
