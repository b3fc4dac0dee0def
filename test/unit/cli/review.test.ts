import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFakeStudio, createFakeTerminal, runFake } from './fake-studio.ts';

it('takes in what a client answered, and says what was known or strange', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-review-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'answers.json');
  writeFileSync(file, '{"cuebooth":"review-answers"}');
  const read = { person: 'Ana', approved: 3, rejected: 1, comments: 1, unknown: 1, repeated: 2 };
  const studio = createFakeStudio({ 'review.readBack': () => read });
  const terminal = createFakeTerminal();
  expect(await runFake(studio, terminal, ['review', 'read', file])).toBe(0);
  expect(studio.calls.at(-1)?.input).toMatchObject({ source: { kind: 'text', text: '{"cuebooth":"review-answers"}' } });
  expect(terminal.said.out).toBe('answers.json, answers of "Ana": 3 approved, 1 rejected, 1 comment.\n');
  expect(terminal.said.err).toContain('2 answers had been read before.');
  expect(terminal.said.err).toContain('1 answer about takes that are not in this library');
});

it('says where the package lies when it cannot be brought to its place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-review-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const exportId = 'export-00000000-0000-7000-8000-000000000000.zip';
  const script = { id: 's1', projectId: 'p1', path: 'spring.cue.txt', title: 'Spring', revision: 1, slotSeconds: null };
  const studio = createFakeStudio({
    'script.list': () => [{ ...script, updatedAt: 0, lineCount: 1, variantCount: 1 }],
    'review.package': () => ({ exportId, fileName: 'spring-review.zip', bytes: 3, takes: 2, variants: 1 }),
  });
  const stored = join(studio.open('read').libraryPath, 'exports', exportId);
  const out = join(folder, 'for-ana.zip');
  const terminal = createFakeTerminal();
  expect(await runFake(studio, terminal, ['review', 'package', 'spring.cue.txt', '--out', out, '--json'])).toBe(2);
  expect(terminal.said.err).toContain(stored);
  expect(existsSync(out)).toBe(false);
});
